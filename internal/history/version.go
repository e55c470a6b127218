package history

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
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

// section is one entry of a record's top-level mapping with its units, sorted by
// [comparePointers], so that an item is followed by the units inside it. Null,
// {} and [] count as not there. Versions share the sections that are alike.
type section struct {
	pointer string
	part    *yamldoc.Part
	units   []unit
}

// version is what one blob says, its sections sorted by [comparePointers].
type version []section

// section finds the one that holds a pointer.
func (v version) section(pointer string) section {
	top := pointer
	if n := strings.IndexByte(pointer[1:], '/'); n >= 0 {
		top = pointer[:1+n]
	}
	i, ok := slices.BinarySearchFunc(v, top, func(s section, p string) int { return comparePointers(s.pointer, p) })
	if !ok {
		return section{}
	}
	return v[i]
}

// parts are what the version was read from, by key.
func (v version) parts() []*yamldoc.Part {
	list := make([]*yamldoc.Part, len(v))
	for i, s := range v {
		list[i] = s.part
	}
	slices.SortFunc(list, func(a, b *yamldoc.Part) int { return cmp.Compare(a.Key, b.Key) })
	return list
}

// text is a text at a top-level pointer, "" where there is none.
func (v version) text(pointer string) string {
	units := v.section(pointer).units
	if len(units) != 1 || units[0].pointer != pointer {
		return ""
	}
	s, _ := units[0].value.(string)
	return s
}

// inner is a text inside a top-level mapping, "" where there is none.
func (v version) inner(pointer string) string {
	for _, u := range v.section(pointer).units {
		if u.pointer == pointer {
			s, _ := u.value.(string)
			return s
		}
	}
	return ""
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
