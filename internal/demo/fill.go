package demo

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// mapping is a plain YAML mapping: scenario data, or a record being written.
type mapping = map[string]any

// scope is what placeholders in a scenario can name: the variables of a life,
// the lists of the scenario, and the moment and actor of the present step.
type scope struct {
	stage *stage
	dice  *dice
	decks map[string]*deck[any] // by list, see {deal LIST}
	vars  mapping
	now   time.Time
	count func(width int) string // the life's number, see {seq 4}
	err   error                  // the first placeholder that could not be filled
}

// maxNesting bounds placeholders whose text holds placeholders.
const maxNesting = 6

// fill gives a copy of a template with its placeholders filled. A text that is
// one placeholder takes the value as it is, also a list or a mapping. Keys whose
// value comes out empty are left out. Mappings are walked in the order of their
// keys, so that chance falls alike each time.
//
// A mapping with the key $each becomes a list: one copy of its other keys for
// each item of the list it names, as {it}, numbered {n}; $where keeps those for
// which its first word equals one of the others.
func (s *scope) fill(template any) any {
	return s.fillAt(template, 0)
}

func (s *scope) fillAt(template any, depth int) any {
	if depth > maxNesting {
		s.fail("placeholders are nested too deeply")
		return nil
	}
	switch v := template.(type) {
	case string:
		return s.fillText(v, depth)
	case []any:
		return s.fillList(v, depth)
	case mapping:
		if each, ok := v["$each"].(string); ok {
			return s.fillEach(each, v, depth)
		}
		return s.fillMapping(v, depth)
	}
	return template
}

// fillList fills the items; those with $each bring their copies.
func (s *scope) fillList(v []any, depth int) []any {
	list := make([]any, 0, len(v))
	for _, item := range v {
		filled := s.fillAt(item, depth)
		if m, ok := item.(mapping); ok && m["$each"] != nil {
			copies, _ := filled.([]any)
			list = append(list, copies...)
		} else if !empty(filled) {
			list = append(list, filled)
		}
	}
	return list
}

func (s *scope) fillMapping(v mapping, depth int) mapping {
	out := make(mapping, len(v))
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if strings.HasPrefix(key, "$") {
			continue
		}
		if filled := s.fillAt(v[key], depth); !empty(filled) {
			out[key] = filled
		}
	}
	return out
}

func (s *scope) fillEach(list string, v mapping, depth int) []any {
	var out []any
	items, _ := s.value(list, depth).([]any)
	where, _ := v["$where"].(string)
	before, number := s.vars["it"], s.vars["n"]
	for i, item := range items {
		s.vars["it"], s.vars["n"] = item, fmt.Sprint(i+1)
		if s.keeps(where) {
			out = append(out, s.fillMapping(v, depth))
		}
	}
	s.vars["it"], s.vars["n"] = before, number
	return out
}

// keeps tells whether the first word of a filled condition equals one of the
// others; without a condition it does.
func (s *scope) keeps(where string) bool {
	words := strings.Fields(s.text(where))
	return len(words) == 0 || slices.Contains(words[1:], words[0])
}

// text fills a template that must come out as text.
func (s *scope) text(template string) string {
	out := s.fillText(template, 0)
	if out == nil {
		return ""
	}
	return fmt.Sprint(out)
}

func (s *scope) fillText(text string, depth int) any {
	before, rest, found := strings.Cut(text, "{")
	if !found {
		return text
	}
	if expr, after, _ := strings.Cut(rest, "}"); before == "" && after == "" {
		return s.fillAt(s.value(expr, depth), depth+1)
	}
	var out strings.Builder
	for found {
		out.WriteString(before)
		expr, after, closed := strings.Cut(rest, "}")
		if !closed {
			s.fail("placeholder in %q has no end", text)
			return nil
		}
		if value := s.fillAt(s.value(expr, depth), depth+1); value != nil {
			fmt.Fprint(&out, value)
		}
		before, rest, found = strings.Cut(after, "{")
	}
	return out.String() + before
}

// fail keeps the first defect of the scenario.
func (s *scope) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
}

// empty tells whether a filled value says nothing.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case mapping:
		return len(v) == 0
	}
	return false
}
