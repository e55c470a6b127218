package metric

import (
	"math/big"
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// AnalysisField is the object of a record that says how a period is analysed.
const AnalysisField = "analysis"

// Analysis is how the records of one kind that belong to a period are broken
// down, as a record says it (domain.md §4.6).
type Analysis struct {
	Kind string // id of the kind that is analysed

	cohort                       cohort
	by                           []schema.Field
	overdue                      schema.TimeLimit
	escalated, repeated, refused *expr.Program
	spells                       []spell
}

// spell is a duration with its name.
type spell struct {
	title locale.Text
	lapse
}

// AnalysisOf compiles a record's analysis; nil where it has none or one that
// cannot be used. Findings say why.
func AnalysisOf(reg *record.Register, rec *record.Record) (*Analysis, finding.List) {
	if rec.Broken || !rec.Has(AnalysisField) {
		return nil, nil
	}
	b := &builder{reg: reg, rec: rec}
	if a := b.analysis(rec.Object.Object(AnalysisField)); len(b.found) == 0 {
		return a, nil
	}
	return nil, b.found
}

// analyses are the findings of every record in force that says how to analyse.
func analyses(reg *record.Register) finding.List {
	var found finding.List
	for kind := range reg.Kinds().All() {
		if _, ok := kind.Field(AnalysisField + ".by"); !ok {
			continue
		}
		for rec := range reg.Of(kind.ID) {
			if !reg.Kinds().Refused(rec.Object.Object(AnalysisField).Text("kind")) {
				_, wrong := AnalysisOf(reg, rec)
				found = append(found, wrong...)
			}
			_, wrong := ExtractsOf(reg, rec)
			found = append(found, wrong...)
		}
	}
	return found
}

func (b *builder) analysis(o yamldoc.Object) *Analysis {
	const pointer = "/" + AnalysisField
	kind := b.kind(o, "kind", pointer+"/kind")
	if kind == nil {
		return nil
	}
	types := b.typesOf(kind)
	a := &Analysis{Kind: kind.ID, cohort: cohort{kind: kind, at: b.name(o, "at", pointer+"/at", kind)}}
	a.cohort.exclude = b.exclusions(o, "exclude", pointer+"/exclude", types)
	for _, name := range o.Texts("by") {
		a.by = append(a.by, b.divider(kind, name, pointer+"/by"))
	}
	if name := o.Text("overdue"); name != "" {
		i := slices.IndexFunc(kind.Limits, func(l schema.TimeLimit) bool { return l.Name == name })
		if i < 0 {
			b.fail(pointer+"/overdue", "metric.unknown-limit", locale.A("name", name), locale.T("kind", kind.Title))
		} else {
			a.overdue = kind.Limits[i]
		}
	}
	a.escalated = b.condition(o, "escalated", pointer+"/escalated", types)
	a.repeated = b.condition(o, "repeated", pointer+"/repeated", types)
	a.refused = b.condition(o, "refused", pointer+"/refused", types)
	for _, item := range o.Items("durations") {
		s := spell{title: textOf(item.Object("title")), lapse: lapse{pauses: item.Text("pauses")}}
		s.kind, s.exclude = kind, a.cohort.exclude
		s.at = b.name(item, "done", pointer+"/durations", kind)
		s.start = b.name(item, "start", pointer+"/durations", kind)
		a.spells = append(a.spells, s)
	}
	return a
}

// divider is a field by which records are told apart: of a closed set of values,
// and open to everybody.
func (b *builder) divider(kind *schema.Kind, name, pointer string) schema.Field {
	f, ok := kind.Field(name)
	if !ok {
		b.fail(pointer, "metric.unknown-name", locale.A("name", name), locale.T("kind", kind.Title))
	} else if f.Class != "" || !slices.Contains([]schema.FieldType{schema.EnumField, schema.RefField, schema.IntegerField}, f.Type) {
		b.fail(pointer, "metric.analysis-by", locale.A("name", name))
	}
	return f
}

// Analysed is what an analysis says of one period.
type Analysed struct {
	Records    []string // that belong to the period, without those excluded
	Breakdowns []Breakdown
	Spells     []Spell
	// Overdue are open at the end and past the limit; Reopened were opened again in
	// the period. Both whatever period they belong to. The others are of Records.
	Overdue, Escalated, Repeated, Reopened, Refused []string
}

// Breakdown is how often each value of a field occurs, the most frequent first.
type Breakdown struct {
	By    locale.Text
	Parts []Part
}

// Part is one value of a breakdown, in percent of the whole.
type Part struct {
	Name              locale.Text // zero where Record names it
	Record            string
	Count             int
	Share, Cumulative *big.Rat
}

// Spell is how long something took, in working hours without pauses, of what was
// done in the period; without anything done only the number.
type Spell struct {
	Title             locale.Text
	Count             int
	Mean, Median, P90 *big.Rat
}

// Compute analyses one period as declared.
func (a *Analysis) Compute(in *Inputs, p calendar.Period) Analysed {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	span := p.In(in.Calendar.Zone())
	var x Analysed
	var members []*facts
	for f, m := range a.cohort.placed(in) {
		if span.Contains(m.when) && m.left.IsZero() {
			members = append(members, f)
			x.Records = append(x.Records, f.rec.ID)
		}
	}
	x.Escalated, x.Repeated, x.Refused = that(members, a.escalated), that(members, a.repeated), that(members, a.refused)
	for _, field := range a.by {
		x.Breakdowns = append(x.Breakdowns, in.breakdown(field, members))
	}
	for _, s := range a.spells {
		x.Spells = append(x.Spells, s.compute(in, p))
	}
	a.lives(in, span, &x)
	return x
}

// that lists the records for which a condition holds.
func that(members []*facts, p *expr.Program) []string {
	var ids []string
	for _, f := range members {
		if p != nil && f.holds(p) {
			ids = append(ids, f.rec.ID)
		}
	}
	return ids
}

// lives fills what follows from the lives of records of any age.
func (a *Analysis) lives(in *Inputs, span calendar.Interval, x *Analysed) {
	end := earlier(span.End, in.AsOf)
	for f, left := range a.cohort.facts(in) {
		now, again := absent, false
		for _, t := range f.declaredLife() {
			if !t.at.Before(end) {
				break
			}
			again = again || now == final && t.condition == open && span.Contains(t.at)
			now = t.condition
		}
		if again {
			x.Reopened = append(x.Reopened, f.rec.ID)
		}
		if now == open && left.IsZero() && a.overdue.Name != "" && f.overdue(a.overdue, end) {
			x.Overdue = append(x.Overdue, f.rec.ID)
		}
	}
}

// overdue tells whether a limit had passed at a moment and the event not come.
func (f *facts) overdue(l schema.TimeLimit, end time.Time) bool {
	d := f.deadline(l)
	done, ok := f.moment(l.Done)
	return d.runs && d.Due.Before(end) && (!ok || !done.Before(end))
}
