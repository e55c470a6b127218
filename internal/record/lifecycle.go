package record

import (
	"slices"
	"time"

	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Transition is one entry of transitions[], as declared.
type Transition struct {
	To    string
	At    time.Time // in the offset as written; zero where it cannot be read
	By    string    // person id
	Role  string
	Note  string
	Index int // place in the list as written
	// Undated tells that the ledger which brought the step does not say when it was
	// taken: At orders the log, no more.
	Undated bool
}

// Transitions lists the steps of the record in the order as written. They are
// read once, with the record, and must not be changed.
func (r *Record) Transitions() []Transition {
	if r.steps == nil {
		return TransitionsOf(r.Object)
	}
	return r.steps
}

// TransitionsOf reads the steps of any version of a record.
func TransitionsOf(o yamldoc.Object) []Transition {
	items := o.Items(TransitionsField)
	steps := make([]Transition, len(items))
	for i, item := range items {
		at, _ := item.Instant("at")
		steps[i] = Transition{
			To: item.Text("to"), At: at, By: item.Text("by"),
			Role: item.Text("role"), Note: item.Text("note"), Index: i,
		}
	}
	from := o.Object(ImportedField)
	if undated, _ := from.Plain(UndatedMember).(bool); undated {
		if i := slices.IndexFunc(steps, func(t Transition) bool { return t.To == from.Text("state") }); i >= 0 {
			steps[i].Undated = true
		}
	}
	return steps
}

// Brought is how many entries of the log, from its first, came with the import of a
// ledger: those up to the state that the record was imported in. They say what the
// ledger says; steps that it does not have are missing between them, and nobody here
// took them. It is 0 for a record that was not imported.
func (r *Record) Brought() int {
	state := r.Object.Object(ImportedField).Text("state")
	if state == "" || r.Text(OriginField) != OriginImported {
		return 0
	}
	for i, t := range r.Transitions() {
		if t.To == state {
			return i + 1
		}
	}
	return 0
}

// Unsaid tells that what a derived name stands for may have happened before the import
// of the record's ledger, which does not have the step or its time: the record was
// imported in a later state, or in this one without a time, and has not gone back behind
// it since. Steps are those known.
func (r *Record) Unsaid(d schema.Derived, steps []Transition) bool {
	brought, rank := r.Brought(), r.Kind.Rank(d.State)
	if brought == 0 || slices.ContainsFunc(steps, func(t Transition) bool {
		return t.To == d.State && !t.Undated || !d.First && t.Index >= brought && r.Kind.Rank(t.To) < rank
	}) {
		return false
	}
	return rank <= r.Kind.Rank(r.Transitions()[brought-1].To)
}

// InTime orders steps by declared time; steps of one moment keep the order as
// written (domain.md §0.23). Steps that stand in this order are returned
// themselves.
func InTime(steps []Transition) []Transition {
	byTime := func(a, b Transition) int { return a.At.Compare(b.At) }
	if slices.IsSortedFunc(steps, byTime) {
		return steps
	}
	sorted := slices.Clone(steps)
	slices.SortStableFunc(sorted, byTime)
	return sorted
}

// Known keeps the steps declared before asOf (domain.md §0.18). Where those are
// all, the steps are returned themselves.
func Known(steps []Transition, asOf time.Time) []Transition {
	unknown := func(t Transition) bool { return !t.At.Before(asOf) }
	if !slices.ContainsFunc(steps, unknown) {
		return steps
	}
	return slices.DeleteFunc(slices.Clone(steps), unknown)
}

// Entry finds the step that a derived name stands for among steps in time
// order: the first entry into its state, or the last one, which counts only
// while the record has not gone back behind the state since (domain.md §0.19). The
// time of an undated step is zero.
func Entry(kind *schema.Kind, d schema.Derived, steps []Transition) (Transition, bool) {
	t, ok := entry(kind, d, steps)
	if t.Undated {
		t.At = time.Time{}
	}
	return t, ok
}

func entry(kind *schema.Kind, d schema.Derived, steps []Transition) (Transition, bool) {
	if d.First {
		i := slices.IndexFunc(steps, func(t Transition) bool { return t.To == d.State })
		if i < 0 {
			return Transition{}, false
		}
		return steps[i], true
	}
	rank := kind.Rank(d.State)
	for _, t := range slices.Backward(steps) {
		switch {
		case t.To == d.State:
			return t, true
		case kind.Rank(t.To) < rank:
			return Transition{}, false
		}
	}
	return Transition{}, false
}

// Derived is the step that a derived name of the record's kind stands for, as
// declared.
func (r *Record) Derived(name string) (Transition, bool) {
	if r.Kind == nil {
		return Transition{}, false
	}
	i := slices.IndexFunc(r.Kind.Derived, func(d schema.Derived) bool { return d.Name == name })
	if i < 0 {
		return Transition{}, false
	}
	return Entry(r.Kind, r.Kind.Derived[i], InTime(r.Transitions()))
}

// Moment is the time under a name: an instant, a date (its local midnight in
// zone) or a derived time.
func (r *Record) Moment(name string, zone *time.Location) (time.Time, bool) {
	if t, ok := r.Derived(name); ok {
		return t.At, !t.At.IsZero()
	}
	return MomentOf(r.Object, name, zone)
}

// MomentOf reads an instant, or a date as its local midnight in zone.
func MomentOf(o yamldoc.Object, name string, zone *time.Location) (time.Time, bool) {
	if t, ok := o.Instant(name); ok {
		return t, true
	}
	t, err := time.ParseInLocation(time.DateOnly, o.Text(name), zone)
	return t, err == nil
}
