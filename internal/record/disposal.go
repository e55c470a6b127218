package record

import "strings"

// destroyed is the state of a disposal that was carried out.
const destroyed = "destroyed"

// Disposed tells whether a disposal that was carried out lists the record, so
// that its file may be gone (domain.md §9.4). The case of id is ignored.
func (r *Register) Disposed(id string) bool { return r.disposed[strings.ToLower(id)] }

// dispose gathers what disposals list.
func (r *Register) dispose() {
	r.disposed = map[string]bool{}
	for rec := range r.Of(DisposalKind) {
		if rec.Broken || rec.Status() != destroyed {
			continue
		}
		for _, item := range rec.Items("items") {
			if id := item.Text("record"); id != "" {
				r.disposed[strings.ToLower(id)] = true
			}
		}
	}
}
