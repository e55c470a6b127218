package schema

import (
	"slices"
	"strings"
)

// Common fields (domain.md §3): the state, and of governed records who answers.
const (
	statusField = "status"
	ownerField  = "owner"
)

// mostFacets bounds the facets that a kind without its own list gets.
const mostFacets = 8

// RegisterFacets names what the rows of the kind's register can be chosen by: the
// names its kind file lists, else the state, the columns that name a record, a
// choice or whether a limit was kept, the kind's date by its year, and the owner.
func (k *Kind) RegisterFacets() []string {
	if len(k.Facets) > 0 {
		return k.Facets
	}
	last := []string{k.Date}
	if k.Envelope == Governed {
		last = append(last, ownerField)
	}
	var names []string
	add := func(name string, room int) {
		if name != "" && k.canFacet(name) && !slices.Contains(names, name) && len(names) < mostFacets-room {
			names = append(names, name)
		}
	}
	add(statusField, len(last))
	for _, c := range k.Columns {
		f, isField := k.Field(c.Name)
		if strings.HasSuffix(c.Name, MetSuffix) || isField && (f.Type == EnumField || f.Type == FlagField || f.Type == RefField) {
			add(c.Name, len(last))
		}
	}
	for _, name := range last {
		add(name, 0)
	}
	return names
}

// canFacet tells whether a name has few values for many records: a choice, a
// flag, a whole number, a record, a person of a step, a time by its year, or
// whether a limit was kept. Free text has none.
func (k *Kind) canFacet(name string) bool {
	if limit, met := strings.CutSuffix(name, MetSuffix); met {
		_, ok := k.Limit(limit)
		return ok
	}
	if f, ok := k.Field(name); ok {
		switch f.Type {
		case EnumField, FlagField, IntegerField, RefField, DateField, InstantField, MomentField:
			return true
		}
		return false
	}
	_, isDerived := k.DerivedName(name)
	_, isLimit := k.Limit(name)
	return isDerived || isLimit
}
