package schema

import "slices"

// Rank is the place of a state in the kind's list, which is in forward order:
// a step to a lower rank goes backwards. -1 is an unknown state.
func (k *Kind) Rank(state string) int {
	return slices.IndexFunc(k.States, func(s State) bool { return s.ID == state })
}
