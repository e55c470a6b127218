package calendar

import (
	"math/big"
	"slices"
	"time"
)

// Run is a run of days, both ends inside. It is empty where Last is before First.
type Run struct{ First, Last Day }

// Days are the days of the period; those of the zero Period are none.
func (p Period) Days() Run {
	span := p.In(time.UTC)
	return Run{DayOf(span.Start), DayOf(span.End).Add(-1)}
}

// Clip is the part of r that lies in o.
func (r Run) Clip(o Run) Run {
	if r.First.Compare(o.First) < 0 {
		r.First = o.First
	}
	if r.Last.Compare(o.Last) > 0 {
		r.Last = o.Last
	}
	return r
}

// Until is how many days o lies after d, negative where it lies before.
func (d Day) Until(o Day) int { return o.number() - d.number() }

// Join sorts runs and merges those that overlap or follow each other without a
// gap; empty ones are left out.
func Join(runs []Run) []Run {
	runs = slices.DeleteFunc(slices.Clone(runs), func(r Run) bool { return r.Last.Compare(r.First) < 0 })
	slices.SortFunc(runs, func(a, b Run) int { return a.First.Compare(b.First) })
	var joined []Run
	for _, r := range runs {
		last := len(joined) - 1
		if last < 0 || r.First.Compare(joined[last].Last.Add(1)) > 0 {
			joined = append(joined, r)
			continue
		}
		if r.Last.Compare(joined[last].Last) > 0 {
			joined[last].Last = r.Last
		}
	}
	return joined
}

// Months counts the whole calendar months inside joined runs, and the days left
// over as 31 to a month (domain.md §0.21, K16).
func Months(joined []Run) *big.Rat {
	whole, over := int64(0), int64(0)
	for _, r := range joined {
		for day := r.First; day.Compare(r.Last) <= 0; {
			next := DayOf(time.Date(day.Year, day.Month+1, 1, 0, 0, 0, 0, time.UTC))
			if day.Day == 1 && next.Compare(r.Last.Add(1)) <= 0 {
				whole++
				day = next
				continue
			}
			over++
			day = day.Add(1)
		}
	}
	return big.NewRat(whole*31+over, 31)
}

// DueAfter is when a limit that counts from the end of a day is used up: that day
// is day 0, worked or not, so that 5 working days after a month are its
// successor's fifth. A limit in days ends with the last window or, in calendar
// days, with the last nanosecond of the day it reaches.
func (c *Calendar) DueAfter(day Day, limit Limit) Due {
	switch limit.Unit {
	case CalendarDays:
		return Due{At: c.EndOfDay(day.Add(min(max(limit.Amount, 0), longest/24))).Add(-time.Nanosecond)}
	case WorkingDays:
		return c.Due(c.lastWorkday(day).Start(c.zone), limit, nil)
	}
	return c.Due(c.EndOfDay(day), limit, nil)
}

// lastWorkday is the nearest working day that is not after day.
func (c *Calendar) lastWorkday(day Day) Day {
	return dayNumbered(c.workday(c.workdaysBefore(day.number() + 1)))
}

// DayBefore is the n-th working day before day, which itself is day 0 whether it
// is worked or not.
func (c *Calendar) DayBefore(day Day, n int) Day {
	return dayNumbered(c.workday(c.workdaysBefore(day.number()) - min(max(n, 1), longest) + 1))
}
