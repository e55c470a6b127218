package sheet

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"kept/internal/ledger"
)

// sheetSpace names the XML of Excel 2002 and 2003, which systems still export under
// the name .xls.
const sheetSpace = "urn:schemas-microsoft-com:office:spreadsheet"

// oldMarkup is a workbook in that form while it is read.
type oldMarkup struct {
	pages   []ledger.Page
	formats *formats
	styles  map[string]int // indexes of formats, by the style's id
	budget  budget
	style   string // being described
	row     ledger.Row
	column  int
	cell    struct {
		style, kind   string
		across, below int
		text          strings.Builder
	}
	inside, visible bool // of a cell's data, of a sheet's visibility
}

// readOldMarkup reads every sheet of a workbook in XML.
func readOldMarkup(text string) ([]ledger.Page, error) {
	m := &oldMarkup{formats: newFormats(), styles: map[string]int{}, budget: budget{cells: mostCells, bytes: mostUnpacked}}
	defer m.formats.close()
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // text is UTF-8 by now
	t := &tokens{Decoder: d, close: func() error { return nil }}
	if err := t.each(m.start, m.text, m.end); err != nil {
		return nil, err
	}
	return m.pages, nil
}

// page is the sheet that is being read.
func (m *oldMarkup) page() *ledger.Page {
	if len(m.pages) == 0 {
		m.pages = append(m.pages, ledger.Page{})
	}
	return &m.pages[len(m.pages)-1]
}

func (m *oldMarkup) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "Style":
		m.style = attribute(e, "ID")
	case "NumberFormat":
		m.styles[m.style] = len(m.formats.styles)
		m.formats.styles = append(m.formats.styles, parseFormat(namedFormat(attribute(e, "Format"))))
	case "Worksheet":
		m.pages = append(m.pages, ledger.Page{Name: attribute(e, "Name")})
		m.row = ledger.Row{}
	case "Visible":
		m.visible = true
	case "Row":
		m.row = ledger.Row{Number: indexed(e, m.row.Number), Hidden: yes(attribute(e, "Hidden"))}
		m.column = 0
	case "Cell":
		m.column = indexed(e, m.column)
		m.cell.style, m.cell.kind = attribute(e, "StyleID"), ""
		m.cell.across, _ = strconv.Atoi(attribute(e, "MergeAcross"))
		m.cell.below, _ = strconv.Atoi(attribute(e, "MergeDown"))
	case "Data":
		m.cell.kind, m.inside = attribute(e, "Type"), true
	}
	return nil
}

// indexed is the place that an element names, or the one behind the last.
func indexed(e xml.StartElement, last int) int {
	if n, err := strconv.Atoi(attribute(e, "Index")); err == nil && n > 0 {
		return n
	}
	return last + 1
}

// namedFormat is the code of a format that is written by name.
func namedFormat(name string) string {
	switch name {
	case "General Date", "Long Date", "Medium Date", "Short Date":
		return "yyyy-m-d"
	case "Long Time", "Medium Time", "Short Time":
		return "h:mm"
	case "Percent":
		return "0.00%"
	case "Fixed", "Standard", "Currency":
		return "0.00"
	}
	return name
}

func (m *oldMarkup) text(data []byte) {
	switch {
	case m.inside:
		m.cell.text.Write(data)
	case m.visible:
		m.page().Hidden = m.page().Hidden || strings.HasPrefix(string(data), "Sheet")
	}
}

func (m *oldMarkup) end(name string) error {
	switch name {
	case "Data":
		m.inside = false
	case "Visible":
		m.visible = false
	case "Cell":
		m.put()
	case "Row":
		if len(m.row.Cells) > 0 {
			m.page().Rows = append(m.page().Rows, m.row)
		}
		return m.budget.take(m.row)
	}
	return nil
}

// put sets the cell that was read.
func (m *oldMarkup) put() {
	text := m.cell.text.String()
	m.cell.text.Reset()
	column := m.column
	if m.cell.across > 0 || m.cell.below > 0 {
		m.column = min(m.column+max(m.cell.across, 0), mostColumns)
		m.page().Merged = append(m.page().Merged, ledger.Area{Top: m.row.Number, Left: column, Bottom: m.row.Number + max(m.cell.below, 0), Right: m.column})
	}
	if text == "" || column > mostColumns {
		return
	}
	cell := ledger.Cell{Text: text}
	switch m.cell.kind {
	case "Number":
		style, known := m.styles[m.cell.style]
		if !known {
			style = -1
		}
		cell = m.formats.shown(text, style, false)
	case "DateTime":
		cell.Text = strings.TrimSuffix(strings.TrimSuffix(strings.Replace(text, "T", " ", 1), ".000"), " 00:00:00")
	case "Boolean":
		cell.Text = strings.ToUpper(strconv.FormatBool(yes(text)))
	}
	for len(m.row.Cells) < column {
		m.row.Cells = append(m.row.Cells, ledger.Cell{})
	}
	m.row.Cells[column-1] = cell
}
