package clause

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// reader works out one clause record and gathers what is wrong with it.
type reader struct {
	Request
	rec   *record.Record
	found finding.List
	// shelves hold what conditions say, by pointer; nil where nothing is kept.
	shelves shelves
	meters  map[*expr.Program]*expr.Meter
}

func (r *reader) fail(pointer, key string, args ...locale.Arg) {
	r.found = append(r.found, finding.Finding{
		Position: r.rec.Position(pointer), Rule: "clause-definition", Severity: finding.Error,
		Record: r.rec.ID, Key: key, Args: args,
	})
}

// evidence reads one part of the clause's evidence. A part that cannot be used
// is a gap.
func (r *reader) evidence(at string, item yamldoc.Object) Evidence {
	e := Evidence{Title: textOf(item.Object("title")), Kind: item.Text("kind"), Obligation: item.Text("obligation")}
	before := len(r.found)
	e.Since = r.since(at, item)
	e.Wanted = r.wanted(at, item)
	if e.Kind == "" && e.Obligation == "" {
		r.fail(at, "clause.evidence-empty")
	}
	if e.Kind != "" {
		e.Records = r.records(at, item, e.Since)
		e.Gap = len(e.Records) < e.Wanted
	}
	if e.Obligation != "" {
		r.duties(&e)
	}
	e.Gap = e.Gap || len(r.found) > before
	return e
}

// since is the moment from which on records count: a count of days goes back by
// the calendar, so that it begins at the same time of day.
func (r *reader) since(at string, item yamldoc.Object) time.Time {
	within := item.Text("within")
	if within == "" {
		return time.Time{}
	}
	limit, err := calendar.ParseLimit(within)
	switch {
	case err == nil && limit.Unit == calendar.CalendarDays:
		return r.AsOf.In(r.Zone).AddDate(0, 0, -limit.Amount)
	case err == nil && limit.Unit == calendar.ElapsedHours:
		return r.AsOf.Add(-time.Duration(limit.Amount) * time.Hour)
	}
	r.fail(at+"/within", "clause.bad-within", locale.A("value", within))
	return time.Time{}
}

// wanted is how many records are asked for: one where the clause names none.
func (r *reader) wanted(at string, item yamldoc.Object) int {
	text := item.Text("at_least")
	if n, ok := item.Number("at_least"); ok && n.IsInt() {
		text = n.Num().String()
	}
	if text == "" && item.Text("kind") != "" {
		return 1
	}
	if text == "" {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		r.fail(at+"/at_least", "clause.bad-number", locale.A("value", text))
		return 1
	}
	return int(n)
}

// records lists the records that show the evidence, newest first: readable, in a
// state that shows something, dated from since on and before AsOf, and fulfilling
// the condition.
func (r *reader) records(at string, item yamldoc.Object, since time.Time) []string {
	id := item.Text("kind")
	kind := r.Register.Kinds().Kind(id)
	if kind == nil {
		if !r.Register.Kinds().Refused(id) { // a refused kind is reported at its own files
			r.fail(at+"/kind", "clause.unknown-kind", locale.A("kind", id))
		}
		return nil
	}
	if kind.Date == "" && !since.IsZero() {
		r.fail(at+"/within", "clause.kind-undated", locale.T("kind", kind.Title))
		return nil
	}
	program, ok := r.condition(at, item, kind)
	if !ok {
		return nil
	}
	list := []dated{}
	kept := r.shelf(at, program, kind)
	for rec := range r.Register.Of(id) {
		if d, ok := r.shows(rec, program, since, kept); ok {
			list = append(list, d)
		}
	}
	if m := r.meters[program]; m != nil {
		if failed, err := m.Failed(); err != nil {
			kept.forget()
			r.fail(at+"/when", "clause.failed-condition", locale.A("source", program.String()), locale.A("reason", err.Error()), locale.A("record", failed))
		}
	}
	return newestFirst(list)
}

// condition compiles the evidence's condition; nil without one.
func (r *reader) condition(at string, item yamldoc.Object, kind *schema.Kind) (*expr.Program, bool) {
	source := item.Text("when")
	if source == "" {
		return nil, true
	}
	program, err := expr.Compile(source, record.Types(kind, r.Register.Kinds()))
	if err == nil {
		return program, true
	}
	reason := err.Error()
	if bad := (*expr.Error)(nil); errors.As(err, &bad) {
		reason = bad.Reason
	}
	r.fail(at+"/when", "clause.bad-condition", locale.A("source", source), locale.A("reason", reason))
	return nil, false
}

// shows tells whether a record is evidence. Drafts and withdrawn records are none
// unless the condition speaks of the state itself.
func (r *reader) shows(rec *record.Record, program *expr.Program, since time.Time, kept *shelf) (dated, bool) {
	d := dated{id: rec.ID}
	state, ok := rec.State()
	if rec.Broken || rec.Kind == nil || !ok {
		return d, false
	}
	ofStates := program != nil && slices.Contains(program.Names(), record.StatusField)
	if !ofStates && (state.Phase == schema.Draft || state.Phase == schema.Void) {
		return d, false
	}
	if rec.Kind.Date != "" {
		d.at, ok = rec.Moment(rec.Kind.Date, r.Zone)
		if !ok || !d.at.Before(r.AsOf) || d.at.Before(since) {
			return d, false
		}
	}
	return d, program == nil || kept.holds(rec, r.AsOf, func() bool { return r.holds(program, rec) })
}

func (r *reader) holds(program *expr.Program, rec *record.Record) bool {
	facts := record.Facts{Zone: r.Zone, AsOf: r.AsOf, Others: r.Others}
	if r.Calendar != nil {
		facts.Due = func(l schema.TimeLimit) time.Time {
			d, _ := rec.Deadline(l, r.Calendar, nil, r.AsOf)
			return d.Due
		}
	}
	vars := expr.Vars{}
	rec.Fill(vars, program.Names(), facts)
	if r.meters[program] == nil {
		r.meters[program] = &expr.Meter{}
	}
	return r.meters[program].Holds(program, vars, rec.ID)
}

// duties counts the obligation's duties that fell due since then. An obligation
// that is not in force shows nothing.
func (r *reader) duties(e *Evidence) {
	e.Gap = e.Gap || !inForce(r.Register.Get(e.Obligation))
	var done []dated
	for _, d := range r.Duties {
		if d.Definition == nil || d.Definition.ID != e.Obligation || d.Due.Before(e.Since) {
			continue
		}
		switch d.State {
		case obligation.Missed, obligation.Overdue:
			e.Missed++
		case obligation.Done, obligation.Late:
			if d.Evidence != "" {
				done = append(done, dated{d.Evidence, d.Done})
			}
		}
	}
	if e.Kind == "" {
		e.Records = newestFirst(done)
		e.Gap = e.Gap || len(e.Records) < e.Wanted
	}
	e.Gap = e.Gap || e.Missed > 0
}

// dated is a record with the moment it belongs to.
type dated struct {
	id string
	at time.Time
}

// newestFirst lists ids once each; those of one moment by number, backwards.
func newestFirst(list []dated) []string {
	slices.SortFunc(list, func(a, b dated) int {
		if c := b.at.Compare(a.at); c != 0 {
			return c
		}
		return strings.Compare(b.id, a.id)
	})
	var ids []string
	there := make(map[string]bool, len(list))
	for _, d := range list {
		if !there[d.id] {
			ids, there[d.id] = append(ids, d.id), true
		}
	}
	return ids
}

func textOf(o yamldoc.Object) locale.Text {
	return locale.Text{ZH: o.Text(string(locale.Chinese)), EN: o.Text(string(locale.English))}
}
