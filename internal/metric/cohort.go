package metric

import (
	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// cohort is the records that a measure looks at: of one kind, that fulfil the
// filter, placed in time by one name, less those that an exclusion names.
type cohort struct {
	kind    *schema.Kind
	at      string
	filter  *expr.Program
	exclude []exclusion
}

// cohort reads the keys of, filter and exclude, and the name under key.
func (b *builder) cohort(key string) cohort {
	c := b.cohortOf(b.rec.Object, "")
	if key != "" {
		c.at = b.name(b.rec.Object, key, "/"+key, c.kind)
	}
	return c
}

// cohortOf reads a cohort that stands in a part of the record.
func (b *builder) cohortOf(o yamldoc.Object, pointer string) cohort {
	c := cohort{kind: b.kind(o, "of", pointer+"/of")}
	types := b.typesOf(c.kind)
	c.filter = b.condition(o, "filter", pointer+"/filter", types)
	c.exclude = b.exclusions(o, "exclude", pointer+"/exclude", types)
	return c
}

// facts yields the records that fulfil the filter, with why they are left out.
func (c cohort) facts(in *Inputs) func(yield func(*facts, locale.Text) bool) {
	return func(yield func(*facts, locale.Text) bool) {
		for f := range in.of(c.kind.ID) {
			if c.filter != nil && !f.holds(c.filter) {
				continue
			}
			if !yield(f, f.left(c.exclude)) {
				return
			}
		}
	}
}

// placed yields members with the time of the cohort's name, one a record.
func (c cohort) placed(in *Inputs) func(yield func(*facts, member) bool) {
	return func(yield func(*facts, member) bool) {
		for f, left := range c.facts(in) {
			at, ok := f.moment(c.at)
			if !ok {
				continue
			}
			if !yield(f, member{Evidence: Evidence{Record: f.rec.ID}, when: at, left: left}) {
				return
			}
		}
	}
}

// left is the reason of the first exclusion that holds for an item of a list.
func left(list []exclusion, vars expr.Vars) locale.Text {
	for _, e := range list {
		if e.when != nil && holds(e.when, vars) {
			return e.reason
		}
	}
	return locale.Text{}
}

// holds evaluates a condition; one that has no result does not hold.
func holds(p *expr.Program, vars expr.Vars) bool {
	yes, err := p.Bool(vars)
	return err == nil && yes
}
