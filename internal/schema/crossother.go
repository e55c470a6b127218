package schema

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// span demands a list of {from, to} where a step opens or closes one.
func (c *crossCheck) span(pointer, path string) {
	if path == "" {
		return
	}
	if _, ok := c.kind.Field(path); !ok {
		c.fieldNamed(pointer, path)
		return
	}
	c.fieldNamed(pointer, path+".from")
	c.fieldNamed(pointer, path+".to")
}

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
	for i, s := range kind.Steps {
		l.roles(kind, "/steps/"+strconv.Itoa(i), s.Roles)
	}
	for i, op := range kind.Operations {
		l.roles(kind, "/operations/"+strconv.Itoa(i), op.Roles)
	}
	for i, look := range kind.Lookups {
		at := "/lookups/" + strconv.Itoa(i)
		if look.From != "" {
			l.reference(kind, kind, at+"/from", look.From)
		}
		other := l.other(kind, at+"/kind", look.Kind)
		if other == nil {
			continue
		}
		for j, name := range look.Take {
			l.name(kind, other, at+"/take/"+strconv.Itoa(j), name)
		}
		if look.Match != "" {
			l.name(kind, other, at+"/match", look.Match)
		}
		if look.Back != "" && l.name(kind, other, at+"/back", look.Back) {
			l.reference(kind, other, at+"/back", look.Back)
		}
	}
	for i, g := range kind.Gathers {
		l.gathers(kind, g, "/gathers/"+strconv.Itoa(i))
	}
	for i, op := range kind.Operations {
		if op.Opens == "" {
			continue
		}
		at := "/operations/" + strconv.Itoa(i)
		other := l.other(kind, at+"/opens", op.Opens)
		for _, set := range op.Set {
			if other != nil {
				l.name(kind, other, yamldoc.Pointer(at+"/set", set.Field), set.Field)
			}
		}
	}
}

// roles demands roles that the kind of persons knows: nobody could hold another, and
// what needs it could never be done.
func (l *loader) roles(kind *Kind, at string, roles []string) {
	person := l.registry.kinds[personKind]
	if person == nil {
		return
	}
	known, _ := person.Field("roles.role")
	for j, role := range roles {
		if len(known.Options) == 0 || slices.ContainsFunc(known.Options, func(o Option) bool { return o.Value == role }) {
			continue
		}
		names := make([]string, len(known.Options))
		for n, o := range known.Options {
			names[n] = o.Value
		}
		key := "schema.kind_role"
		near := Nearest(role, names)
		if near != "" {
			key = "schema.kind_role_near"
		}
		l.at(kind, at+"/roles/"+strconv.Itoa(j), "kind-unknown-role", key, locale.A("name", role), locale.A("near", near))
	}
}

// personKind is the system kind whose roles say who may do what.
const personKind = "person"

func (l *loader) other(kind *Kind, pointer, id string) *Kind {
	other := l.registry.kinds[id]
	if other == nil && !l.registry.Refused(id) {
		l.at(kind, pointer, "kind-unknown-kind", "schema.kind_other", locale.A("name", id))
	}
	return other
}

func (l *loader) name(kind, other *Kind, pointer, name string) bool {
	_, isField := other.Field(name)
	_, isDerived := other.DerivedName(name)
	_, isLimit := other.Limit(name)
	if !isField && !isDerived && !isLimit {
		l.at(kind, pointer, "kind-unknown-field", "schema.kind_other_field", locale.A("name", name), locale.T("kind", other.Title))
		return false
	}
	return true
}

// reference demands that a field names records: only those join two of them. One
// that is not there has been reported.
func (l *loader) reference(kind, of *Kind, pointer, path string) {
	if f, ok := of.Field(path); ok && f.Type != RefField {
		l.at(kind, pointer, "kind-no-reference", "schema.kind_no_reference", locale.A("name", path), locale.T("kind", of.Title))
	}
}

// at reports at a place of the kind's file.
func (l *loader) at(kind *Kind, pointer, rule, key string, args ...locale.Arg) {
	l.found = append(l.found, finding.Finding{
		Position: l.docs[kind.ID].Position(pointer), Rule: rule, Severity: finding.Error, Key: key, Args: args,
	})
}
