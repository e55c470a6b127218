package yamldoc

import (
	"encoding/json"
	"strings"

	"gopkg.in/yaml.v3"

	"kept/internal/finding"
	"kept/internal/locale"
)

// builder turns nodes into plain values and gathers what is refused.
type builder struct {
	path  string
	nodes int
	spent bool // the budget; nothing more is built
	found finding.List
	short map[string]any // nil, or the short texts and keys to share
}

// What is shared is bounded: longer texts (a time has 25 bytes) seldom come again, and nobody has
// more words.
const (
	maxSharedText = 24
	maxShared     = 1 << 16
)

// text is a text as a value, shared where it is short.
func (b *builder) text(s string) any {
	if b.short == nil || len(s) > maxSharedText {
		return s
	}
	if known, ok := b.short[s]; ok {
		return known
	}
	var value any = s
	if len(b.short) < maxShared {
		b.short[s] = value
	}
	return value
}

// name is a key, shared where it is short.
func (b *builder) name(s string) string {
	if b.short == nil {
		return s
	}
	name, _ := b.text(s).(string)
	return name
}

func (b *builder) refuse(n *yaml.Node, rule, key string, args ...locale.Arg) {
	if len(b.found) >= MaxFindings {
		return
	}
	b.found = append(b.found, refuse(b.path, n.Line, n.Column, rule, key, args...))
}

func (b *builder) value(n *yaml.Node, depth int) any {
	if n == nil || !b.afford(n, depth) {
		return nil
	}
	if n.Style&yaml.TaggedStyle != 0 {
		b.refuse(n, "yaml-tag", "yamldoc.tag")
	}
	switch n.Kind {
	case yaml.AliasNode:
		return b.value(n.Alias, depth+1)
	case yaml.MappingNode:
		return b.mapping(n, depth)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			list = append(list, b.value(item, depth+1))
		}
		return list
	}
	return b.scalar(n)
}

// afford spends one value of the budget.
func (b *builder) afford(n *yaml.Node, depth int) bool {
	if b.spent {
		return false
	}
	b.nodes++
	switch {
	case depth > MaxDepth:
		b.refuse(n, "yaml-limit", "yamldoc.depth", locale.N("limit", MaxDepth))
	case b.nodes > MaxNodes:
		b.refuse(n, "yaml-limit", "yamldoc.nodes", locale.N("limit", MaxNodes))
	default:
		return true
	}
	b.spent = true
	return false
}

func (b *builder) mapping(n *yaml.Node, depth int) any {
	fields := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && !b.spent; i += 2 {
		key := n.Content[i]
		if !b.key(key) {
			continue
		}
		if _, twice := fields[key.Value]; twice {
			b.refuse(key, "yaml-duplicate-key", "yamldoc.duplicate_key")
			continue
		}
		fields[b.name(key.Value)] = b.value(n.Content[i+1], depth+1)
	}
	return fields
}

// key tells whether a key is text; a quoted one may be any.
func (b *builder) key(n *yaml.Node) bool {
	plain := n.Kind == yaml.ScalarNode && isPlain(n)
	switch {
	case n.Style&yaml.TaggedStyle != 0:
		b.refuse(n, "yaml-tag", "yamldoc.tag")
	case plain && n.Value == "<<":
		b.refuse(n, "yaml-merge", "yamldoc.merge")
	case n.Kind != yaml.ScalarNode:
		b.refuse(n, "yaml-key", "yamldoc.key")
	case plain && reads(n.Value) != textual:
		b.refuse(n, "yaml-key", "yamldoc.key")
	default:
		return true
	}
	return false
}

func (b *builder) scalar(n *yaml.Node) any {
	if !isPlain(n) {
		return b.text(n.Value)
	}
	switch reads(n.Value) {
	case absent:
		return nil
	case flag:
		return n.Value == "true"
	case numeric:
		return json.Number(n.Value)
	case excessive:
		b.refuse(n, "yaml-number", "yamldoc.number")
	}
	return b.text(n.Value)
}

const quoting = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

func isPlain(n *yaml.Node) bool { return n.Style&quoting == 0 }

// reading is what a plain literal is taken for.
type reading int

const (
	textual reading = iota
	absent
	flag
	numeric
	excessive // a number whose exact value would be out of all proportion
)

func reads(literal string) reading {
	switch literal {
	case "", "null":
		return absent
	case "true", "false":
		return flag
	}
	if c := literal[0]; c != '-' && (c < '0' || c > '9') || !json.Valid([]byte(literal)) {
		return textual
	}
	if !bounded(literal) {
		return excessive
	}
	return numeric
}

// bounded keeps exact arithmetic cheap: at most 64 digits, exponents below 1000.
func bounded(number string) bool {
	digits, exponent, _ := strings.Cut(strings.ToLower(number), "e")
	return len(digits) <= 64 && len(strings.TrimLeft(exponent, "+-0")) <= 3
}
