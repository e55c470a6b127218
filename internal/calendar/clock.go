package calendar

import (
	"math"
	"time"
)

// position is how much working time lies before an instant, counted from a fixed
// day: whole working days, and the rest, which is less than one. All instants
// between the close of one day and the opening of the next share one position.
type position struct {
	days int
	rest time.Duration
}

// position of t.
func (c *Calendar) position(t time.Time) position {
	t = t.In(c.zone)
	n := DayOf(t).number()
	p := position{days: c.workdaysBefore(n)}
	if c.works(n) {
		p.rest = c.worked(clock(t))
	}
	return c.normal(p)
}

func (c *Calendar) normal(p position) position {
	p.days += int(p.rest / c.length)
	p.rest %= c.length
	return p
}

// plus is d of working time later.
func (c *Calendar) plus(p position, d time.Duration) position {
	p.rest += d
	return c.normal(p)
}

// between is the working time from p to q, which is not before p. It stops at
// the longest duration there is.
func (c *Calendar) between(p, q position) time.Duration {
	days := q.days - p.days
	if int64(days) >= math.MaxInt64/int64(c.length)-1 {
		return math.MaxInt64
	}
	return time.Duration(days)*c.length + q.rest - p.rest
}

// instant is the earliest instant that has position p: 18:00 and not the next
// 09:00.
func (c *Calendar) instant(p position) time.Time {
	if p.rest == 0 {
		return c.at(c.workday(p.days), c.windows[len(c.windows)-1].Close)
	}
	n := c.workday(p.days + 1)
	for _, w := range c.windows {
		if length := w.Close - w.Open; p.rest > length {
			p.rest -= length
			continue
		}
		return c.at(n, w.Open+p.rest)
	}
	return c.at(n, c.windows[len(c.windows)-1].Close)
}

// worked is the working time before an offset into a working day.
func (c *Calendar) worked(offset time.Duration) time.Duration {
	var sum time.Duration
	for _, w := range c.windows {
		sum += max(0, min(offset, w.Close)-w.Open)
	}
	return sum
}

// at is the instant at an offset into day number n, by the clock on the wall.
func (c *Calendar) at(n int, offset time.Duration) time.Time {
	d := dayNumbered(n)
	return time.Date(d.Year, d.Month, d.Day, 0, 0, int(offset/time.Second), int(offset%time.Second), c.zone)
}

// clock is how far the clock on the wall is past midnight.
func clock(t time.Time) time.Duration {
	hour, minute, second := t.Clock()
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute +
		time.Duration(second)*time.Second + time.Duration(t.Nanosecond())
}
