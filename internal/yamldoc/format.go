package yamldoc

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"kept/internal/finding"
)

// FormatOptions says how a file is written.
type FormatOptions struct {
	// Order names the keys in their order, as for [Write]; others keep theirs,
	// behind those named.
	Order []string
	// Heading is the first line's comment for editors, put in where no comment
	// of the file begins like it up to the "=".
	Heading string
}

// Format writes a file in canonical form: keys in order, two blanks a level, one
// style of quotes, flow style where it stood and fits on a line, at most one
// blank line in a row, line feeds, no blanks at line ends. Values and comments
// stay as they are, each comment with its key or item. Formatting twice changes
// nothing. Where that cannot be had for certain the file is refused (rule
// yaml-format) and nothing is given.
func Format(path string, data []byte, o FormatOptions) ([]byte, finding.List) {
	text, node, found := read(path, data)
	if len(found) > 0 {
		return nil, found
	}
	if _, found := Parse(path, data); len(found) > 0 {
		return nil, found
	}
	once, line := format(text, node, o)
	if once == nil {
		return nil, finding.List{refuse(path, line, 0, "yaml-format", "yamldoc.format")}
	}
	if !keeps(path, text, once, o.Heading) {
		return nil, finding.List{refuse(path, 1, 0, "yaml-format", "yamldoc.format")}
	}
	_, again, found := read(path, once)
	twice, _ := format(once, again, o)
	if len(found) > 0 || !bytes.Equal(once, twice) {
		return nil, finding.List{refuse(path, 1, 0, "yaml-format", "yamldoc.format")}
	}
	return once, nil
}

// format gives nil, and the line that hinders it, where a file has no canonical
// form.
func format(text []byte, root *yaml.Node, o FormatOptions) ([]byte, int) {
	if root == nil || root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 || len(root.Content) == 0 {
		return nil, 1
	}
	s := scan(string(text), root)
	if s.trouble > 0 {
		return nil, s.trouble
	}
	f := &formatter{order: o.Order, lines: s.lines, ends: s.ends, remarks: s.remarks, anchored: s.anchored}
	if o.Heading != "" && !s.headed(o.Heading) {
		f.b.WriteString("# " + o.Heading + "\n")
	}
	f.lead(s.head, "")
	f.mapping(root, "", "", false)
	for len(s.tail) > 0 && s.tail[len(s.tail)-1] == "" {
		s.tail = s.tail[:len(s.tail)-1]
	}
	f.lead(s.tail, "")
	return []byte(f.b.String()), 0
}

// keeps tells whether the values and the comments are the same ones.
func keeps(path string, before, after []byte, heading string) bool {
	was, found := Parse(path, before)
	is, more := Parse(path, after)
	if len(found) > 0 || len(more) > 0 || !reflect.DeepEqual(was.Plain(), is.Plain()) {
		return false
	}
	had, has := CommentsOf(before), CommentsOf(after)
	if len(has) == len(had)+1 && slices.ContainsFunc(has, func(c Comment) bool { return c.Text == "# "+heading }) {
		at := slices.IndexFunc(has, func(c Comment) bool { return c.Text == "# "+heading })
		has = slices.Delete(has, at, at+1)
	}
	order := func(a, b Comment) int {
		if n := strings.Compare(a.Pointer, b.Pointer); n != 0 {
			return n
		}
		return strings.Compare(a.Text, b.Text)
	}
	slices.SortStableFunc(had, order)
	slices.SortStableFunc(has, order)
	return slices.Equal(had, has)
}

// formatter writes nodes in block style with their remarks.
type formatter struct {
	b        strings.Builder
	order    []string
	lines    []string // of the text as it was
	ends     map[*yaml.Node]int
	remarks  map[*yaml.Node]*remark
	anchored bool // keys keep their order: an alias must stand behind its anchor
}

// lead writes comment lines and single blank lines.
func (f *formatter) lead(lines []string, indent string) {
	for _, line := range lines {
		if line == "" {
			if text := f.b.String(); text != "" && !strings.HasSuffix(text, "\n\n") {
				f.b.WriteByte('\n')
			}
			continue
		}
		f.b.WriteString(indent + line + "\n")
	}
}

// trail writes the comment behind a line.
func (f *formatter) trail(at *yaml.Node) {
	if r := f.remarks[at]; r != nil && r.behind != "" {
		f.b.WriteString(" " + strings.Repeat(" ", r.gap) + r.behind)
	}
	f.b.WriteByte('\n')
}

// entries lists the indices of a mapping's keys in the order they are written.
func (f *formatter) entries(n *yaml.Node, at string) []int {
	list := make([]int, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		list = append(list, i)
	}
	if f.anchored {
		return list
	}
	rank := func(key string) int {
		for _, name := range []string{join(at, key), key} {
			if i := slices.Index(f.order, name); i >= 0 {
				return i
			}
		}
		return len(f.order)
	}
	slices.SortStableFunc(list, func(a, b int) int { return rank(n.Content[a].Value) - rank(n.Content[b].Value) })
	return list
}

// mapping writes a block mapping. The first entry of one that begins behind a
// dash stands on the dash's line.
func (f *formatter) mapping(n *yaml.Node, at, indent string, begun bool) {
	for _, i := range f.entries(n, at) {
		key, value := n.Content[i], n.Content[i+1]
		r := f.remarks[key]
		if r != nil && !begun {
			f.lead(r.before, indent)
		}
		if !begun {
			f.b.WriteString(indent)
		}
		begun = false
		f.b.WriteString(quoted(key.Value, true) + ":")
		f.value(key, value, join(at, key.Value), indent)
		if r != nil {
			f.lead(r.after, indent+"  ")
		}
	}
}

// value writes what stands behind a colon or a dash. The remark behind the line
// is that of owner.
func (f *formatter) value(owner, n *yaml.Node, at, indent string) {
	prefix := ""
	if n.Anchor != "" {
		prefix = " &" + n.Anchor
	}
	inner := indent + "  "
	switch {
	case n.Kind == yaml.MappingNode && len(n.Content) > 0 && !f.fits(n, at, inner):
		f.b.WriteString(prefix)
		f.trail(owner)
		f.mapping(n, at, inner, false)
		return
	case n.Kind == yaml.SequenceNode && len(n.Content) > 0 && !f.fits(n, at, inner):
		f.b.WriteString(prefix)
		f.trail(owner)
		f.sequence(n, at, inner)
		return
	case n.Kind == yaml.ScalarNode && n.Style&yaml.FoldedStyle != 0 && literalBlock(n.Value):
		f.folded(owner, n, prefix, inner)
		return
	case n.Kind == yaml.ScalarNode && !isPlain(n) && (n.Style&yaml.LiteralStyle != 0 || literal(n.Value) && strings.Contains(n.Value, "\n")) && literalBlock(n.Value):
		f.text(owner, n, prefix, inner)
		return
	}
	if line := f.flow(n, at, false); line != "" {
		f.b.WriteString(" " + line)
	}
	f.trail(owner)
}

// text writes a literal block, the remark behind its header.
func (f *formatter) text(owner, n *yaml.Node, prefix, indent string) {
	var b strings.Builder
	block(&b, n.Value, indent)
	header, body, _ := strings.Cut(b.String(), "\n")
	f.b.WriteString(prefix + " " + header)
	f.trail(owner)
	f.b.WriteString(body)
}

// folded writes a folded block with the lines it had.
func (f *formatter) folded(owner, n *yaml.Node, prefix, indent string) {
	body := strings.TrimRight(n.Value, "\n")
	f.b.WriteString(prefix + " " + [...]string{">-", ">", ">+"}[min(len(n.Value)-len(body), 2)])
	f.trail(owner)
	lines, margin := f.lines[n.Line:f.ends[n]], -1
	for _, line := range lines {
		bare := strings.TrimLeft(line, " ")
		if margin < 0 && bare != "" {
			margin = len(line) - len(bare)
		}
		if bare != "" {
			f.b.WriteString(indent + line[min(max(margin, 0), len(line)):])
		}
		f.b.WriteByte('\n')
	}
}

// literalBlock tells whether a text can stand in a literal block without loss.
func literalBlock(s string) bool {
	if body := strings.TrimRight(s, "\n"); body == "" || strings.ContainsAny(body[:1], " \t\n") {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && mustEscape(r) })
}

func (f *formatter) sequence(n *yaml.Node, at, indent string) {
	for _, item := range n.Content {
		r := f.remarks[item]
		if r != nil {
			f.lead(r.before, indent)
		}
		f.b.WriteString(indent + "-")
		f.item(item, at, indent)
		if r != nil {
			f.lead(r.after, indent+"  ")
		}
	}
}

// item writes one item of a block list; a block mapping begins on the dash's line
// unless something stands in the way.
func (f *formatter) item(n *yaml.Node, at, indent string) {
	r := f.remarks[n]
	compact := n.Kind == yaml.MappingNode && len(n.Content) > 0 && n.Anchor == "" && (r == nil || r.behind == "") && !f.fits(n, at, indent+"  ")
	if compact {
		first := f.remarks[n.Content[f.entries(n, at)[0]]]
		compact = first == nil || len(first.before) == 0
	}
	if compact {
		f.b.WriteByte(' ')
		f.mapping(n, at, indent+"  ", true)
		return
	}
	f.value(n, n, at, indent)
}

// fits tells whether a collection stands on one line: it was written so, and the
// line is not too long.
func (f *formatter) fits(n *yaml.Node, at, indent string) bool {
	if n.Style&yaml.FlowStyle == 0 {
		return false
	}
	return len([]rune(f.flow(n, at, false)))+len(indent) <= formatWidth
}

// formatWidth is how long a line of flow style may be: a line of the log with a
// note fits.
const formatWidth = 160

// flow writes a node on one line.
func (f *formatter) flow(n *yaml.Node, at string, inFlow bool) string {
	prefix := ""
	if n.Anchor != "" {
		prefix = "&" + n.Anchor + " "
	}
	switch n.Kind {
	case yaml.AliasNode:
		return "*" + n.Value
	case yaml.SequenceNode:
		items := make([]string, len(n.Content))
		for i, item := range n.Content {
			items[i] = f.flow(item, at, true)
		}
		return prefix + "[" + strings.Join(items, ", ") + "]"
	case yaml.MappingNode:
		var entries []string
		for _, i := range f.entries(n, at) {
			key := n.Content[i].Value
			entries = append(entries, quoted(key, true)+": "+f.flow(n.Content[i+1], join(at, key), true))
		}
		return prefix + "{" + strings.Join(entries, ", ") + "}"
	}
	if isPlain(n) && reads(n.Value) != textual {
		if n.Value == "" && inFlow {
			return prefix + "null"
		}
		return strings.TrimSuffix(prefix+n.Value, " ")
	}
	return prefix + quoted(n.Value, inFlow)
}
