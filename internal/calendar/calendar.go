// Package calendar counts working time: which days a company works, when its
// windows open, when a limit is used up, and how periods partition time. It
// knows no records; all arithmetic is in the zone given.
package calendar

import "time"

// Day is a calendar day without a zone.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// Interval is half-open: Start is inside, End is not.
type Interval struct{ Start, End time.Time }

// Window is a stretch of working time in a day, as offsets from local midnight.
type Window struct{ Open, Close time.Duration }

// Year is one published year: the days that differ from Monday-to-Friday.
type Year struct {
	Year     int
	Off      []Day // holidays
	Workdays []Day // make-up workdays
}

// Calendar answers for the years it was given; other years follow plain weeks
// and make results provisional. It is immutable.
type Calendar struct {
	zone    *time.Location
	windows []Window
	days    map[Day]bool
	years   map[int]bool
}

// New builds a calendar. Windows must be ascending and must not overlap.
func New(zone *time.Location, windows []Window, years []Year) (*Calendar, error) { panic("calendar") }

// Unit is what a limit counts.
type Unit string

// The units of a limit (domain.md §4.5).
const (
	ElapsedHours Unit = "elapsed_hours"
	WorkingHours Unit = "working_hours"
	WorkingDays  Unit = "working_days"
	CalendarDays Unit = "calendar_days"
)

// Limit is an amount of time.
type Limit struct {
	Amount int
	Unit   Unit
}

// Due is a computed due time. Provisional is set when it, or its start, lies in
// a year that the calendar does not know.
type Due struct {
	At          time.Time
	Provisional bool
}

// Due is the earliest instant at which limit, started at start, is used up;
// pauses move it (domain.md §0.6, §0.17).
func (c *Calendar) Due(start time.Time, limit Limit, pauses []Interval) Due { panic("calendar") }

// IsWorkday tells whether the company works on d, and whether d's year is known.
func (c *Calendar) IsWorkday(d Day) (work, known bool) { panic("calendar") }

// Working is the working time inside iv, less what pauses take away.
func (c *Calendar) Working(iv Interval, pauses []Interval) time.Duration { panic("calendar") }

// WithinDays tells whether event comes no later than the close of the n-th
// working day after start: the tolerance of K22 and K23 (domain.md §0.17).
func (c *Calendar) WithinDays(start, event time.Time, n int) bool { panic("calendar") }

// EndOfDay is the first instant after d in the calendar's zone: a date used as
// a deadline is kept iff the event is before it.
func (c *Calendar) EndOfDay(d Day) time.Time { panic("calendar") }

// Zone is the organisation's time zone.
func (c *Calendar) Zone() *time.Location { return c.zone }
