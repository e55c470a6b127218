package intake

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/locale"
	"kept/internal/schema"
)

// What an option holds is read as its field wants it; the rest stays text, for
// the schema to speak of.
func TestTyped(t *testing.T) {
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	field := func(kind schema.FieldType) schema.Field {
		return schema.Field{Type: kind, Options: []schema.Option{{Value: "high", Title: locale.Text{ZH: "高", EN: "High"}}}}
	}
	for _, c := range []struct {
		kind  schema.FieldType
		value string
		want  any
	}{
		{schema.FlagField, "true", true},
		{schema.FlagField, "false", false},
		{schema.FlagField, "1", "1"},
		{schema.FlagField, "yes", true},
		{schema.FlagField, "是", true},
		{schema.FlagField, "否", false},
		{schema.FlagField, "maybe", "maybe"},
		{schema.IntegerField, "12", json.Number("12")},
		{schema.IntegerField, "012", "012"},
		{schema.NumberField, "-1.5e3", json.Number("-1.5e3")},
		{schema.NumberField, "null", "null"},
		{schema.NumberField, `"1"`, `"1"`},
		{schema.DecimalField, "12.50", "12.50"},
		{schema.TextField, "true", "true"},
		{schema.TextField, "0123", "0123"},
		{schema.DateField, "2026-09-01", "2026-09-01"},
		{schema.InstantField, "2026-09-01 10:00", "2026-09-01T10:00:00+08:00"},
		{schema.InstantField, "2026-09-01T10:00:30", "2026-09-01T10:00:30+08:00"},
		{schema.InstantField, "2026-09-01T10:00:00Z", "2026-09-01T10:00:00Z"},
		{schema.InstantField, "2026-09-01", "2026-09-01"},
		{schema.MomentField, "2026-09-01 10:00", "2026-09-01T10:00:00+08:00"},
		{schema.MomentField, "2026-09-01", "2026-09-01"},
		{schema.EnumField, "高", "high"},
		{schema.EnumField, "high", "high"},
		{schema.EnumField, "low", "low"},
	} {
		if got := typed(field(c.kind), c.value, zone); got != c.want {
			t.Errorf("%s %q is %#v, want %#v", c.kind, c.value, got, c.want)
		}
	}
	if diff := cmp.Diff([]any{json.Number("1"), json.Number("2"), "x"}, items(field(schema.IntegerField), "1, 2，x,,", zone)); diff != "" {
		t.Error(diff)
	}
}

func TestReadJSON(t *testing.T) {
	got, err := readJSON(` {"a": [1.50, null, true]} `)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(any(map[string]any{"a": []any{json.Number("1.50"), nil, true}}), got); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"", "{", "1 2", "x"} {
		if _, err := readJSON(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
