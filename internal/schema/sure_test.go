package schema

import (
	"encoding/json"
	"io/fs"
	"maps"
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"kept/schemas"
)

// oddValues are such as a record may hold where it should not.
var oddValues = []any{
	nil, true, false, "", "x", "张三", strings.Repeat("长", 41), strings.Repeat("x", 5000), "2026-09-01", "2026-02-30", "2026-09-01T10:00:00+08:00", "2026-09-01 10:00", "TS-2026-0001",
	"12.50", "1,5", json.Number("0"), json.Number("-1"), json.Number("3"), json.Number("101"), json.Number("1.5"), json.Number("1e2"), json.Number("99999999999999999999"),
	[]any{},
	[]any{"a", "a"},
	[]any{"a", json.Number("1"), nil},
	[]any{map[string]any{}},
	map[string]any{},
	map[string]any{"x": "y"},
}

// maker makes values after a schema, now and then with something odd in them.
type maker struct {
	*rand.Rand
	odd int // of a hundred
}

func (m maker) value(s *jsonschema.Schema) any {
	if m.IntN(100) < m.odd {
		return oddValues[m.IntN(len(oddValues))]
	}
	switch {
	case len(s.Constant) > 0:
		return s.Constant[0]
	case len(s.Enum) > 0:
		return s.Enum[m.IntN(len(s.Enum))]
	}
	switch s.Types[0] {
	case "object":
		return m.object(s)
	case "array":
		list := make([]any, max(s.MinItems, m.IntN(3)))
		for i := range list {
			list[i] = m.value(s.Items2020)
		}
		return list
	case "boolean":
		return m.IntN(2) == 0
	case "integer", "number":
		if s.Minimum != nil {
			return json.Number(s.Minimum.RatString())
		}
		return json.Number("7")
	}
	switch s.Format {
	case "date":
		return "2026-09-01"
	case "date-time":
		return "2026-09-01T10:00:00+08:00"
	}
	if s.Pattern != nil {
		re, _ := syntax.Parse(s.Pattern.String(), syntax.Perl)
		return shortest(re)
	}
	if len(s.Extensions) > 0 {
		return "2026-09-01"
	}
	return strings.Repeat("文", max(s.MinLength, 1))
}

// shortest is a text that an expression matches.
func shortest(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		return string(re.Rune[0])
	case syntax.OpAlternate, syntax.OpCapture, syntax.OpPlus:
		return shortest(re.Sub[0])
	case syntax.OpRepeat:
		return strings.Repeat(shortest(re.Sub[0]), re.Min)
	case syntax.OpConcat:
		text := ""
		for _, part := range re.Sub {
			text += shortest(part)
		}
		return text
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "x"
	}
	return ""
}

func (m maker) object(s *jsonschema.Schema) any {
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if m.IntN(3) > 0 || slices.Contains(s.Required, name) && m.IntN(100) >= m.odd {
			object[name] = m.value(s.Properties[name])
		}
	}
	if m.IntN(100) < m.odd {
		object["unknown"] = "x"
	}
	return object
}

// What is sure to be valid is valid to the library, for all kinds; and nothing else
// is common: the library is asked about few records that are.
func TestSureValuesAreValid(t *testing.T) {
	files, err := fs.Glob(schemas.FS, "*"+schemaSuffix)
	if err != nil || len(files) < 30 {
		t.Fatal(files, err)
	}
	sure, valid, wrong := 0, 0, 0
	for _, file := range files {
		data, err := fs.ReadFile(schemas.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		shape, err := compile(file, data)
		if err != nil {
			t.Fatal(err)
		}
		if shape.sure == nil {
			t.Errorf("%s has a keyword that sure does not know", file)
			continue
		}
		for n := range 60 {
			m := maker{rand.New(rand.NewPCG(7, uint64(n))), n % 3}
			value := m.value(shape.root)
			err := shape.root.Validate(value)
			switch holds := shape.sure.holds(value); {
			case holds && err != nil:
				t.Fatalf("%s: %v\n%v", file, err, value)
			case holds:
				sure, valid = sure+1, valid+1
			case err == nil:
				valid++
			default:
				wrong++
			}
		}
	}
	t.Logf("%d valid, %d of them surely, %d wrong", valid, sure, wrong)
	if sure < valid*9/10 || sure < 300 || wrong < 300 {
		t.Errorf("%d valid, %d of them surely, %d wrong", valid, sure, wrong)
	}
}

// Each keyword by itself: what it refuses is not sure, and what sure does not know is
// never so.
func TestSureByKeyword(t *testing.T) {
	text := func(keyword string) string { return `{"type": "string", ` + keyword + `}` }
	for _, c := range []struct {
		schema      string
		value       any
		known, sure bool
	}{
		{text(`"minLength": 2`), "张三", true, true},
		{text(`"minLength": 3`), "张三", true, false},
		{text(`"maxLength": 2`), "张三", true, true},
		{text(`"maxLength": 1`), "张三", true, false},
		{text(`"pattern": "^a$"`), "a", true, true},
		{text(`"pattern": "^a$"`), "b", true, false},
		{text(`"enum": ["a", "b"]`), "b", true, true},
		{text(`"enum": ["a", "b"]`), "c", true, false},
		{`{"type": "integer", "enum": [1]}`, json.Number("1"), false, false},
		{text(`"const": "a"`), "a", true, true},
		{text(`"const": "a"`), "b", true, false},
		{text(`"format": "date"`), "2026-02-28", true, true},
		{text(`"format": "date"`), "2026-02-29", true, false},
		{text(`"format": "date-time"`), "2026-02-28T10:00:00Z", true, true},
		{text(`"format": "date-time"`), "2026-02-28", true, false},
		{text(`"x-moment": true`), "2026-02-28", true, true},
		{text(`"x-moment": true`), "gestern", true, false},
		{text(`"format": "email"`), "a@b", false, false},
		{text(`"not": {"const": "a"}`), "b", false, false},
		{`{"type": ["string", "null"]}`, "a", false, false},
		{`{"const": "a"}`, "a", false, false},
		{`{"type": "integer", "minimum": 1, "maximum": 5}`, json.Number("5"), true, true},
		{`{"type": "integer", "minimum": 1, "maximum": 5}`, json.Number("6"), true, false},
		{`{"type": "integer", "minimum": 1, "maximum": 5}`, json.Number("0"), true, false},
		{`{"type": "integer"}`, json.Number("1.5"), true, false},
		{`{"type": "number", "minimum": 0.5}`, json.Number("1"), false, false},
		{`{"type": "number", "multipleOf": 2}`, json.Number("2"), false, false},
		{`{"type": "array", "items": {"type": "string"}, "uniqueItems": true}`, []any{"a", "b"}, true, true},
		{`{"type": "array", "items": {"type": "string"}, "uniqueItems": true}`, []any{"a", "a"}, true, false},
		{`{"type": "array", "uniqueItems": true}`, []any{true, true}, true, false},
		{`{"type": "array", "minItems": 1}`, []any{}, true, false},
		{`{"type": "array", "maxItems": 1}`, []any{"a", "b"}, true, false},
		{`{"type": "array", "contains": {"const": "a"}}`, []any{"a"}, false, false},
		{`{"type": "array", "minLength": 1}`, []any{}, false, false},
		{`{"type": "object", "required": ["a"]}`, map[string]any{"a": "x"}, true, true},
		{`{"type": "object", "required": ["a"]}`, map[string]any{}, true, false},
		{`{"type": "object", "minProperties": 1}`, map[string]any{}, true, false},
		{`{"type": "object", "additionalProperties": false}`, map[string]any{"a": "x"}, true, false},
		{`{"type": "object", "additionalProperties": {"type": "string"}}`, map[string]any{"a": "x"}, true, true},
		{`{"type": "object", "additionalProperties": {"type": "string"}}`, map[string]any{"a": true}, true, false},
		{`{"type": "object", "properties": {"a": {"$ref": "#"}}}`, map[string]any{"a": map[string]any{}}, false, false},
		{`{"type": "object", "propertyNames": {"maxLength": 1}}`, map[string]any{"a": "x"}, false, false},
		{`{"type": "object", "patternProperties": {"^a": {"type": "string"}}}`, map[string]any{"a": "x"}, false, false},
		{`{"type": "object", "unevaluatedProperties": false}`, map[string]any{}, false, false},
		{`{"type": "string"}`, nil, true, false},
	} {
		shape := shapeOf(t, c.schema)
		if known := shape.sure != nil; known != c.known {
			t.Errorf("%s is known: %v", c.schema, known)
		}
		if shape.sure != nil && shape.sure.holds(c.value) != c.sure {
			t.Errorf("%s is sure of %v: %v", c.schema, c.value, !c.sure)
		}
		if c.sure && shape.root.Validate(c.value) != nil {
			t.Errorf("%s refuses %v", c.schema, c.value)
		}
	}
}
