package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kept/internal/ledger"
)

// readMarkup reads the tables of a web page, as systems export them under the name
// .xls: each that holds no other table is a sheet.
func readMarkup(text string) ([]ledger.Page, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var pages []ledger.Page
	left := budget{cells: mostCells, bytes: mostUnpacked}
	for n := range root.Descendants() {
		if n.DataAtom != atom.Table || holdsTable(n) {
			continue
		}
		m := &markupTable{page: ledger.Page{Name: "Sheet" + strconv.Itoa(len(pages)+1)}, budget: &left, below: map[int]int{}}
		if err := m.read(n); err != nil {
			return nil, err
		}
		pages = append(pages, m.page)
	}
	if len(pages) == 0 {
		return nil, ErrNoTable
	}
	return pages, nil
}

func holdsTable(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Table {
			return true
		}
	}
	return false
}

// markupTable is one table of a web page.
type markupTable struct {
	page   ledger.Page
	row    int
	below  map[int]int // last row that a cell above still covers, by column
	budget *budget
}

func (m *markupTable) read(table *html.Node) error {
	for n := range table.Descendants() {
		if n.DataAtom != atom.Tr {
			continue
		}
		m.row++
		row := ledger.Row{Number: m.row, Hidden: unseen(n)}
		column := 0
		for c := range n.ChildNodes() {
			if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
				continue
			}
			for column++; m.below[column] >= m.row; column++ {
			}
			column = m.put(&row, column, c)
			if column > mostColumns {
				return ErrTooLarge
			}
		}
		if len(row.Cells) > 0 {
			m.page.Rows = append(m.page.Rows, row)
		}
		if err := m.budget.take(row); err != nil {
			return err
		}
	}
	return nil
}

// put sets a cell and gives the last column that it covers.
func (m *markupTable) put(row *ledger.Row, column int, c *html.Node) int {
	last := column + span(c, "colspan") - 1
	bottom := m.row + span(c, "rowspan") - 1
	if text := textOfNode(c); text != "" {
		for len(row.Cells) < column {
			row.Cells = append(row.Cells, ledger.Cell{})
		}
		row.Cells[column-1] = ledger.Cell{Text: text}
	}
	if last > column || bottom > m.row {
		m.page.Merged = append(m.page.Merged, ledger.Area{Top: m.row, Left: column, Bottom: bottom, Right: last})
	}
	if bottom > m.row {
		for i := column; i <= last; i++ {
			m.below[i] = bottom
		}
	}
	return last
}

// mostSpan is how far a cell may reach, as in browsers.
const mostSpan = 1000

func span(c *html.Node, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(attributeOf(c, name)))
	if err != nil {
		return 1
	}
	return min(max(n, 1), mostSpan)
}

func attributeOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// unseen tells an element that its own style hides.
func unseen(n *html.Node) bool {
	style := strings.ToLower(strings.Join(strings.Fields(attributeOf(n, "style")), ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// textOfNode is what an element shows: blanks as one, breaks and paragraphs as line
// ends.
func textOfNode(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			for i, word := range strings.FieldsFunc(n.Data, blank) {
				if i > 0 || startsBlank(n.Data) {
					spaced(&b)
				}
				b.WriteString(word)
			}
			if endsBlank(n.Data) {
				spaced(&b)
			}
			return
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style, n.DataAtom == atom.Template, n.Data == "comment":
			return
		case n.DataAtom == atom.Br:
			b.WriteByte('\n')
		case block[n.DataAtom] && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n"):
			b.WriteByte('\n')
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	for c := range n.ChildNodes() {
		walk(c)
	}
	return strings.TrimSpace(b.String())
}

// block are the elements that begin a line of their own.
var block = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Li: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.Pre: true}

func blank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

func startsBlank(s string) bool { return s != "" && blank(rune(s[0])) }
func endsBlank(s string) bool   { return s != "" && blank(rune(s[len(s)-1])) }

// spaced adds a blank where none stands.
func spaced(b *strings.Builder) {
	if s := b.String(); s != "" && !endsBlank(s) {
		b.WriteByte(' ')
	}
}
