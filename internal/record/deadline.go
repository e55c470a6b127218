package record

import (
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Deadline is a time limit of a kind, worked out for one record.
type Deadline struct {
	Start time.Time      // when the clock began
	Limit calendar.Limit // the amount that applied
	// Due is the original due time, moved by pauses: the one that is judged. It
	// is kept iff the event is not after it.
	Due time.Time
	// Provisional is set where the calendar of a year it needs is not published.
	Provisional bool
	// Extended is the end of the last extension, zero where there is none.
	Extended time.Time
}

// Deadline works out limit l for the record. It tells false where the clock does
// not run: no start time, or no value that chooses an amount. Steps declared at
// or after asOf are not known, and an open pause runs to asOf (domain.md §0.17,
// §0.18). For a frozen limit, first gives a field's first value on the mainline,
// or what the caller holds for it where there is no history; a nil first reads
// the record (domain.md §0.19).
func (r *Record) Deadline(l schema.TimeLimit, cal *calendar.Calendar, first func(field string) string, asOf time.Time) (Deadline, bool) {
	start, ok := r.MomentAsOf(l.Start, cal.Zone(), asOf)
	if _, _, ofItems := itemStart(r.Kind, l); !ok || ofItems {
		return Deadline{}, false
	}
	amount, ok := r.amount(l, first)
	if !ok {
		return Deadline{}, false
	}
	due := cal.Due(start, amount, r.pausesBeforeDone(l, cal, asOf))
	d := Deadline{Start: start, Limit: amount, Due: due.At, Provisional: due.Provisional}
	if l.Extend != "" {
		if items := r.Items(l.Extend); len(items) > 0 {
			d.Extended, _ = DueOf(items[len(items)-1], "to", cal)
		}
	}
	return d, true
}

// pausesBeforeDone are the pauses of l while its clock ran: what was answered is
// answered, and a pause that begins later moves no due time that was kept, nor
// the period in which it counts. One that was on is cut there.
func (r *Record) pausesBeforeDone(l schema.TimeLimit, cal *calendar.Calendar, asOf time.Time) []calendar.Interval {
	pauses := PausesOf(r.Object, l.Pauses, cal, asOf)
	done, ok := r.MomentAsOf(l.Done, cal.Zone(), asOf)
	if len(pauses) == 0 || !ok {
		return pauses
	}
	pauses = slices.DeleteFunc(pauses, func(p calendar.Interval) bool { return !p.Start.Before(done) })
	for i := range pauses {
		if pauses[i].End.After(done) {
			pauses[i].End = done
		}
	}
	return pauses
}

// amount is what the first present field of l.By chooses.
func (r *Record) amount(l schema.TimeLimit, first func(field string) string) (calendar.Limit, bool) {
	read := r.Text
	if l.Frozen && first != nil {
		read = first
	}
	for _, field := range l.By {
		if value := read(field); value != "" {
			if amount, ok := l.Limits[value]; ok {
				return amount, true
			}
			break
		}
	}
	amount, ok := l.Limits[""]
	return amount, ok
}

// MomentAsOf is [Record.Moment] with only the steps declared before asOf. Of a
// path into a list, as progress_notes.at, it is the earliest time before asOf.
func (r *Record) MomentAsOf(name string, zone *time.Location, asOf time.Time) (time.Time, bool) {
	if r.Kind == nil {
		return time.Time{}, false
	}
	i := slices.IndexFunc(r.Kind.Derived, func(d schema.Derived) bool { return d.Name == name })
	if i < 0 {
		return r.momentAt(name, zone, asOf)
	}
	step, ok := Entry(r.Kind, r.Kind.Derived[i], InTime(Known(r.Transitions(), asOf)))
	return step.At, ok && !step.At.IsZero()
}

// PausesOf reads a list of {from, to}. An open pause ends at asOf; a date that
// ends a pause is the end of that local day.
func PausesOf(o yamldoc.Object, field string, cal *calendar.Calendar, asOf time.Time) []calendar.Interval {
	if field == "" {
		return nil
	}
	var pauses []calendar.Interval
	for _, item := range o.Items(field) {
		from, ok := MomentOf(item, "from", cal.Zone())
		if !ok {
			continue
		}
		to, ok := DueOf(item, "to", cal)
		if !ok {
			to = asOf
		}
		pauses = append(pauses, calendar.Interval{Start: from, End: to})
	}
	return pauses
}

// DueOf reads a due time: an instant, or a date, which ends with the last
// nanosecond of that local day (domain.md §0.6). So an event is in time iff it is
// not after it, and it lies in the period of its day.
func DueOf(o yamldoc.Object, name string, cal *calendar.Calendar) (time.Time, bool) {
	if t, ok := o.Instant(name); ok {
		return t, true
	}
	day, err := calendar.ParseDay(o.Text(name))
	if err != nil {
		return time.Time{}, false
	}
	return cal.EndOfDay(day).Add(-time.Nanosecond), true
}
