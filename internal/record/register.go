package record

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Register holds the records of one snapshot. It is immutable and safe for
// concurrent use.
type Register struct {
	kinds  *schema.Registry
	byID   map[string]*Record // by id in lower case
	sorted []*Record
	in     map[string][]Reference
	// disposed are the ids that destroyed disposals list, by id in lower case.
	disposed map[string]string
}

// add takes a record in. Of two files with one id, case ignored, the first by
// path counts and both are reported (domain.md §0.20).
func (r *Register) add(rec *Record) finding.List {
	key := strings.ToLower(rec.ID)
	first, taken := r.byID[key]
	if !taken {
		r.byID[key] = rec
		r.sorted = append(r.sorted, rec)
		return nil
	}
	return finding.List{duplicate(first, rec), duplicate(rec, first)}
}

func duplicate(at, other *Record) finding.Finding {
	pos := finding.Position{Path: at.Path, Line: 1, Column: 1}
	if at.Doc != nil {
		pos = at.Doc.Position("/" + IDField)
	}
	return finding.Finding{
		Position: pos, Rule: "id-duplicate", Severity: finding.Error, Record: at.ID,
		Key: "record.id-duplicate", Args: []locale.Arg{locale.A("other", other.Path)},
	}
}

// Kinds is the registry the records were read with.
func (r *Register) Kinds() *schema.Registry { return r.kinds }

// Len is the number of records.
func (r *Register) Len() int { return len(r.sorted) }

// Get returns a record by id, case ignored; nil where there is none.
func (r *Register) Get(id string) *Record { return r.byID[strings.ToLower(id)] }

// All yields every record in the order of kind, then id.
func (r *Register) All() iter.Seq[*Record] { return slices.Values(r.sorted) }

// Of yields the records of one kind in the order of ids.
func (r *Register) Of(kind string) iter.Seq[*Record] {
	start, _ := slices.BinarySearchFunc(r.sorted, kind, func(rec *Record, k string) int { return cmp.Compare(rec.folder(), k) })
	return func(yield func(*Record) bool) {
		for _, rec := range r.sorted[start:] {
			if rec.folder() != kind || !yield(rec) {
				return
			}
		}
	}
}

// Count is the number of records of one kind.
func (r *Register) Count(kind string) int {
	n := 0
	for range r.Of(kind) {
		n++
	}
	return n
}

// From lists the references that a record makes, in the order of its fields.
func (r *Register) From(id string) []Reference {
	if rec := r.Get(id); rec != nil && rec.ID == id {
		return rec.refs
	}
	return nil
}

// To lists the references made to a record, in the order of kind and id.
func (r *Register) To(id string) []Reference { return r.in[id] }

// join gathers the references to every record. Those to one record lie together.
func (r *Register) join() {
	count := make(map[*Record]int, len(r.sorted))
	var to []*Record
	for _, rec := range r.sorted {
		for i := range rec.refs {
			other := r.Get(rec.refs[i].To)
			if to = append(to, other); other != nil {
				count[other]++
			}
		}
	}
	r.in = make(map[string][]Reference, len(count))
	all := make([]Reference, len(to))
	n := 0
	for _, rec := range r.sorted {
		for i := range rec.refs {
			if other := to[n]; other != nil {
				list := r.in[other.ID]
				if list == nil {
					most := count[other]
					list, all = all[:0:most], all[most:]
				}
				r.in[other.ID] = append(list, rec.refs[i])
			}
			n++
		}
	}
}
