package check

import (
	"slices"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// editedSteps finds steps on the mainline whose time, actor, role or state was
// changed later, that were removed, or that changed places. A declared revert
// that only restores what stood before is information, unless the step is
// written again with an earlier time.
func editedSteps(a *auditor, t *history.Timeline, i int) {
	c := &t.Changes[i]
	if a.governed(t) == nil || c.Kind == history.Deleted || c.Kind == history.Restored || a.importedAgain(c) {
		return
	}
	if c.Reordered {
		a.report(t, "/"+record.TransitionsField, &c.Recorded, "audit.transition-reordered")
	}
	undone := a.undoes(t, i)
	for n := range c.Events {
		e := &c.Events[n]
		switch whole, part := isStep(e); {
		case whole && e.After == nil:
			a.removedStep(t, c, e, undone)
		case whole && e.Before == nil && i > 0:
			a.againEarlier(t, i, e)
		case part:
			a.changedStep(t, e)
		}
	}
}

// removedStep reports a step that is gone: edited into another one that comes
// with the same commit, or removed.
func (a *auditor) removedStep(t *history.Timeline, c *history.Change, e *history.Event, undone bool) {
	old, _ := stepOf(e.Before)
	kind := a.kind(t)
	args := []locale.Arg{
		locale.T("step", stateName(kind, old.text("to"))), locale.A("before", a.written(old.text("at"))),
	}
	for n := range c.Events {
		other := &c.Events[n]
		whole, _ := isStep(other)
		now, ok := stepOf(other.After)
		if whole && ok && other.Before == nil && (now.text("to") == old.text("to") || now.text("at") == old.text("at")) {
			a.edited[edit{t, other.SetBy.Hash}] = true
			a.report(t, other.Pointer, other.Recorded, "audit.transition-edited", append(args,
				locale.T("step_after", stateName(kind, now.text("to"))), locale.A("after", a.written(now.text("at"))))...)
			return
		}
	}
	if undone {
		a.report(t, e.Pointer, e.Recorded, "audit.transition-reverted", args...).Severity = finding.Info
		return
	}
	a.report(t, e.Pointer, e.Recorded, "audit.transition-removed", args...)
}

// changedStep reports a value inside a step. What is added to it later, as a note, is
// information.
func (a *auditor) changedStep(t *history.Timeline, e *history.Event) {
	name := e.Pointer[strings.LastIndexByte(e.Pointer, '/')+1:]
	kind := a.kind(t)
	f := a.report(t, e.Pointer, e.Recorded, "audit.transition-changed", locale.A("field", name),
		locale.T("before", shown(kind, e.Pointer, e.Before)), locale.T("after", shown(kind, e.Pointer, e.After)))
	switch name {
	case "by", "role", "to", "at":
	default: // a note
		f.Severity = finding.Warning
		if e.Before == nil {
			f.Severity = finding.Info
		}
	}
}

// againEarlier reports a step that a change before removed and that comes back
// with an earlier time.
func (a *auditor) againEarlier(t *history.Timeline, i int, e *history.Event) {
	now, _ := stepOf(e.After)
	at, ok := yamldoc.ParseInstant(now.text("at"))
	if !ok {
		return
	}
	for _, c := range t.Changes[:i] {
		for n := range c.Events {
			whole, _ := isStep(&c.Events[n])
			old, was := stepOf(c.Events[n].Before)
			before, read := yamldoc.ParseInstant(old.text("at"))
			if whole && was && c.Events[n].After == nil && read && old.text("to") == now.text("to") && at.Before(before) {
				a.report(t, e.Pointer, e.Recorded, "audit.transition-again", locale.T("step", stateName(a.kind(t), now.text("to"))),
					a.at("before", before), a.at("after", at))
				return
			}
		}
	}
}

// stateName is a state's title with its id.
func stateName(kind *schema.Kind, id string) locale.Text {
	s, ok := kind.State(id)
	if !ok {
		return locale.Plain(id)
	}
	return locale.Text{ZH: s.Title.ZH + " " + id, EN: s.Title.EN + " (" + id + ")"}
}

// written is a time as a record holds it, in the organisation's zone where it can
// be read.
func (a *auditor) written(s string) string {
	t, ok := yamldoc.ParseInstant(s)
	if !ok {
		return "—"
	}
	return a.moment(t)
}

// farBack is how many changes are looked through for what a revert restores.
const farBack = 100

// undoes tells whether a change says in its message that it reverts, and sets
// nothing but what some earlier version held. A finished record goes back to what it
// said while it was finished, or its last step goes with the rest.
func (a *auditor) undoes(t *history.Timeline, i int) bool {
	c := &t.Changes[i]
	if !reverts(c) {
		return false
	}
	kind := a.governed(t)
	finished := kind != nil && phase(kind, t, i).Ended() && !slices.ContainsFunc(c.Events, logEdited)
	for k := i - 1; k >= max(0, i-farBack); k-- {
		if finished && !phase(kind, t, k).Ended() {
			return false
		}
		if restores(t, c, k) {
			return true
		}
	}
	return false
}

func reverts(c *history.Change) bool {
	for _, commit := range []string{c.SetBy.Message, c.MergedBy.Message} {
		if strings.HasPrefix(commit, `Revert "`) || strings.Contains(commit, "\nThis reverts commit ") {
			return true
		}
	}
	return false
}

// restores tells whether every value that a change sets is the one after the
// first k changes.
func restores(t *history.Timeline, c *history.Change, k int) bool {
	for n := range c.Events {
		before, _ := t.ValueAfter(k, c.Events[n].Pointer)
		if !equal(before, c.Events[n].After) {
			return false
		}
	}
	return true
}

// timeOf reads a written date or time as a due time: a date ends with its day.
func (a *auditor) timeOf(v any) (time.Time, bool) {
	s, _ := v.(string)
	if t, ok := yamldoc.ParseInstant(s); ok {
		return t, true
	}
	t, err := time.ParseInLocation(time.DateOnly, s, a.Zone)
	if err != nil {
		return time.Time{}, false
	}
	return t.AddDate(0, 0, 1), true
}
