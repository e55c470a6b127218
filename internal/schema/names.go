package schema

import (
	"slices"
	"strings"

	"kept/internal/locale"
)

// MetSuffix behind a limit's name asks whether the limit was met.
const MetSuffix = ".met"

// KPIPrefix before a KPI's id names its value for the record's period.
const KPIPrefix = "kpi."

// Field returns the field at a dotted path, as "actions.owner".
func (k *Kind) Field(path string) (Field, bool) { return fieldAt(k.Fields, path) }

func fieldAt(fields []Field, path string) (Field, bool) {
	head, rest, deeper := strings.Cut(path, ".")
	for i := range fields {
		if fields[i].Name == head {
			if deeper {
				return fieldAt(fields[i].Fields, rest)
			}
			return fields[i], true
		}
	}
	return Field{}, false
}

// DerivedName returns the derived name, and whether there is one.
func (k *Kind) DerivedName(name string) (Derived, bool) {
	i := slices.IndexFunc(k.Derived, func(d Derived) bool { return d.Name == name })
	if i < 0 {
		return Derived{}, false
	}
	return k.Derived[i], true
}

// DatedByStart tells a kind whose records are dated by the time of their first state, and
// by no field.
func (k *Kind) DatedByStart() bool {
	d, ok := k.DerivedName(k.Date)
	return k.Dated && ok && !d.Actor && d.State == k.Initial
}

// Limit returns a time limit by name.
func (k *Kind) Limit(name string) (TimeLimit, bool) {
	i := slices.IndexFunc(k.Limits, func(l TimeLimit) bool { return l.Name == name })
	if i < 0 {
		return TimeLimit{}, false
	}
	return k.Limits[i], true
}

// NameTitle is the label of a field, derived name or limit (also with
// [MetSuffix]), of a KPI its id; the name itself where nothing has it.
func (k *Kind) NameTitle(name string) locale.Text {
	if f, ok := k.Field(name); ok && !f.Title.IsZero() {
		return f.Title
	}
	if d, ok := k.DerivedName(name); ok {
		return d.Title
	}
	if l, ok := k.Limit(strings.TrimSuffix(name, MetSuffix)); ok {
		return l.Title
	}
	return locale.Plain(strings.TrimPrefix(name, KPIPrefix))
}

// State returns a state by id.
func (k *Kind) State(id string) (State, bool) {
	i := slices.IndexFunc(k.States, func(s State) bool { return s.ID == id })
	if i < 0 {
		return State{}, false
	}
	return k.States[i], true
}

// Step returns the step between two states.
func (k *Kind) Step(from, to string) (Step, bool) {
	i := slices.IndexFunc(k.Steps, func(s Step) bool { return s.To == to && slices.Contains(s.From, from) })
	if i < 0 {
		return Step{}, false
	}
	return k.Steps[i], true
}

// StepsFrom lists the steps out of a state in the order of the kind file.
func (k *Kind) StepsFrom(state string) []Step {
	var steps []Step
	for _, s := range k.Steps {
		if slices.Contains(s.From, state) {
			steps = append(steps, s)
		}
	}
	return steps
}
