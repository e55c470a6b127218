package obligation

import (
	"strings"
	"time"

	"kept/internal/record"
	"kept/internal/yamldoc"
)

// target is a due time as the record has it.
type target struct {
	at          time.Time
	original    time.Time // before it was moved, zero where it was not
	day         bool      // written as a date: at is its last nanosecond
	provisional bool
}

// dueUnder is the due time under a name: of a limit the last extension, or else
// what the limit gives; a derived time; a field.
func (k *known) dueUnder(name string) (target, bool) {
	if l, ok := k.rec.Kind.Limit(name); ok {
		d, runs := k.rec.Deadline(l, k.in.Calendar, k.first, k.in.AsOf)
		t := target{at: d.Due, provisional: d.Provisional}
		if !d.Extended.IsZero() && !d.Extended.Equal(d.Due) {
			t.at, t.original = d.Extended, d.Due
		}
		return t, runs
	}
	if d, ok := k.rec.Kind.DerivedName(name); ok {
		m, _, ok := k.derived(d)
		return target{at: m.at}, ok
	}
	o, last := within(k.rec.Object, name)
	return k.dueIn(o, last, "/"+strings.ReplaceAll(name, ".", "/"))
}

// dueIn is a due time in a field, with the first one that the mainline held.
func (k *known) dueIn(o yamldoc.Object, field, pointer string) (target, bool) {
	text, _ := k.text(pointer, o.Text(field))
	t, ok := k.parseDue(text)
	if k.timeline != nil && ok {
		v, _ := k.timeline.FirstValue(pointer)
		first, _ := v.(string)
		if original, had := k.parseDue(first); had && !original.at.Equal(t.at) {
			t.original = original.at
		}
	}
	return t, ok
}

func (k *known) parseDue(text string) (target, bool) {
	at, ok := record.DueOf(yamldoc.NewObject(map[string]any{"": text}), "", k.in.Calendar)
	return target{at: at, day: !strings.Contains(text, "T")}, ok
}
