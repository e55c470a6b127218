package schema

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
)

// fields demands that each path names a field.
func (c *crossCheck) fields(pointer string, paths []string) {
	for i, path := range paths {
		c.fieldNamed(pointer+"/"+strconv.Itoa(i), path)
	}
}

func (c *crossCheck) fieldNamed(pointer, path string) {
	if _, ok := c.kind.Field(path); !ok {
		c.unknown(pointer, path, false)
	}
}

// named demands a field or a derived name, or also a limit.
func (c *crossCheck) named(pointer, name string, limits bool) {
	_, isField := c.kind.Field(name)
	_, isDerived := c.kind.DerivedName(name)
	_, isLimit := c.kind.Limit(name)
	if !isField && !isDerived && !(limits && isLimit) {
		c.unknown(pointer, name, limits)
	}
}

// facets demands names that the rows of a register can be chosen by.
func (c *crossCheck) facets() {
	for i, name := range c.kind.Facets {
		at := "/register/facets/" + strconv.Itoa(i)
		switch own := strings.TrimSuffix(name, MetSuffix); {
		case c.kind.canFacet(name):
		case slices.Contains(c.names(true), own):
			c.report(at, "kind-facet", "schema.kind_facet", locale.A("name", name))
		default:
			c.named(at, own, true)
		}
	}
}

func (c *crossCheck) unknown(pointer, name string, limits bool) {
	if near := Nearest(name, c.names(limits)); near != "" {
		c.report(pointer, "kind-unknown-field", "schema.kind_field_near", locale.A("name", name), locale.A("near", near))
		return
	}
	c.report(pointer, "kind-unknown-field", "schema.kind_field", locale.A("name", name))
}

func (c *crossCheck) names(limits bool) []string {
	var names []string
	for _, f := range c.kind.Fields {
		names = append(names, f.Name)
	}
	for _, d := range c.kind.Derived {
		names = append(names, d.Name)
	}
	for _, l := range c.kind.Limits {
		if !limits {
			break
		}
		names = append(names, l.Name)
	}
	return names
}

// newName demands that a derived name or limit is no field and stands once.
func (c *crossCheck) newName(pointer, name string, twice bool) {
	if _, isField := c.kind.Field(name); isField || twice {
		c.report(pointer, "kind-duplicate", "schema.kind_twice", locale.A("name", name))
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
