package schema

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// crossCheck looks whether a kind file and its schema fit together: what one
// names must be in the other. Expressions are compiled by package check.
type crossCheck struct {
	kind   *Kind
	doc    *yamldoc.Document
	schema *tree
	file   string // stem of the two files
	found  finding.List
}

func (c *crossCheck) report(pointer, rule, key string, args ...locale.Arg) {
	c.found = append(c.found, finding.Finding{
		Position: c.doc.Position(pointer), Rule: rule, Severity: finding.Error, Key: key, Args: args,
	})
}

func (c *crossCheck) run() finding.List {
	c.identity()
	c.envelope()
	c.states()
	c.steps()
	c.derived()
	c.limits()
	c.operations()
	c.lookups()
	c.letters()
	c.answers()
	c.lists()
	return c.found
}

// identity compares file name, kind, version and id pattern.
func (c *crossCheck) identity() {
	k := c.kind
	if k.ID != c.file {
		c.report("/kind", "kind-mismatch", "schema.kind_name", locale.A("name", c.file))
	}
	format := k.ID + "/v" + strconv.Itoa(k.Version)
	if c.property("schema").Text("const") != format {
		c.report("/version", "kind-mismatch", "schema.kind_format", locale.A("format", format))
	}
	if t := k.IDs.Template; t != "" && !k.IDs.Pattern.MatchString(k.IDs.ID(2026, 1)) {
		c.report("/id/template", "kind-pattern", "schema.kind_template")
	}
	if p := c.property("id").Text("pattern"); p != "" && p != k.IDs.Pattern.String() {
		c.report("/id/pattern", "kind-mismatch", "schema.kind_id_pattern")
	}
}

func (c *crossCheck) property(name string) yamldoc.Object {
	return c.schema.kid("properties").kid(name).object()
}

// envelope demands the fields that every record has, and those of the log.
func (c *crossCheck) envelope() {
	names := []string{"schema", "id", "title", "status"}
	if c.kind.Envelope == Governed {
		names = append(names, "transitions", "origin", "registered_by", "owner")
	}
	for _, name := range names {
		if f, ok := c.kind.Field(name); !ok || !f.Required {
			c.report("/envelope", "kind-envelope", "schema.kind_envelope", locale.A("name", name))
		}
	}
}

// states compares the states with the values of status and looks whether each
// can be reached.
func (c *crossCheck) states() {
	status, _ := c.kind.Field("status")
	ids := map[string]bool{}
	for i, s := range c.kind.States {
		at := "/states/" + strconv.Itoa(i) + "/id"
		if ids[s.ID] {
			c.report(at, "kind-duplicate", "schema.kind_twice", locale.A("name", s.ID))
		}
		ids[s.ID] = true
		if !slices.ContainsFunc(status.Options, func(o Option) bool { return o.Value == s.ID }) {
			c.report(at, "kind-mismatch", "schema.kind_status", locale.A("name", s.ID))
		}
	}
	for _, o := range status.Options {
		if !ids[o.Value] {
			c.report("/states", "kind-unknown-state", "schema.kind_state", locale.A("name", o.Value))
		}
	}
	if to, ok := c.kind.Field("transitions.to"); ok && len(to.Options) > 0 {
		c.logged(to, status, ids)
	}
	c.state("/initial", c.kind.Initial)
	c.reachable()
}

// logged compares the states with what a step of the log may lead to: a state that
// the schema refuses there can never be entered.
func (c *crossCheck) logged(to, status Field, ids map[string]bool) {
	for i, s := range c.kind.States {
		if !slices.ContainsFunc(to.Options, func(o Option) bool { return o.Value == s.ID }) {
			c.report("/states/"+strconv.Itoa(i)+"/id", "kind-mismatch", "schema.kind_logged", locale.A("name", s.ID))
		}
	}
	for _, o := range to.Options {
		if !ids[o.Value] && !slices.ContainsFunc(status.Options, func(other Option) bool { return other.Value == o.Value }) { // else it is reported once
			c.report("/states", "kind-mismatch", "schema.kind_logged_extra", locale.A("name", o.Value))
		}
	}
}

func (c *crossCheck) state(pointer, id string) {
	if _, ok := c.kind.State(id); !ok {
		c.report(pointer, "kind-unknown-state", "schema.kind_state", locale.A("name", id))
	}
}

func (c *crossCheck) reachable() {
	if len(c.kind.Steps) == 0 {
		return
	}
	reached := map[string]bool{c.kind.Initial: true}
	for queue := []string{c.kind.Initial}; len(queue) > 0; queue = queue[1:] {
		for _, s := range c.kind.StepsFrom(queue[0]) {
			if !reached[s.To] {
				reached[s.To] = true
				queue = append(queue, s.To)
			}
		}
	}
	for i, s := range c.kind.States {
		if !reached[s.ID] {
			c.report("/states/"+strconv.Itoa(i)+"/id", "kind-unreachable", "schema.kind_unreachable", locale.A("name", s.ID))
		}
	}
}

func (c *crossCheck) steps() {
	for i, s := range c.kind.Steps {
		at := "/steps/" + strconv.Itoa(i)
		for j, from := range s.From {
			c.state(at+"/from/"+strconv.Itoa(j), from)
		}
		c.state(at+"/to", s.To)
		c.fields(at+"/requires", s.Requires)
		if (s.Guard == "") != s.GuardText.IsZero() {
			c.report(at, "kind-guard", "schema.kind_guard")
		}
		c.span(at+"/opens", s.Opens)
		c.span(at+"/closes", s.Closes)
	}
}

func (c *crossCheck) derived() {
	for i, d := range c.kind.Derived {
		at := "/derived/" + strconv.Itoa(i)
		c.state(at+"/state", d.State)
		c.newName(at+"/name", d.Name, slices.ContainsFunc(c.kind.Derived[:i], func(e Derived) bool { return e.Name == d.Name }))
	}
}

func (c *crossCheck) limits() {
	for i, l := range c.kind.Limits {
		at := "/limits/" + strconv.Itoa(i)
		_, isDerived := c.kind.DerivedName(l.Name)
		c.newName(at+"/name", l.Name, isDerived || slices.ContainsFunc(c.kind.Limits[:i], func(e TimeLimit) bool { return e.Name == l.Name }))
		c.named(at+"/start", l.Start, false)
		c.named(at+"/done", l.Done, false)
		c.fields(at+"/by", l.By)
		c.optional(at+"/pauses", l.Pauses)
		c.optional(at+"/extend", l.Extend)
		c.optional(at+"/typed", l.Typed)
		c.amounts(at+"/amounts", l)
	}
}

// amounts demands that every value of the choosing fields has an amount, and
// every amount a value.
func (c *crossCheck) amounts(at string, l TimeLimit) {
	values := map[string]bool{}
	for _, by := range l.By {
		f, _ := c.kind.Field(by)
		for _, o := range f.Options {
			values[o.Value] = true
		}
	}
	_, rest := l.Limits[""]
	for _, value := range sortedKeys(values) {
		if _, ok := l.Limits[value]; !ok && !rest {
			c.report(at, "kind-amount", "schema.kind_amount", locale.A("name", value))
		}
	}
	for _, value := range sortedKeys(l.Limits) {
		if value != "" && !values[value] {
			c.report(yamldoc.Pointer(at, value), "kind-amount", "schema.kind_amount_unknown", locale.A("name", value))
		}
	}
}

// lists checks the plain lists of names.
func (c *crossCheck) lists() {
	k := c.kind
	if k.Date != "" {
		c.named("/date", k.Date, false)
	} else if k.Dated {
		c.report("/dated", "kind-unknown-field", "schema.kind_date")
	}
	c.named("/label", k.Label, false)
	for i, name := range k.Order {
		c.named("/order/"+strconv.Itoa(i), name, false)
	}
	for i, r := range k.Rules {
		at := "/rules/" + strconv.Itoa(i)
		c.named(at+"/at", r.At, true)
		if slices.ContainsFunc(k.Rules[:i], func(e Rule) bool { return e.ID == r.ID }) {
			c.report(at+"/id", "kind-duplicate", "schema.kind_twice", locale.A("name", r.ID))
		}
	}
	for i, col := range k.Columns {
		if !strings.HasPrefix(col.Name, KPIPrefix) {
			c.named("/register/columns/"+strconv.Itoa(i)+"/name", strings.TrimSuffix(col.Name, MetSuffix), true)
		}
	}
	c.facets()
	for i, b := range k.Blocks {
		for j, name := range b.Fields {
			c.named("/blocks/"+strconv.Itoa(i)+"/fields/"+strconv.Itoa(j), name, true)
		}
	}
}
