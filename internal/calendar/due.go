package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Unit is what a limit counts.
type Unit string

// The units of a limit (domain.md §4.5). A calendar day is 24 elapsed hours
// (domain.md §0.21, K03).
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

// ParseLimit reads "2 working_hours": a whole number that is not negative, a
// space, a unit.
func ParseLimit(s string) (Limit, error) {
	amount, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseUint(amount, 10, 20)
	switch l := (Limit{Amount: int(n), Unit: Unit(unit)}); l.Unit {
	case ElapsedHours, WorkingHours, WorkingDays, CalendarDays:
		if err == nil && n <= longest {
			return l, nil
		}
		if err == nil || errors.Is(err, strconv.ErrRange) {
			return Limit{}, fmt.Errorf("%q is longer than a limit may be, %d at most", s, longest)
		}
	}
	return Limit{}, fmt.Errorf("%q is not an amount of time, write as 2 working_hours, 1 working_days, 24 elapsed_hours or 30 calendar_days", s)
}

// Due is a computed due time. Provisional is set when it was counted in working
// time and it, its start, or a year between them is unknown to the calendar.
type Due struct {
	At          time.Time
	Provisional bool
}

// longest bounds the amount of a limit, whatever its unit.
const longest = 1_000_000

// Due is the earliest instant at which limit, started at start, is used up.
// Pauses move it: a limit in working hours or days by the working time inside
// them, other limits by their elapsed time (domain.md §0.6, §0.17). A pause
// without an end, or with one not after its start, is none: the caller ends open
// pauses. A negative amount counts as nothing.
//
// A limit of n working days ends with the last window of the n-th working day
// after day 0. Day 0 is the day of start, or the next working day where no
// working time of that day is left (domain.md §4.5).
func (c *Calendar) Due(start time.Time, limit Limit, pauses []Interval) Due {
	amount := min(max(limit.Amount, 0), longest)
	pauses = merge(pauses, start)
	var at time.Time
	switch limit.Unit {
	case WorkingHours:
		at = c.dueWorking(start, c.plus(c.position(start), time.Duration(amount)*time.Hour), pauses)
	case WorkingDays:
		// The position of start already is that of the next opening.
		p := c.position(start)
		at = c.dueWorking(start, position{days: p.days + 1 + amount}, pauses)
	case CalendarDays:
		return Due{At: dueElapsed(start, min(amount*24, longest), pauses).In(c.zone)}
	default:
		return Due{At: dueElapsed(start, amount, pauses).In(c.zone)}
	}
	return Due{At: at, Provisional: !c.knows(start, at)}
}

// dueWorking is the earliest instant with the position end, which pauses move.
func (c *Calendar) dueWorking(start time.Time, end position, pauses []Interval) time.Time {
	if end == c.position(start) {
		return start.In(c.zone)
	}
	at := c.instant(end)
	for _, pause := range pauses {
		if !pause.Start.Before(at) {
			break
		}
		end = c.plus(end, c.between(c.position(pause.Start), c.position(pause.End)))
		at = c.instant(end)
	}
	return at
}

func dueElapsed(start time.Time, hours int, pauses []Interval) time.Time {
	at := start.Add(time.Duration(hours) * time.Hour)
	for _, pause := range pauses {
		if !pause.Start.Before(at) {
			break
		}
		at = at.Add(pause.End.Sub(pause.Start))
	}
	return at
}

// knows tells whether every year from a to b is published.
func (c *Calendar) knows(a, b time.Time) bool {
	for year := a.In(c.zone).Year(); year <= b.In(c.zone).Year(); year++ {
		if !c.years[year] {
			return false
		}
	}
	return true
}

// Working is the working time inside iv, less what pauses take away.
func (c *Calendar) Working(iv Interval, pauses []Interval) time.Duration {
	if !iv.Start.Before(iv.End) {
		return 0
	}
	sum := c.between(c.position(iv.Start), c.position(iv.End))
	for _, pause := range merge(pauses, iv.Start) {
		if pause.Start.Before(iv.End) {
			sum -= c.between(c.position(pause.Start), c.position(earlier(pause.End, iv.End)))
		}
	}
	return sum
}

// WithinDays tells whether event comes no later than the close of the n-th
// working day after start: the tolerance of K22 and K23 (domain.md §0.17). Day 0
// is as in [Calendar.Due].
func (c *Calendar) WithinDays(start, event time.Time, n int) bool {
	return !event.After(c.Due(start, Limit{Amount: n, Unit: WorkingDays}, nil).At)
}

// merge sorts pauses, joins those that meet, and cuts off what lies before from.
func merge(pauses []Interval, from time.Time) []Interval {
	if len(pauses) == 0 {
		return nil
	}
	sorted := make([]Interval, 0, len(pauses))
	for _, p := range pauses {
		if p.Start.Before(from) {
			p.Start = from
		}
		if p.Start.Before(p.End) {
			sorted = append(sorted, p)
		}
	}
	slices.SortFunc(sorted, func(a, b Interval) int { return a.Start.Compare(b.Start) })
	joined := sorted[:0]
	for _, p := range sorted {
		if last := len(joined) - 1; last >= 0 && !joined[last].End.Before(p.Start) {
			if joined[last].End.Before(p.End) {
				joined[last].End = p.End
			}
			continue
		}
		joined = append(joined, p)
	}
	return joined
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
