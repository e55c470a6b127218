// Package yamldoc reads one YAML file the strict way kept wants it and keeps,
// for every value, the place where it stands. It is the only door to the YAML
// library.
//
// Values are as typed: only literals that JSON would read as numbers become
// numbers (json.Number), true, false and null are what they say, and everything
// else plain is a string: 0123, 08, 2026-09-01, no.
package yamldoc

import (
	"kept/internal/finding"
)

// Document is one parsed file. It is immutable and safe for concurrent use.
type Document struct {
	path string
	root any // map[string]any, []any, string, json.Number, bool or nil
	// values and keys map JSON pointers to places.
	values map[string]finding.Position
	keys   map[string]finding.Position
}

// Parse reads data. Findings (rules yaml-…) say what is refused: bytes that are
// not UTF-8, syntax, a second document, duplicate keys, custom tags, merge keys,
// and more depth, size or alias expansion than the budget allows. The document
// is nil where nothing could be read.
func Parse(path string, data []byte) (*Document, finding.List) { panic("yamldoc") }

// Root is the top-level mapping, empty where the file holds something else.
func (d *Document) Root() Object { panic("yamldoc") }

// Plain is the whole value as the JSON Schema validator takes it.
func (d *Document) Plain() any { return d.root }

// Position is the place of the value at a JSON pointer ("" is the root), or of
// the nearest enclosing value that exists.
func (d *Document) Position(pointer string) finding.Position { panic("yamldoc") }

// KeyPosition is the place of the key at a JSON pointer.
func (d *Document) KeyPosition(pointer string) finding.Position { panic("yamldoc") }
