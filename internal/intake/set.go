package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"kept/internal/locale"
	"kept/internal/schema"
)

// Set is one "--set": a field's dotted path and what it shall hold.
type Set struct {
	Path   string
	Value  string
	JSON   bool // the value is written in JSON
	Append bool // the value is added to a list
}

// ErrSet is an option that is not of the form key=value.
var ErrSet = errors.New("write key=value, key:=json, key+=item or key+:=json")

// ParseSet reads key=value, key:=json, key+=item and key+:=json.
func ParseSet(s string) (Set, error) {
	key, value, ok := strings.Cut(s, "=")
	set := Set{Value: value}
	key, set.JSON = strings.CutSuffix(key, ":")
	key, set.Append = strings.CutSuffix(key, "+")
	set.Path = strings.TrimSpace(key)
	if !ok || set.Path == "" {
		return Set{}, ErrSet
	}
	return set, nil
}

// readJSON reads one JSON value with exact numbers.
func readJSON(s string) (any, error) {
	dec := json.NewDecoder(bytes.NewReader([]byte(s)))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return nil, err
	}
	if dec.More() {
		return nil, errors.New("more than one value")
	}
	return value, nil
}

// typed reads a value as the field's type wants it. What does not fit stays
// text: the schema then says what is wanted.
func typed(f schema.Field, value string, zone *time.Location) any {
	switch f.Type {
	case schema.FlagField:
		if flag, ok := locale.ParseFlag(value); ok {
			return flag
		}
	case schema.IntegerField, schema.NumberField:
		if json.Valid([]byte(value)) && strings.Trim(value, "-+.eE0123456789") == "" {
			return json.Number(value)
		}
	case schema.InstantField, schema.MomentField:
		return instant(value, zone)
	case schema.EnumField:
		for _, o := range f.Options {
			if value == o.Title.ZH {
				return o.Value
			}
		}
	}
	return value
}

// instant completes a local time with the zone's offset.
func instant(value string, zone *time.Location) string {
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, value, zone); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	return value
}

// items cuts a list at commas, plain or full-width.
func items(f schema.Field, value string, zone *time.Location) []any {
	list := []any{}
	for item := range strings.SplitSeq(strings.ReplaceAll(value, "，", ","), ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, typed(f, item, zone))
		}
	}
	return list
}
