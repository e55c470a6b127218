// Package markdown turns controlled documents into safe HTML, and into blocks for
// who draws without it. It is the only
// door to the Markdown library: raw HTML is dropped, links lead to the web, to
// mail, to a place in the page or to where the caller sends them, and images
// are replaced by their description, so that no page loads anything from
// elsewhere.
package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"kept/internal/finding"
	"kept/internal/yamldoc"
)

// MaxSize is the largest text that is read, in bytes.
const MaxSize = 4 << 20

// Text is one Markdown file, ready to be shown.
type Text struct {
	Front    yamldoc.Object // front matter, empty where there is none
	HTML     string         // safe as it stands
	Headings []Heading      // in order of the text
	Sections []Section      // the words, parted by the headings

	matter *yamldoc.Document // the front matter, nil for none
	above  int               // lines of the file before it
}

// Position is the place in the file of a value of the front matter, by its pointer:
// /versions/0/date. It is that of the file alone where there is no such value.
func (t *Text) Position(pointer string) finding.Position {
	if t.matter == nil {
		return finding.Position{}
	}
	p := t.matter.Position(pointer)
	if p.Line > 0 {
		p.Line += t.above
	}
	return p
}

// Matter reads the front matter of a file alone: of the [Text] there is no more. It
// is nil for a file that is too large or has none that can be read.
func Matter(path string, data []byte) *Text {
	front, _, offset := split(data[:min(len(data), MaxSize)])
	if front == nil {
		return nil
	}
	doc, _ := yamldoc.Parse(path, front)
	if doc == nil {
		return nil
	}
	return &Text{Front: doc.Root(), matter: doc, above: offset}
}

// Heading is an entry of the table of contents.
type Heading struct {
	Level int    // 1 to 6
	ID    string // unique in the text
	Text  string
}

// Parse reads a file. Findings are about its front matter. Link decides what
// becomes of a relative link: its new target, or "" to keep only its words; a
// nil link keeps only the words.
func Parse(path string, data []byte, link func(target string) string) (*Text, finding.List, error) {
	if len(data) > MaxSize {
		return nil, nil, fmt.Errorf("read %q: %d bytes are more than %d", path, len(data), MaxSize)
	}
	front, body, offset := split(data)
	t := &Text{}
	var found finding.List
	if front != nil {
		doc, problems := yamldoc.Parse(path, front)
		found = shift(problems, offset)
		if doc != nil {
			t.Front, t.matter, t.above = doc.Root(), doc, offset
		}
	}
	if err := affordable(body); err != nil {
		return nil, found, fmt.Errorf("read %q: %w", path, err)
	}
	md := engine()
	root := md.Parser().Parse(text.NewReader(body))
	t.Headings = mark(root, body)
	t.Sections = sections(root, body, t.Headings)
	if err := tame(root, body, link); err != nil {
		return nil, found, fmt.Errorf("read %q: %w", path, err)
	}
	var out bytes.Buffer
	if err := md.Renderer().Render(&out, body, root); err != nil {
		return nil, found, fmt.Errorf("render %q: %w", path, err)
	}
	t.HTML = out.String()
	return t, found, nil
}

func engine() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.Strikethrough, extension.TaskList,
		extension.NewCJK(extension.WithEastAsianLineBreaks(extension.EastAsianLineBreaksCSS3Draft), extension.WithEscapedSpace()),
	))
}

// split takes the front matter off: a first line of three dashes up to the next
// such line. The offset is the number of lines above the front matter.
func split(data []byte) (front, body []byte, offset int) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return nil, data, 0
	}
	if after, ok := bytes.CutPrefix(rest, []byte("---\n")); ok {
		return nil, after, 0
	}
	front, body, ok = bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		return nil, data, 0
	}
	return front, body, 1
}

func shift(l finding.List, lines int) finding.List {
	for i := range l {
		if l[i].Position.Line > 0 {
			l[i].Position.Line += lines
		}
	}
	return l
}

// plain is the words of a node without their markup.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch x := n.(type) {
		case *ast.Text:
			b.Write(x.Segment.Value(source))
			if x.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(x.Value)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
