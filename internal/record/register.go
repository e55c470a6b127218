package record

import (
	"io/fs"
	"iter"

	"kept/internal/finding"
	"kept/internal/schema"
)

// Register holds the records of one snapshot. It is immutable.
type Register struct {
	kinds  *schema.Registry
	byID   map[string]*Record
	sorted []*Record
	out    map[string][]Reference
	in     map[string][]Reference
}

// Load reads every *.yaml below records/ of fsys. Findings are those of reading
// and of the schema, duplicate ids, ids that do not fit their file or folder.
func Load(fsys fs.FS, kinds *schema.Registry) (*Register, finding.List, error) { panic("record") }

// Kinds is the registry the records were read with.
func (r *Register) Kinds() *schema.Registry { return r.kinds }

// Get returns a record by id, nil where there is none.
func (r *Register) Get(id string) *Record { return r.byID[id] }

// All yields every record in the order of kind, then id.
func (r *Register) All() iter.Seq[*Record] { panic("record") }

// Of yields the records of one kind in the order of ids.
func (r *Register) Of(kind string) iter.Seq[*Record] { panic("record") }

// From lists the references that a record makes, in the order of the fields.
func (r *Register) From(id string) []Reference { return r.out[id] }

// To lists the references made to a record, in the order of ids.
func (r *Register) To(id string) []Reference { return r.in[id] }
