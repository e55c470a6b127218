// Package calendar counts working time: which days a company works, when its
// windows open, when a limit is used up, and how periods partition time. It
// knows no records; all arithmetic is in the zone given.
package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Window is a stretch of working time in a day, as offsets from local midnight
// by the clock on the wall. It is half-open: at Close work is over.
type Window struct{ Open, Close time.Duration }

// Year is one published year: the days that differ from Monday-to-Friday. A
// notice may also name days of the December before (domain.md §8).
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
	length  time.Duration // working time of one day
	listed  []listedDay   // ascending
	years   map[int]bool
}

// listedDay is a day that a notice names.
type listedDay struct {
	number int
	work   bool
	// sum is by how much this day and all listed before it change the number of
	// working days that plain weeks would have.
	sum int
}

// New builds a calendar. Windows must be ascending and must not overlap; years
// may come in any order, each once. Where two years name the same day, the later
// year's notice counts.
func New(zone *time.Location, windows []Window, years []Year) (*Calendar, error) {
	c := &Calendar{zone: zone, windows: slices.Clone(windows), years: map[int]bool{}}
	if err := c.measure(); err != nil {
		return nil, err
	}
	years = slices.Clone(years)
	slices.SortFunc(years, func(a, b Year) int { return cmp.Compare(a.Year, b.Year) })
	listed := map[int]bool{}
	for _, y := range years {
		if c.years[y.Year] {
			return nil, fmt.Errorf("year %d is given twice", y.Year)
		}
		c.years[y.Year] = true
		y.list(listed)
	}
	c.correct(listed)
	return c, nil
}

// measure checks the windows and adds them up.
func (c *Calendar) measure() error {
	if len(c.windows) == 0 {
		return errors.New("a calendar needs a working window")
	}
	var end time.Duration
	for _, w := range c.windows {
		if w.Open < end || w.Close <= w.Open || w.Close > 24*time.Hour {
			return fmt.Errorf("window %s to %s does not fit into the day after %s", w.Open, w.Close, end)
		}
		c.length += w.Close - w.Open
		end = w.Close
	}
	return nil
}

// list enters a year's days into listed. A day under both heads is worked.
func (y Year) list(listed map[int]bool) {
	for _, d := range y.Off {
		listed[d.number()] = false
	}
	for _, d := range y.Workdays {
		listed[d.number()] = true
	}
}

// correct sorts the listed days and sums up how they differ from plain weeks.
func (c *Calendar) correct(listed map[int]bool) {
	for number, work := range listed {
		c.listed = append(c.listed, listedDay{number: number, work: work})
	}
	slices.SortFunc(c.listed, func(a, b listedDay) int { return cmp.Compare(a.number, b.number) })
	sum := 0
	for i, d := range c.listed {
		switch plain := weekday(d.number); {
		case d.work && !plain:
			sum++
		case !d.work && plain:
			sum--
		}
		c.listed[i].sum = sum
	}
}

// IsWorkday tells whether the company works on d, and whether d's year is known.
func (c *Calendar) IsWorkday(d Day) (work, known bool) {
	return c.works(d.number()), c.years[d.Year]
}

// EndOfDay is the first instant after d in the calendar's zone: a date used as
// a deadline is kept iff the event is before it.
func (c *Calendar) EndOfDay(d Day) time.Time { return d.Add(1).Start(c.zone) }

// Zone is the organisation's time zone.
func (c *Calendar) Zone() *time.Location { return c.zone }

// works tells whether day number n is worked.
func (c *Calendar) works(n int) bool {
	i, found := c.find(n)
	if found {
		return c.listed[i].work
	}
	return weekday(n)
}

// workdaysBefore counts the working days with a number below n, from a fixed
// day on.
func (c *Calendar) workdaysBefore(n int) int {
	count := weekdaysBefore(n)
	if i, _ := c.find(n); i > 0 {
		count += c.listed[i-1].sum
	}
	return count
}

// Workdays counts the working days after a day, up to another and with it; none where
// that is not later.
func (c *Calendar) Workdays(after, last Day) int {
	return max(0, c.workdaysBefore(last.number()+1)-c.workdaysBefore(after.number()+1))
}

func (c *Calendar) find(n int) (int, bool) {
	return slices.BinarySearchFunc(c.listed, n, func(d listedDay, n int) int { return cmp.Compare(d.number, n) })
}

// workday is the number of the k-th working day, counted as by workdaysBefore:
// the first day with workdaysBefore(day+1) == k.
func (c *Calendar) workday(k int) int {
	slack := 2*len(c.listed) + 14
	low, high := k/5*7-slack, k/5*7+slack // workdaysBefore(low) < k <= workdaysBefore(high)
	for high-low > 1 {
		if mid := low + (high-low)/2; c.workdaysBefore(mid) < k {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}
