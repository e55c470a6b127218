package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// Edit is a file's text being changed in place: lines that no change touches
// keep every byte, comments included, and so do the byte order mark and the
// kind of line ends. Every change is read back; one that would alter anything
// but what was asked for is an error and leaves the text as it was.
type Edit struct {
	path string
	text []byte // as in the file
}

// NewEdit starts from a file's bytes, which must parse without a finding and
// hold a mapping in block style.
func NewEdit(path string, data []byte) (*Edit, error) {
	e := &Edit{path: path, text: bytes.Clone(data)}
	if _, err := e.layout(); err != nil {
		return nil, err
	}
	return e, nil
}

// layout parses the text and lays its lines out.
func (e *Edit) layout() (*layout, error) {
	doc, found := Parse(e.path, e.text)
	if len(found) > 0 {
		return nil, fmt.Errorf("edit %q: line %d breaks rule %s", e.path, found[0].Position.Line, found[0].Rule)
	}
	root := doc.places()
	if root == nil || root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 || len(root.Content) == 0 || root.Content[0].Column != 1 {
		return nil, fmt.Errorf("edit %q: the file must hold one key a line from the first column", e.path)
	}
	return newLayout(doc, root), nil
}

// Set gives a top-level key a value: plain ones as in [Document.Plain], also int
// and []string. Keys inside are written in order as by [Write]. A new key goes
// before the key named in before, or to the end where before is "" or not there.
// A comment behind the value stays.
func (e *Edit) Set(key string, value any, before string, order []string) error {
	return e.change(key, value, func(l *layout, plain any) {
		w := &writer{order: NewOrder(order)}
		w.entry(key, plain, "", "")
		if i := l.entry(key); i >= 0 {
			l.replace(i, w.b.String())
			return
		}
		l.insert(l.place(before), w.b.String())
	})
}

// Append adds an item to the block list at a top-level key, creating the list
// at the end where there is none. A mapping is written in flow style on one
// line where short, as {to: closed, at: "…"}. A list in flow style is written
// anew as a block.
func (e *Edit) Append(key string, item any, order []string) error {
	l, err := e.layout()
	if err != nil {
		return err
	}
	list, isList := l.doc.Root().Plain(key).([]any)
	if !isList && l.doc.Root().Plain(key) != nil {
		return fmt.Errorf("append to %q: not a list", key)
	}
	if i := l.entry(key); i < 0 || len(list) == 0 || !l.isBlockList(i) {
		return e.Set(key, append(list[:len(list):len(list)], item), "", order)
	}
	added, err := plainOf(item, 0)
	if err != nil {
		return err
	}
	return e.change(key, append(list[:len(list):len(list)], added), func(l *layout, _ any) {
		i := l.entry(key)
		w := &writer{order: NewOrder(order)}
		w.item(added, key, strings.Repeat(" ", l.entries[i].value.Column-1))
		l.insert(l.entries[i].end, w.b.String())
	})
}

// change applies edit and keeps its text only if key now has the value and
// nothing else changed.
func (e *Edit) change(key string, value any, edit func(*layout, any)) error {
	plain, err := plainOf(value, 0)
	if err != nil {
		return fmt.Errorf("set %q: %w", key, err)
	}
	l, err := e.layout()
	if err != nil {
		return err
	}
	want := maps.Clone(l.doc.Root().Fields())
	want[key] = plain
	edit(l, plain)
	text := l.bytes(bytes.HasPrefix(e.text, []byte(bom)))
	got, found := Parse(e.path, text)
	if len(found) > 0 || !reflect.DeepEqual(got.Plain(), any(want)) {
		return fmt.Errorf("set %q in %q: %w", key, e.path, errLayout)
	}
	e.text = text
	return nil
}

var errLayout = errors.New("the file's layout does not allow a change in place; edit it by hand")

// Bytes is the changed file; it parses.
func (e *Edit) Bytes() []byte { return e.text }
