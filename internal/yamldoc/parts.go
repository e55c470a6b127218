package yamldoc

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Part is one entry of a file's top-level mapping.
type Part struct {
	Key   string
	Value any    // plain, not to be changed
	text  string // its lines, "" where the lines do not tell where it ends
}

// Versions reads the many versions of many files, one after another, and shares
// what they have in common. It is not safe for concurrent use.
type Versions struct {
	short map[string]any
}

// NewVersions has nothing to share yet.
func NewVersions() *Versions { return &Versions{short: map[string]any{}} }

// Parts reads what [ParseValue] reads, in the order of keys. Parts of earlier,
// another version of the file, are taken over, the same pointers, where their
// lines are still the same, so that only what changed is parsed.
func (v *Versions) Parts(data []byte, earlier []*Part) ([]*Part, bool) {
	text, refused := admit("", data)
	if refused != nil {
		return nil, false
	}
	if list, ok := split(string(text)); ok && v.fill(list, earlier) {
		return list, true
	}
	return v.whole(data)
}

// whole parses everything at once.
func (v *Versions) whole(data []byte) ([]*Part, bool) {
	o, ok := ParseValue(data)
	if !ok {
		return nil, false
	}
	var list []*Part
	for _, key := range slices.Sorted(maps.Keys(o.fields)) {
		list = append(list, &Part{Key: key, Value: o.fields[key]})
	}
	return list, true
}

// fill parses the parts that earlier does not have, as one text. It is false
// where that finds other entries than the lines promised, or refuses any.
func (v *Versions) fill(list, earlier []*Part) bool {
	var changed []*Part
	var text strings.Builder
	for i, p := range list {
		at, ok := slices.BinarySearchFunc(earlier, p.Key, func(e *Part, key string) int { return cmp.Compare(e.Key, key) })
		if ok && earlier[at].text == p.text {
			list[i] = earlier[at]
			continue
		}
		changed = append(changed, p)
		text.WriteString(p.text)
	}
	if len(changed) == 0 {
		return true
	}
	node, refused := compose("", []byte(text.String()))
	if refused != nil || node == nil || node.Kind != yaml.MappingNode || len(node.Content) != 2*len(changed) {
		return false
	}
	b := builder{short: v.short}
	line := 1
	for i, p := range changed {
		key := node.Content[2*i]
		if key.Line != line || key.Column != 1 || key.Value != p.Key || !b.key(key) {
			return false
		}
		line += strings.Count(p.text, "\n")
		p.Value = b.value(node.Content[2*i+1], 1)
	}
	return len(b.found) == 0
}

// split cuts a text before each line that begins with a plain key; the values
// are still to be parsed. It is false where the entries may not be told apart in
// that way, or may share anchors, or where a key comes twice.
func split(text string) ([]*Part, bool) {
	if len(text) > MaxNodes || strings.Contains(text, "&") && strings.Contains(text, "*") {
		return nil, false
	}
	list := make([]*Part, 0, 1+strings.Count(text, "\n")/2)
	start, at := 0, 0
	for line := range strings.Lines(text) {
		key := heading(line)
		switch {
		case key != "":
			if n := len(list); n > 0 {
				list[n-1].text = text[start:at]
			}
			start = at
			list = append(list, &Part{Key: key})
		case !continues(line, len(list) > 0):
			return nil, false
		}
		at += len(line)
	}
	if len(list) == 0 || text[len(text)-1] != '\n' {
		return nil, false
	}
	list[len(list)-1].text = text[start:]
	slices.SortFunc(list, func(a, b *Part) int { return cmp.Compare(a.Key, b.Key) })
	for i := range list[1:] {
		if list[i].Key == list[i+1].Key {
			return nil, false
		}
	}
	return list, true
}

// heading is the key of small letters, digits and underscores that a line begins
// with, "" where there is none.
func heading(line string) string {
	n := 0
	for n < len(line) && ('a' <= line[n] && line[n] <= 'z' || line[n] == '_' || '0' <= line[n] && line[n] <= '9') {
		n++
	}
	if n+1 >= len(line) || line[n] != ':' || line[n+1] != ' ' && line[n+1] != '\n' {
		return ""
	}
	return line[:n]
}

// continues tells whether a line can only belong to the entry before it, or is
// nothing but a comment.
func continues(line string, inside bool) bool {
	switch line[0] {
	case '\n', '#':
		return true
	case ' ':
		return inside
	case '-':
		return inside && len(line) > 1 && (line[1] == ' ' || line[1] == '\n')
	}
	return false
}
