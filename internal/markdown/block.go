package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph Kind = "paragraph"
	Title     Kind = "heading"
	Item      Kind = "item" // of a list
	Quote     Kind = "quote"
	Code      Kind = "code"
	Grid      Kind = "table"
	Picture   Kind = "image" // that stands alone
	Rule      Kind = "rule"
)

// Block is one block of a text, for who draws it without HTML. Blocks stand in the
// order of reading; what is inside a list or a quote has a Depth.
type Block struct {
	Kind   Kind
	Level  int    // of a heading, 1 to 6
	ID     string // of a heading, as [Heading] has it
	Depth  int    // lists and quotes around it
	Quoted int    // the depth of the innermost quote around it, 0 for none
	Marker string // of the first block of an item: 3. or •; ☐ or ☑ where it is a task
	Runs   []Run
	Lines  []string // of code
	Head   []Cell
	Rows   [][]Cell
	Image  *Image
	Line   int // in the file, 0 where it is not known
}

// Run is a piece of text in one manner of writing. A line break is \n.
type Run struct {
	Text                         string
	Strong, Stress, Code, Struck bool
	Link                         string // where it leads, as [Parse] allows it; "" for nowhere
	Image                        *Image // in the midst of words, whose Text is its description
}

// Cell is one cell of a table.
type Cell struct {
	Runs  []Run
	Align string // left, right, center, or "" where nothing is said
}

// Image is a picture as the text names it.
type Image struct {
	Target string // as written; nobody has looked whether it is there
	Alt    string
	Line   int
}

// Blocks reads the text of a file as blocks. Links are treated as [Parse] does; raw
// HTML is left out. Errors are those of [Parse].
func Blocks(path string, data []byte, link func(target string) string) ([]Block, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("read %q: %d bytes are more than %d", path, len(data), MaxSize)
	}
	front, body, _ := split(data)
	if err := affordable(body); err != nil {
		return nil, fmt.Errorf("read %q: %w", path, err)
	}
	root := engine().Parser().Parse(text.NewReader(body))
	mark(root, body)
	w := &walker{source: body, link: link}
	if front != nil {
		w.above = strings.Count(string(front), "\n") + 3
	}
	w.children(root)
	return w.blocks, nil
}

// walker gathers the blocks of a tree.
type walker struct {
	source []byte
	link   func(string) string
	above  int // lines of the front matter
	blocks []Block

	depth, quoted int
	marker        string // of the item whose first block comes next
	item          bool
}

func (w *walker) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

func (w *walker) block(n ast.Node) {
	switch x := n.(type) {
	case *ast.Heading:
		id, _ := x.AttributeString("id")
		name, _ := id.([]byte)
		w.add(Block{Kind: Title, Level: x.Level, ID: string(name), Runs: w.runs(x)}, n)
	case *ast.Paragraph, *ast.TextBlock:
		w.words(n)
	case *ast.List:
		w.list(x)
	case *ast.Blockquote:
		depth, quoted, item := w.depth, w.quoted, w.item
		w.depth, w.quoted, w.item = depth+1, depth+1, false
		w.children(x)
		w.depth, w.quoted, w.item = depth, quoted, item
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		w.add(Block{Kind: Code, Lines: w.lines(n)}, n)
	case *ast.ThematicBreak:
		w.add(Block{Kind: Rule}, n)
	case *east.Table:
		w.table(x)
	}
}

// add puts a block where the walk is.
func (w *walker) add(b Block, n ast.Node) {
	b.Depth, b.Quoted, b.Line = w.depth, w.quoted, w.line(n)
	b.Marker, w.marker = w.marker, ""
	w.blocks = append(w.blocks, b)
}

// line is where a node's own text begins, 0 for a node without one.
func (w *walker) line(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if n.Type() != ast.TypeInline && n.Lines() != nil && n.Lines().Len() > 0 {
			return w.lineAt(n.Lines().At(0).Start)
		}
		if t, ok := n.(*ast.Text); ok {
			return w.lineAt(t.Segment.Start)
		}
	}
	return 0
}

func (w *walker) lineAt(offset int) int {
	return w.above + 1 + strings.Count(string(w.source[:min(offset, len(w.source))]), "\n")
}

// words adds a paragraph, an item or a quote. A paragraph of an image alone is the
// image.
func (w *walker) words(n ast.Node) {
	runs := w.runs(n)
	if len(runs) == 1 && runs[0].Image != nil {
		w.add(Block{Kind: Picture, Image: runs[0].Image}, n)
		return
	}
	kind := Paragraph
	switch {
	case w.item:
		kind = Item
	case w.quoted > 0:
		kind = Quote
	}
	if len(runs) > 0 || w.marker != "" {
		w.add(Block{Kind: kind, Runs: runs}, n)
	}
}

// bullets are the marks of lists inside each other; every face has them.
var bullets = [...]string{"•", "–", "·"}

func (w *walker) list(l *ast.List) {
	depth, item := w.depth, w.item
	w.depth, w.item = depth+1, true
	n := l.Start
	for c := l.FirstChild(); c != nil; c = c.NextSibling() {
		w.marker = bullets[min(depth, len(bullets)-1)]
		if l.IsOrdered() {
			w.marker = strconv.Itoa(n) + string(l.Marker)
			n++
		}
		if box := taskOf(c); box != nil {
			w.marker = "☐"
			if box.IsChecked {
				w.marker = "☑"
			}
		}
		if c.FirstChild() == nil {
			w.add(Block{Kind: Item}, c)
		}
		w.children(c)
		w.marker = ""
	}
	w.depth, w.item = depth, item
}

// taskOf is the box at the beginning of an item, nil for none.
func taskOf(item ast.Node) *east.TaskCheckBox {
	if first := item.FirstChild(); first != nil {
		box, _ := first.FirstChild().(*east.TaskCheckBox)
		return box
	}
	return nil
}

// lines are those of code, without their ends.
func (w *walker) lines(n ast.Node) []string {
	var lines []string
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		lines = append(lines, strings.TrimRight(string(s.Value(w.source)), "\n"))
	}
	return lines
}

func (w *walker) table(t *east.Table) {
	b := Block{Kind: Grid}
	for r := t.FirstChild(); r != nil; r = r.NextSibling() {
		var cells []Cell
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cell := Cell{Runs: w.runs(c)}
			if x, ok := c.(*east.TableCell); ok && x.Alignment != east.AlignNone {
				cell.Align = x.Alignment.String()
			}
			cells = append(cells, cell)
		}
		if _, ok := r.(*east.TableHeader); ok {
			b.Head = cells
		} else {
			b.Rows = append(b.Rows, cells)
		}
	}
	w.add(b, t)
}
