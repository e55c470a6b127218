package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kept/internal/portal"
)

// XLSX is a sheet as a workbook: the register with its head frozen and filters,
// numbers, dates and times as such, texts never as formulas; behind it the columns
// explained and where they come from. A text of more than 32,767 UTF-16 units is
// cut there, as Excel would; the text file has it whole.
func XLSX(s *portal.Sheet) ([]byte, error) {
	b := &book{file: excelize.NewFile(), sheet: s, styles: map[look]int{}, widths: widths(s.Table)}
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
	styles map[look]int
	widths []int // of the register's columns, in characters
}

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
	if err := b.page(); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, width := range b.widths {
		if err := w.SetColWidth(i+1, i+1, float64(width+besideText)); err != nil {
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

// rows writes the head and every row. A cell without a text is drawn, too.
func (b *book) rows(w *excelize.StreamWriter) error {
	t := b.sheet.Table
	cells, line := make([]excelize.Cell, len(t.Columns)), make([]any, len(t.Columns))
	head, err := b.style(look{format: headStyle})
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
		high := 1
		for j := range t.Columns {
			if cells[j], err = b.cell(j, &t.Rows[i].Cells[j]); err != nil {
				return err
			}
			high = max(high, lines(t.Rows[i].Cells[j].Text, b.widths[j]))
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), line, height(high)...); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) cell(column int, cell *portal.Cell) (excelize.Cell, error) {
	c := &b.sheet.Table.Columns[column]
	v := read(c, cell)
	style, plain := look{align: c.Align}, any(v.text)
	switch {
	case v.text == "":
		plain = nil
	case v.kind == portal.NumberColumn:
		style.format, plain = numberFormat(v), v.number
	case v.kind == portal.DateColumn:
		style.format, plain = dateFormat, v.moment
	case v.kind == portal.TimeColumn && v.moment.Second() != 0:
		style.format, plain = exactFormat, v.moment
	case v.kind == portal.TimeColumn:
		style.format, plain = timeFormat, v.moment
	case formulaic(v.text):
		style.format = textStyle
	case lines(v.text, b.widths[column]) > 1:
		style.format = wrapStyle
	}
	id, err := b.style(style)
	return excelize.Cell{StyleID: id, Value: plain}, err
}

// numberFormat shows as many decimals as the paper does.
func numberFormat(v value) string {
	switch {
	case v.digits == 0 && !v.ratio:
		return "0"
	case v.digits == 1 && v.ratio:
		return "0.0%"
	}
	format := "0"
	if v.digits > 0 {
		format += "." + strings.Repeat("0", v.digits)
	}
	if v.ratio {
		format += "%"
	}
	return format
}
