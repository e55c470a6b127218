package yamldoc

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// layout is a block mapping's text by lines, and which lines each entry takes.
type layout struct {
	doc     *Document
	lines   []string // without line ends
	eol     string
	entries []entry
}

// entry is one top-level key with its value. Comments and blank lines behind it
// belong to what follows.
type entry struct {
	key, value *yaml.Node
	start, end int // lines from zero, end not included
}

func newLayout(doc *Document, root *yaml.Node) *layout {
	l := &layout{doc: doc, eol: "\n"}
	text := string(doc.text)
	if strings.Contains(text, "\r\n") {
		l.eol = "\r\n"
	}
	if !strings.HasSuffix(text, "\n") {
		text += l.eol
	}
	l.lines = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := 0; i+1 < len(root.Content); i += 2 {
		e := entry{key: root.Content[i], value: root.Content[i+1], start: root.Content[i].Line - 1, end: len(l.lines)}
		if i+2 < len(root.Content) {
			e.end = root.Content[i+2].Line - 1
		}
		e.end = l.lastLine(e)
		l.entries = append(l.entries, e)
	}
	return l
}

// lastLine walks back over the comments and blank lines behind an entry. In a
// block of text only a comment at the margin is one.
func (l *layout) lastLine(e entry) int {
	inText := deepestLast(e.value).Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	end := e.end
	for end > e.start+1 {
		line := strings.TrimRight(l.lines[end-1], "\r")
		trimmed := strings.TrimSpace(line)
		comment := strings.HasPrefix(line, "#") || !inText && strings.HasPrefix(trimmed, "#")
		if trimmed != "" && !comment && line != "..." {
			break
		}
		end--
	}
	return end
}

// deepestLast is the leaf that stands last in a value.
func deepestLast(n *yaml.Node) *yaml.Node {
	for len(n.Content) > 0 {
		n = n.Content[len(n.Content)-1]
	}
	return n
}

// entry is the place of a key in entries, -1 where there is none.
func (l *layout) entry(key string) int {
	return slices.IndexFunc(l.entries, func(e entry) bool { return e.key.Value == key })
}

// place is the line at which a new entry goes before the key named.
func (l *layout) place(before string) int {
	switch i := l.entry(before); {
	case i > 0:
		return l.entries[i-1].end
	case i == 0:
		return l.entries[0].start
	}
	return l.entries[len(l.entries)-1].end
}

func (l *layout) isBlockList(i int) bool {
	v := l.entries[i].value
	return v.Kind == yaml.SequenceNode && v.Style&yaml.FlowStyle == 0
}

// insert puts written lines before the line at.
func (l *layout) insert(at int, written string) {
	l.lines = slices.Insert(l.lines, at, l.split(written)...)
}

// split cuts what the writer wrote into lines as this file ends them.
func (l *layout) split(written string) []string {
	lines := strings.Split(strings.TrimSuffix(written, "\n"), "\n")
	if l.eol == "\r\n" {
		for i := range lines {
			lines[i] += "\r"
		}
	}
	return lines
}

// replace puts a written entry in the place of another, and the comment on its
// first line behind it.
func (l *layout) replace(i int, written string) {
	e := l.entries[i]
	lines := l.split(written)
	if comment := l.comment(e); comment != "" {
		first := strings.TrimSuffix(lines[0], "\r")
		lines[0] = first + comment + lines[0][len(first):]
	}
	l.lines = slices.Replace(l.lines, e.start, e.end, lines...)
}

// comment is the comment on an entry's first line with the blanks before it.
func (l *layout) comment(e entry) string {
	line := strings.TrimRight(l.lines[e.start], "\r")
	from := byteColumn(line, e.key.Column) + len(e.key.Value)
	if e.value.Line == e.key.Line {
		from = byteColumn(line, e.value.Column)
	}
	if from >= len(line) {
		return ""
	}
	at := commentStart(line[from:])
	if at < 0 {
		return ""
	}
	body := line[:from+at]
	return line[len(strings.TrimRight(body, " \t")):]
}

// commentStart finds the # of a comment outside quotes, -1 where there is none.
// A quote opens only where a value may begin.
func commentStart(s string) int {
	var open byte
	before := byte(' ')
	fresh := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case open != 0:
			if c == '\\' && open == '"' {
				i++
			} else if c == open {
				open = 0
			}
		case (c == '"' || c == '\'') && fresh:
			open = c
		case c == '#' && (before == ' ' || before == '\t'):
			return i
		}
		fresh = strings.IndexByte("[{,:", c) >= 0 || fresh && c == ' '
		before = c
	}
	return -1
}

// byteColumn turns a column in characters, from one, into an offset.
func byteColumn(line string, column int) int {
	at := 0
	for range column - 1 {
		_, n := utf8.DecodeRuneInString(line[at:])
		at += n
	}
	return at
}

func (l *layout) bytes(marked bool) []byte {
	var b strings.Builder
	if marked {
		b.WriteString(bom)
	}
	for _, line := range l.lines {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return []byte(b.String())
}
