package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kept/internal/portal"
)

// XLSX is a sheet as a workbook: the register with its head frozen and filters,
// numbers, dates and times as such, texts never as formulas; behind it the columns
// explained and where they come from. A text of more than 32,767 UTF-16 units is
// cut there, as Excel would; the text file has it whole.
func XLSX(s *portal.Sheet) ([]byte, error) {
	b := &book{file: excelize.NewFile(), sheet: s, styles: map[string]int{}}
	defer b.file.Close()
	for _, step := range []func() error{b.prepare, b.about, b.data} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("make workbook %q: %w", s.Name, err)
		}
	}
	var out bytes.Buffer
	if err := b.file.Write(&out); err != nil {
		return nil, fmt.Errorf("write workbook %q: %w", s.Name, err)
	}
	return out.Bytes(), nil
}

type book struct {
	file   *excelize.File
	sheet  *portal.Sheet
	styles map[string]int // by what they are for
}

// The styles by name; that of a number is called as its format.
const (
	headStyle  = "head"
	wrapStyle  = "wrap"
	plainStyle = "plain"
	textStyle  = "text" // stays text when somebody edits the cell
	dateFormat = "yyyy-mm-dd"
	timeFormat = "yyyy-mm-dd hh:mm"

	exactFormat = "yyyy-mm-dd hh:mm:ss"
)

// prepare names the sheets and fixes what a workbook says of itself, so that no
// clock is in it.
func (b *book) prepare() error {
	s, w := b.sheet, b.sheet.Words
	if err := b.file.SetSheetName("Sheet1", w.Data); err != nil {
		return err
	}
	if _, err := b.file.NewSheet(w.About); err != nil {
		return err
	}
	made := s.Created.Format(time.RFC3339)
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: s.Title, Creator: s.Organisation, LastModifiedBy: "kept " + s.Tool, Identifier: s.Code,
		Language: string(s.Lang), Created: made, Modified: made,
	}); err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: "kept", Company: s.Organisation})
}

// style makes each style once, in the order of first use.
func (b *book) style(name string) (int, error) {
	if id, ok := b.styles[name]; ok {
		return id, nil
	}
	style := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}
	switch name {
	case headStyle:
		style = excelize.Style{
			Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E9EDEC"}},
			Border:    []excelize.Border{{Type: "bottom", Style: 1, Color: "57636D"}},
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		}
	case wrapStyle:
		style.Alignment.WrapText = true
	case textStyle:
		style.NumFmt = 49
	case plainStyle:
	case dateFormat, timeFormat, exactFormat:
		style.CustomNumFmt, style.Alignment.Horizontal = &name, "left"
	default:
		style.CustomNumFmt = &name
	}
	id, err := b.file.NewStyle(&style)
	if err != nil {
		return 0, fmt.Errorf("make style %q: %w", name, err)
	}
	b.styles[name] = id
	return id, nil
}

// data writes the register. It is the only sheet that is streamed: excelize puts
// several into the file in no fixed order.
func (b *book) data() error {
	t, name := b.sheet.Table, b.sheet.Words.Data
	last, err := excelize.CoordinatesToCellName(max(1, len(t.Columns)), len(t.Rows)+1, false)
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := b.page(name); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, width := range widths(t) {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	if err := b.rows(w); err != nil {
		return err
	}
	return w.Flush()
}

// page makes the sheet print: across, as wide as the paper, the head on each page.
func (b *book) page(name string) error {
	across, fit, wide, long, a4 := "landscape", true, 1, 0, 9
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &long}); err != nil {
		return err
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name})
}

func (b *book) rows(w *excelize.StreamWriter) error {
	t := b.sheet.Table
	cells, line := make([]excelize.Cell, len(t.Columns)), make([]any, len(t.Columns))
	head, err := b.style(headStyle)
	if err != nil {
		return err
	}
	for i := range t.Columns {
		cells[i], line[i] = excelize.Cell{StyleID: head, Value: t.Columns[i].Title}, &cells[i]
	}
	if err := w.SetRow("A1", line); err != nil {
		return err
	}
	for i := range t.Rows {
		for j := range t.Columns {
			line[j] = nil
			if t.Rows[i].Cells[j].Text == "" {
				continue
			}
			if cells[j], err = b.cell(&t.Columns[j], &t.Rows[i].Cells[j]); err != nil {
				return err
			}
			line[j] = &cells[j]
		}
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, line); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) cell(c *portal.Column, cell *portal.Cell) (excelize.Cell, error) {
	v := read(c, cell)
	name, plain := plainStyle, any(v.text)
	switch {
	case v.kind == portal.NumberColumn:
		name, plain = numberFormat(v), v.number
	case v.kind == portal.DateColumn:
		name, plain = dateFormat, v.moment
	case v.kind == portal.TimeColumn && v.moment.Second() != 0:
		name, plain = exactFormat, v.moment
	case v.kind == portal.TimeColumn:
		name, plain = timeFormat, v.moment
	case formulaic(v.text):
		name = textStyle
	case strings.Contains(v.text, "\n") || columns(v.text) > widest:
		name = wrapStyle
	}
	id, err := b.style(name)
	return excelize.Cell{StyleID: id, Value: plain}, err
}

// numberFormat shows as many decimals as the paper does.
func numberFormat(v value) string {
	format := "0"
	if v.digits > 0 {
		format += "." + strings.Repeat("0", v.digits)
	}
	if v.ratio {
		format += "%"
	}
	return format
}

// Bounds of a column's width, in characters; a Chinese one takes two.
const (
	narrowest = 8
	widest    = 48
)

// widths fit the texts of each column.
func widths(t *portal.Table) []float64 {
	list := make([]float64, len(t.Columns))
	for i := range t.Columns {
		n := columns(t.Columns[i].Title) + 2 // the button of the filter
		for j := range t.Rows {
			n = max(n, columns(t.Rows[j].Cells[i].Text))
		}
		list[i] = float64(min(max(n, narrowest), widest) + 2)
	}
	return list
}

// columns is how wide a text is: a Latin letter has one byte and takes one column, a
// Chinese character three and takes two. Others come near enough.
func columns(s string) int { return (len(s) + utf8.RuneCountInString(s)) / 2 }

// about explains the columns below where the register comes from.
func (b *book) about() error {
	s, w := b.sheet, b.sheet.Words
	head, err := b.style(headStyle)
	if err != nil {
		return err
	}
	wrap, err := b.style(wrapStyle)
	if err != nil {
		return err
	}
	row := 0
	put := func(style int, texts ...string) error {
		row++
		for i, text := range texts {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				return err
			}
			if err := b.file.SetCellStr(w.About, at, text); err != nil {
				return err
			}
			if err := b.file.SetCellStyle(w.About, at, at, style); err != nil {
				return err
			}
		}
		return nil
	}
	for _, f := range s.Facts {
		if err := put(wrap, f.Label, f.Text); err != nil {
			return err
		}
	}
	row++
	if err := put(head, w.Column, w.Key, w.Type, w.Meaning); err != nil {
		return err
	}
	for _, c := range s.Table.Columns {
		if err := put(wrap, c.Title, c.Key, w.Types[c.Type], c.Help); err != nil {
			return err
		}
	}
	for column, width := range map[string]float64{"A": 22, "B": 44, "C": 12, "D": 60} {
		if err := b.file.SetColWidth(w.About, column, column, width); err != nil {
			return err
		}
	}
	return nil
}
