package intake

import (
	"maps"
	"slices"
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
		at := slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == part })
		if at < 0 {
			d.unknown(s, parts[:i], part, fields)
			return schema.Field{}, false
		}
		f = fields[at]
		if f.List && i+1 < len(parts) {
			d.refuse(s, "intake.list_path", locale.A("key", strings.Join(parts[:i+1], ".")))
			return schema.Field{}, false
		}
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

// store sets the value at the option's path, in copies of what was there.
func (d *draft) store(s Set, value any) {
	parts := strings.Split(s.Path, ".")
	fields := d.fields
	for _, part := range parts[:len(parts)-1] {
		inner, _ := fields[part].(map[string]any)
		inner = maps.Clone(inner)
		if inner == nil {
			inner = map[string]any{}
		}
		fields[part] = inner
		fields = inner
	}
	last := parts[len(parts)-1]
	if s.Append {
		list, _ := fields[last].([]any)
		value = append(list[:len(list):len(list)], value)
	}
	fields[last] = value
	if !slices.Contains(d.set, parts[0]) {
		d.set = append(d.set, parts[0])
	}
}

// fill sets a top-level field that the kind has and nobody has given yet.
func (d *draft) fill(key string, value any) {
	if _, ok := d.kind.Field(key); ok && d.fields[key] == nil && value != nil && value != "" {
		d.fields[key] = value
	}
}

// keyOrder is the order in which a kind's keys are written, as dotted paths.
func keyOrder(fields []schema.Field) []string {
	var order []string
	for _, f := range fields {
		order = append(order, f.Name)
		for _, inner := range keyOrder(f.Fields) {
			order = append(order, f.Name+"."+inner)
		}
	}
	return order
}
