package yamldoc

import (
	"encoding/json"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"time"
)

// Object is one mapping, read by typed accessors. A missing key, or a value of
// another type, reads as the zero value: the schema has already reported it.
type Object struct {
	fields map[string]any
}

// NewObject wraps a plain mapping.
func NewObject(fields map[string]any) Object { return Object{fields: fields} }

// Has tells whether key is there and neither null, nor an empty text, list or
// mapping.
func (o Object) Has(key string) bool {
	switch v := o.fields[key].(type) {
	case nil:
		return false
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	return true
}

// Text is a string value.
func (o Object) Text(key string) string {
	s, _ := o.fields[key].(string)
	return s
}

// Texts is a list of strings; a single string is a list of one. Items that are
// no strings are left out.
func (o Object) Texts(key string) []string {
	switch v := o.fields[key].(type) {
	case string:
		return []string{v}
	case []any:
		texts := make([]string, 0, len(v))
		for _, item := range v {
			if s, ok := item.(string); ok {
				texts = append(texts, s)
			}
		}
		return texts
	}
	return nil
}

// Flag is a boolean value.
func (o Object) Flag(key string) bool {
	b, _ := o.fields[key].(bool)
	return b
}

var decimal = regexp.MustCompile(`^-?[0-9]{1,64}(\.[0-9]{1,64})?$`)

// Number is a number, or a decimal in a string (money), exactly.
func (o Object) Number(key string) (*big.Rat, bool) {
	switch v := o.fields[key].(type) {
	case json.Number:
		if bounded(string(v)) {
			return new(big.Rat).SetString(string(v))
		}
	case string:
		if decimal.MatchString(v) {
			return new(big.Rat).SetString(v)
		}
	}
	return nil, false
}

// Instant is an RFC 3339 time with seconds and offset. The time is in a zone of
// that fixed offset, whatever the zone of the machine.
func (o Object) Instant(key string) (time.Time, bool) { return ParseInstant(o.Text(key)) }

var instant = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`)

// ParseInstant reads one RFC 3339 time as [Object.Instant] does.
func ParseInstant(s string) (time.Time, bool) {
	if t, ok := commonInstant(s); ok {
		return t, true
	}
	return anyInstant(s)
}

func anyInstant(s string) (time.Time, bool) {
	var t time.Time
	if !instant.MatchString(s) || t.UnmarshalText([]byte(s)) != nil {
		return time.Time{}, false
	}
	_, offset := t.Zone()
	if offset == 0 {
		return t.UTC(), true
	}
	return t.In(time.FixedZone("", offset)), true
}

// Object is a mapping inside this one.
func (o Object) Object(key string) Object {
	fields, _ := o.fields[key].(map[string]any)
	return Object{fields: fields}
}

// Items is a list of mappings. Items that are none are empty objects, so that
// an index is the index in the file.
func (o Object) Items(key string) []Object {
	list, _ := o.fields[key].([]any)
	items := make([]Object, 0, len(list))
	for _, item := range list {
		fields, _ := item.(map[string]any)
		items = append(items, Object{fields: fields})
	}
	return items
}

// Keys lists the keys in order of their bytes.
func (o Object) Keys() []string { return slices.Sorted(maps.Keys(o.fields)) }

// Plain is the value of key as it was read, nil where there is none.
func (o Object) Plain(key string) any { return o.fields[key] }

// Fields is the whole mapping; it must not be changed.
func (o Object) Fields() map[string]any { return o.fields }
