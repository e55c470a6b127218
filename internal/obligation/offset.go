package obligation

import (
	"fmt"
	"strings"
	"time"

	"kept/internal/calendar"
)

// offset moves a due time: sixty calendar days before a contract ends.
type offset struct {
	calendar.Limit
	before bool
}

// parseOffset reads "-60 calendar_days" or "5 working_days". Nothing is counted
// backwards in working hours.
func parseOffset(s string) (offset, error) {
	rest, before := strings.CutPrefix(s, "-")
	l, err := calendar.ParseLimit(rest)
	if err == nil && before && l.Unit == calendar.WorkingHours {
		err = fmt.Errorf("%q counts working hours backwards", s)
	}
	return offset{l, before}, err
}

// duty begins a duty with its due times.
func (o offset) duty(in *inputs, t target) Duty {
	due, provisional := o.from(in.Calendar, t.at, t.day)
	d := Duty{Due: due, Provisional: provisional || t.provisional}
	if !t.original.IsZero() {
		d.Original, _ = o.from(in.Calendar, t.original, t.day)
	}
	return d
}

// from moves a due time. Days that count backwards keep the time of day; a date
// is day 0 of what counts forwards, worked or not.
func (o offset) from(cal *calendar.Calendar, at time.Time, day bool) (time.Time, bool) {
	at = at.In(cal.Zone())
	switch {
	case o.Unit == "":
		return at, false
	case o.Unit == calendar.CalendarDays && o.before:
		return at.AddDate(0, 0, -o.Amount), false
	case o.Unit == calendar.CalendarDays:
		return at.AddDate(0, 0, o.Amount), false
	case o.Unit == calendar.ElapsedHours && o.before:
		return at.Add(-time.Duration(o.Amount) * time.Hour), false
	case o.before:
		return o.workdaysBefore(cal, at)
	case day:
		due := cal.DueAfter(calendar.DayOf(at), o.Limit)
		return due.At, due.Provisional
	}
	due := cal.Due(at, o.Limit, nil)
	return due.At, due.Provisional
}

func (o offset) workdaysBefore(cal *calendar.Calendar, at time.Time) (time.Time, bool) {
	day := calendar.DayOf(at)
	if o.Amount == 0 {
		return at, false
	}
	to := cal.DayBefore(day, o.Amount)
	moved := to.Start(cal.Zone()).Add(at.Sub(day.Start(cal.Zone())))
	_, known := cal.IsWorkday(to)
	_, knownEnd := cal.IsWorkday(day)
	return moved, !known || !knownEnd
}
