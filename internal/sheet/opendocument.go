package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"

	"kept/internal/ledger"
)

// openDocument is a spreadsheet of OpenDocument while it is read.
type openDocument struct {
	pages  []ledger.Page
	hidden map[string]bool // styles of sheets that are not shown
	style  string          // being described
	budget budget
	row    ledger.Row
	rows   int // how often the row stands
	column int
	cell   openCell
	text   strings.Builder
	lines  int // paragraphs of the cell
	inside int // depth of paragraphs
	beside int // depth of notes and drawings
}

// openCell is what a cell's element says.
type openCell struct {
	kind, value, day, truth string
	repeated, across, below int
}

// readOpenDocument reads every sheet of a packed OpenDocument spreadsheet.
func readOpenDocument(p *packed) ([]ledger.Page, error) {
	t, err := p.tokens("content.xml")
	if t == nil {
		return nil, err
	}
	d := &openDocument{hidden: map[string]bool{}, budget: budget{cells: mostCells, bytes: mostUnpacked}}
	if err := t.each(d.start, d.read, d.end); err != nil {
		return nil, err
	}
	if len(d.pages) == 0 {
		return nil, ErrNoWorkbook
	}
	return d.pages, nil
}

// times is a number of repetitions, at least one.
func times(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil {
		return 1
	}
	return max(n, 1)
}

func (d *openDocument) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "annotation", "shapes", "frame", "custom-shape":
		d.beside++
	case "style":
		d.style = attribute(e, "name")
	case "table-properties":
		d.hidden[d.style] = attribute(e, "display") == "false"
	case "table":
		d.pages = append(d.pages, ledger.Page{Name: attribute(e, "name"), Hidden: d.hidden[attribute(e, "style-name")]})
		d.row = ledger.Row{Number: 1}
	case "table-row":
		v := attribute(e, "visibility")
		d.row = ledger.Row{Number: d.row.Number, Hidden: v == "collapse" || v == "filter"}
		d.rows, d.column = times(e, "number-rows-repeated"), 1
	case "table-cell", "covered-table-cell":
		d.cell = openCell{
			kind: attribute(e, "value-type"), value: attribute(e, "value"), day: attribute(e, "date-value"), truth: attribute(e, "boolean-value"),
			repeated: min(times(e, "number-columns-repeated"), mostColumns+1), across: times(e, "number-columns-spanned"), below: times(e, "number-rows-spanned"),
		}
		d.lines = 0
	default:
		d.startText(e)
	}
	return nil
}

func (d *openDocument) startText(e xml.StartElement) {
	if d.beside > 0 {
		return
	}
	switch e.Name.Local {
	case "p":
		if d.inside++; d.lines > 0 {
			d.text.WriteByte('\n')
		}
		d.lines++
	case "s":
		d.text.WriteString(strings.Repeat(" ", min(times(e, "c"), 1000)))
	case "tab":
		d.text.WriteByte('\t')
	case "line-break":
		d.text.WriteByte('\n')
	}
}

func (d *openDocument) read(data []byte) {
	if d.inside > 0 && d.beside == 0 {
		d.text.Write(data)
	}
}

func (d *openDocument) end(name string) error {
	switch name {
	case "annotation", "shapes", "frame", "custom-shape":
		d.beside--
	case "p":
		if d.beside == 0 {
			d.inside--
		}
	case "table-cell", "covered-table-cell":
		return d.endCell()
	case "table-row":
		return d.endRow()
	}
	return nil
}

// endCell puts a cell as often as it stands.
func (d *openDocument) endCell() error {
	cell := ledger.Cell{Text: d.text.String()}
	d.text.Reset()
	switch d.cell.kind {
	case "float", "percentage", "currency":
		cell.Number = d.cell.value
	case "date":
		cell.Text = strings.TrimSuffix(strings.Replace(d.cell.day, "T", " ", 1), " 00:00:00")
	case "boolean":
		cell.Text = strings.ToUpper(d.cell.truth)
	}
	first := d.column
	d.column += d.cell.repeated
	if d.cell.across > 1 || d.cell.below > 1 {
		d.page().Merged = append(d.page().Merged, ledger.Area{
			Top: d.row.Number, Left: first, Bottom: d.row.Number + d.cell.below - 1, Right: first + d.cell.across - 1,
		})
	}
	if cell.Text == "" {
		return nil
	}
	if d.column > mostColumns+1 || len(d.pages) == 0 {
		return ErrTooLarge
	}
	for len(d.row.Cells) < first-1 {
		d.row.Cells = append(d.row.Cells, ledger.Cell{})
	}
	for range d.cell.repeated {
		d.row.Cells = append(d.row.Cells, cell)
	}
	return nil
}

// page is the sheet that is being read.
func (d *openDocument) page() *ledger.Page {
	if len(d.pages) == 0 {
		d.pages = append(d.pages, ledger.Page{})
	}
	return &d.pages[len(d.pages)-1]
}

// endRow puts a row as often as it stands.
func (d *openDocument) endRow() error {
	if len(d.row.Cells) == 0 {
		d.row.Number += d.rows
		return nil
	}
	for range d.rows {
		if err := d.budget.take(d.row); err != nil {
			return err
		}
		d.page().Rows = append(d.page().Rows, d.row)
		d.row.Number++
	}
	return nil
}
