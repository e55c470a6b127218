package history_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/gittest"
	"kept/internal/history"
)

// The life behind the questions: registered on the 1st, approved and put off on
// the 3rd, deleted on the 5th, there again on the 7th with two steps at once.
const asked = `
at 2026-09-01T09:00:00+08:00
put v1
commit one
at 2026-09-03T09:00:00+08:00
put v3
commit three
at 2026-09-05T09:00:00+08:00
remove records/sip/SIP-1.yaml
commit five
at 2026-09-07T09:00:00+08:00
put v7
commit seven
at 2026-09-08T09:00:00+08:00
write records/other.yaml @other
commit eight
-- v1/records/sip/SIP-1.yaml --
status: draft
provisional: major
actions: [{id: a1, due: "2026-09-10", who: {name: u-wl}}]
-- v3/records/sip/SIP-1.yaml --
status: approved
provisional: minor
actions: [{id: a1, due: "2026-09-20", who: {name: u-wl}}]
-- v7/records/sip/SIP-1.yaml --
status: done
transitions:
  - {to: running, at: "2026-09-06T09:00:00+08:00"}
  - {to: done, at: "2026-09-06T10:00:00+08:00"}
actions: [{id: a2, due: "2026-09-30"}]
-- other --
id: other
`

func day(d int) time.Time {
	return time.Date(2026, 9, d, 9, 0, 0, 0, time.FixedZone("", 8*3600))
}

// on is the day of the month of a recorded time, 0 for none.
func on(r history.Recorded) int {
	if r.IsZero() {
		return 0
	}
	return r.Merged.In(day(1).Location()).Day()
}

func TestQuestions(t *testing.T) {
	h := read(t, gittest.Repo(t, asked))
	life := h.Timeline("sip-1")
	type answer struct {
		Value any
		Day   int
	}
	first := func(p string) answer { v, r := life.FirstValue(p); return answer{v, on(r)} }
	value := func(p string, at time.Time) answer { v, r := life.Value(p, at); return answer{v, on(r)} }
	when := func(s, p string) answer { v, r, _ := life.ValueWhen(s, p); return answer{v, on(r)} }
	tests := []struct {
		name string
		got  answer
		want answer
	}{
		{"the first value counts", first("/provisional"), answer{"major", 1}},
		{"the first value of an item's field", first("/actions/a1/due"), answer{"2026-09-10", 1}},
		{"deeper inside an item", first("/actions/a1/who/name"), answer{"u-wl", 1}},
		{"never there", first("/nothing"), answer{nil, 0}},
		{"before it was merged", value("/status", day(1)), answer{nil, 0}},
		{"a moment later", value("/status", day(1).Add(1)), answer{"draft", 1}},
		{"changed", value("/actions/a1/due", day(4)), answer{"2026-09-20", 3}},
		{"unchanged since", value("/actions/a1/who/name", day(4)), answer{"u-wl", 1}},
		{"deleted", value("/status", day(6)), answer{nil, 0}},
		{"there again", value("/status", day(8)), answer{"done", 7}},
		{"not restored", value("/provisional", day(8)), answer{nil, 0}},
		{"when approved", when("approved", "/actions/a1/due"), answer{"2026-09-20", 3}},
		{"a state that only a step tells", when("running", "/actions/a2/due"), answer{"2026-09-30", 7}},
		{"never reached", when("void", "/status"), answer{nil, 0}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if got := on(life.Since("/status")); got != 7 {
		t.Errorf("the status holds since day %d, want 7", got)
	}
}

func TestState(t *testing.T) {
	life := read(t, gittest.Repo(t, asked)).Timeline("SIP-1")
	for _, tt := range []struct {
		at      time.Time
		state   string
		present bool
	}{
		{day(1), "", false},
		{day(2), "draft", true},
		{day(3), "draft", true}, // merged at the boundary is not known yet
		{day(4), "approved", true},
		{day(6), "", false},
		{day(9), "done", true},
	} {
		if state, present := life.State(tt.at); state != tt.state || present != tt.present {
			t.Errorf("state at %s: %q, %v, want %q, %v", clock(tt.at), state, present, tt.state, tt.present)
		}
	}
}

func TestLatest(t *testing.T) {
	h := read(t, gittest.Repo(t, asked))
	if c := h.Latest([]string{"SIP-1", "nothing"}); c == nil || c.Message != "seven" {
		t.Errorf("the data version of SIP-1 is %v", c)
	}
	if c := h.Latest([]string{"OTHER", "SIP-1"}); c == nil || c.Message != "eight" {
		t.Errorf("the data version of both is %v", c)
	}
	if c := h.Latest([]string{"nothing"}); c != nil {
		t.Errorf("the data version of nothing is %v", c)
	}
	if h.Timeline("nothing") != nil {
		t.Error("a record that never was has a timeline")
	}
}
