package record

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// DestroyedState is the state of a disposal that was carried out.
const DestroyedState = "destroyed"

// Disposed tells whether a disposal that was carried out lists the record, so
// that its file may be gone (domain.md §9.4). The case of id is ignored.
func (r *Register) Disposed(id string) bool { return r.disposed[strings.ToLower(id)] != "" }

// DisposedIDs yields what [Register.Disposed] knows, in order, as disposals write
// it.
func (r *Register) DisposedIDs() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, key := range slices.Sorted(maps.Keys(r.disposed)) {
			if !yield(r.disposed[key]) {
				return
			}
		}
	}
}

// dispose gathers what disposals list.
func (r *Register) dispose() {
	r.disposed = map[string]string{}
	for rec := range r.Of(DisposalKind) {
		if rec.Broken || rec.Status() != DestroyedState {
			continue
		}
		for _, item := range rec.Items("items") {
			if id := item.Text("record"); id != "" {
				r.disposed[strings.ToLower(id)] = id
			}
		}
	}
}
