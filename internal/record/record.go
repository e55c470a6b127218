// Package record turns the files of one snapshot into a register of records:
// found by id, joined by references, each with its lifecycle and its clocks.
package record

import (
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Record is one file of records/. A file that cannot be parsed, or whose kind is
// unknown, is a record too, with what could be read. It is immutable.
type Record struct {
	ID   string       // the file's stem
	Kind *schema.Kind // nil where the folder names no kind
	Path string       // slash-separated, from the repository's root
	yamldoc.Object
	Doc    *yamldoc.Document // nil where nothing parsed
	Source []byte
	Broken bool // its YAML does not parse
	steps  []Transition
	refs   []Reference // what it names
}

// Status is the state the record says it is in.
func (r *Record) Status() string { return r.Text(StatusField) }

// State is the record's state as its kind defines it.
func (r *Record) State() (schema.State, bool) {
	if r.Kind == nil {
		return schema.State{}, false
	}
	return r.Kind.State(r.Status())
}

// Title is the text shown beside the id: the kind's label field in the language
// asked for, or the id where there is none.
func (r *Record) Title() locale.Text {
	field := TitleField
	if r.Kind != nil && r.Kind.Label != "" {
		field = r.Kind.Label
	}
	text := locale.Text{ZH: r.Text(field), EN: r.Text(field + "_en")}
	if text.IsZero() {
		return locale.Plain(r.ID)
	}
	return text
}

// Position is the place of a value in the record's file, or of the file's top.
func (r *Record) Position(pointer string) finding.Position {
	if r.Doc == nil {
		return finding.Position{Path: r.Path, Line: 1, Column: 1}
	}
	return r.Doc.Position(pointer)
}

// Present tells whether a field, a dotted path into objects, or a derived name
// of the record holds something.
func (r *Record) Present(name string) bool {
	o := r.Object
	for {
		head, rest, deeper := strings.Cut(name, ".")
		if !deeper {
			break
		}
		o, name = o.Object(head), rest
	}
	if o.Has(name) {
		return true
	}
	_, ok := r.Derived(name)
	return ok
}
