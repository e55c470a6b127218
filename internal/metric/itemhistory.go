package metric

import (
	"strings"

	"kept/internal/history"
)

// textWhen is a value as it stood on the mainline when the record first reached a
// state, or the first one where it came later; "" where there is no history.
func (f *facts) textWhen(state, pointer string) string {
	if f.timeline == nil || state == "" {
		return ""
	}
	v, _, reached := f.timeline.ValueWhen(state, pointer)
	if reached && v == nil {
		v, _ = f.timeline.FirstValue(pointer)
	}
	text, _ := v.(string)
	return text
}

// since says when the value that a pointer has now was recorded, zero while it is
// pending. It tells false where the value is not known yet at the moment of
// judgement.
func (f *facts) since(pointer, value string) (history.Recorded, bool) {
	if f.timeline == nil {
		return history.Recorded{}, true
	}
	recorded := f.timeline.Since(pointer)
	v, _ := f.timeline.Value(pointer, f.in.AsOf)
	switch text, _ := v.(string); {
	case recorded.IsZero():
		return recorded, true
	case text != value && !recorded.Merged.Before(f.in.AsOf):
		return history.Recorded{}, false
	}
	return recorded, true
}

// escaped is a key as a JSON pointer writes it.
func escaped(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}
