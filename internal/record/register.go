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
	out    map[string][]Reference
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
func (r *Register) From(id string) []Reference { return r.out[id] }

// To lists the references made to a record, in the order of kind and id.
func (r *Register) To(id string) []Reference { return r.in[id] }

// join gathers the references of every record, both ways.
func (r *Register) join() {
	r.out = make(map[string][]Reference, len(r.sorted))
	r.in = make(map[string][]Reference, len(r.sorted))
	for _, rec := range r.sorted {
		r.out[rec.ID] = rec.refs
		for _, ref := range rec.refs {
			if to := r.Get(ref.To); to != nil {
				r.in[to.ID] = append(r.in[to.ID], ref)
			}
		}
	}
}
