package demo

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"kept/internal/calendar"
)

func zone() *time.Location { return time.FixedZone("", 8*60*60) }

// week is a schedule with one holiday, Friday 2026-09-25, and one make-up
// workday, Sunday 2026-09-20.
func week(t *testing.T) schedule {
	t.Helper()
	windows := opens()
	cal, err := calendar.New(zone(), windows[:], []calendar.Year{{
		Year: 2026,
		Off:  []calendar.Day{{Year: 2026, Month: 9, Day: 25}}, Workdays: []calendar.Day{{Year: 2026, Month: 9, Day: 20}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return schedule{calendar: cal, zone: zone()}
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", text, zone())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func newScope(t *testing.T) *scope {
	t.Helper()
	s := &stage{
		schedule: week(t), numbers: map[string]int{},
		scenario: &scenario{lists: mapping{
			"fruit":  []any{"apple", "pear", "plum"},
			"boxes":  []any{mapping{"id": "b1", "kind": "big"}, mapping{"id": "b2", "kind": "small"}, mapping{"id": "b3", "kind": "big"}},
			"nested": []any{"{name} inside"},
		}},
	}
	s.cast = cast{players: []player{
		{id: "u-a", roles: []tenure{{"cook", "2026-01-01", "2026-09-01"}}},
		{id: "u-b", roles: []tenure{{"cook", "2026-09-02", ""}}},
		{id: "u-c", roles: []tenure{{"cook", "2026-09-02", ""}}},
	}}
	sc := s.scope("test", at(t, "2026-09-24 10:00"))
	sc.vars["name"], sc.vars["none"], sc.vars["actor"] = "kept", "", "u-b"
	sc.vars["box"] = mapping{"id": "b2", "size": json.Number("4")}
	sc.vars["received"] = "2026-09-24T11:30:00+08:00"
	return sc
}

func TestFill(t *testing.T) {
	tests := []struct {
		name           string
		template, want any
	}{
		{"plain", "text", "text"},
		{"variable", "a {name} b", "a kept b"},
		{"whole value", "{box}", mapping{"id": "b2", "size": json.Number("4")}},
		{"key of a mapping", "{box.size}", json.Number("4")},
		{"text in text", "{nested}", []any{"kept inside"}},
		{"empty keys go", mapping{"a": "{none}", "b": "{box.nothing}", "c": true}, mapping{"c": true}},
		{"each", mapping{"$each": "boxes", "n": "{n}", "id": "{it.id}"}, []any{mapping{"n": "1", "id": "b1"}, mapping{"n": "2", "id": "b2"}, mapping{"n": "3", "id": "b3"}}},
		{"where", []any{"x", mapping{"$each": "boxes", "$where": "{it.kind} small", "id": "{it.id}"}}, []any{"x", mapping{"id": "b2"}}},
		{"find", "{find boxes id box.id}", mapping{"id": "b2", "kind": "small"}},
		{"number", "{integer year}", json.Number("2026")},
		{"range of one", "{int 7 7}", json.Number("7")},
		{"sure chance", "{chance 100 yes no}{chance 0 yes no}", "yesno"},
		{"unless", "{unless none why}{unless name why}", "why"},
		{"padded", "{pad 4 box.size}", "0004"},
		{"series", "{seq 3 X}{seq 3 X}", "001002"},
		{"now", "{now}", "2026-09-24T10:00:00+08:00"},
		{"working day", "{date 1} {date -1} {date -4}", "2026-09-28 2026-09-23 2026-09-20"},
		{"day", "{day 1}", "2026-09-25"},
		{"close", "{close 1}", "2026-09-28T18:00:00+08:00"},
		{"ago", "{ago 2h}", "2026-09-24T08:00:00+08:00"},
		{"later", "{later 1d}", "2026-09-28T10:00:00+08:00"},
		{"after", "{after received 1h}", "2026-09-24T13:30:00+08:00"},
		{"due", "{due received 2 working_hours}", "2026-09-24T14:30:00+08:00"},
		{"other holder", "{other cook}", "u-c"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sc := newScope(t)
			got := sc.fill(test.template)
			if sc.err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("fill = %#v, %v, want %#v", got, sc.err, test.want)
			}
		})
	}
}

func TestFillSaysWhatIsWrong(t *testing.T) {
	for template, want := range map[string]string{
		"{unknown}":         "names nothing",
		"{name.key}":        "no mapping",
		"a {name":           "no end",
		"{pick name}":       "no list",
		"{deal name}":       "no list",
		"{int 1 x}":         "wants a number",
		"{find boxes id x}": "names nothing",
		"{due name 2 d}":    "no moment",
		"{ago soon}":        "read amount",
		"{holder king}":     "nobody holds it",
		"{dance 1}":         "is unknown",
		"{}":                "is empty",
		"{seq 4}":           "outside a record",
	} {
		sc := newScope(t)
		sc.fill(template)
		if sc.err == nil || !strings.Contains(sc.err.Error(), want) {
			t.Errorf("fill %q: %v, want %q", template, sc.err, want)
		}
	}
	sc := newScope(t)
	sc.vars["loop"] = "{loop}"
	if sc.fill("{loop}"); sc.err == nil {
		t.Error("placeholders that name themselves end nowhere")
	}
}

func TestDueCountsPauses(t *testing.T) {
	sc := newScope(t)
	sc.vars["pauses"] = []any{mapping{"from": "2026-09-24T14:00:00+08:00", "to": "2026-09-24T16:00:00+08:00"}, mapping{"from": "2026-09-24T17:00:00+08:00"}}
	if got := sc.fill("{due received 2 working_hours pauses}"); got != "2026-09-24T16:30:00+08:00" {
		t.Errorf("due = %v, %v", got, sc.err)
	}
}

func TestScheduleWalksWorkingTime(t *testing.T) {
	s := week(t)
	for _, test := range []struct {
		from string
		wait time.Duration
		want string
	}{
		{"2026-09-24 10:00", 30 * time.Minute, "2026-09-24 10:30"},
		{"2026-09-24 11:30", time.Hour, "2026-09-24 13:30"},
		{"2026-09-24 12:30", 0, "2026-09-24 13:00"},
		{"2026-09-24 17:30", time.Hour, "2026-09-28 09:30"},
		{"2026-09-18 17:30", time.Hour, "2026-09-20 09:30"},
		{"2026-09-19 03:00", 0, "2026-09-20 09:00"},
		{"2026-09-24 18:00", 0, "2026-09-28 09:00"},
		{"2026-09-21 09:00", 2 * workday, "2026-09-23 09:00"},
	} {
		if got := s.after(at(t, test.from), test.wait); !got.Equal(at(t, test.want)) {
			t.Errorf("after %s, %v = %v, want %s", test.from, test.wait, got, test.want)
		}
	}
}

func TestParseSpan(t *testing.T) {
	for text, want := range map[string]span{
		"":        {},
		"5m":      {5 * time.Minute, 5 * time.Minute},
		"20m..3h": {20 * time.Minute, 3 * time.Hour},
		"1d..2d":  {workday, 2 * workday},
	} {
		if got, err := parseSpan(text); err != nil || got != want {
			t.Errorf("parseSpan(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"5", "m", "3h..1h", "1x", "..", "1h.."} {
		if _, err := parseSpan(text); err == nil {
			t.Errorf("parseSpan(%q) takes it", text)
		}
	}
}
