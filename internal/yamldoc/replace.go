package yamldoc

import (
	"fmt"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// Replace puts a text in the place of the text at a JSON pointer, on its line,
// all else keeping every byte. It is for ids: both texts stand plain or in
// quotes on one line.
func (e *Edit) Replace(pointer, value string) error {
	l, err := e.layout()
	if err != nil {
		return err
	}
	key, n := l.doc.locate(pointer)
	old, isText := at(l.doc.Plain(), pointer).(string)
	if n == nil || !isText || n.Kind != yaml.ScalarNode || n == key {
		return fmt.Errorf("replace %q in %q: %w", pointer, e.path, errLayout)
	}
	line := l.lines[n.Line-1]
	from := byteColumn(line, n.Column)
	raw := rawText(line[from:], old)
	if raw == "" {
		return fmt.Errorf("replace %q in %q: %w", pointer, e.path, errLayout)
	}
	l.lines[n.Line-1] = line[:from] + quoted(value, true) + line[from+len(raw):]
	text := l.bytes(strings.HasPrefix(string(e.text), bom))
	got, found := Parse(e.path, text)
	if len(found) > 0 || !reflect.DeepEqual(got.Plain(), with(l.doc.Plain(), tokens(pointer), value)) {
		return fmt.Errorf("replace %q in %q: %w", pointer, e.path, errLayout)
	}
	e.text = text
	return nil
}

// rawText is how a text stands at the start of a line's rest, "" where it does
// not stand so plainly.
func rawText(rest, text string) string {
	for _, raw := range []string{text, `"` + text + `"`, "'" + text + "'"} {
		if strings.HasPrefix(rest, raw) {
			return raw
		}
	}
	return ""
}

func tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	list := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i := range list {
		list[i] = unescape(list[i])
	}
	return list
}

// at is the plain value at a pointer, nil where there is none.
func at(value any, pointer string) any {
	for _, token := range tokens(pointer) {
		switch v := value.(type) {
		case map[string]any:
			value = v[token]
		case []any:
			i, ok := index(token)
			if !ok || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

// with is a copy of a plain value with a text put in.
func with(value any, path []string, text string) any {
	if len(path) == 0 {
		return text
	}
	switch v := value.(type) {
	case map[string]any:
		fields := make(map[string]any, len(v))
		for key, item := range v {
			fields[key] = item
		}
		fields[path[0]] = with(v[path[0]], path[1:], text)
		return fields
	case []any:
		list := append([]any(nil), v...)
		if i, ok := index(path[0]); ok && i < len(list) {
			list[i] = with(list[i], path[1:], text)
		}
		return list
	}
	return value
}
