package record_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

func kindWithStates() *schema.Kind {
	return &schema.Kind{
		States:  []schema.State{{ID: "a"}, {ID: "b"}, {ID: "c"}},
		Initial: "a",
	}
}

func steps(to ...string) []record.Transition {
	var list []record.Transition
	for i, s := range to {
		list = append(list, record.Transition{To: s, At: time.Date(2026, 9, 1+i, 9, 0, 0, 0, time.UTC), Index: i})
	}
	return list
}

// The last entry counts only while the record has not gone back behind the
// state; the first entry always does (domain.md §0.19).
func TestEntry(t *testing.T) {
	for name, tc := range map[string]struct {
		steps []record.Transition
		state string
		first bool
		day   int // 0 is none
	}{
		"never entered":             {steps("a"), "b", false, 0},
		"entered once":              {steps("a", "b"), "b", false, 2},
		"passed":                    {steps("a", "b", "c"), "b", false, 2},
		"left backwards":            {steps("a", "b", "a"), "b", false, 0},
		"left backwards from c":     {steps("a", "b", "c", "a"), "c", false, 0},
		"entered again":             {steps("a", "b", "a", "b"), "b", false, 4},
		"went back, but not behind": {steps("a", "b", "c", "b"), "b", false, 4},
		"first entry stays":         {steps("a", "b", "a", "b"), "b", true, 2},
		"first entry, left":         {steps("a", "b", "a"), "b", true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := record.Entry(kindWithStates(), schema.Derived{State: tc.state, First: tc.first}, tc.steps)
			if ok != (tc.day > 0) || ok && got.At.Day() != tc.day {
				t.Errorf("entry on day %d (%v), want %d", got.At.Day(), ok, tc.day)
			}
		})
	}
}

// What an imported record passed before its import, or at a time nobody knows, is unsaid
// until it is done again.
func TestUnsaid(t *testing.T) {
	kind := kindWithStates()
	kind.Fields = []schema.Field{{Name: record.ImportedField, Type: schema.ObjectField}}
	for name, tc := range map[string]struct {
		log     []string
		undated bool
		state   string
		want    bool
	}{
		"passed without a step":       {[]string{"a", "c"}, false, "b", true},
		"step with a time":            {[]string{"a", "c"}, false, "c", false},
		"step without a time":         {[]string{"a", "c"}, true, "c", true},
		"not reached":                 {[]string{"a", "b"}, true, "c", false},
		"gone back behind it since":   {[]string{"a", "c", "a"}, true, "b", false},
		"gone back and done again":    {[]string{"a", "c", "a", "b"}, true, "b", false},
		"gone back, but not behind b": {[]string{"a", "c", "b"}, true, "c", false},
	} {
		t.Run(name, func(t *testing.T) {
			from := map[string]any{"state": tc.log[1], "undated": tc.undated}
			var items []any
			for i, s := range tc.log {
				items = append(items, map[string]any{"to": s, "at": fmt.Sprintf("2026-09-%02dT09:00:00+08:00", i+1), "by": "u-a"})
			}
			rec := &record.Record{Kind: kind, Object: yamldoc.NewObject(map[string]any{record.OriginField: record.OriginImported, record.ImportedField: from, record.TransitionsField: items})}
			if got := rec.Unsaid(schema.Derived{State: tc.state}, rec.Transitions()); got != tc.want {
				t.Errorf("unsaid is %t, want %t", got, tc.want)
			}
		})
	}
}

func TestInTimeKeepsTheOrderOfOneMoment(t *testing.T) {
	at := time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)
	list := []record.Transition{{To: "late", At: at.Add(time.Hour)}, {To: "first", At: at}, {To: "second", At: at}}
	var got []string
	for _, s := range record.InTime(list) {
		got = append(got, s.To)
	}
	if want := []string{"first", "second", "late"}; !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
	if list[0].To != "late" {
		t.Error("the list that was given was changed")
	}
}

// A step at the moment of judgement is not known yet (domain.md §0.18).
func TestKnownIsHalfOpen(t *testing.T) {
	list := steps("a", "b")
	if got := record.Known(list, list[1].At); len(got) != 1 || got[0].To != "a" {
		t.Errorf("known at the second step: %+v", got)
	}
}

func TestRolesAreDated(t *testing.T) {
	reg, _ := register(t, map[string]string{"records/person/u-wangl.yaml": person})
	zone := time.FixedZone("", 8*60*60)
	for day, want := range map[string][]string{
		"2024-12-31": nil,
		"2025-12-31": {"brm", "complaint_handler"},
		"2026-01-01": {"complaint_handler"},
		"2026-03-01": {"brm", "complaint_handler"},
	} {
		at, err := time.ParseInLocation(time.DateOnly, day, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := reg.Roles("u-wangl", at, zone); !slices.Equal(got, want) {
			t.Errorf("roles on %s: %q, want %q", day, got, want)
		}
	}
	// 16:30 UTC on 28 February is 1 March in the organisation's zone.
	if got := reg.Roles("u-wangl", time.Date(2026, 2, 28, 16, 30, 0, 0, time.UTC), zone); !slices.Contains(got, "brm") {
		t.Errorf("the day is not read in the organisation's zone: %q", got)
	}
	if got := reg.Identity("WangL@Example.cn"); got != "u-wangl" {
		t.Errorf("identity is %q", got)
	}
}
