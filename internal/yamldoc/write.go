package yamldoc

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// flowWidth is the length up to which a mapping in a list stands on one line.
const flowWidth = 130

// Write renders a new file's top-level mapping in the given key order; keys
// that order does not name follow, sorted. Keys of mappings inside are named by
// dotted paths, "transitions.to", or for every mapping alike by their own name. Texts are quoted only where some YAML reader would take them for
// something else (dates, numbers, yes); texts of several lines are literal
// blocks. Values are as in [Edit.Set]; anything else is written as null.
func Write(fields map[string]any, order []string) []byte {
	if plain, err := plainOf(fields, 0); err == nil {
		fields = plain.(map[string]any)
	}
	return write("", fields, NewOrder(order))
}

// Order is an order of keys, prepared for many files.
type Order struct{ ranks map[string]int }

// NewOrder prepares an order of keys as [Write] takes it.
func NewOrder(keys []string) Order {
	o := Order{ranks: make(map[string]int, len(keys))}
	for i, key := range slices.Backward(keys) {
		o.ranks[key] = i
	}
	return o
}

func write(head string, fields map[string]any, order Order) []byte {
	if len(fields) == 0 {
		return []byte(head + "{}\n")
	}
	w := writer{order: order}
	w.b.WriteString(head)
	w.mapping(fields, "", "")
	return []byte(w.b.String())
}

// Make writes a new file, head and then fields as [Write] does, and gives the
// document that [Parse] makes of it without reading what was just written. The
// document is nil where Parse would refuse the text, or where the text cannot say what
// the fields hold, as bytes that are no UTF-8: then the text is to be read.
func Make(path, head string, fields map[string]any, order Order) ([]byte, *Document) {
	plain, err := plainOf(fields, 0)
	if err != nil {
		return write(head, fields, order), nil
	}
	root := plain.(map[string]any)
	text := write(head, root, order)
	if _, refused := admit(path, text); refused != nil || sizeOf(root) > MaxNodes || !sayable(root) {
		return text, nil
	}
	return text, &Document{path: path, text: text, root: root}
}

// longestKey bounds keys: YAML reads none of more than 1,024 characters.
const longestKey = 256

// sayable tells whether all texts of a plain value are UTF-8, and no key is too long.
func sayable(value any) bool {
	switch v := value.(type) {
	case string:
		return utf8.ValidString(v)
	case []any:
		for _, item := range v {
			if !sayable(item) {
				return false
			}
		}
	case map[string]any:
		for key, item := range v {
			if len(key) > longestKey || !utf8.ValidString(key) || !sayable(item) {
				return false
			}
		}
	}
	return true
}

// sizeOf counts a plain value and those inside it.
func sizeOf(value any) int {
	n := 1
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			n += sizeOf(item)
		}
	case map[string]any:
		for _, item := range v {
			n += sizeOf(item)
		}
	}
	return n
}

// plainOf turns the Go values that callers hold into plain ones.
func plainOf(value any, depth int) (any, error) {
	if depth > MaxDepth {
		return nil, fmt.Errorf("write value: deeper than %d", MaxDepth)
	}
	switch v := value.(type) {
	case nil, bool, string:
		return v, nil
	case json.Number:
		if reads(string(v)) != numeric {
			return nil, fmt.Errorf("write number %q: not a number", string(v))
		}
		return v, nil
	case int:
		return json.Number(strconv.Itoa(v)), nil
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return list, nil
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			plain, err := plainOf(item, depth+1)
			if err != nil {
				return nil, err
			}
			list[i] = plain
		}
		return list, nil
	case map[string]any:
		fields := make(map[string]any, len(v))
		for key, item := range v {
			plain, err := plainOf(item, depth+1)
			if err != nil {
				return nil, err
			}
			fields[key] = plain
		}
		return fields, nil
	}
	return nil, fmt.Errorf("write value: unexpected type %T", value)
}

// writer renders plain values in block style.
type writer struct {
	b     strings.Builder
	order Order
}

// keys lists the keys of the mapping at a dotted path.
func (w *writer) keys(fields map[string]any, at string) []string {
	type ranked struct {
		key  string
		rank int
	}
	list := make([]ranked, 0, len(fields))
	for key := range fields {
		list = append(list, ranked{key, w.rank(at, key)})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.key, b.key))
	})
	keys := make([]string, len(list))
	for i, r := range list {
		keys[i] = r.key
	}
	return keys
}

// rank is the place of a key in the order, by its path or by its own name.
func (w *writer) rank(at, key string) int {
	if at != "" {
		if i, ok := w.order.ranks[join(at, key)]; ok {
			return i
		}
	}
	if i, ok := w.order.ranks[key]; ok {
		return i
	}
	return math.MaxInt
}

func join(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

func (w *writer) mapping(fields map[string]any, at, indent string) {
	for _, key := range w.keys(fields, at) {
		w.b.WriteString(indent)
		w.entry(key, fields[key], at, indent)
	}
}

// entry writes one key of the mapping at a path with its value; the indentation
// already stands.
func (w *writer) entry(key string, value any, at, indent string) {
	w.b.WriteString(quoted(key, true) + ":")
	w.value(value, join(at, key), indent)
}

// value writes what follows a colon, to the end of its last line.
func (w *writer) value(value any, at, indent string) {
	inner := indent + "  "
	switch v := value.(type) {
	case map[string]any:
		if len(v) > 0 {
			w.b.WriteByte('\n')
			w.mapping(v, at, inner)
			return
		}
	case []any:
		if len(v) > 0 {
			w.b.WriteByte('\n')
			for _, item := range v {
				w.item(item, at, inner)
			}
			return
		}
	case string:
		if literal(v) {
			w.b.WriteByte(' ')
			block(&w.b, v, inner)
			return
		}
	}
	w.b.WriteString(" " + w.flow(value, at, false) + "\n")
}

// item writes one item of a block list.
func (w *writer) item(value any, at, indent string) {
	w.b.WriteString(indent + "-")
	fields, ok := value.(map[string]any)
	if !ok {
		w.value(value, at, indent)
		return
	}
	if line := w.flow(fields, at, true); utf8.RuneCountInString(line) <= flowWidth && !nested(fields) {
		w.b.WriteString(" " + line + "\n")
		return
	}
	lead := " "
	for _, key := range w.keys(fields, at) {
		w.b.WriteString(lead)
		w.entry(key, fields[key], at, indent+"  ")
		lead = indent + "  "
	}
}

// nested tells mappings that are hard to read on one line.
func nested(fields map[string]any) bool {
	for _, value := range fields {
		switch v := value.(type) {
		case map[string]any:
			return true
		case []any:
			if len(v) > 3 {
				return true
			}
		case string:
			if literal(v) {
				return true
			}
		}
	}
	return false
}

// flow writes a value on one line.
func (w *writer) flow(value any, at string, inFlow bool) string {
	switch v := value.(type) {
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return string(v)
	case string:
		return quoted(v, inFlow)
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = w.flow(item, at, true)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		entries := make([]string, 0, len(v))
		for _, key := range w.keys(v, at) {
			entries = append(entries, quoted(key, true)+": "+w.flow(v[key], join(at, key), true))
		}
		return "{" + strings.Join(entries, ", ") + "}"
	}
	return "null"
}
