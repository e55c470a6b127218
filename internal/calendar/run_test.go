package calendar

import (
	"testing"
	"time"
)

// A limit after a day counts from it, worked or not. 30 September 2026 is a
// Wednesday before National Day: 8, 9, 10 (make-up), 12 and 13 October are its
// five working days. 31 October is a Saturday: 2 to 6 November. 31 December 2025,
// a Wednesday, is followed by the make-up day Sunday 4 January. Nothing after a
// Saturday is the close of the Friday before it.
func TestDueAfter(t *testing.T) {
	for _, c := range []struct{ day, limit, want string }{
		{"2026-09-30", "5 working_days", "2026-10-13 18:00"},
		{"2026-10-31", "5 working_days", "2026-11-06 18:00"},
		{"2025-12-31", "1 working_days", "2026-01-04 18:00"},
		{"2026-10-31", "0 working_days", "2026-10-30 18:00"},
		{"2026-06-30", "31 calendar_days", "2026-07-31 23:59"},
		{"2026-06-30", "0 calendar_days", "2026-06-30 23:59"},
		{"2026-10-31", "2 working_hours", "2026-11-02 11:00"},
		{"2026-10-31", "2 elapsed_hours", "2026-11-01 02:00"},
	} {
		limit, err := ParseLimit(c.limit)
		if err != nil {
			t.Fatal(err)
		}
		due := company(t).DueAfter(daysOf(t, c.day)[0], limit)
		if got := due.At.Format("2006-01-02 15:04"); got != c.want || due.Provisional {
			t.Errorf("%s after %s: %s, want %s", c.limit, c.day, got, c.want)
		}
	}
	if due := company(t).DueAfter(daysOf(t, "2026-12-31")[0], Limit{1, WorkingDays}); !due.Provisional {
		t.Error("a due time in 2027 is not provisional")
	}
}

// Days are days by the clock on the wall, also where it is put forward.
func TestDueAfterOverSummerTime(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(zone, officeHours(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.DueAfter(daysOf(t, "2026-03-28")[0], Limit{2, CalendarDays}).At.Format("2006-01-02 15:04:05"); got != "2026-03-30 23:59:59" {
		t.Errorf("two days after the change of the clock: %s", got)
	}
}

func TestDayBefore(t *testing.T) {
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{
		{"2026-10-10", 1, "2026-10-09"},
		{"2026-10-10", 3, "2026-09-30"},
		{"2026-10-11", 1, "2026-10-10"},
		{"2026-10-03", 1, "2026-09-30"},
	} {
		if got := company(t).DayBefore(daysOf(t, c.day)[0], c.n).String(); got != c.want {
			t.Errorf("%d before %s: %s, want %s", c.n, c.day, got, c.want)
		}
	}
}

// Months are whole calendar months and left-over days of 31 to a month.
func TestMonths(t *testing.T) {
	run := func(first, last string) Run { return Run{daysOf(t, first)[0], daysOf(t, last)[0]} }
	for _, c := range []struct {
		runs []Run
		want string
	}{
		{[]Run{run("2026-01-01", "2026-03-31"), run("2026-04-01", "2026-06-30")}, "6"},
		{[]Run{run("2026-03-01", "2026-06-30"), run("2026-01-01", "2026-04-30")}, "6"},
		{[]Run{run("2026-01-01", "2026-04-15"), run("2026-04-16", "2026-06-30")}, "6"},
		{[]Run{run("2026-01-15", "2026-07-14")}, "6"},
		{[]Run{run("2026-07-02", "2026-12-31")}, "185/31"},
		{[]Run{run("2026-01-01", "2026-03-31"), run("2026-05-01", "2026-07-30")}, "185/31"},
		{[]Run{run("2026-02-01", "2026-02-28")}, "1"},
		{[]Run{run("2026-02-02", "2026-02-01")}, "0"},
		{nil, "0"},
	} {
		if got := Months(Join(c.runs)).RatString(); got != c.want {
			t.Errorf("%v: %s months, want %s", c.runs, got, c.want)
		}
	}
	p, _ := ParsePeriod("2026-Q1")
	if got := run("2025-05-01", "2026-02-10").Clip(p.Days()); got != run("2026-01-01", "2026-02-10") {
		t.Errorf("clipped to %v", got)
	}
	if n := daysOf(t, "2026-02-27")[0].Until(daysOf(t, "2026-03-02")[0]); n != 3 {
		t.Errorf("%d days", n)
	}
}
