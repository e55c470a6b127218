package cli

import (
	"testing"
	"time"

	"kept/internal/obligation"
)

func TestParseDays(t *testing.T) {
	for s, want := range map[string]int{"": -1, "30d": 30, "8w": 56, "0d": 0} {
		if got, ok := parseDays(s); !ok || got != want {
			t.Errorf("%q is %d, %v", s, got, ok)
		}
	}
	for _, s := range []string{"30", "d", "-3d", "3m", "99999d", " 3d", "3d "} {
		if _, ok := parseDays(s); ok {
			t.Errorf("%q is taken", s)
		}
	}
}

// Without a length of time each obligation's own warning decides; with one the
// day does, and what is due today is within no days.
func TestUrgent(t *testing.T) {
	asOf := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		state  obligation.State
		days   int
		within int
		want   bool
	}{
		{obligation.Overdue, -3, -1, true},
		{obligation.Overdue, -3, 0, true},
		{obligation.Coming, 20, -1, true},
		{obligation.Coming, 20, 7, false},
		{obligation.Later, 40, -1, false},
		{obligation.Later, 40, 40, true},
		{obligation.Later, 40, 39, false},
		{obligation.Coming, 0, 0, true},
		{obligation.Done, 3, 30, false},
		{obligation.Missed, -90, 30, false},
	} {
		d := obligation.Duty{State: c.state, Due: asOf.AddDate(0, 0, c.days)}
		if got := urgent(&d, asOf, c.within); got != c.want {
			t.Errorf("%s in %d days within %d: %v", c.state, c.days, c.within, got)
		}
	}
}

// What was missed stays in the list for a year, to the day.
func TestLately(t *testing.T) {
	asOf := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	for due, want := range map[time.Time]bool{asOf.AddDate(-1, 0, 0): true, asOf.AddDate(-1, 0, -1): false, asOf.AddDate(0, -1, 0): true} {
		for _, state := range []obligation.State{obligation.Missed, obligation.Done, obligation.Late} {
			d := obligation.Duty{State: state, Due: due}
			if got := lately(&d, asOf); got != (want && state == obligation.Missed) {
				t.Errorf("%s due %s: %v", state, due, got)
			}
		}
	}
}
