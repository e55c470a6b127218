package sheet

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"kept/internal/ledger"
)

// budget bounds what a file may make of itself: cells, counted to the last of each
// row that holds something, and the bytes of their texts.
type budget struct {
	cells int
	bytes int64
}

// mostCells is more than any ledger has: 200,000 rows of 40 columns.
const mostCells = 8_000_000

// take counts a row.
func (b *budget) take(r ledger.Row) error {
	b.cells -= len(r.Cells)
	for _, c := range r.Cells {
		b.bytes -= int64(len(c.Text))
	}
	if b.cells < 0 || b.bytes < 0 {
		return ErrTooLarge
	}
	return nil
}

// said gathers the text of an item of several runs, without the readings that stand
// beside characters.
type said struct {
	out            strings.Builder
	inside, beside bool
}

func (s *said) start(name string) {
	switch name {
	case "t":
		s.inside = true
	case "rPh":
		s.beside = true
	}
}

func (s *said) text(data []byte) {
	if s.inside && !s.beside {
		s.out.Write(data)
	}
}

func (s *said) end(name string) {
	switch name {
	case "t":
		s.inside = false
	case "rPh":
		s.beside = false
	}
}

// take gives the text and begins anew.
func (s *said) take() string {
	text := s.out.String()
	s.out.Reset()
	return unescaped(text)
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped reads the characters that XML cannot hold, written as _x000D_.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseUint(s[2:6], 16, 32)
		return string(rune(n))
	})
}

// sheetReader reads the cells of one sheet.
type sheetReader struct {
	*workbook
	page *ledger.Page
	row  ledger.Row
	cell struct {
		column, style int
		kind          string
		formula       bool
		stored        bool // the formula's result, if only an empty text
	}
	value strings.Builder
	inV   bool
	said  said
}

func (w *workbook) readSheet(name string, page *ledger.Page) error {
	t, err := w.tokens(name)
	if t == nil {
		return err
	}
	s := &sheetReader{workbook: w, page: page}
	return t.each(func(e xml.StartElement) error {
		s.start(e)
		return nil
	}, s.text, s.end)
}

func (s *sheetReader) start(e xml.StartElement) {
	switch name := e.Name.Local; name {
	case "row":
		number, err := strconv.Atoi(attribute(e, "r"))
		if err != nil || number < 1 {
			number = s.row.Number + 1
		}
		s.row = ledger.Row{Number: number, Hidden: yes(attribute(e, "hidden"))}
		s.cell.column = 0
	case "c":
		s.startCell(e)
	case "v":
		// A number that is empty is none: some programs write it for every formula.
		s.inV, s.cell.stored = true, s.cell.kind != "" && s.cell.kind != "n"
	case "f":
		s.cell.formula = true
	case "mergeCell":
		if a, ok := ledger.ParseArea(attribute(e, "ref")); ok {
			s.page.Merged = append(s.page.Merged, a)
		}
	default:
		s.said.start(name)
	}
}

func (s *sheetReader) startCell(e xml.StartElement) {
	column := s.cell.column + 1
	s.cell.kind, s.cell.style, s.cell.formula, s.cell.stored = "", 0, false, false
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			if at, ok := ledger.ParseArea(a.Value); ok {
				column = at.Left
			}
		case "t":
			s.cell.kind = a.Value
		case "s":
			s.cell.style, _ = strconv.Atoi(a.Value)
		}
	}
	s.cell.column = column
}

func (s *sheetReader) text(data []byte) {
	if s.inV {
		s.value.Write(data)
		return
	}
	s.said.text(data)
}

func (s *sheetReader) end(name string) error {
	switch name {
	case "v":
		s.inV = false
	case "c":
		return s.endCell()
	case "row":
		return s.endRow()
	default:
		s.said.end(name)
	}
	return nil
}

// endCell puts a cell that says something into its row.
func (s *sheetReader) endCell() error {
	value := s.value.String()
	s.value.Reset()
	cell := ledger.Cell{Text: s.said.take()}
	switch s.cell.kind {
	case "s":
		at, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || at < 0 || at >= len(s.texts) {
			return ErrDamaged
		}
		cell.Text = s.texts[at]
	case "b":
		cell.Text = map[bool]string{true: "TRUE", false: "FALSE"}[yes(value)]
	case "inlineStr":
	case "", "n":
		if value != "" {
			cell = s.formats.shown(value, s.cell.style, s.from04)
		}
	default: // str, e, d
		cell.Text = unescaped(value)
	}
	cell.Unsaved = cell.Text == "" && s.cell.formula && !s.cell.stored
	if cell.Text == "" && !cell.Unsaved || s.cell.column > mostColumns {
		return nil
	}
	for len(s.row.Cells) < s.cell.column {
		s.row.Cells = append(s.row.Cells, ledger.Cell{})
	}
	s.row.Cells[s.cell.column-1] = cell
	return nil
}

// mostColumns is how wide a sheet may be.
const mostColumns = 1 << 14

func (s *sheetReader) endRow() error {
	if len(s.row.Cells) == 0 {
		return nil
	}
	s.page.Rows = append(s.page.Rows, s.row)
	return s.budget.take(s.row)
}
