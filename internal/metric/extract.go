package metric

import (
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// SectionsField is the list of a record that says which records a report shows,
// each part with its title (domain.md §4.6, §5.1, §6.8).
const SectionsField = "sections"

// Extract is one part of a report that shows records: of one kind, that fulfil a
// condition, and that belong to the period where a name places them.
type Extract struct {
	ID   string // of the section
	Kind *schema.Kind
	// Each is the list whose items make a row each; "" makes a row of a record.
	Each string
	// Columns are the names shown, those of Each's items before those of the record.
	Columns []string
	// Group is the column by which rows stand together; "" for none.
	Group string

	when *expr.Program
	at   []string // a name, after the references that lead to its record
}

// ExtractsOf compiles the parts of a report that show records; those that only
// say something are left out. Findings say which cannot be used, and why.
func ExtractsOf(reg *record.Register, rec *record.Record) ([]Extract, finding.List) {
	if rec.Broken {
		return nil, nil
	}
	b := &builder{reg: reg, rec: rec}
	var list []Extract
	for _, o := range rec.Items(SectionsField) {
		if of := o.Text("of"); of == "" || reg.Kinds().Refused(of) {
			continue
		}
		before := len(b.found)
		if x := b.extract(o); len(b.found) == before {
			list = append(list, x)
		}
	}
	return list, b.found
}

func (b *builder) extract(o yamldoc.Object) Extract {
	const pointer = "/" + SectionsField
	x := Extract{ID: o.Text(record.IDField), Each: o.Text("each"), Columns: o.Texts("columns"), Group: o.Text("group")}
	if x.Kind = b.kind(o, "of", pointer); x.Kind == nil {
		return x
	}
	x.when = b.condition(o, "when", pointer, b.typesOf(x.Kind))
	b.placedBy(&x, o.Text("at"), pointer)
	if f, ok := x.Kind.Field(x.Each); x.Each != "" && (!ok || !f.List || f.Type != schema.ObjectField) {
		b.fail(pointer, "metric.unknown-name", locale.A("name", x.Each), locale.T("kind", x.Kind.Title))
	}
	names := x.Columns
	if x.Group != "" {
		names = append([]string{x.Group}, names...)
	}
	for _, name := range names {
		if !x.known(name) {
			b.fail(pointer, "metric.unknown-name", locale.A("name", name), locale.T("kind", x.Kind.Title))
		}
	}
	return x
}

// known tells whether a column is a member of the items, or a name of the kind.
func (x *Extract) known(name string) bool {
	if _, ok := x.Member(name); ok {
		return true
	}
	if _, ok := x.Kind.Field(name); ok {
		return true
	}
	if _, ok := x.Kind.Limit(strings.TrimSuffix(name, schema.MetSuffix)); ok {
		return true
	}
	_, ok := x.Kind.DerivedName(name)
	return ok
}

// Member is the field of an item that a column shows.
func (x *Extract) Member(name string) (schema.Field, bool) {
	if x.Each == "" {
		return schema.Field{}, false
	}
	return x.Kind.Field(x.Each + "." + name)
}

// placedBy reads a name by which records belong to a period. References before it,
// parted by dots, lead to the record that has it.
func (b *builder) placedBy(x *Extract, path, pointer string) {
	if path == "" {
		return
	}
	kind := x.Kind
	x.at = strings.Split(path, ".")
	for i, name := range x.at {
		f, ok := kind.Field(name)
		if last := i == len(x.at)-1; last {
			if _, derived := kind.DerivedName(name); !ok && !derived {
				b.fail(pointer, "metric.unknown-name", locale.A("name", name), locale.T("kind", kind.Title))
			}
			return
		}
		if !ok || f.List || len(f.Refs) != 1 || b.reg.Kinds().Kind(f.Refs[0]) == nil {
			b.fail(pointer, "metric.unknown-name", locale.A("name", name), locale.T("kind", kind.Title))
			return
		}
		kind = b.reg.Kinds().Kind(f.Refs[0])
	}
}

// Compute lists the records of the part in one period, in the order of ids, as
// known at the moment of judgement.
func (x *Extract) Compute(in *Inputs, p calendar.Period) []string {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	var ids []string
	for f := range in.of(x.Kind.ID) {
		if (x.when == nil || f.holds(x.when)) && x.belongs(in, f, p) {
			ids = append(ids, f.rec.ID)
		}
	}
	return ids
}

// belongs tells whether a record is of the period: by a time in it, or by a period
// that it names.
func (x *Extract) belongs(in *Inputs, f *facts, p calendar.Period) bool {
	if len(x.at) == 0 {
		return true
	}
	name := x.at[len(x.at)-1]
	rec := f.rec
	for _, ref := range x.at[:len(x.at)-1] {
		if rec = in.Register.Get(rec.Text(ref)); rec == nil || rec.Broken {
			return false
		}
	}
	if own, err := calendar.ParsePeriod(rec.Text(name)); err == nil {
		return own.Grain.Fits(p.Grain) && own.Of(p.Grain) == p
	}
	at, ok := f.momentOf(rec, name)
	return ok && p.In(in.Calendar.Zone()).Contains(at)
}

// momentOf is a time of the record itself, or of another one.
func (f *facts) momentOf(rec *record.Record, name string) (at time.Time, ok bool) {
	if rec == f.rec {
		return f.moment(name)
	}
	return f.momentIn(rec.Object, name)
}
