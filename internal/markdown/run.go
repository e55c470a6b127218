package markdown

import (
	"bufio"
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	render "github.com/yuin/goldmark/renderer/html"
)

// pen writes the inline nodes of one block as runs.
type pen struct {
	*walker
	list []Run
	soft bool // a line ended in the file
}

// runs are the words of a block.
func (w *walker) runs(n ast.Node) []Run {
	p := &pen{walker: w}
	p.inside(n, Run{})
	return p.list
}

func (p *pen) inside(n ast.Node, manner Run) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.inline(c, manner)
	}
}

func (p *pen) inline(n ast.Node, manner Run) {
	switch x := n.(type) {
	case *ast.Text:
		p.write(unescaped(x.Segment.Value(p.source)), manner)
		p.soft = x.SoftLineBreak()
		if x.HardLineBreak() {
			p.write("\n", manner)
		}
		return
	case *ast.String:
		p.write(string(x.Value), manner)
		return
	case *ast.CodeSpan:
		manner.Code = true
		p.write(strings.ReplaceAll(plain(x, p.source), "\n", " "), manner)
		return
	case *ast.Emphasis:
		manner.Strong = manner.Strong || x.Level > 1
		manner.Stress = manner.Stress || x.Level == 1
	case *east.Strikethrough:
		manner.Struck = true
	case *ast.Link:
		manner.Link = target(string(x.Destination), p.link)
	case *ast.AutoLink:
		manner.Link = target(autoTarget(x, p.source), nil)
		p.write(string(x.Label(p.source)), manner)
		return
	case *ast.Image:
		p.image(x, manner)
		return
	}
	p.inside(n, manner)
}

// autoTarget is where an address between angle brackets leads.
func autoTarget(x *ast.AutoLink, source []byte) string {
	to := string(x.URL(source))
	if x.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
		return "mailto:" + to
	}
	return to
}

// image keeps a picture by its description, also where it has none.
func (p *pen) image(x *ast.Image, manner Run) {
	inner := &pen{walker: p.walker}
	inner.inside(x, Run{})
	var alt strings.Builder
	for _, r := range inner.list {
		alt.WriteString(r.Text)
	}
	manner.Text = alt.String()
	manner.Image = &Image{Target: string(x.Destination), Alt: alt.String(), Line: p.line(x.Parent())}
	p.space(manner.Text, manner)
	p.list = append(p.list, manner)
}

// write adds text, joined to the run before where it is written alike.
func (p *pen) write(s string, manner Run) {
	if s == "" {
		return
	}
	p.space(s, manner)
	if n := len(p.list); n > 0 {
		last := p.list[n-1]
		last.Text = ""
		if last == manner {
			p.list[n-1].Text += s
			return
		}
	}
	manner.Text = s
	p.list = append(p.list, manner)
}

// space puts a blank where a line ended in the file, but for a line between two
// wide characters, as the page does.
func (p *pen) space(next string, manner Run) {
	if !p.soft || next == "\n" {
		p.soft = false
		return
	}
	p.soft = false
	if n := len(p.list); n > 0 {
		left, _ := utf8.DecodeLastRuneInString(p.list[n-1].Text)
		right, _ := utf8.DecodeRuneInString(next)
		if !wide(left) || !wide(right) {
			p.list[n-1].Text += " "
		}
	}
}

// wide tells whether a character is set in a square of its own.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 || strings.ContainsRune("“”‘’…—", r)
}

var plainWriter = render.NewWriter(render.WithEscapedSpace())

// unescaped resolves what a backslash or an entity stands for, as the page does.
func unescaped(s []byte) string {
	if !bytes.ContainsAny(s, `\&`) {
		return string(s)
	}
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	plainWriter.Write(w, s)
	_ = w.Flush() // into memory
	return html.UnescapeString(b.String())
}
