package portal

import (
	"time"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
)

// left says how far a clock is from its due time: what remains, by how much it is
// over, or by how much the event came late. It is "" where that says nothing.
func (v *View) left(c clock, running bool) string {
	switch c.verdict(v.src.AsOf, running) {
	case pending:
		return v.p.Say("portal.clock-left", locale.A("span", v.span(v.src.AsOf, c.Due, c.Limit.Unit)))
	case overdue:
		return v.p.Say("portal.clock-over", locale.A("span", v.span(c.Due, v.src.AsOf, c.Limit.Unit)))
	case late:
		return v.p.Say("portal.clock-late", locale.A("span", v.span(c.Due, c.Done, c.Limit.Unit)))
	}
	return ""
}

// span says the time between two moments as the unit of a limit counts it: whole
// working days where there are two or more, else working hours and minutes; elapsed
// time in whole days where there are two or more, else hours and minutes.
func (v *View) span(from, to time.Time, unit calendar.Unit) string {
	if unit != calendar.WorkingDays && unit != calendar.WorkingHours {
		d := to.Sub(from)
		if days := int(d / (24 * time.Hour)); days >= 2 {
			return v.p.Say("portal.calendar-days", locale.N("n", days))
		}
		return v.hoursAndMinutes("portal.clock-elapsed", d)
	}
	if days := v.workdays(from, to); days >= 2 {
		return v.p.Say("portal.working-days", locale.N("n", days))
	}
	return v.hoursAndMinutes("portal.clock-working", v.src.Calendar.Working(calendar.Interval{Start: from, End: to}, nil))
}

func (v *View) hoursAndMinutes(key string, d time.Duration) string {
	return v.p.Say(key, locale.N("hours", int(d/time.Hour)), locale.N("minutes", int(d%time.Hour/time.Minute)))
}

// workdays counts the working days after the day of from, up to that of to.
func (v *View) workdays(from, to time.Time) int {
	return v.src.Calendar.Workdays(calendar.DayOf(from.In(v.zone)), calendar.DayOf(to.In(v.zone)))
}

// paused says the pauses of a clock that lie between its start and its due time, ""
// where there are none.
func (v *View) paused(rec *record.Record, c clock) string {
	n, open := 0, false
	for _, item := range rec.Items(c.limit.Pauses) {
		from, ok := record.MomentOf(item, "from", v.zone)
		if ok && !from.Before(c.Start) && from.Before(c.Due) && (c.Done.IsZero() || from.Before(c.Done)) {
			n, open = n+1, open || !item.Has("to")
		}
	}
	switch {
	case n == 0:
		return ""
	case open:
		return v.p.Say("portal.clock-pausing", locale.N("n", n))
	}
	return v.p.Say("portal.clock-paused", locale.N("n", n))
}
