package history

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"kept/internal/yamldoc"
)

// mapping is a plain mapping as yamldoc reads it.
type mapping = map[string]any

// unit is one value of a version that can change by itself: a text, a number, a
// flag, a list that is no list of mappings; or an item of a list of mappings,
// beside the units inside it.
type unit struct {
	pointer string
	value   any
	item    int // place of an item in its list; notItem for all else
}

const notItem = -1

func (u unit) isItem() bool { return u.item != notItem }

// version is what one blob says, sorted by [comparePointers], so that an item is
// followed by the units inside it. Null, {} and [] count as not there.
type version []unit

// get finds a unit by its pointer.
func (v version) get(pointer string) (unit, bool) {
	i, ok := slices.BinarySearchFunc(v, pointer, func(u unit, p string) int { return comparePointers(u.pointer, p) })
	if !ok {
		return unit{}, false
	}
	return v[i], true
}

// text is a text at a pointer, "" where there is none.
func (v version) text(pointer string) string {
	u, _ := v.get(pointer)
	s, _ := u.value.(string)
	return s
}

// comparePointers orders by bytes, except that a slash comes before all else.
func comparePointers(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			switch {
			case a[i] == '/':
				return -1
			case b[i] == '/':
				return 1
			}
			return cmp.Compare(a[i], b[i])
		}
	}
	return cmp.Compare(len(a), len(b))
}

// inside tells whether a pointer lies below another.
func inside(pointer, above string) bool {
	return len(pointer) > len(above) && pointer[len(above)] == '/' && strings.HasPrefix(pointer, above)
}

// flattener turns mappings into versions. It shares the pointers that many
// records have.
type flattener struct {
	shared map[string]string
	units  version
}

func newFlattener() *flattener { return &flattener{shared: map[string]string{}} }

// flatten lists the units of a record.
func (f *flattener) flatten(o yamldoc.Object) version {
	f.units = nil
	f.fields("", o.Fields(), true)
	slices.SortFunc(f.units, func(a, b unit) int { return comparePointers(a.pointer, b.pointer) })
	return f.units
}

// fields adds what a mapping holds. common is true outside of lists, where
// pointers are made of field names alone.
func (f *flattener) fields(pointer string, m mapping, common bool) {
	for key, value := range m {
		f.value(f.below(pointer, key, common), value, common)
	}
}

func (f *flattener) below(pointer, key string, common bool) string {
	p := yamldoc.Pointer(pointer, key)
	if !common {
		return p
	}
	if known, ok := f.shared[p]; ok {
		return known
	}
	if len(f.shared) < 10_000 {
		f.shared[p] = p
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
	taken := make(map[string]bool, len(list))
	for i, item := range list {
		m, _ := item.(mapping)
		name := unused(nameOf(m, i), taken)
		p := yamldoc.Pointer(pointer, name)
		f.units = append(f.units, unit{p, item, i})
		f.fields(p, m, false)
	}
}

// nameOf is what keeps an item apart from its neighbours.
func nameOf(item mapping, index int) string {
	for _, key := range []string{"id", "invite_id"} {
		if id, ok := item[key].(string); ok && id != "" {
			return id
		}
	}
	to, hasTo := item["to"].(string)
	at, hasAt := item["at"].(string)
	if hasTo && hasAt {
		return to + "@" + at
	}
	return strconv.Itoa(index)
}

// unused counts the occurrences of a name.
func unused(name string, taken map[string]bool) string {
	free := name
	for n := 2; taken[free]; n++ {
		free = name + "#" + strconv.Itoa(n)
	}
	taken[free] = true
	return free
}

// same compares plain values.
func same(a, b any) bool {
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return ok && x == y
	case json.Number:
		y, ok := b.(json.Number)
		return ok && x == y
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	}
	return reflect.DeepEqual(a, b)
}
