package obligation

import (
	"slices"
	"strings"
	"time"

	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// moment is a time with its proof.
type moment struct {
	at    time.Time
	proof history.Recorded // zero while pending, or without history
}

// derived is the known step that a derived name stands for, where its time is known.
func (k *known) derived(d schema.Derived) (moment, record.Transition, bool) {
	t, ok := record.Entry(k.rec.Kind, d, k.steps)
	if !ok || t.Undated {
		return moment{}, t, false
	}
	i := slices.IndexFunc(k.steps, func(s record.Transition) bool { return s.Index == t.Index })
	return moment{at: t.At, proof: k.proofs[i]}, t, true
}

// undated tells that what a name stands for may have happened before the import of a
// ledger that does not say when.
func (k *known) undated(name string) bool {
	if l, ok := k.rec.Kind.Limit(name); ok {
		name = l.Done
	}
	d, ok := k.rec.Kind.DerivedName(name)
	return ok && k.rec.Unsaid(d, k.steps)
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

// begin is when the record came to be: the date that its kind names; zero where it
// has none, so that it owes since the obligation began. A history would know its
// first commit: what is owed must be the same without it.
func (k *known) begin() time.Time {
	if date := k.rec.Kind.Date; date != "" {
		if m, ok := k.rec.Moment(date, k.in.Calendar.Zone()); ok {
			return m
		}
	}
	return time.Time{}
}
