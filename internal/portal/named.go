package portal

import (
	"slices"
	"strings"

	"kept/internal/calendar"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// reader answers for the names that registers and blocks use: fields, derived
// names, limits, "<limit>.met" and "kpi.<id>". It computes a record's steps and
// clocks once.
type reader struct {
	v      *View
	rec    *record.Record
	steps  []record.Transition // in time order, once asked for
	clocks []clock
	ready  bool
}

func (v *View) reader(rec *record.Record) *reader { return &reader{v: v.saying(rec), rec: rec} }

func (r *reader) all() []clock {
	if !r.ready {
		r.clocks, r.ready = r.v.clocksOf(r.rec), true
		r.v.clocksOn(r.rec, r.clocks)
	}
	return r.clocks
}

func (r *reader) clock(name string) (clock, bool) {
	i := slices.IndexFunc(r.all(), func(c clock) bool { return c.limit.Name == name })
	if i < 0 {
		return clock{}, false
	}
	return r.clocks[i], true
}

// named is the value under a name; zero where there is none.
func (r *reader) named(name string) Value {
	if id, ok := strings.CutPrefix(name, "kpi."); ok {
		return one(r.kpi(id))
	}
	if limit, ok := strings.CutSuffix(name, ".met"); ok && hasLimit(r.rec.Kind, limit) {
		return one(r.met(limit))
	}
	if hasLimit(r.rec.Kind, name) {
		c, _ := r.clock(name)
		return one(Cell{Text: r.v.moment(c.Due)})
	}
	if i := slices.IndexFunc(r.rec.Kind.Derived, func(d schema.Derived) bool { return d.Name == name }); i >= 0 {
		return one(r.derived(r.rec.Kind.Derived[i]))
	}
	return r.field(name)
}

func one(c Cell) Value {
	if c.Text == "" {
		return Value{}
	}
	return Value{Cells: []Cell{c}}
}

func hasLimit(kind *schema.Kind, name string) bool {
	return kind != nil && slices.ContainsFunc(kind.Limits, func(l schema.TimeLimit) bool { return l.Name == name })
}

// derived shows a step's time or its actor.
func (r *reader) derived(d schema.Derived) Cell {
	if r.steps == nil {
		r.steps = record.InTime(r.rec.Transitions())
	}
	t, ok := record.Entry(r.rec.Kind, d, r.steps)
	switch {
	case !ok:
		return Cell{}
	case d.Actor && t.By == "":
		return Cell{}
	case d.Actor:
		return r.v.refCell(t.By, shortName)
	}
	return Cell{Text: r.v.moment(t.At)}
}

// field follows a dotted path; through a list it gathers every item's value.
func (r *reader) field(name string) Value {
	f, ok := r.rec.Kind.Field(name)
	if !ok {
		return Value{}
	}
	if name == record.StatusField {
		return one(r.v.stateCell(r.rec))
	}
	head, rest, nested := strings.Cut(name, ".")
	if !nested {
		return r.v.value(f, r.rec.Plain(name))
	}
	outer, _ := r.rec.Kind.Field(head)
	f.Class = stricter(r.v.src.Policy, outer.Class, f.Class)
	switch {
	case r.v.src.Policy.TreatClass(outer.Class) > redact.Masked:
		return r.v.value(outer, r.rec.Plain(head))
	case !outer.List:
		return r.v.value(f, r.rec.Object.Object(head).Plain(rest))
	}
	var val Value
	for _, item := range r.rec.Items(head) {
		val.Cells = append(val.Cells, r.v.value(f, item.Plain(rest)).Cells...)
	}
	return val
}

// kpi is a KPI's figure for the period named in the record.
func (r *reader) kpi(id string) Cell {
	if r.v.ground != nil {
		r.v.ground.figures = true
	}
	d := r.v.byKPI[id]
	p, err := calendar.ParsePeriod(r.rec.Text(record.PeriodField))
	if d == nil || err != nil {
		return Cell{}
	}
	res := r.v.src.Result(d, p, d.Bases()[0])
	cell := Cell{Text: r.v.figure(d, &res), Tone: statusTone(res.Status)}
	if r.v.src.Periods != nil && slices.Contains(r.v.PeriodsOf(d.ID), p) {
		cell.Link = periodLink(d.ID, p.String())
	}
	return cell
}

// met says whether a limit was kept.
func (r *reader) met(limit string) Cell {
	c, ok := r.clock(limit)
	if !ok {
		return Cell{}
	}
	switch c.verdict(r.v.src.AsOf, r.v.running(r.rec)) {
	case kept:
		return Cell{Text: r.v.p.Say("portal.yes"), Tone: Good}
	case late, overdue:
		return Cell{Text: r.v.p.Say("portal.no"), Tone: Bad}
	case pending:
		return Cell{Text: r.v.p.Say("portal.not-due"), Tone: Muted}
	}
	return Cell{}
}

// running tells whether somebody still has to act on the record.
func (v *View) running(rec *record.Record) bool {
	s, ok := rec.State()
	return ok && (s.Phase == schema.Open || s.Phase == schema.Draft)
}

// stateCell is a record's state with the weight of its phase.
func (v *View) stateCell(rec *record.Record) Cell {
	s, ok := rec.State()
	if !ok {
		return Cell{Text: rec.Status()}
	}
	return Cell{Text: v.p.Text(s.Title), Tone: phaseTone(s.Phase)}
}

func phaseTone(p schema.Phase) Tone {
	return map[schema.Phase]Tone{schema.Draft: Muted, schema.Open: Warn, schema.Done: Good, schema.Void: Muted}[p]
}
