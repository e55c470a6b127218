package schema

import (
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// sure is a compiled schema as far as it can be told without the library that a value
// is valid: nearly every record is, and the library says where each value stands
// before it knows that nothing is wrong with it. What sure does not know is not sure.
type sure struct {
	kind       string // JSON type
	constant   *string
	options    []string // of an enumeration, nil for none
	format     func(any) bool
	moment     bool
	pattern    *regexp.Regexp
	least      int // characters, items or keys; -1 for no bound
	most       int
	minimum    *int64
	maximum    *int64
	required   []string
	properties map[string]*sure
	others     *sure // of keys without a property
	open       bool  // such keys may hold anything
	items      *sure
	unique     bool
}

// sureOf is nil of a schema with a keyword that only the library knows.
func sureOf(s *jsonschema.Schema) *sure {
	if len(s.Types) != 1 || !knownAlone(s) {
		return nil
	}
	out := &sure{kind: s.Types[0], pattern: s.Pattern, required: s.Required, unique: s.UniqueItems}
	return out.with(s, out.bounded(s) && out.valued(s))
}

// knownAlone tells that a schema has no keyword beside those that [sure] reads.
func knownAlone(s *jsonschema.Schema) bool {
	_, moment := s.Extensions["moment"]
	return s.Always == nil && s.Ref == nil && s.RecursiveRef == nil && s.DynamicRef == nil && s.Not == nil && s.If == nil &&
		len(s.AllOf)+len(s.AnyOf)+len(s.OneOf)+len(s.PatternProperties)+len(s.Dependencies)+len(s.DependentRequired)+len(s.DependentSchemas)+len(s.PrefixItems) == 0 &&
		s.PropertyNames == nil && !s.RegexProperties && s.UnevaluatedProperties == nil && s.UnevaluatedItems == nil && s.Items == nil && s.AdditionalItems == nil &&
		s.Contains == nil && s.ContentEncoding == "" && s.ContentMediaType == "" && s.ContentSchema == nil &&
		s.ExclusiveMinimum == nil && s.ExclusiveMaximum == nil && s.MultipleOf == nil && (len(s.Extensions) == 0 || moment && len(s.Extensions) == 1)
}

// bounded takes over the bounds of the schema's type; false of those of another one.
func (q *sure) bounded(s *jsonschema.Schema) bool {
	bounds := map[string][2]int{"string": {s.MinLength, s.MaxLength}, "array": {s.MinItems, s.MaxItems}, "object": {s.MinProperties, s.MaxProperties}}
	q.least, q.most = -1, -1
	for kind, b := range bounds {
		switch {
		case kind == q.kind:
			q.least, q.most = b[0], b[1]
		case b != [2]int{-1, -1}:
			return false
		}
	}
	for _, b := range []struct {
		from *big.Rat
		to   **int64
	}{{s.Minimum, &q.minimum}, {s.Maximum, &q.maximum}} {
		if b.from == nil {
			continue
		}
		if !b.from.IsInt() || !b.from.Num().IsInt64() {
			return false
		}
		n := b.from.Num().Int64()
		*b.to = &n
	}
	return true
}

// valued takes over which texts are allowed.
func (q *sure) valued(s *jsonschema.Schema) bool {
	if len(s.Constant) > 0 {
		text, ok := s.Constant[0].(string)
		if !ok {
			return false
		}
		q.constant = &text
	}
	for _, o := range s.Enum {
		text, ok := o.(string)
		if !ok {
			return false
		}
		q.options = append(q.options, text)
	}
	q.moment = len(s.Extensions) > 0
	switch s.Format {
	case "":
	case "date":
		q.format = isDate
	case "date-time":
		q.format = isInstant
	default:
		return false
	}
	return true
}

// with is the schema with those of its parts, nil where one is not known.
func (q *sure) with(s *jsonschema.Schema, known bool) *sure {
	part := func(s *jsonschema.Schema) *sure {
		p := sureOf(s)
		known = known && p != nil
		return p
	}
	if s.Items2020 != nil {
		q.items = part(s.Items2020)
	}
	q.properties = make(map[string]*sure, len(s.Properties))
	for name, p := range s.Properties {
		q.properties[name] = part(p)
	}
	switch more := s.AdditionalProperties.(type) {
	case nil:
		q.open = true
	case bool:
		q.open = more
	case *jsonschema.Schema:
		q.others = part(more)
	}
	if !known {
		return nil
	}
	return q
}

// holds tells that a value is valid. Where it is false, the value may be.
func (q *sure) holds(value any) bool {
	switch v := value.(type) {
	case string:
		return q.kind == "string" && q.text(v)
	case map[string]any:
		return q.kind == "object" && q.plain() && q.within(len(v)) && q.object(v)
	case []any:
		return q.kind == "array" && q.plain() && q.within(len(v)) && q.list(v)
	case bool:
		return q.kind == "boolean" && q.plain()
	case json.Number:
		return (q.kind == "integer" || q.kind == "number") && q.plain() && q.number(string(v))
	}
	return false
}

// plain tells that a schema does not name the values that it allows.
func (q *sure) plain() bool { return q.constant == nil && q.options == nil }

func (q *sure) within(n int) bool {
	return (q.least < 0 || n >= q.least) && (q.most < 0 || n <= q.most)
}

func (q *sure) text(s string) bool {
	switch {
	case q.constant != nil && s != *q.constant, q.options != nil && !slices.Contains(q.options, s):
		return false
	case (q.least >= 0 || q.most >= 0) && !q.within(utf8.RuneCountInString(s)):
		return false
	case q.format != nil && !q.format(s), q.moment && !isDate(s) && !isInstant(s):
		return false
	}
	return q.pattern == nil || q.pattern.MatchString(s)
}

func (q *sure) object(v map[string]any) bool {
	for _, name := range q.required {
		if _, ok := v[name]; !ok {
			return false
		}
	}
	for name, value := range v {
		p, known := q.properties[name]
		switch {
		case known && !p.holds(value):
			return false
		case !known && q.others != nil && !q.others.holds(value):
			return false
		case !known && q.others == nil && !q.open:
			return false
		}
	}
	return true
}

func (q *sure) list(v []any) bool {
	for i, item := range v {
		if q.items != nil && !q.items.holds(item) {
			return false
		}
		if text, ok := item.(string); q.unique && len(v) > 1 && (!ok || slices.Contains(v[:i], any(text))) {
			return false
		}
	}
	return true
}

// number knows whole numbers of common size, and others where nothing bounds them.
func (q *sure) number(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return q.kind == "number" && q.minimum == nil && q.maximum == nil
	}
	return (q.minimum == nil || n >= *q.minimum) && (q.maximum == nil || n <= *q.maximum)
}
