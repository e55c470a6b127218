package history

import (
	"slices"
	"strings"
	"time"

	"kept/internal/record"
)

// FirstValue is the first value that a pointer ever had on the mainline, with
// its times; nil where it never had one.
func (t *Timeline) FirstValue(pointer string) (any, Recorded) {
	for _, c := range t.Changes {
		for _, e := range c.Events {
			if v, ok := e.after(pointer); ok && v != nil {
				return v, *e.Recorded
			}
		}
	}
	return nil, Recorded{}
}

// Value is the value that a pointer had on the mainline at a moment, with the
// times since which it held: commits merged at the moment or after it are not
// known (domain.md §0.18). It is nil where there was none.
func (t *Timeline) Value(pointer string, at time.Time) (any, Recorded) {
	return t.valueAfter(t.known(at), pointer)
}

// Since is when the value that a pointer has at the end was recorded; zero
// where it has none.
func (t *Timeline) Since(pointer string) Recorded {
	_, since := t.valueAfter(len(t.Changes), pointer)
	return since
}

// ValueWhen is the value that a pointer had when the record first reached a
// state on the mainline, and whether it ever did (domain.md §0.19).
func (t *Timeline) ValueWhen(state, pointer string) (any, Recorded, bool) {
	i := slices.IndexFunc(t.Changes, func(c Change) bool { return c.reaches(state) })
	if i < 0 {
		return nil, Recorded{}, false
	}
	v, since := t.valueAfter(i+1, pointer)
	return v, since, true
}

// State is the status that the mainline held at a moment, and whether the file
// was there: the recorded side of the backlog (domain.md §0.21).
func (t *Timeline) State(at time.Time) (status string, present bool) {
	n := t.known(at)
	if n == 0 || t.Changes[n-1].Kind == Deleted {
		return "", false
	}
	v, _ := t.valueAfter(n, "/"+record.StatusField)
	status, _ = v.(string)
	return status, true
}

// ValueAfter is the value that a pointer had once the first n changes were made,
// with the times since which it held; nil where it had none.
func (t *Timeline) ValueAfter(n int, pointer string) (any, Recorded) {
	return t.valueAfter(min(n, len(t.Changes)), pointer)
}

// TextAfter is [Timeline.ValueAfter] for a text, "" where it is none.
func (t *Timeline) TextAfter(n int, pointer string) string {
	v, _ := t.ValueAfter(n, pointer)
	s, _ := v.(string)
	return s
}

// known counts the changes merged before a moment.
func (t *Timeline) known(at time.Time) int {
	n, _ := slices.BinarySearchFunc(t.Changes, at, func(c Change, at time.Time) int {
		if c.Merged.Before(at) {
			return -1
		}
		return 1
	})
	return n
}

// valueAfter looks back from the first n changes.
func (t *Timeline) valueAfter(n int, pointer string) (any, Recorded) {
	for _, c := range slices.Backward(t.Changes[:n]) {
		if c.Kind == Deleted {
			break
		}
		for _, e := range slices.Backward(c.Events) {
			v, ok := e.after(pointer)
			switch {
			case ok && v == nil:
				return nil, Recorded{}
			case ok:
				return v, *e.Recorded
			}
		}
	}
	return nil, Recorded{}
}

// after is what an event says about a pointer: the value itself, or one inside
// an item that came or went whole.
func (e *Event) after(pointer string) (any, bool) {
	if pointer == e.Pointer {
		return e.After, true
	}
	if !inside(pointer, e.Pointer) {
		return nil, false
	}
	item, ok := e.After.(mapping)
	if !ok {
		_, went := e.Before.(mapping)
		return nil, went
	}
	return lookUp(item, pointer[len(e.Pointer)+1:]), true
}

// lookUp follows field names inside an item.
func lookUp(item mapping, rest string) any {
	var at any = item
	for token := range strings.SplitSeq(rest, "/") {
		m, ok := at.(mapping)
		if !ok {
			return nil
		}
		at = m[strings.NewReplacer("~1", "/", "~0", "~").Replace(token)]
	}
	return at
}

// reaches tells whether a change enters a state, by its status or by a step.
func (c *Change) reaches(state string) bool {
	for _, e := range c.Events {
		if e.Pointer == "/"+record.StatusField && e.After == state {
			return true
		}
		step, ok := e.After.(mapping)
		if ok && e.Before == nil && strings.HasPrefix(e.Pointer, "/"+record.TransitionsField+"/") && step["to"] == state {
			return true
		}
	}
	return false
}
