package calendar

import (
	"strings"
	"testing"
	"time"
)

// The vectors of domain.md §8 and §15.1, and the settled boundaries of §0.17.
func TestDue(t *testing.T) {
	c := company(t)
	for _, v := range []struct {
		start  string
		amount int
		unit   Unit
		due    string
		why    string
	}{
		{"2026-09-24 10:00", 2, WorkingHours, "2026-09-24 12:00", "used up at the window's end, not 13:00"},
		{"2026-09-24 11:30", 2, WorkingHours, "2026-09-24 14:30", "lunch is skipped"},
		{"2026-09-18 17:30", 2, WorkingHours, "2026-09-20 10:30", "Sunday is a make-up workday"},
		{"2026-09-19 15:00", 2, WorkingHours, "2026-09-20 11:00", "off day, next opening"},
		{"2026-09-24 17:00", 2, WorkingHours, "2026-09-28 10:00", "Mid-autumn holiday"},
		{"2026-09-30 17:59", 2, WorkingHours, "2026-10-08 10:59", "National Day"},
		{"2026-09-24 12:30", 2, WorkingHours, "2026-09-24 15:00", "received in lunch is 13:00"},
		{"2026-09-24 12:00", 2, WorkingHours, "2026-09-24 15:00", "12:00 sharp is after hours"},
		{"2026-09-24 18:00", 2, WorkingHours, "2026-09-28 11:00", "18:00 sharp is after hours"},
		{"2026-09-24 08:00", 8, WorkingHours, "2026-09-24 18:00", "18:00, not the next 09:00"},
		{"2026-09-24 09:00", 80, WorkingHours, "2026-10-14 18:00", "ten working days of 8 h"},
		{"2026-09-24 09:00", 0, WorkingHours, "2026-09-24 09:00", "nothing to use up"},

		{"2026-09-24 10:00", 5, WorkingDays, "2026-10-09 18:00", "§8"},
		{"2026-09-18 10:00", 1, WorkingDays, "2026-09-20 18:00", "Friday to make-up Sunday"},
		{"2026-09-30 10:00", 3, WorkingDays, "2026-10-10 18:00", "make-up Saturday"},
		{"2026-02-13 10:00", 3, WorkingDays, "2026-02-25 18:00", "Spring Festival"},
		{"2025-09-30 10:00", 5, WorkingDays, "2025-10-14 18:00", "§8"},
		{"2018-12-28 10:00", 1, WorkingDays, "2018-12-29 18:00", "named by the notice of 2019"},
		{"2026-09-18 17:30", 5, WorkingDays, "2026-09-24 18:00", "the sample complaint of §15.3"},
		{"2026-09-30 16:00", 1, WorkingDays, "2026-10-08 18:00", "case B of §15.2"},
		{"2026-09-19 15:00", 1, WorkingDays, "2026-09-21 18:00", "off day: day 0 is Sunday the 20th"},
		{"2026-09-21 18:00", 1, WorkingDays, "2026-09-23 18:00", "18:00 sharp: day 0 is the 22nd"},
		{"2026-09-21 17:59", 1, WorkingDays, "2026-09-22 18:00", "a minute before close"},
		{"2026-09-21 12:30", 1, WorkingDays, "2026-09-22 18:00", "lunch is inside day 0"},
		{"2026-09-21 07:00", 1, WorkingDays, "2026-09-22 18:00", "before opening is day 0"},
		{"2026-09-21 10:00", 0, WorkingDays, "2026-09-21 18:00", "the close of day 0"},
		{"2026-09-21 10:00", -3, WorkingDays, "2026-09-21 18:00", "negative counts as nothing"},

		{"2026-09-30 23:00", 2, ElapsedHours, "2026-10-01 01:00", "round the clock"},
		{"2026-09-01 08:15", 30, CalendarDays, "2026-10-01 08:15", "30 × 24 h"},
	} {
		got := c.Due(at(t, v.start), Limit{v.amount, v.unit}, nil)
		if !got.At.Equal(at(t, v.due)) || got.Provisional {
			t.Errorf("%s + %d %s = %v, want %s: %s", v.start, v.amount, v.unit, got, v.due, v.why)
		}
	}
}

func TestDueMovesByPauses(t *testing.T) {
	c := company(t)
	for _, v := range []struct {
		start  string
		amount int
		unit   Unit
		pauses []string
		due    string
	}{
		// §15.1: 30 min are used at 14:00, the other 90 run from 16:00.
		{"2026-09-24 13:30", 2, WorkingHours, []string{"2026-09-24 14:00 2026-09-24 16:00"}, "2026-09-24 17:30"},
		// §15.1: 11:00–14:00 holds 2 h of work; 1 h is used by 11:00, one from 14:00.
		{"2026-09-24 10:00", 2, WorkingHours, []string{"2026-09-24 11:00 2026-09-24 14:00"}, "2026-09-24 15:00"},
		// A pause that only begins when the limit is used up comes too late.
		{"2026-09-24 10:00", 2, WorkingHours, []string{"2026-09-24 12:00 2026-09-24 16:00"}, "2026-09-24 12:00"},
		// Overlapping pauses count once; one before the start, and an empty one, not at all.
		{"2026-09-21 09:00", 2, WorkingHours, []string{
			"2026-09-21 10:00 2026-09-21 11:30", "2026-09-21 09:30 2026-09-21 10:30",
			"2026-09-20 09:00 2026-09-20 12:00", "2026-09-21 11:50 2026-09-21 11:40",
		}, "2026-09-21 14:00"},
		// The move brings a later pause inside the limit.
		{"2026-09-21 09:00", 2, WorkingHours, []string{"2026-09-21 10:00 2026-09-21 12:00", "2026-09-21 13:30 2026-09-21 14:00"}, "2026-09-21 14:30"},
		// Working days move by working time: 2 h over Thursday 18:00 is Monday 11:00.
		{"2026-09-21 10:00", 3, WorkingDays, []string{"2026-09-22 14:00 2026-09-22 16:00"}, "2026-09-28 11:00"},
		// A pause of whole days moves by whole days, to the close.
		{"2026-09-21 10:00", 1, WorkingDays, []string{"2026-09-22 00:00 2026-09-24 00:00"}, "2026-09-24 18:00"},
		// A weekend inside a pause moves nothing.
		{"2026-09-11 10:00", 1, WorkingDays, []string{"2026-09-12 00:00 2026-09-14 00:00"}, "2026-09-14 18:00"},
		// An elapsed limit moves by elapsed time.
		{"2026-09-24 23:00", 2, ElapsedHours, []string{"2026-09-24 23:30 2026-09-25 03:30"}, "2026-09-25 05:00"},
	} {
		var pauses []Interval
		for _, p := range v.pauses {
			pauses = append(pauses, span(t, p))
		}
		if got := c.Due(at(t, v.start), Limit{v.amount, v.unit}, pauses); !got.At.Equal(at(t, v.due)) {
			t.Errorf("%s + %d %s less %v = %v, want %s", v.start, v.amount, v.unit, v.pauses, got.At, v.due)
		}
	}
}

func TestDueIsProvisionalInUnpublishedYears(t *testing.T) {
	c := company(t)
	for _, v := range []struct {
		start string
		limit Limit
		want  bool
	}{
		{"2026-12-31 10:00", Limit{1, WorkingDays}, true}, // 2027-01-01 by plain weeks
		{"2026-12-30 10:00", Limit{1, WorkingDays}, false},
		{"2026-12-31 17:00", Limit{2, WorkingHours}, true},
		{"2027-03-01 10:00", Limit{1, WorkingHours}, true},
		{"2023-12-29 17:00", Limit{2, WorkingHours}, true},   // the start is unknown
		{"2026-12-31 23:00", Limit{2, ElapsedHours}, false},  // reads no calendar
		{"2019-12-30 10:00", Limit{1300, WorkingDays}, true}, // years between are unknown
	} {
		if got := c.Due(at(t, v.start), v.limit, nil); got.Provisional != v.want {
			t.Errorf("%s + %v: %v, want provisional %v", v.start, v.limit, got, v.want)
		}
	}
}

func TestDueBearsAnyInput(t *testing.T) {
	c := company(t)
	far := time.Date(9999, 12, 31, 23, 59, 0, 0, time.UTC)
	early := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, start := range []time.Time{{}, early, far} {
		for _, unit := range []Unit{ElapsedHours, WorkingHours, WorkingDays, CalendarDays, "", "weeks"} {
			if got := c.Due(start, Limit{1 << 40, unit}, []Interval{{early, far}}); got.At.Before(start) {
				t.Errorf("%v + %s is due at %v", start, unit, got.At)
			}
		}
	}
	if got := c.Working(Interval{early, far}, nil); got <= 0 {
		t.Errorf("working time of all years is %v", got)
	}
}

func TestWorking(t *testing.T) {
	c := company(t)
	for _, v := range []struct {
		interval, pause string
		want            time.Duration
	}{
		{"2026-09-24 09:00 2026-09-24 18:00", "", 8 * time.Hour},
		{"2026-09-24 11:00 2026-09-24 14:00", "", 2 * time.Hour}, // §15.1: 2 h, not 3
		{"2026-09-24 17:00 2026-09-28 10:00", "", 2 * time.Hour},
		{"2026-09-25 00:00 2026-09-28 00:00", "", 0},
		{"2026-09-18 00:00 2026-09-21 00:00", "", 16 * time.Hour}, // Friday and Sunday
		{"2026-01-01 00:00 2027-01-01 00:00", "", 248 * 8 * time.Hour},
		{"2026-09-24 18:00 2026-09-24 09:00", "", 0}, // backwards
		{"2026-09-24 09:00 2026-09-24 18:00", "2026-09-24 11:00 2026-09-24 14:00", 6 * time.Hour},
		{"2026-09-24 09:00 2026-09-24 12:00", "2026-09-23 09:00 2026-09-29 14:00", 0},
		{"2026-09-24 09:00 2026-09-24 12:00", "2026-09-24 12:00 2026-09-24 14:00", 3 * time.Hour},
	} {
		var pauses []Interval
		if v.pause != "" {
			pauses = append(pauses, span(t, v.pause))
		}
		if got := c.Working(span(t, v.interval), pauses); got != v.want {
			t.Errorf("working time in %s less %q = %v, want %v", v.interval, v.pause, got, v.want)
		}
	}
}

func TestWithinDays(t *testing.T) {
	c := company(t)
	for _, v := range []struct {
		start, event string
		n            int
		want         bool
	}{
		{"2026-09-10 10:00", "2026-09-11 18:00", 1, true},
		{"2026-09-10 10:00", "2026-09-11 18:00:01", 1, false},
		{"2026-09-10 10:00", "2026-09-14 16:00", 1, false}, // case H of §15.2
		{"2026-09-10 10:00", "2026-09-10 09:00", 1, true},  // earlier is not later
		{"2026-09-18 10:00", "2026-09-20 17:00", 1, true},  // make-up Sunday
	} {
		if got := c.WithinDays(at(t, v.start), at(t, v.event), v.n); got != v.want {
			t.Errorf("%s within %d of %s = %v", v.event, v.n, v.start, got)
		}
	}
}

func TestEndOfDay(t *testing.T) {
	c := company(t)
	if got := c.EndOfDay(Day{2026, 9, 30}); !got.Equal(at(t, "2026-10-01 00:00")) {
		t.Errorf("2026-09-30 ends at %v", got)
	}
}

func TestParseLimit(t *testing.T) {
	for s, want := range map[string]Limit{
		"2 elapsed_hours":  {2, ElapsedHours},
		"2 working_hours":  {2, WorkingHours},
		"0 working_days":   {0, WorkingDays},
		"30 calendar_days": {30, CalendarDays},
	} {
		if got, err := ParseLimit(s); err != nil || got != want {
			t.Errorf("%q reads as %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "2", "working_days", "-1 working_days", "2 weeks", "2  working_days", "1.5 working_hours", "99999999999 working_days"} {
		if got, err := ParseLimit(s); err == nil || got != (Limit{}) {
			t.Errorf("%q reads as %v", s, got)
		}
	}
	for _, s := range []string{"1000001 calendar_days", "99999999999 working_days"} {
		if _, err := ParseLimit(s); err == nil || !strings.Contains(err.Error(), "1000000 at most") {
			t.Errorf("%q: %v does not say the bound", s, err)
		}
	}
}
