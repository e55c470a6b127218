package schema

import "slices"

// IDs lists the ids of the kinds in order.
func (r *Registry) IDs() []string { return slices.Clone(r.order) }
