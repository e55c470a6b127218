package portal

import (
	"time"

	"kept/internal/record"
	"kept/internal/schema"
)

// clock is one time limit of one record; zero times are unknown or not yet.
type clock struct {
	limit *schema.TimeLimit
	record.Deadline
	Done time.Time // declared before as_of
}

// clocksOf works out the limits of a record, in the order of its kind's, without
// those whose clock does not run.
func (v *View) clocksOf(rec *record.Record) []clock {
	if v.src.Calendar == nil || rec.Kind == nil || rec.Broken {
		return nil
	}
	var clocks []clock
	for i := range rec.Kind.Limits {
		l := &rec.Kind.Limits[i]
		due, ok := rec.Deadline(*l, v.src.Calendar, v.firstValue(rec), v.src.AsOf)
		if !ok {
			continue
		}
		done, _ := rec.MomentAsOf(l.Done, v.zone, v.src.AsOf)
		clocks = append(clocks, clock{limit: l, Deadline: due, Done: done})
	}
	return clocks
}

// firstValue reads a field's first value on the mainline, and the record's own
// where the history has none (domain.md §0.19).
func (v *View) firstValue(rec *record.Record) func(string) string {
	return func(field string) string {
		if v.src.History != nil {
			if t := v.src.History.Timeline(rec.ID); t != nil {
				if first, _ := t.FirstValue("/" + field); first != nil {
					text, _ := first.(string)
					return text
				}
			}
		}
		return rec.Text(field)
	}
}

// verdict is where a clock stands.
type verdict int

const (
	idle    verdict = iota // no due time, or nobody waits for it any more
	pending                // not done, not yet due
	kept                   // done by the due time
	late                   // done after the due time
	overdue                // not done, and the due time has passed
)

// verdict judges by the original due time: on time iff done ≤ due (domain.md
// §0.17), and overdue only while the record is still running.
func (c clock) verdict(asOf time.Time, running bool) verdict {
	switch {
	case c.Due.IsZero():
		return idle
	case !c.Done.IsZero() && !c.Done.After(c.Due):
		return kept
	case !c.Done.IsZero():
		return late
	case !running:
		return idle
	case c.Due.Before(asOf):
		return overdue
	}
	return pending
}

// verdictCell says a verdict in words.
func (v *View) verdictCell(x verdict) Cell {
	switch x {
	case kept:
		return Cell{Text: v.p.Say("portal.on-time"), Tone: Good}
	case late:
		return Cell{Text: v.p.Say("portal.late"), Tone: Bad}
	case overdue:
		return Cell{Text: v.p.Say("portal.overdue"), Tone: Bad}
	case pending:
		return Cell{Text: v.p.Say("portal.running"), Tone: Warn}
	}
	return Cell{Text: v.p.Say("portal.ended"), Tone: Muted}
}
