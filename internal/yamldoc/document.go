// Package yamldoc reads one YAML file the strict way kept wants it and finds,
// for every value, the place where it stands. It is the only door to the YAML
// library.
//
// Values are as typed: only literals that JSON would read as numbers become
// numbers (json.Number); true, false and null are what they say; a key with
// nothing behind it is null; and everything else plain is a string: 0123, 08,
// 2026-09-01, no, Yes, TRUE, 1:30, .5, 0x1F, ~. Quoted and block text is always
// a string. Anchors and aliases may be used within the budget.
package yamldoc

import (
	"strconv"
	"strings"
	"sync"
	"weak"

	"gopkg.in/yaml.v3"

	"kept/internal/finding"
)

// The budget of one file. It is spent before the work is done: a file that asks
// for more is refused, not half read.
const (
	MaxSize  = 1 << 20 // bytes
	MaxDepth = 32      // mappings and lists inside each other
	MaxNodes = 200_000 // values, those behind aliases counted each time
	// MaxFindings is how many refused keys of a file are told.
	MaxFindings = 1000
)

// Document is one parsed file. It is immutable and safe for concurrent use. It
// keeps the file's bytes, which must not change; places are looked up by
// parsing again, since few files need them, and are forgotten when memory is
// collected.
type Document struct {
	path  string
	text  []byte // without a byte order mark
	root  any    // map[string]any, []any, string, json.Number, bool or nil
	mu    sync.Mutex
	nodes weak.Pointer[yaml.Node] // for places
}

// Parse reads data. Findings (rules yaml-…) say what is refused: bytes that are
// not UTF-8, syntax, a second document, duplicate keys, tags, merge keys, keys
// that are no text, and more depth, size or alias expansion than the budget
// allows. The document is nil where nothing could be read; a file with a
// refused key or tag has one (of duplicate keys the first counts).
func Parse(path string, data []byte) (*Document, finding.List) {
	text, node, found := read(path, data)
	if len(found) > 0 {
		return nil, found
	}
	b := builder{path: path}
	root := b.value(node, 0)
	if b.spent {
		return nil, b.found.Sort()
	}
	d := &Document{path: path, text: text, root: root}
	return d, b.found.Sort()
}

// ParseValue reads only the top-level mapping, for the many versions of a
// record in history. It is false for whatever [Parse] has a finding about, and
// for a file that holds no mapping.
func ParseValue(data []byte) (Object, bool) {
	_, node, found := read("", data)
	if len(found) > 0 {
		return Object{}, false
	}
	b := builder{}
	fields, ok := b.value(node, 0).(map[string]any)
	if !ok || len(b.found) > 0 {
		return Object{}, false
	}
	return Object{fields: fields}, true
}

// read admits the bytes and composes the nodes; the root node is nil for an
// empty file.
func read(path string, data []byte) ([]byte, *yaml.Node, finding.List) {
	text, refused := admit(path, data)
	if refused != nil {
		return nil, nil, finding.List{*refused}
	}
	node, refused := compose(path, text)
	if refused != nil {
		if left := conflicts(path, text); len(left) > 0 {
			return nil, nil, left
		}
		return nil, nil, finding.List{*refused}
	}
	return text, node, nil
}

// Path is the file's path as given to [Parse].
func (d *Document) Path() string { return d.path }

// Root is the top-level mapping, empty where the file holds something else.
func (d *Document) Root() Object {
	fields, _ := d.root.(map[string]any)
	return Object{fields: fields}
}

// Plain is the whole value as the JSON Schema validator takes it. It must not
// be changed.
func (d *Document) Plain() any { return d.root }

// Position is the place of the value at a JSON pointer ("" is the root), or of
// the nearest enclosing value that exists.
func (d *Document) Position(pointer string) finding.Position {
	_, value := d.locate(pointer)
	return d.at(value)
}

// KeyPosition is the place of the key at a JSON pointer; of an item of a list,
// or of a key that is not there, it is that of [Document.Position].
func (d *Document) KeyPosition(pointer string) finding.Position {
	key, value := d.locate(pointer)
	if key != nil {
		return d.at(key)
	}
	return d.at(value)
}

func (d *Document) at(n *yaml.Node) finding.Position {
	if n == nil {
		return finding.Position{Path: d.path, Line: 1, Column: 1}
	}
	return finding.Position{Path: d.path, Line: n.Line, Column: n.Column}
}

// places parses the text again, unless that has just been done.
func (d *Document) places() *yaml.Node {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known := d.nodes.Value(); known != nil {
		return known
	}
	_, again, _ := read(d.path, d.text)
	d.nodes = weak.Make(again)
	return again
}

// locate walks a pointer as far as it leads. The key is nil unless the whole
// pointer was walked and ended in a mapping.
func (d *Document) locate(pointer string) (key, value *yaml.Node) {
	value = d.places()
	if value == nil || pointer == "" {
		return nil, value
	}
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		k, v := child(value, unescape(token))
		if v == nil {
			return nil, value
		}
		key, value = k, v
	}
	return key, value
}

// Pointer appends a key to a JSON pointer.
func Pointer(pointer, key string) string {
	return pointer + "/" + strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}

func unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// PointerAt is the JSON pointer of the value that a line of the file belongs to: the
// innermost that begins on it or above it. It is "" for the root.
func (d *Document) PointerAt(line int) string {
	pointer, n := "", d.places()
	for n != nil && n.Line > 0 {
		var next *yaml.Node
		key := ""
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(n.Content) && n.Content[i].Line <= line; i += 2 {
				key, next = n.Content[i].Value, n.Content[i+1]
			}
		case yaml.SequenceNode:
			for i, item := range n.Content {
				if item.Line <= line {
					key, next = strconv.Itoa(i), item
				}
			}
		}
		if next == nil {
			return pointer
		}
		pointer, n = Pointer(pointer, key), next
	}
	return pointer
}
