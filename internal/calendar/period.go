package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// Interval is half-open: Start is inside, End is not.
type Interval struct{ Start, End time.Time }

// Contains tells whether t lies in the interval.
func (iv Interval) Contains(t time.Time) bool { return !t.Before(iv.Start) && t.Before(iv.End) }

// Grain is the length of a period.
type Grain string

// The grains of a period, written in KPI definitions as "cadence".
const (
	Month    Grain = "month"
	Quarter  Grain = "quarter"
	Half     Grain = "half"
	FullYear Grain = "year"
)

// months is the length of a period of grain g, zero for what is no grain.
func (g Grain) months() int {
	switch g {
	case Month:
		return 1
	case Quarter:
		return 3
	case Half:
		return 6
	case FullYear:
		return 12
	}
	return 0
}

// Fits tells whether a period of grain o is made of whole periods of grain g, so
// that what is due each g can be told for it: a monthly figure fits a quarter.
func (g Grain) Fits(o Grain) bool { return g.months() > 0 && o.months() >= g.months() }

// Period is a month, quarter, half-year or year: 2026-09, 2026-Q3, 2026-H1,
// 2026. The zero Period is none.
type Period struct {
	Grain Grain
	Year  int
	Index int // month 1–12, quarter 1–4, half 1–2, year 1
}

// ParsePeriod reads the forms named at [Period].
func ParsePeriod(s string) (Period, error) {
	wrong := fmt.Errorf("%q is not a period, write 2026-09, 2026-Q3, 2026-H1 or 2026", s)
	if len(s) != 4 && len(s) != 7 || len(s) == 7 && s[4] != '-' {
		return Period{}, wrong
	}
	p := Period{Grain: FullYear, Index: 1}
	ok := digits(s[:4], &p.Year)
	if len(s) == 7 {
		switch rest := s[5:]; rest[0] {
		case 'Q':
			p.Grain, ok = Quarter, ok && digits(rest[1:], &p.Index)
		case 'H':
			p.Grain, ok = Half, ok && digits(rest[1:], &p.Index)
		default:
			p.Grain, ok = Month, ok && digits(rest, &p.Index)
		}
	}
	if !ok || p.Year < 1 || p.Index < 1 || p.Index > 12/p.Grain.months() {
		return Period{}, wrong
	}
	return p, nil
}

// digits reads s, which may hold ASCII digits only.
func digits(s string, into *int) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	*into = int(n)
	return err == nil
}

// PeriodAt is the period of grain g that contains t, read in t's zone.
func PeriodAt(g Grain, t time.Time) Period {
	if g.months() == 0 {
		return Period{}
	}
	return Period{Grain: g, Year: t.Year(), Index: (int(t.Month())-1)/g.months() + 1}
}

// String writes the form that [ParsePeriod] reads.
func (p Period) String() string {
	switch p.Grain {
	case Month:
		return fmt.Sprintf("%04d-%02d", p.Year, p.Index)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.Index)
	case Half:
		return fmt.Sprintf("%04d-H%d", p.Year, p.Index)
	case FullYear:
		return fmt.Sprintf("%04d", p.Year)
	}
	return ""
}

// first is the month in which p starts.
func (p Period) first() time.Month { return time.Month((p.Index-1)*p.Grain.months() + 1) }

// In is the period's interval in zone: from one local midnight to another. That
// of the zero Period is empty.
func (p Period) In(zone *time.Location) Interval {
	if p.Grain.months() == 0 {
		return Interval{}
	}
	return Interval{
		Start: time.Date(p.Year, p.first(), 1, 0, 0, 0, 0, zone),
		End:   time.Date(p.Year, p.first()+time.Month(p.Grain.months()), 1, 0, 0, 0, 0, zone),
	}
}

// Shift is the period n later, or earlier where n is negative.
func (p Period) Shift(n int) Period {
	if p.Grain.months() == 0 {
		return p
	}
	perYear := 12 / p.Grain.months()
	count := p.Year*perYear + p.Index - 1 + n
	year := floorDiv(count, perYear)
	return Period{Grain: p.Grain, Year: year, Index: count - year*perYear + 1}
}

// Of is the period of grain g in which p starts.
func (p Period) Of(g Grain) Period {
	if p.Grain.months() == 0 {
		return p
	}
	return PeriodAt(g, p.In(time.UTC).Start)
}
