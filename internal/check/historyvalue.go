package check

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// indexed turns a pointer of a history, in which items have names, into one of
// the record's file.
func indexed(rec *record.Record, pointer string) string {
	parts := strings.SplitN(strings.TrimPrefix(pointer, "/"), "/", 3)
	if len(parts) < 2 {
		return pointer
	}
	for i, item := range rec.Items(parts[0]) {
		if name := parts[1]; item.Text("id") != name && item.Text("to")+"@"+item.Text("at") != name && strconv.Itoa(i) != name {
			continue
		}
		parts[1] = strconv.Itoa(i)
		return "/" + strings.Join(parts, "/")
	}
	return "/" + parts[0]
}

// field is the top-level field of a pointer.
func field(pointer string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	return name
}

// dotted is a pointer as a path of field names, without the names of items.
func dotted(kind *schema.Kind, pointer string) string {
	var names []string
	fields := kind.Fields
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		for _, f := range fields {
			if f.Name == token {
				names, fields = append(names, token), f.Fields
				break
			}
		}
	}
	return strings.Join(names, ".")
}

// longest is how much of a value is shown.
const longest = 40

// shown writes a value into a message: plain ones of open fields as they stand,
// all else only as being there, since it may be personal.
func shown(kind *schema.Kind, pointer string, v any) locale.Text {
	if v == nil {
		return locale.Plain("—")
	}
	f, ok := kind.Field(dotted(kind, pointer))
	s := fmt.Sprint(v)
	if _, mapped := v.(map[string]any); mapped || !ok || f.Class != "" || f.Long || len(s) > longest {
		return locale.Plain("…")
	}
	return locale.Plain(s)
}

// phase is the phase that a record was in before its change i.
func phase(kind *schema.Kind, t *history.Timeline, i int) schema.Phase {
	s, _ := kind.State(t.TextAfter(i, "/"+record.StatusField))
	return s.Phase
}

// step is what a version says of one transition.
type step map[string]any

// stepOf reads the whole step that an event brings or takes.
func stepOf(v any) (step, bool) {
	s, ok := v.(map[string]any)
	return s, ok
}

func (s step) text(key string) string {
	v, _ := s[key].(string)
	return v
}

// declared is when the step says it was done, zero where that cannot be read.
func (s step) declared() time.Time {
	at, _ := yamldoc.ParseInstant(s.text("at"))
	return at
}

// isStep tells whether an event is about a whole step, or a value inside one.
func isStep(e *history.Event) (whole, part bool) {
	if field(e.Pointer) != record.TransitionsField {
		return false, false
	}
	switch strings.Count(e.Pointer, "/") {
	case 2:
		return true, false
	case 3:
		return false, true
	}
	return false, false
}

// gains tells whether a change adds a step.
func gains(c *history.Change) bool {
	for i := range c.Events {
		if whole, _ := isStep(&c.Events[i]); whole && c.Events[i].Before == nil {
			return true
		}
	}
	return false
}
