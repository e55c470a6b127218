package calendar

import "time"

// Grain is the length of a period.
type Grain string

// The grains of a period, written in KPI definitions as "cadence".
const (
	Month    Grain = "month"
	Quarter  Grain = "quarter"
	Half     Grain = "half"
	FullYear Grain = "year"
)

// Period is a month, quarter, half-year or year: 2026-09, 2026-Q3, 2026-H1,
// 2026. The zero Period is none.
type Period struct {
	Grain Grain
	Year  int
	Index int // month 1–12, quarter 1–4, half 1–2, year 1
}

// ParsePeriod reads the forms named at [Period].
func ParsePeriod(s string) (Period, error) { panic("calendar") }

// PeriodAt is the period of grain g that contains t, read in t's zone.
func PeriodAt(g Grain, t time.Time) Period { panic("calendar") }

// String writes the form that [ParsePeriod] reads.
func (p Period) String() string { panic("calendar") }

// In is the period's interval in zone.
func (p Period) In(zone *time.Location) Interval { panic("calendar") }

// Shift is the period n later, or earlier where n is negative.
func (p Period) Shift(n int) Period { panic("calendar") }

// Of is the period of grain g in which p starts.
func (p Period) Of(g Grain) Period { panic("calendar") }

// Contains tells whether t lies in the interval.
func (iv Interval) Contains(t time.Time) bool { return !t.Before(iv.Start) && t.Before(iv.End) }

// ParseDay reads YYYY-MM-DD and refuses days that do not exist.
func ParseDay(s string) (Day, error) { panic("calendar") }

// DayOf is the day of t in t's zone.
func DayOf(t time.Time) Day { panic("calendar") }

// String writes YYYY-MM-DD.
func (d Day) String() string { panic("calendar") }

// Start is midnight at the beginning of d in zone.
func (d Day) Start(zone *time.Location) time.Time { panic("calendar") }

// Add is the day n days later.
func (d Day) Add(n int) Day { panic("calendar") }

// Compare orders days.
func (d Day) Compare(o Day) int { panic("calendar") }
