package history

import "iter"

// All yields every timeline in the order of ids, those of deleted records
// included.
func (h *History) All() iter.Seq[*Timeline] {
	return func(yield func(*Timeline) bool) {
		for _, id := range h.ids {
			if !yield(h.timelines[id]) {
				return
			}
		}
	}
}
