package schema

import "slices"

// IDs lists the ids of the kinds in order.
func (r *Registry) IDs() []string { return slices.Clone(r.order) }

// Refused tells whether files of a kind are there and cannot be used. That has
// been reported where it is wrong; what follows from it needs no word.
func (r *Registry) Refused(id string) bool { return slices.Contains(r.refused, id) }
