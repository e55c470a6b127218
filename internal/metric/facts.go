package metric

import (
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// facts is one record as known at the moment of judgement: steps declared, and
// commits merged, at or after it are not there (domain.md §0.18). Fields are
// those of the snapshot.
type facts struct {
	in        *Inputs
	rec       *record.Record
	timeline  *history.Timeline   // nil: never on the mainline, or no history
	steps     []step              // known ones, by declared time
	plain     []record.Transition // the same steps, as declared
	vars      expr.Vars           // what conditions have asked for
	deadlines map[string]deadline
}

// step is a declared step with what the mainline says of it.
type step struct {
	record.Transition
	recorded history.Recorded // zero while pending
	imported bool
}

type deadline struct {
	record.Deadline
	runs bool
}

// newFacts is nil for a record that cannot be read, or is not known yet.
func newFacts(in *Inputs, rec *record.Record) *facts {
	if rec.Broken || rec.Kind == nil {
		return nil
	}
	f := &facts{in: in, rec: rec}
	if in.History != nil {
		f.timeline = in.History.Timeline(rec.ID)
	}
	if f.timeline != nil && !f.timeline.Created.IsZero() && !f.timeline.Created.Merged.Before(in.AsOf) {
		return nil
	}
	for _, s := range f.allSteps() {
		if s.At.Before(in.AsOf) && (s.recorded.IsZero() || s.recorded.Merged.Before(in.AsOf)) {
			f.steps = append(f.steps, s)
			f.plain = append(f.plain, s.Transition)
		}
	}
	return f
}

type stepKey struct {
	to string
	at int64
	n  int // occurrence
}

// allSteps lists every readable step by declared time, joined with the history
// by state, time and occurrence (domain.md §0.20).
func (f *facts) allSteps() []step {
	type place struct {
		to string
		at int64
	}
	known := map[stepKey]history.Transition{}
	if f.timeline != nil {
		seen := map[place]int{}
		for _, t := range f.timeline.Steps {
			p := place{t.To, t.At.UnixNano()}
			known[stepKey{p.to, p.at, seen[p]}] = t
			seen[p]++
		}
	}
	var steps []step
	seen := map[place]int{}
	for _, t := range f.rec.Transitions() {
		if t.At.IsZero() {
			continue
		}
		p := place{t.To, t.At.UnixNano()}
		h := known[stepKey{p.to, p.at, seen[p]}]
		seen[p]++
		steps = append(steps, step{Transition: t, recorded: h.Recorded, imported: h.Imported})
	}
	slices.SortStableFunc(steps, func(a, b step) int { return a.At.Compare(b.At) })
	return steps
}

// derived is the known step that a derived name stands for, where its time is known.
func (f *facts) derived(name string) (step, bool) {
	i := slices.IndexFunc(f.rec.Kind.Derived, func(d schema.Derived) bool { return d.Name == name })
	if i < 0 {
		return step{}, false
	}
	t, ok := record.Entry(f.rec.Kind, f.rec.Kind.Derived[i], f.plain)
	if !ok || t.Undated {
		return step{}, false
	}
	return f.steps[slices.IndexFunc(f.steps, func(s step) bool { return s.Index == t.Index })], true
}

// moment is the time under a derived name, or a dotted path to a field.
func (f *facts) moment(name string) (time.Time, bool) {
	if s, ok := f.derived(name); ok {
		return s.At, true
	}
	object, field := f.rec.Object, name
	for {
		head, rest, deeper := strings.Cut(field, ".")
		if !deeper {
			return f.momentIn(object, field)
		}
		object, field = object.Object(head), rest
	}
}

// momentIn reads a time that lies before the moment of judgement.
func (f *facts) momentIn(o yamldoc.Object, field string) (time.Time, bool) {
	t, ok := record.MomentOf(o, field, f.in.Calendar.Zone())
	return t, ok && t.Before(f.in.AsOf)
}

// state is the state after the last known step, or as the record says where it
// has no steps.
func (f *facts) state() string {
	if len(f.steps) == 0 {
		return f.rec.Status()
	}
	return f.steps[len(f.steps)-1].To
}

// holds evaluates a condition about the record; one that has no result does not
// hold. Values are read when a condition first asks for them.
func (f *facts) holds(p *expr.Program) bool {
	if f.vars == nil {
		f.vars = expr.Vars{record.StatusField: f.state()}
	}
	for _, d := range f.rec.Kind.Derived {
		if _, there := f.vars[d.Name]; there || !slices.Contains(p.Names(), d.Name) {
			continue
		}
		s, _ := f.derived(d.Name)
		f.vars[d.Name] = s.At
		if d.Actor {
			f.vars[d.Name] = s.By
		}
	}
	f.rec.Fill(f.vars, p.Names(), record.Facts{
		Zone: f.in.Calendar.Zone(), AsOf: f.in.AsOf, Others: f.in.lookups(),
		Due: func(l schema.TimeLimit) time.Time { return f.deadline(l).Due },
	})
	return f.in.meter(p).Holds(p, f.vars, f.rec.ID)
}

// left is the reason of the first exclusion that holds.
func (f *facts) left(list []exclusion) locale.Text {
	for _, e := range list {
		if e.when != nil && f.holds(e.when) {
			return e.reason
		}
	}
	return locale.Text{}
}

// deadline works a limit out once.
func (f *facts) deadline(l schema.TimeLimit) deadline {
	d, ok := f.deadlines[l.Name]
	if !ok {
		d.Deadline, d.runs = f.rec.Deadline(l, f.in.Calendar, f.first, f.in.AsOf)
		if f.deadlines == nil {
			f.deadlines = map[string]deadline{}
		}
		f.deadlines[l.Name] = d
	}
	return d
}

// first is a field's first value on the mainline, or the present one where the
// mainline never held it. It is "" while that value is not known yet.
func (f *facts) first(field string) string {
	if f.timeline != nil {
		if v, since := f.timeline.FirstValue("/" + field); v != nil {
			if !since.Merged.Before(f.in.AsOf) {
				return ""
			}
			text, _ := v.(string)
			return text
		}
	}
	return f.rec.Text(field)
}

// imported tells whether git times do not apply to the record as a whole.
func (f *facts) imported() bool {
	if f.timeline != nil {
		return f.timeline.Imported
	}
	switch f.rec.Text(record.OriginField) {
	case record.OriginImported, record.OriginBackfilled:
		return true
	}
	return false
}

// unknown tells that a derived name's step may have been taken before the record's
// ledger was imported, which does not have it or its time: a record imported in a later
// state, or in this one without a time.
func (f *facts) unknown(name string) bool {
	d, ok := f.rec.Kind.DerivedName(name)
	return ok && f.rec.Unsaid(d, f.plain)
}

// pauses of the record, open ones ended.
func (f *facts) pauses(field string) []calendar.Interval {
	return record.PausesOf(f.rec.Object, field, f.in.Calendar, f.in.AsOf)
}
