// Package record turns the files of one snapshot into a register of records:
// found by id, joined by references, each with its lifecycle.
package record

import (
	"time"

	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Record is one file of records/. A file that cannot be parsed, or whose kind is
// unknown, is a record too: Broken, with what could be read.
type Record struct {
	ID   string       // the file's stem
	Kind *schema.Kind // nil where the folder names no kind
	Path string       // slash-separated, from the repository's root
	yamldoc.Object
	Doc    *yamldoc.Document // nil where nothing parsed
	Source []byte
	Broken bool
}

// Transition is one entry of transitions[], declared.
type Transition struct {
	To    string
	At    time.Time
	By    string
	Role  string
	Note  string
	Index int // place in the list as written
}

// Reference is one field that names another record.
type Reference struct {
	From, To string // record ids
	Field    string // dotted path, as links.id
	Pointer  string // JSON pointer of the value
	Rel      string // of links[], else ""
}
