package intake

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// draft is the fields of a record while options are put in.
type draft struct {
	kind   *schema.Kind
	zone   *time.Location
	fields map[string]any
	set    []string // top-level keys that options changed, in their order
	found  finding.List
}

func newDraft(kind *schema.Kind, zone *time.Location, fields map[string]any) *draft {
	return &draft{kind: kind, zone: zone, fields: maps.Clone(fields)}
}

// refusal is a finding about an option or about a file as a whole.
func refusal(where, rule, key string, args ...locale.Arg) finding.Finding {
	return finding.Finding{Position: finding.Position{Path: where}, Rule: rule, Severity: finding.Error, Key: key, Args: args}
}

func (d *draft) refuse(s Set, key string, args ...locale.Arg) {
	d.found = append(d.found, refusal("--set "+s.Path, "intake-set", key, args...))
}

// apply puts in every option. Keys that kept itself fills are refused.
func (d *draft) apply(sets []Set, reserved ...string) {
	for _, s := range sets {
		if head, _, _ := strings.Cut(s.Path, "."); slices.Contains(reserved, head) {
			d.refuse(s, "intake.reserved")
			continue
		}
		if f, ok := d.field(s); ok {
			d.put(s, f)
		}
	}
}

// field finds what an option names; the name must be known at each level.
func (d *draft) field(s Set) (schema.Field, bool) {
	fields := d.kind.Fields
	var f schema.Field
	parts := strings.Split(s.Path, ".")
	for i, part := range parts {
		if f.List && i > 0 && !isIndex(parts[i-1]) {
			if !isIndex(part) {
				d.refuse(s, "intake.list_path", locale.A("key", strings.Join(parts[:i], ".")))
				return schema.Field{}, false
			}
			if i == len(parts)-1 {
				f.List = false
			}
			continue
		}
		at := slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == part })
		if at < 0 {
			d.unknown(s, parts[:i], part, fields)
			return schema.Field{}, false
		}
		f = fields[at]
		fields = f.Fields
	}
	return f, true
}

func (d *draft) unknown(s Set, before []string, part string, fields []schema.Field) {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	near := schema.Nearest(part, names)
	if near == "" {
		d.refuse(s, "intake.unknown", locale.T("kind", d.kind.Title))
		return
	}
	title := fields[slices.Index(names, near)].Title
	d.refuse(s, "intake.unknown_near", locale.A("near", strings.Join(append(slices.Clone(before), near), ".")), locale.T("field", title))
}

// put works an option's value out and sets it.
func (d *draft) put(s Set, f schema.Field) {
	var value any
	switch {
	case looksJSON(s, f):
		d.refuse(s, "intake.json_text", locale.T("field", f.Title), locale.A("example", asJSON(s)), locale.A("item", s.Path+"+=…"))
		return
	case s.JSON:
		v, err := readJSON(s.Value)
		if err != nil {
			d.refuse(s, "intake.json")
			return
		}
		value = v
	case s.Append && f.List && f.Type != schema.ObjectField:
		value = typed(f, s.Value, d.zone)
	case f.Type == schema.ObjectField:
		d.refuse(s, "intake.object", locale.T("field", f.Title))
		return
	case f.List:
		value = items(f, s.Value, d.zone)
	default:
		value = typed(f, s.Value, d.zone)
	}
	if s.Append && !f.List {
		d.refuse(s, "intake.not_list", locale.T("field", f.Title))
		return
	}
	d.store(s, value)
}

// looksJSON tells a value that was written as JSON for a list or an object but
// not marked so: it would be taken for one text. An item of a list of texts may
// begin with a bracket.
func looksJSON(s Set, f schema.Field) bool {
	if s.JSON || !f.List && f.Type != schema.ObjectField || s.Append && f.Type == schema.TextField {
		return false
	}
	value := strings.TrimSpace(s.Value)
	return strings.HasPrefix(value, "[") || strings.HasPrefix(value, "{")
}

// asJSON is how the option is written to be read as JSON.
func asJSON(s Set) string {
	sign := ":="
	if s.Append {
		sign = "+:="
	}
	return "--set '" + s.Path + sign + strings.TrimSpace(s.Value) + "'"
}

// maxIndex bounds the place in a list that an option may name.
const maxIndex = 1000

// isIndex tells whether a part of a path counts items, from 0.
func isIndex(part string) bool {
	n, err := strconv.Atoi(part)
	return err == nil && n >= 0 && n < maxIndex && strconv.Itoa(n) == part
}

// store sets the value at the option's path, in copies of what was there. An
// item may be changed, or the next one added.
func (d *draft) store(s Set, value any) {
	parts := strings.Split(s.Path, ".")
	root, ok := place(d.fields, parts, value, s.Append)
	if !ok {
		d.refuse(s, "intake.gap")
		return
	}
	d.fields = root.(map[string]any)
	d.touch(parts[0])
}

// touch notes that a top-level key was changed.
func (d *draft) touch(key string) {
	if !slices.Contains(d.set, key) {
		d.set = append(d.set, key)
	}
}

// place is a copy of what stands at a path with value put in. It is false where
// a list has no such item yet.
func place(in any, parts []string, value any, add bool) (any, bool) {
	if len(parts) == 0 {
		if list, _ := in.([]any); add {
			return append(list[:len(list):len(list)], value), true
		}
		return value, true
	}
	if isIndex(parts[0]) {
		list, _ := in.([]any)
		n, _ := strconv.Atoi(parts[0])
		if n > len(list) {
			return nil, false
		}
		list = slices.Clone(list)
		if n == len(list) {
			list = append(list, nil)
		}
		item, ok := place(list[n], parts[1:], value, add)
		list[n] = item
		return list, ok
	}
	inner, _ := in.(map[string]any)
	if inner = maps.Clone(inner); inner == nil {
		inner = map[string]any{}
	}
	below, ok := place(inner[parts[0]], parts[1:], value, add)
	inner[parts[0]] = below
	return inner, ok
}

// fill sets a top-level field that the kind has and nobody has given yet.
func (d *draft) fill(key string, value any) {
	if _, ok := d.kind.Field(key); ok && d.fields[key] == nil && value != nil && value != "" {
		d.fields[key] = value
	}
}

// KeyOrder is the order in which a kind's keys are written, as dotted paths.
func KeyOrder(fields []schema.Field) []string {
	var order []string
	for _, f := range fields {
		order = append(order, f.Name)
		for _, inner := range KeyOrder(f.Fields) {
			order = append(order, f.Name+"."+inner)
		}
	}
	return order
}
