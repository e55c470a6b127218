package schema

import (
	"bytes"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"kept/internal/yamldoc"
)

// validator is a compiled JSON Schema: the only place that calls the library.
type validator struct {
	root *jsonschema.Schema
	sure *sure // nil where only the library can tell
}

// compile reads a schema; references to files and networks are refused.
func compile(name string, data []byte) (validator, error) {
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	c.LoadURL = func(string) (io.ReadCloser, error) { return nil, errNoReference }
	c.Formats["date"], c.Formats["date-time"], c.Formats["regex"] = isDate, isInstant, isRegex
	c.RegisterExtension("moment", nil, momentKeyword{})
	address := "kept:///" + url.PathEscape(name)
	if err := c.AddResource(address, bytes.NewReader(data)); err != nil {
		return validator{}, err
	}
	root, err := c.Compile(address)
	if err != nil {
		return validator{}, err
	}
	return validator{root: root, sure: sureOf(root)}, nil
}

// breach is one thing wrong with a value.
type breach struct {
	pointer string // JSON pointer of the value
	keyword string
	schema  *jsonschema.Schema // that holds the keyword
	words   string             // the library's own
}

// breaches lists what is wrong in a fixed order, for each value the gravest
// only; missing and unknown keys count beside it.
func (v validator) breaches(value any) []breach {
	if v.root == nil || v.sure != nil && v.sure.holds(value) {
		return nil
	}
	err := v.root.Validate(value)
	if err == nil {
		return nil
	}
	tree, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return []breach{{keyword: "other", schema: v.root}}
	}
	var all []breach
	v.gather(tree, &all)
	slices.SortStableFunc(all, func(a, b breach) int {
		if c := strings.Compare(a.pointer, b.pointer); c != 0 {
			return c
		}
		return rank(a.keyword) - rank(b.keyword)
	})
	all = slices.CompactFunc(all, func(a, b breach) bool { return a.pointer == b.pointer && rank(b.keyword) > rank("") })
	return all[:min(len(all), yamldoc.MaxFindings)]
}

func (v validator) gather(e *jsonschema.ValidationError, all *[]breach) {
	for _, cause := range e.Causes {
		v.gather(cause, all)
	}
	if len(e.Causes) > 0 {
		return
	}
	schema, keyword := v.at(e.KeywordLocation)
	pointer, err := url.PathUnescape(e.InstanceLocation)
	if err != nil {
		pointer = e.InstanceLocation
	}
	*all = append(*all, breach{pointer: pointer, keyword: keyword, schema: schema, words: e.Message})
}

// rank puts the keyword that says most first. The keywords of objects have the
// rank of none: several of them may be told of one value.
func rank(keyword string) int {
	return 1 + slices.Index([]string{
		"type", "const", "enum", "minLength", "x-moment", "format", "pattern", "maxLength",
		"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf",
		"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
	}, keyword)
}

// at walks a keyword location through the compiled schema.
func (v validator) at(location string) (*jsonschema.Schema, string) {
	s := v.root
	tokens := strings.Split(strings.TrimPrefix(location, "/"), "/")
	keyword := tokens[len(tokens)-1]
	for i := 0; i < len(tokens)-1 && s != nil; i++ {
		switch tokens[i] {
		case "properties":
			i++
			name, _ := url.PathUnescape(tokens[i])
			s = s.Properties[strings.ReplaceAll(strings.ReplaceAll(name, "~1", "/"), "~0", "~")]
		case "items":
			s = s.Items2020
		case "additionalProperties":
			s, _ = s.AdditionalProperties.(*jsonschema.Schema)
		case "propertyNames":
			s = s.PropertyNames
		case "$ref":
			s = s.Ref
		}
	}
	if s == nil {
		return v.root, "other"
	}
	return s, keyword
}

// lookup finds the value at a pointer.
func lookup(value any, pointer string) any {
	if pointer == "" {
		return value
	}
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		switch v := value.(type) {
		case map[string]any:
			value = v[token]
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}
