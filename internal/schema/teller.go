package schema

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// teller puts breaches into words and places.
type teller struct {
	doc     *yamldoc.Document
	record  string
	example string // of an id
	field   func(pointer string) Field
	meant   map[string]bool // pointers of keys that a misspelt one stands for
	found   finding.List
}

// tell stops at as many findings as anybody can read: each costs a walk to its
// place.
func (t *teller) tell(all []breach) finding.List {
	t.meant = map[string]bool{}
	for _, b := range all {
		if b.keyword == "additionalProperties" {
			t.unknown(b)
		}
	}
	for _, b := range all {
		switch b.keyword {
		case "required":
			t.missing(b)
		case "additionalProperties":
		default:
			t.value(b)
		}
	}
	return t.found.Sort()
}

func (t *teller) add(at finding.Position, rule, key string, args ...locale.Arg) {
	t.found = append(t.found, finding.Finding{
		Position: at, Rule: rule, Severity: finding.Error, Record: t.record, Key: key, Args: args,
	})
}

// missing tells each key that is not there, at the mapping that should have it,
// unless it is there misspelt.
func (t *teller) missing(b breach) {
	have, _ := lookup(t.doc.Plain(), b.pointer).(map[string]any)
	for _, name := range b.schema.Required {
		if _, ok := have[name]; !ok && !t.meant[yamldoc.Pointer(b.pointer, name)] {
			field := t.field(yamldoc.Pointer(b.pointer, name))
			t.add(t.doc.KeyPosition(b.pointer), "schema-required", "schema.required", locale.T("field", field.Title), locale.A("key", name))
		}
	}
}

// unknown tells each key that does not belong, with the name that is near.
func (t *teller) unknown(b breach) {
	have, _ := lookup(t.doc.Plain(), b.pointer).(map[string]any)
	var known []string
	for name := range b.schema.Properties {
		if _, taken := have[name]; !taken {
			known = append(known, name)
		}
	}
	slices.Sort(known)
	for _, name := range sortedKeys(have) {
		if len(t.found) >= yamldoc.MaxFindings {
			return
		}
		if _, ok := b.schema.Properties[name]; ok {
			continue
		}
		at := t.doc.KeyPosition(yamldoc.Pointer(b.pointer, name))
		if near := Nearest(name, known); near != "" {
			t.meant[yamldoc.Pointer(b.pointer, near)] = true
			field := t.field(yamldoc.Pointer(b.pointer, near))
			t.add(at, "schema-unknown-key", "schema.unknown_near", locale.A("near", near), locale.T("field", field.Title))
			continue
		}
		t.add(at, "schema-unknown-key", "schema.unknown")
	}
}

// value tells what is wrong with one value.
func (t *teller) value(b breach) {
	field := t.field(b.pointer)
	rule, key, args := t.words(b, field, lookup(t.doc.Plain(), b.pointer))
	at := t.doc.Position(b.pointer)
	if b.keyword == "uniqueItems" {
		at = t.repeated(b)
	}
	t.add(at, rule, key, append([]locale.Arg{locale.T("field", field.Title)}, args...)...)
}

// repeated is the place of the item that stands twice.
func (t *teller) repeated(b breach) finding.Position {
	var first, second int
	if _, err := fmt.Sscanf(b.words, "items at index %d and %d", &first, &second); err != nil {
		return t.doc.Position(b.pointer)
	}
	return t.doc.Position(fmt.Sprintf("%s/%d", b.pointer, max(first, second)))
}

// words chooses rule, message and arguments by keyword.
func (t *teller) words(b breach, f Field, value any) (rule, key string, args []locale.Arg) {
	s := b.schema
	switch b.keyword {
	case "type":
		return "schema-type", typeWords(s.Types, value), nil
	case "const":
		return "schema-const", "schema.const", []locale.Arg{locale.A("value", fmt.Sprint(s.Constant[0]))}
	case "enum":
		return enumWords(s.Enum, f, value)
	case "format", "x-moment":
		return timeWords(b.keyword+s.Format, value)
	case "pattern":
		return t.patternWords(s.Pattern, f)
	case "minLength":
		if s.MinLength == 1 {
			return "schema-too-short", "schema.blank", nil
		}
		return "schema-too-short", "schema.min_length", count(s.MinLength)
	case "maxLength":
		return "schema-too-long", "schema.max_length", count(s.MaxLength)
	case "minItems":
		return "schema-too-few", "schema.min_items", count(s.MinItems)
	case "maxItems":
		return "schema-too-many", "schema.max_items", count(s.MaxItems)
	case "uniqueItems":
		return "schema-duplicate", "schema.unique", nil
	case "minProperties":
		return "schema-too-few", "schema.min_properties", count(s.MinProperties)
	case "maxProperties":
		return "schema-too-many", "schema.max_properties", count(s.MaxProperties)
	}
	return rangeWords(b)
}

func count(n int) []locale.Arg { return []locale.Arg{locale.N("limit", n)} }

func rangeWords(b breach) (rule, key string, args []locale.Arg) {
	s := b.schema
	switch b.keyword {
	case "minimum":
		return "schema-range", "schema.minimum", bound(s.Minimum)
	case "exclusiveMinimum":
		return "schema-range", "schema.exclusive_minimum", bound(s.ExclusiveMinimum)
	case "maximum":
		return "schema-range", "schema.maximum", bound(s.Maximum)
	case "exclusiveMaximum":
		return "schema-range", "schema.exclusive_maximum", bound(s.ExclusiveMaximum)
	case "multipleOf":
		return "schema-range", "schema.multiple_of", bound(s.MultipleOf)
	}
	return "schema-other", "schema.other", nil
}

func bound(r *big.Rat) []locale.Arg {
	s := r.FloatString(6)
	return []locale.Arg{locale.A("limit", strings.TrimSuffix(strings.TrimRight(s, "0"), "."))}
}

// typeWords tells the type that is wanted, and the usual slip.
func typeWords(types []string, value any) string {
	want := strings.Join(types, " ")
	switch value.(type) {
	case nil:
		if want != "object" {
			return "schema.type_empty"
		}
	case bool, json.Number:
		if want == "string" {
			return "schema.type_quote"
		}
	}
	switch want {
	case "string":
		return "schema.type_text"
	case "integer":
		return "schema.type_integer"
	case "number":
		return "schema.type_number"
	case "boolean":
		return "schema.type_flag"
	case "array":
		return "schema.type_list"
	case "object":
		return "schema.type_object"
	}
	return "schema.other"
}

var (
	dayForm     = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	instantForm = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`)
)

// timeWords tells a date that does not exist from one written otherwise.
func timeWords(form string, value any) (rule, key string, args []locale.Arg) {
	s, _ := value.(string)
	formed := dayForm.MatchString(s) || instantForm.MatchString(s)
	switch form {
	case "formatdate":
		if dayForm.MatchString(s) {
			return "schema-date", "schema.date_impossible", nil
		}
		return "schema-date", "schema.date", nil
	case "formatdate-time":
		if instantForm.MatchString(s) {
			return "schema-instant", "schema.date_impossible", nil
		}
		return "schema-instant", "schema.instant", nil
	case "x-moment":
		if formed {
			return "schema-moment", "schema.date_impossible", nil
		}
		return "schema-moment", "schema.moment", nil
	case "formatregex":
		return "schema-pattern", "schema.regex", nil
	}
	return "schema-other", "schema.other", nil
}
