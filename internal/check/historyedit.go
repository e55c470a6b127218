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
)

// extras are the fields of a kind that go on after its end, and those in which
// people write due times.
type extras struct {
	anywhere []string            // change in every state
	inState  map[string][]string // by state, what operations there write
	dues     []due
	extend   []string // lists of extensions
}

// due is a due time that people write: a field, or one of an item.
type due struct{ list, field, since string }

// extrasOf reads a kind once.
func (a *auditor) extrasOf(kind *schema.Kind) extras {
	if known, ok := a.extras[kind.ID]; ok {
		return known
	}
	e := extras{
		anywhere: []string{record.SchemaField, record.IDField, record.LinksField, record.RenumberedField, "remark", "retention", "attachments"},
		inState:  map[string][]string{},
	}
	for _, f := range kind.Fields {
		if holdsEvidence(f) {
			e.anywhere = append(e.anywhere, f.Name)
		}
		if f.List && f.Type == schema.ObjectField && hasFields(f.Fields, "from", "to", "approved_by") {
			e.extend = append(e.extend, f.Name)
		}
	}
	for _, o := range kind.Operations {
		for _, s := range o.States {
			e.inState[s] = append(e.inState[s], o.Add, o.Moves)
		}
	}
	for _, l := range kind.Limits {
		if l.Typed != "" {
			e.dues = append(e.dues, due{field: l.Typed})
		}
		if l.Extend != "" && !slices.Contains(e.extend, l.Extend) {
			e.extend = append(e.extend, l.Extend)
		}
	}
	e.dues = append(e.dues, a.measuredDues(kind)...)
	a.extras[kind.ID] = e
	return e
}

// measuredDues are the due times of items that the register's KPIs judge.
func (a *auditor) measuredDues(kind *schema.Kind) []due {
	var list []due
	for rec := range a.trusted.Of(record.KPIKind) {
		items := rec.Object.Object("items")
		d := due{items.Text("list"), items.Text("due"), items.Text("since")}
		if rec.Text("of") == kind.ID && d.list != "" && d.field != "" && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

// holdsEvidence tells a field that names a file: what proves a record often comes
// after its end.
func holdsEvidence(f schema.Field) bool {
	return f.Type == schema.ObjectField && hasFields(f.Fields, "sha256")
}

func hasFields(fields []schema.Field, names ...string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(fields, func(f schema.Field) bool { return f.Name == name }) {
			return false
		}
	}
	return true
}

// editsAfterClose finds values that changed on the mainline while the record was
// finished, in a change without a step. References that are filled in later are
// information.
func editsAfterClose(a *auditor, t *history.Timeline, i int) {
	kind, c := a.governed(t), &t.Changes[i]
	if kind == nil || c.Kind != history.Modified || gains(c) || a.importedAgain(c) {
		return
	}
	state := t.TextAfter(i, "/"+record.StatusField)
	if !phase(kind, t, i).Ended() {
		return
	}
	e := a.extrasOf(kind)
	undone := a.undoes(t, i)
	for n := range c.Events {
		ev := &c.Events[n]
		name := field(ev.Pointer)
		if name == record.TransitionsField || slices.Contains(e.anywhere, name) || slices.Contains(e.inState[state], name) {
			continue
		}
		f := a.report(t, ev.Pointer, ev.Recorded, "audit.edit-after-close",
			locale.T("field", kind.NameTitle(dotted(kind, ev.Pointer))), locale.T("state", stateName(kind, state)),
			locale.T("before", shown(kind, ev.Pointer, ev.Before)), locale.T("after", shown(kind, ev.Pointer, ev.After)))
		if known, ok := kind.Field(name); undone || ok && known.Type == schema.RefField && ev.Before == nil {
			f.Severity = finding.Info
		}
	}
}

// movedDues finds due times put off after they had passed and without an
// extension.
func movedDues(a *auditor, t *history.Timeline, i int) {
	kind, c := a.kind(t), &t.Changes[i]
	if kind == nil || c.Kind != history.Modified || i == 0 || a.importedAgain(c) {
		return
	}
	e := a.extrasOf(kind)
	for n := range c.Events {
		ev := &c.Events[n]
		for _, d := range e.dues {
			if d.is(ev.Pointer) && (d.since == "" || reached(t, i, d.since)) {
				a.movedDue(t, i, ev, e.extend)
			}
		}
		for _, l := range kind.Limits {
			if ev.Pointer == "/"+l.Start {
				a.movedStart(t, l, ev)
			}
		}
	}
}

// movedStart finds the start of a limit put later after the limit had passed,
// which moves its due time as well.
func (a *auditor) movedStart(t *history.Timeline, l schema.TimeLimit, ev *history.Event) {
	before, ok := a.timeOf(ev.Before)
	after, readable := a.timeOf(ev.After)
	rec := a.Register.Get(t.ID)
	if !ok || !readable || !after.After(before) || rec == nil || rec.Kind == nil {
		return
	}
	d, runs := rec.Deadline(l, a.Calendar, nil, a.AsOf)
	if !runs || !a.Calendar.Due(before, d.Limit, nil).At.Before(ev.Submitted) {
		return
	}
	a.report(t, ev.Pointer, ev.Recorded, "audit.start-moved", locale.T("field", rec.Kind.NameTitle(l.Start)), locale.T("limit", l.Title),
		a.at("before", before), a.at("after", after), a.at("submitted", ev.Submitted))
}

// is tells whether a pointer leads to the due time.
func (d due) is(pointer string) bool {
	if d.list == "" {
		return pointer == "/"+d.field
	}
	return strings.HasPrefix(pointer, "/"+d.list+"/") && strings.HasSuffix(pointer, "/"+d.field) && strings.Count(pointer, "/") == 3
}

func (a *auditor) movedDue(t *history.Timeline, i int, ev *history.Event, lists []string) {
	before, ok := a.timeOf(ev.Before)
	after, readable := a.timeOf(ev.After)
	if !ok || ev.After != nil && !readable || readable && !after.After(before) || !before.Before(ev.Submitted) {
		return
	}
	if a.extended(t, i, after, lists) || a.undoes(t, i) {
		return
	}
	kind := a.kind(t)
	a.report(t, ev.Pointer, ev.Recorded, "audit.due-moved", locale.T("field", kind.NameTitle(dotted(kind, ev.Pointer))),
		locale.T("before", shown(kind, ev.Pointer, ev.Before)), locale.T("after", shown(kind, ev.Pointer, ev.After)), a.at("submitted", ev.Submitted))
}

// extended tells whether an extension that was on record by change i leads to a
// due time.
func (a *auditor) extended(t *history.Timeline, i int, to time.Time, lists []string) bool {
	for _, c := range t.Changes[:i+1] {
		for n := range c.Events {
			ev := &c.Events[n]
			item, ok := ev.After.(map[string]any)
			if !ok || !slices.Contains(lists, field(ev.Pointer)) {
				continue
			}
			if end, ok := a.timeOf(item["to"]); ok && end.Equal(to) {
				return true
			}
		}
	}
	return false
}

// reached tells whether a record was in a state before its change i.
func reached(t *history.Timeline, i int, state string) bool {
	for _, c := range t.Changes[:i] {
		for n := range c.Events {
			if s, ok := stepOf(c.Events[n].After); ok && field(c.Events[n].Pointer) == record.TransitionsField && s.text("to") == state {
				return true
			}
		}
	}
	return false
}
