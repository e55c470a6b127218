package schema

import (
	"io/fs"
	"iter"

	"kept/internal/finding"
)

// Load reads every kind of fsys (the schemas/ folder): pairs of
// <kind>.schema.json and <kind>.kind.yaml, each checked against its meta-schema.
// A kind that cannot be used is a finding and is left out.
func Load(fsys fs.FS) (*Registry, finding.List) { panic("schema") }

// All yields the kinds in the order of their ids.
func (r *Registry) All() iter.Seq[*Kind] {
	return func(yield func(*Kind) bool) {
		for _, id := range r.order {
			if !yield(r.kinds[id]) {
				return
			}
		}
	}
}
