package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"kept/internal/ledger"
	"kept/internal/locale"
)

// Template is a workbook that people fill in: one sheet of columns, one that
// explains them, and a hidden one with what drop-downs offer and by which the
// reader knows the template again. All texts are finished words of one language.
type Template struct {
	Title, Hint  string
	Organisation string
	Tool         string // version of kept
	Lang         locale.Lang
	Fill, About  string // names of the two sheets
	Columns      []TemplateColumn
	Examples     int     // how many of Rows show how to fill in; the reader leaves them out
	Rows         [][]any // cells as string, float64 or [time.Time], nil for none
	Lists        []TemplateList
	Guide        TemplateGuide
	Mark         [][]string // rows of [ledger.MarkSheet]
}

// TemplateList is what a drop-down offers.
type TemplateList struct{ Items []string }

// TemplateColumn is one column of the sheet that is filled in.
type TemplateColumn struct {
	Head, Band string
	Required   bool
	Folded     bool // out of sight until its band is opened
	Format     CellFormat
	Width      int   // in Latin characters
	List       int   // of the template's lists, from 1; 0 for none
	Limit      Limit // of what may be typed
	Prompt     string
	Error      string // what is said of anything else
	// Lenient lets people keep what is not in the list, after a question.
	Lenient bool
}

// CellFormat is how a column's cells take what is typed.
type CellFormat int

// The formats of cells.
const (
	TextCells   CellFormat = iota // stays as typed: 001
	LongCells                     // text that is wrapped
	NumberCells                   //
	DateCells                     // 2026-09-18
	TimeCells                     // 2026-09-18 17:30
	OpenCells                     // as the spreadsheet takes it: a date, or a time
)

// Limit is what a column demands of numbers, of the length of texts, or of dates;
// nothing where both ends are nil.
type Limit struct {
	Of       LimitOf
	Low, Top float64
}

// LimitOf is what a limit measures.
type LimitOf int

// What a limit measures.
const (
	NoLimit LimitOf = iota
	LengthLimit
	WholeLimit
	DecimalLimit
	DateLimit // days of a spreadsheet
)

// TemplateGuide is the sheet that explains the columns.
type TemplateGuide struct {
	Lines []string // how to fill in
	Head  []string
	Rows  [][]string
}

// Rows of the sheet that is filled in.
const (
	hintRow = 1 + iota
	bandRow
	headRow
	firstRow
)

// preparedRows is how many rows have drop-downs and checks.
const preparedRows = 1000

// made is what the workbook says of when it was made: a template has no date, for
// the same kinds and records give the same bytes.
var made = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)

// XLSX is the template as a workbook. Texts out of records are text and never a
// formula.
func (t *Template) XLSX() ([]byte, error) {
	b := &templateBook{Template: t, file: excelize.NewFile(), styles: map[templateLook]int{}}
	defer b.file.Close()
	for _, step := range []func() error{b.prepare, b.columns, b.heads, b.rows, b.lists, b.checks, b.page, b.guide} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("make template %q: %w", t.Title, err)
		}
	}
	var out bytes.Buffer
	if err := b.file.Write(&out); err != nil {
		return nil, fmt.Errorf("write template %q: %w", t.Title, err)
	}
	return out.Bytes(), nil
}

type templateBook struct {
	*Template
	file   *excelize.File
	styles map[templateLook]int
}

// prepare makes the sheets and what the workbook says of itself.
func (b *templateBook) prepare() error {
	if err := b.file.SetSheetName("Sheet1", b.Fill); err != nil {
		return err
	}
	for _, name := range []string{b.About, ledger.MarkSheet} {
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
	}
	if err := b.file.SetSheetVisible(ledger.MarkSheet, false, true); err != nil {
		return err
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: b.Title, Creator: b.Organisation, LastModifiedBy: "kept " + b.Tool, Language: string(b.Lang), Created: made, Modified: made,
	}); err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: "kept", Company: b.Organisation})
}

// columns sets widths and formats of whole columns, so that rows below the prepared
// ones have them, too, and folds what few need. The first column of a folded band
// stays in sight under the band's name.
func (b *templateBook) columns() error {
	left := false
	if err := b.file.SetSheetProps(b.Fill, &excelize.SheetPropsOptions{OutlineSummaryRight: &left}); err != nil {
		return err
	}
	for i, c := range b.Columns {
		name := ledger.Column(i + 1)
		style, err := b.style(templateLook{format: c.Format})
		if err != nil {
			return err
		}
		if err := b.file.SetColStyle(b.Fill, name, style); err != nil {
			return err
		}
		if err := b.file.SetColWidth(b.Fill, name, name, float64(c.Width)); err != nil {
			return err
		}
		if c.Folded && i > 0 && b.Columns[i-1].Band == c.Band {
			if err := b.fold(name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *templateBook) fold(column string) error {
	if err := b.file.SetColOutlineLevel(b.Fill, column, 1); err != nil {
		return err
	}
	return b.file.SetColVisible(b.Fill, column, false)
}

// heads writes the hint, the bands and the headings.
func (b *templateBook) heads() error {
	if err := b.put(b.Fill, 1, hintRow, b.Hint, templateLook{role: hintRole}); err != nil {
		return err
	}
	high := 1
	for i, c := range b.Columns {
		band := ""
		if i == 0 || b.Columns[i-1].Band != c.Band {
			band = c.Band
		}
		if err := b.put(b.Fill, i+1, bandRow, band, templateLook{role: bandRole}); err != nil {
			return err
		}
		role := headRole
		if c.Required {
			role = requiredRole
		}
		if err := b.put(b.Fill, i+1, headRow, c.Head, templateLook{role: role}); err != nil {
			return err
		}
		high = max(high, lines(c.Head, c.Width))
	}
	if err := b.file.SetRowHeight(b.Fill, headRow, float64(high*lineHeight+headSpace)); err != nil {
		return err
	}
	return b.file.SetPanes(b.Fill, &excelize.Panes{
		Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: "B" + strconv.Itoa(firstRow), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: "B" + strconv.Itoa(firstRow+b.Examples), ActiveCell: "B" + strconv.Itoa(firstRow+b.Examples), Pane: "bottomRight"}},
	})
}

// rows writes examples and what is filled in already.
func (b *templateBook) rows() error {
	for n, row := range b.Rows {
		role := filledRole
		if n < b.Examples {
			role = exampleRole
		}
		for i := range b.Columns {
			var value any
			if i < len(row) {
				value = row[i]
			}
			if value == nil && role == filledRole {
				continue
			}
			if err := b.put(b.Fill, i+1, firstRow+n, value, templateLook{role: role, format: b.Columns[i].Format}); err != nil {
				return err
			}
		}
	}
	return nil
}

// put writes a cell; a text is never taken for anything else.
func (b *templateBook) put(sheet string, column, row int, value any, l templateLook) error {
	at := ledger.Column(column) + strconv.Itoa(row)
	style, err := b.style(l)
	if err != nil {
		return err
	}
	if err := b.file.SetCellStyle(sheet, at, at, style); err != nil {
		return err
	}
	switch v := value.(type) {
	case string:
		if v == "" {
			return nil
		}
		return b.file.SetCellStr(sheet, at, v)
	case float64:
		return b.file.SetCellFloat(sheet, at, v, -1, 64)
	case time.Time:
		return b.file.SetCellValue(sheet, at, v)
	}
	return nil
}
