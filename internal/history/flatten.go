package history

import (
	"slices"
	"strings"

	"kept/internal/yamldoc"
)

// flattener turns mappings into versions. It shares the pointers that many
// records have.
type flattener struct {
	shared map[field]string
	units  []unit
}

// field is a key below a pointer.
type field struct{ pointer, key string }

func newFlattener() *flattener { return &flattener{shared: map[field]string{}} }

// flatten lists the units of a record. Sections of earlier are taken over where
// their part was.
func (f *flattener) flatten(parts []*yamldoc.Part, earlier version) version {
	v := make(version, 0, len(parts))
	for _, p := range parts {
		pointer := f.below("", p.Key, true)
		if s := earlier.section(pointer); s.part == p {
			v = append(v, s)
			continue
		}
		v = append(v, section{pointer, p, f.section(pointer, p.Value)})
	}
	slices.SortFunc(v, func(a, b section) int { return comparePointers(a.pointer, b.pointer) })
	return v
}

// section lists the units of one value.
func (f *flattener) section(pointer string, value any) []unit {
	f.units = f.units[:0]
	f.value(pointer, value, true)
	slices.SortFunc(f.units, func(a, b unit) int { return comparePointers(a.pointer, b.pointer) })
	return slices.Clone(f.units)
}

// fields adds what a mapping holds. common is true outside of lists, where
// pointers are made of field names alone.
func (f *flattener) fields(pointer string, m mapping, common bool) {
	for key, value := range m {
		f.value(f.below(pointer, key, common), value, common)
	}
}

func (f *flattener) below(pointer, key string, common bool) string {
	if !common {
		return yamldoc.Pointer(pointer, key)
	}
	if known, ok := f.shared[field{pointer, key}]; ok {
		return known
	}
	p := yamldoc.Pointer(pointer, key)
	if len(f.shared) < 10_000 {
		f.shared[field{pointer, strings.Clone(key)}] = p
	}
	return p
}

func (f *flattener) value(pointer string, value any, common bool) {
	switch v := value.(type) {
	case nil:
	case mapping:
		f.fields(pointer, v, common)
	case []any:
		f.list(pointer, v)
	default:
		f.units = append(f.units, unit{pointer, v, notItem})
	}
}

func (f *flattener) list(pointer string, list []any) {
	if len(list) == 0 {
		return
	}
	for _, item := range list {
		if _, ok := item.(mapping); !ok {
			f.units = append(f.units, unit{pointer, list, notItem})
			return
		}
	}
	taken := make(map[string]int, len(list))
	for i, item := range list {
		m, _ := item.(mapping)
		name := unused(nameOf(m, i), taken)
		p := yamldoc.Pointer(pointer, name)
		f.units = append(f.units, unit{p, item, i})
		f.fields(p, m, false)
	}
}
