package record

import (
	"math/big"
	"time"

	"kept/internal/expr"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// AsOfName is the moment of judgement in an expression.
const AsOfName = "as_of"

// Types says which names an expression about a record of kind may use: its
// fields, its derived names, its limits (their due times), its lookups of records
// of the other kinds, and as_of.
func Types(kind *schema.Kind, kinds *schema.Registry) expr.Types {
	types := ownTypes(kind)
	for _, l := range kind.Lookups {
		types[l.Name] = expr.Type{Shape: expr.List, Fields: takenTypes(l, kinds)}
	}
	types[AsOfName] = expr.Type{Shape: expr.Time}
	return types
}

func ownTypes(kind *schema.Kind) expr.Types {
	types := fieldTypes(kind.Fields)
	for _, d := range kind.Derived {
		types[d.Name] = expr.Type{Shape: expr.Time}
		if d.Actor {
			types[d.Name] = expr.Type{Shape: expr.Text}
		}
	}
	for _, l := range kind.Limits {
		of := types
		if list, _, ok := itemStart(kind, l); ok {
			of = types[list].Fields
		}
		of[l.Name] = expr.Type{Shape: expr.Time}
	}
	return types
}

// takenTypes are the names of what a lookup takes, as far as their kind has them;
// an expression that asks for another does not compile, and says so.
func takenTypes(l schema.Lookup, kinds *schema.Registry) expr.Types {
	types := expr.Types{}
	other := kinds.Kind(l.Kind)
	if other == nil {
		return types
	}
	own := ownTypes(other)
	for _, name := range l.Take {
		if t, ok := own[name]; ok {
			types[name] = t
		}
	}
	return types
}

func fieldTypes(fields []schema.Field) expr.Types {
	types := make(expr.Types, len(fields))
	for _, f := range fields {
		types[f.Name] = fieldType(f)
	}
	return types
}

func fieldType(f schema.Field) expr.Type {
	shape := fieldShape(&f)
	if shape == expr.Object || shape == expr.List {
		return expr.Type{Shape: shape, Fields: fieldTypes(f.Fields)}
	}
	return expr.Type{Shape: shape}
}

// fieldShape is what a field is in an expression.
func fieldShape(f *schema.Field) expr.Shape {
	shape, listed := expr.Text, expr.Texts
	switch f.Type {
	case schema.FlagField:
		shape, listed = expr.Flag, expr.Texts
	case schema.IntegerField, schema.NumberField:
		shape, listed = expr.Number, expr.Numbers
	case schema.DateField, schema.InstantField, schema.MomentField:
		shape, listed = expr.Time, expr.Times
	case schema.ObjectField:
		shape, listed = expr.Object, expr.List
	}
	if f.List {
		return listed
	}
	return shape
}

// Facts is what an expression needs beside the record.
type Facts struct {
	Zone *time.Location
	AsOf time.Time
	// Until bounds the steps that derived names know: those declared before it.
	// Zero is AsOf.
	Until time.Time
	// Due gives the due time of a limit, zero where it does not run. Nil leaves
	// every limit zero.
	Due func(limit schema.TimeLimit) time.Time
	// Others finds what lookups name. Nil leaves every lookup empty.
	Others *Others
	// Passing tells that nobody keeps what lookups give: the next record that asks
	// these Others may change it.
	Passing bool
}

// Vars is the record as [Types] of its kind describe it. Steps declared at or
// after Until are not known to derived names.
func (r *Record) Vars(facts Facts) expr.Vars {
	vars := make(expr.Vars, len(r.Kind.Fields)+12)
	r.Fill(vars, nil, facts)
	return vars
}

// Fill adds to vars the values of those names that are not there yet: the ones a
// condition reads, which are few of a kind's many. Nil names are all; a name that
// the kind does not have is left out.
func (r *Record) Fill(vars expr.Vars, names []string, facts Facts) {
	if names == nil {
		names = namesOf(r.Kind)
	}
	for _, name := range names {
		if _, there := vars[name]; !there {
			r.fill(vars, name, facts)
		}
	}
	vars[AsOfName] = facts.AsOf
}

// namesOf are the names of a kind as [Types] has them, without as_of.
func namesOf(kind *schema.Kind) []string {
	names := make([]string, 0, len(kind.Fields)+len(kind.Derived)+len(kind.Limits)+len(kind.Lookups))
	for i := range kind.Fields {
		names = append(names, kind.Fields[i].Name)
	}
	for _, d := range kind.Derived {
		names = append(names, d.Name)
	}
	for _, l := range kind.Limits {
		names = append(names, l.Name)
	}
	for _, l := range kind.Lookups {
		names = append(names, l.Name)
	}
	return names
}

// fill adds one value.
func (r *Record) fill(vars expr.Vars, name string, facts Facts) {
	for i := range r.Kind.Limits {
		if l := &r.Kind.Limits[i]; l.Name == name {
			vars[name] = time.Time{}
			if facts.Due != nil {
				vars[name] = facts.Due(*l)
			}
			return
		}
	}
	for i := range r.Kind.Derived {
		if d := &r.Kind.Derived[i]; d.Name == name {
			vars[name] = r.derivedVar(*d, facts)
			return
		}
	}
	for i := range r.Kind.Fields {
		if f := &r.Kind.Fields[i]; f.Name == name {
			vars[name] = fieldVar(f, r.Object, facts.Zone)
			if list, ok := vars[name].([]map[string]any); ok {
				r.fillItems(list, name, facts)
			}
			return
		}
	}
	for i := range r.Kind.Lookups {
		if l := &r.Kind.Lookups[i]; l.Name == name {
			vars[name] = facts.Others.rows(r, *l, facts.Passing)
			return
		}
	}
}

func (r *Record) derivedVar(d schema.Derived, facts Facts) any {
	until := facts.Until
	if until.IsZero() {
		until = facts.AsOf
	}
	step, _ := Entry(r.Kind, d, InTime(Known(r.Transitions(), until)))
	if d.Actor {
		return step.By
	}
	return step.At
}

// ItemVars is one item of a list of objects as the types of f describe it.
func ItemVars(f schema.Field, item yamldoc.Object, zone *time.Location) expr.Vars {
	return fieldVars(f.Fields, item, zone)
}

// ItemTypes are the names of an item of f, a list of objects.
func ItemTypes(f schema.Field) expr.Types { return fieldTypes(f.Fields) }

func fieldVars(fields []schema.Field, o yamldoc.Object, zone *time.Location) expr.Vars {
	vars := make(expr.Vars, len(fields)+12)
	for i := range fields {
		vars[fields[i].Name] = fieldVar(&fields[i], o, zone)
	}
	return vars
}

func fieldVar(f *schema.Field, o yamldoc.Object, zone *time.Location) any {
	switch fieldShape(f) {
	case expr.Flag:
		return o.Flag(f.Name)
	case expr.Number:
		n, _ := o.Number(f.Name)
		return float(n)
	case expr.Time:
		t, _ := MomentOf(o, f.Name, zone)
		return t
	case expr.Texts:
		return o.Texts(f.Name)
	case expr.Numbers:
		return []float64{}
	case expr.Times:
		return moments(o.Texts(f.Name), zone)
	case expr.Object:
		return map[string]any(fieldVars(f.Fields, o.Object(f.Name), zone))
	case expr.List:
		items := o.Items(f.Name)
		list := make([]map[string]any, len(items))
		for i, item := range items {
			list[i] = fieldVars(f.Fields, item, zone)
		}
		return list
	default:
		return o.Text(f.Name)
	}
}

func float(n *big.Rat) float64 {
	if n == nil {
		return 0
	}
	f, _ := n.Float64()
	return f
}

func moments(texts []string, zone *time.Location) []time.Time {
	list := make([]time.Time, 0, len(texts))
	for _, s := range texts {
		o := yamldoc.NewObject(map[string]any{"": s})
		if t, ok := MomentOf(o, "", zone); ok {
			list = append(list, t)
		}
	}
	return list
}
