package obligation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/expr"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// inputs is a request with what has been read for it.
type inputs struct {
	Request
	others *record.Others
	cache  map[*record.Record]*known
}

// known is one record as known at the moment of judgement: steps declared, and
// commits merged, at or after it are not there (domain.md §0.18).
type known struct {
	in       *inputs
	rec      *record.Record
	timeline *history.Timeline   // nil: never on the mainline, or no history
	steps    []record.Transition // known ones, by declared time
	proofs   []history.Recorded  // of the steps, zero while pending
	vars     expr.Vars           // what conditions have asked for
	asked    time.Time           // at that moment
}

// known is nil for a record that cannot be read, or is not there yet.
func (in *inputs) known(rec *record.Record) *known {
	k, ok := in.cache[rec]
	if !ok {
		k = in.read(rec)
		in.cache[rec] = k
	}
	return k
}

func (in *inputs) read(rec *record.Record) *known {
	if rec == nil || rec.Broken || rec.Kind == nil {
		return nil
	}
	k := &known{in: in, rec: rec}
	if in.History != nil {
		k.timeline = in.History.Timeline(rec.ID)
	}
	if k.timeline != nil && !k.timeline.Created.IsZero() && !k.timeline.Created.Merged.Before(in.AsOf) {
		return nil
	}
	recorded := k.recordedSteps()
	for i, t := range record.InTime(rec.Transitions()) {
		proof := recorded[t.Index]
		if t.At.IsZero() || !t.At.Before(in.AsOf) || !proof.IsZero() && !proof.Merged.Before(in.AsOf) {
			continue
		}
		t.Index = i
		k.steps, k.proofs = append(k.steps, t), append(k.proofs, proof)
	}
	return k
}

// recordedSteps joins the record's steps with those of the history by state,
// time and occurrence (domain.md §0.20), by index.
func (k *known) recordedSteps() map[int]history.Recorded {
	recorded := map[int]history.Recorded{}
	if k.timeline == nil {
		return recorded
	}
	type key struct {
		to string
		at int64
	}
	proofs := map[key][]history.Recorded{}
	for _, t := range k.timeline.Steps {
		name := key{t.To, t.At.UnixNano()}
		proofs[name] = append(proofs[name], t.Recorded)
	}
	for _, t := range k.rec.Transitions() {
		name := key{t.To, t.At.UnixNano()}
		if list := proofs[name]; len(list) > 0 {
			recorded[t.Index], proofs[name] = list[0], list[1:]
		}
	}
	return recorded
}

// moment is a time with its proof.
type moment struct {
	at    time.Time
	proof history.Recorded // zero while pending, or without history
}

// derived is the known step that a derived name stands for.
func (k *known) derived(d schema.Derived) (moment, record.Transition, bool) {
	t, ok := record.Entry(k.rec.Kind, d, k.steps)
	if !ok {
		return moment{}, t, false
	}
	i := slices.IndexFunc(k.steps, func(s record.Transition) bool { return s.Index == t.Index })
	return moment{at: t.At, proof: k.proofs[i]}, t, true
}

// event is when what a name stands for happened: a derived time, a field, or the
// event that meets a limit. What lies at or after the moment of judgement has not
// happened.
func (k *known) event(name string) (moment, bool) {
	if l, ok := k.rec.Kind.Limit(name); ok {
		name = l.Done
	}
	if d, ok := k.rec.Kind.DerivedName(name); ok {
		m, _, ok := k.derived(d)
		return m, ok
	}
	o, last := within(k.rec.Object, name)
	return k.eventIn(o, last, "/"+strings.ReplaceAll(name, ".", "/"))
}

// eventIn is the event of a field that stands under a pointer of the history.
func (k *known) eventIn(o yamldoc.Object, field, pointer string) (moment, bool) {
	text, proof := k.text(pointer, o.Text(field))
	at, ok := record.MomentOf(yamldoc.NewObject(map[string]any{field: text}), field, k.in.Calendar.Zone())
	if proof.IsZero() && k.timeline != nil {
		proof = k.timeline.Created
	}
	return moment{at: at, proof: proof}, ok && at.Before(k.in.AsOf)
}

// text is a value as the mainline held it before the moment of judgement, or the
// present one where it is pending or there is no history.
func (k *known) text(pointer, present string) (string, history.Recorded) {
	if k.timeline == nil {
		return present, history.Recorded{}
	}
	since := k.timeline.Since(pointer)
	if since.IsZero() || since.Merged.Before(k.in.AsOf) {
		return present, since
	}
	v, since := k.timeline.Value(pointer, k.in.AsOf)
	text, _ := v.(string)
	return text, since
}

// within follows a dotted path into objects to its last name.
func within(o yamldoc.Object, path string) (yamldoc.Object, string) {
	for {
		head, rest, deeper := strings.Cut(path, ".")
		if !deeper {
			return o, path
		}
		o, path = o.Object(head), rest
	}
}

// state is the state after the last known step, or as the record says where it
// has none; the zero State where the kind has no such state.
func (k *known) state() schema.State {
	if len(k.steps) == 0 {
		s, _ := k.rec.State()
		return s
	}
	s, _ := k.rec.Kind.State(k.steps[len(k.steps)-1].To)
	return s
}

// until keeps the steps declared before a moment.
func (k *known) until(at time.Time) []record.Transition { return record.Known(k.steps, at) }

// holds evaluates a condition as it stood at a moment, which is not after that of
// judgement: steps, clocks and as_of are those of then, fields are as they are.
// One that has no result does not hold; none holds.
func (k *known) holds(p *expr.Program, at time.Time) bool {
	if p == nil {
		return true
	}
	if k.vars == nil || !k.asked.Equal(at) {
		k.vars, k.asked = expr.Vars{record.StatusField: k.rec.Status()}, at
		if steps := k.until(at); len(steps) > 0 {
			k.vars[record.StatusField] = steps[len(steps)-1].To
		}
	}
	k.fillDerived(k.vars, p.Names(), at)
	k.rec.Fill(k.vars, p.Names(), record.Facts{
		Zone: k.in.Calendar.Zone(), AsOf: at, Others: k.in.others,
		Due: func(l schema.TimeLimit) time.Time {
			d, _ := k.rec.Deadline(l, k.in.Calendar, k.first, at)
			return d.Due
		},
	})
	yes, err := p.Bool(k.vars)
	return err == nil && yes
}

// fillDerived adds the derived names that a condition reads, from known steps.
func (k *known) fillDerived(vars expr.Vars, names []string, at time.Time) {
	for _, d := range k.rec.Kind.Derived {
		if _, there := vars[d.Name]; there || !slices.Contains(names, d.Name) {
			continue
		}
		step, _ := record.Entry(k.rec.Kind, d, k.until(at))
		vars[d.Name] = step.At
		if d.Actor {
			vars[d.Name] = step.By
		}
	}
}

// first is a field's first value on the mainline, or the present one where the
// mainline never held it.
func (k *known) first(field string) string {
	if k.timeline != nil {
		if v, _ := k.timeline.FirstValue("/" + field); v != nil {
			text, _ := v.(string)
			return text
		}
	}
	return k.rec.Text(field)
}

// names lists the records that a field of the record names.
func (k *known) names(field string) []string {
	var ids []string
	for _, ref := range k.in.Register.From(k.rec.ID) {
		if ref.Field == field {
			ids = append(ids, ref.To)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// itemName is what keeps an item apart from its neighbours: its id, else the text
// under its first key that ends in _id, else its index. It is the history's name
// for it, too.
func itemName(item yamldoc.Object, index int) string {
	name := item.Text(record.IDField)
	for _, key := range item.Keys() {
		if name == "" && strings.HasSuffix(key, "_id") {
			name = item.Text(key)
		}
	}
	return cmp.Or(name, strconv.Itoa(index))
}

// escaped is a key as a JSON pointer writes it.
func escaped(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}
