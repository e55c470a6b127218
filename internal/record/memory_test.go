package record

import (
	"fmt"
	"testing"
	"time"

	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// A record is still until two days before the next day that it names, and never
// while a time is near or a pause is open.
func TestStill(t *testing.T) {
	asOf := time.Date(2026, 9, 18, 10, 0, 0, 0, time.UTC)
	kind := &schema.Kind{Limits: []schema.TimeLimit{{Name: "due", Pauses: "pauses"}}}
	for _, c := range []struct {
		fields map[string]any
		want   string
	}{
		{map[string]any{"at": "2026-09-15T23:59:59-12:00", "note": "2026-09-1", "word": "2026-0x-18"}, "10000-01-01"},
		{map[string]any{"at": "2026-09-15"}, "10000-01-01"},
		{map[string]any{"at": "2026-09-16"}, "2026-09-18"},
		{map[string]any{"at": "2026-09-20T00:00:00+14:00"}, "2026-09-18"},
		{map[string]any{"list": []any{map[string]any{"due": "2026-10-05"}, map[string]any{"due": "2026-12-05"}}}, "2026-10-03"},
		{map[string]any{"pauses": []any{map[string]any{"from": "2026-01-01"}}}, "2026-09-18"},
		{map[string]any{"pauses": []any{map[string]any{"from": "2026-01-01", "to": "2026-01-02"}}}, "10000-01-01"},
	} {
		rec := &Record{Kind: kind, Object: yamldoc.NewObject(c.fields)}
		got := rec.Still(asOf)
		if day := fmt.Sprintf("%d-%s", got.Year(), got.Format("01-02")); day != c.want || day == "2026-09-18" && !got.Equal(asOf) {
			t.Errorf("%v is still until %v, want %s", c.fields, got, c.want)
		}
	}
}

// What was kept is given of the very same record alone, from its moment on.
func TestMemory(t *testing.T) {
	asOf := time.Date(2026, 9, 18, 10, 0, 0, 0, time.UTC)
	rec := &Record{ID: "A", Object: yamldoc.NewObject(map[string]any{"due": "2026-10-05"})}
	again := *rec
	var m Memory[int]
	m.Put(rec, asOf, 7)
	for _, c := range []struct {
		rec  *Record
		asOf time.Time
		want bool
	}{
		{rec, asOf, true}, {rec, asOf.AddDate(0, 0, 10), true}, {rec, asOf.AddDate(0, 0, 15), false}, {rec, asOf.Add(-1), false}, {&again, asOf, false},
	} {
		if n, ok := m.Get(c.rec, c.asOf); ok != c.want || ok && n != 7 {
			t.Errorf("at %v: %d %v, want %v", c.asOf, n, ok, c.want)
		}
	}
}
