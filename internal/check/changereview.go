package check

import (
	"slices"

	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// reasons tells for each record of a proposed change why a second person must
// look at it. Routine are registration, response, progress and handling.
func (a *auditor) reasons() []Reason {
	var list []Reason
	a.changed(func(t *history.Timeline, kind *schema.Kind, i int) {
		if r := a.reason(t, kind, i); r.Key != "" {
			r.Args = append([]locale.Arg{locale.A("record", t.ID)}, r.Args...)
			list = append(list, r)
		}
	})
	return list
}

func (a *auditor) reason(t *history.Timeline, kind *schema.Kind, i int) Reason {
	c := &t.Changes[i]
	switch {
	case kind == nil:
		return Reason{Key: "audit.review.unknown"}
	case c.Kind == history.Deleted || c.Kind == history.Restored:
		return Reason{Key: "audit.review.deleted"}
	case slices.Contains(governingKinds(), kind.ID):
		return Reason{Key: "audit.review.governing", Args: []locale.Arg{locale.T("kind", kind.Title)}}
	case len(kind.Steps) == 0 && !(kind.Dated && c.Kind == history.Created):
		return Reason{Key: "audit.review.reference", Args: []locale.Arg{locale.T("kind", kind.Title)}}
	case len(kind.Steps) > 0:
		return a.stepReason(t, kind, i)
	}
	return Reason{}
}

// governingKinds are those whose records decide about others.
func governingKinds() []string {
	return []string{record.PersonKind, record.CalendarKind, record.KPIKind, record.DocumentKind, record.ObligationKind, record.ExceptionKind, record.DisposalKind, record.ClauseKind}
}

// stepReason looks at what a change does to a record with a lifecycle.
func (a *auditor) stepReason(t *history.Timeline, kind *schema.Kind, i int) Reason {
	c := &t.Changes[i]
	before := phase(kind, t, i)
	if before == schema.Done || before == schema.Void {
		return Reason{Key: "audit.review.finished"}
	}
	if i == 0 && t.Imported || c.ImportedAgain {
		return Reason{Key: "audit.review.imported"}
	}
	if c.Reordered || slices.ContainsFunc(c.Events, logEdited) {
		return Reason{Key: "audit.review.log"}
	}
	approval, approves := kind.DerivedName("approved_by")
	extend := a.extrasOf(kind).extend
	for n := range c.Events {
		e := &c.Events[n]
		if slices.Contains(extend, field(e.Pointer)) {
			return Reason{Key: "audit.review.extension"}
		}
		if a.laterDue(kind, e) {
			return Reason{Key: "audit.review.due", Args: []locale.Arg{locale.T("field", kind.NameTitle(dotted(kind, e.Pointer)))}}
		}
		whole, _ := isStep(e)
		s, ok := stepOf(e.After)
		if !whole || !ok {
			continue
		}
		state, _ := kind.State(s.text("to"))
		if state.Phase.Ended() || approves && approval.State == state.ID {
			return Reason{Key: "audit.review.step", Args: []locale.Arg{locale.T("step", stateName(kind, state.ID))}}
		}
		if kind.Rank(state.ID) < kind.Rank(t.TextAfter(i, "/"+record.StatusField)) && i > 0 {
			return Reason{Key: "audit.review.back", Args: []locale.Arg{locale.T("step", stateName(kind, state.ID))}}
		}
	}
	return Reason{}
}

// laterDue tells an event that gives more time without an extension: it puts a due
// time later, or takes it away, or puts the start of a limit later.
func (a *auditor) laterDue(kind *schema.Kind, e *history.Event) bool {
	before, ok := a.timeOf(e.Before)
	if after, readable := a.timeOf(e.After); !ok || readable && !after.After(before) {
		return false
	}
	return slices.ContainsFunc(a.extrasOf(kind).dues, func(d due) bool { return d.is(e.Pointer) }) ||
		slices.ContainsFunc(kind.Limits, func(l schema.TimeLimit) bool { return e.Pointer == "/"+l.Start })
}

// logEdited tells an event that does not add a step but changes or removes one.
func logEdited(e history.Event) bool {
	whole, part := isStep(&e)
	return part || whole && e.After == nil
}
