package schema

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
)

// optional demands a field where a key is given.
func (c *crossCheck) optional(pointer, path string) {
	if path != "" {
		c.fieldNamed(pointer, path)
	}
}

// operations compares what an operation names with the fields of this kind; the
// other kind of one that opens a record is looked at when the record is made.
func (c *crossCheck) operations() {
	for i, op := range c.kind.Operations {
		at := "/operations/" + strconv.Itoa(i)
		for j, s := range op.States {
			c.state(at+"/states/"+strconv.Itoa(j), s)
		}
		if _, isState := c.kind.State(op.ID); isState || slices.ContainsFunc(c.kind.Operations[:i], func(e Operation) bool { return e.ID == op.ID }) {
			c.report(at+"/id", "kind-duplicate", "schema.kind_twice", locale.A("name", op.ID))
		}
		c.optional(at+"/moves", op.Moves)
		for _, set := range op.Set {
			if name, ok := strings.CutPrefix(set.Value, "$"); ok && !slices.Contains([]string{"actor", "now", "today"}, name) {
				c.named(at+"/set/"+set.Field, name, true)
			}
			if op.Add != "" {
				c.fieldNamed(at+"/set/"+set.Field, op.Add+"."+set.Field)
			}
		}
		c.optional(at+"/add", op.Add)
	}
}

// lookups demands new names and, on this side, fields that are there; the other
// side is looked at when every kind is read.
func (c *crossCheck) lookups() {
	for i, l := range c.kind.Lookups {
		at := "/lookups/" + strconv.Itoa(i)
		_, isDerived := c.kind.DerivedName(l.Name)
		_, isLimit := c.kind.Limit(l.Name)
		c.newName(at+"/name", l.Name, isDerived || isLimit || slices.ContainsFunc(c.kind.Lookups[:i], func(e Lookup) bool { return e.Name == l.Name }))
		c.optional(at+"/from", l.From)
		c.optional(at+"/match", l.Match)
	}
	if c.kind.Retention.From != "" {
		c.named("/retention/from", c.kind.Retention.From, false)
	}
}

// others compares lookups and operations with the kinds that they name. One that
// was refused has been reported.
func (l *loader) others(kind *Kind) {
	for _, look := range kind.Lookups {
		other := l.other(kind, look.Kind)
		if other == nil {
			continue
		}
		names := look.Take
		if look.Back != "" || look.Match != "" {
			names = append(slices.Clone(names), cmp.Or(look.Back, look.Match))
		}
		l.names(kind, other, names)
	}
	for _, op := range kind.Operations {
		if op.Opens == "" {
			continue
		}
		other := l.other(kind, op.Opens)
		for _, set := range op.Set {
			if other != nil {
				l.names(kind, other, []string{set.Field})
			}
		}
	}
}

func (l *loader) other(kind *Kind, id string) *Kind {
	other := l.registry.kinds[id]
	if other == nil && !l.registry.Refused(id) {
		l.report(kind.ID+kindSuffix, "kind-unknown-kind", "schema.kind_other", locale.A("name", id))
	}
	return other
}

func (l *loader) names(kind, other *Kind, names []string) {
	for _, name := range names {
		_, isField := other.Field(name)
		_, isDerived := other.DerivedName(name)
		_, isLimit := other.Limit(name)
		if !isField && !isDerived && !isLimit {
			l.report(kind.ID+kindSuffix, "kind-unknown-field", "schema.kind_other_field", locale.A("name", name), locale.T("kind", other.Title))
		}
	}
}
