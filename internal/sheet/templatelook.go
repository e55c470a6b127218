package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// templateLook is how a cell of a template is drawn.
type templateLook struct {
	role   templateRole
	format CellFormat
}

type templateRole int

const (
	columnRole templateRole = iota // of a whole column
	hintRole
	bandRole
	headRole
	requiredRole
	exampleRole
	filledRole
	guideRole
	guideHeadRole
	guideTitleRole
)

// Colours of a template, beside those of the registers: required columns are told
// by a colour and by a star in their heading.
const (
	requiredFill = "FCE4D6"
	requiredInk  = "9C2A10"
	bandFill     = "D5E1DF"
	exampleFill  = "F7F4E8"
	exampleInk   = "6B6B60"
)

// The face of all cells, which a spreadsheet fits to the language, and its sizes in
// points.
const (
	fontFamily = "Calibri"
	fontSize   = 11
	titleSize  = 14
)

// headSpace is what a heading has above and below, in points.
const headSpace = 6

// numberFormats of cells; 49 keeps what is typed as text.
var numberFormats = map[CellFormat]string{DateCells: dateFormat, TimeCells: timeFormat}

// style makes each style once, in the order of first use.
func (b *templateBook) style(l templateLook) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	style := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.format == LongCells}}
	if format, ok := numberFormats[l.format]; ok {
		style.CustomNumFmt = &format
		style.Alignment.Horizontal = "left"
	} else if l.format == TextCells || l.format == LongCells {
		style.NumFmt = 49
	}
	decorate(&style, l.role)
	id, err := b.file.NewStyle(&style)
	if err != nil {
		return 0, fmt.Errorf("make style %v: %w", l, err)
	}
	b.styles[l] = id
	return id, nil
}

// decorate gives a role its colours and lines.
func decorate(s *excelize.Style, role templateRole) {
	fill := func(color string) { s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}} }
	s.Font = &excelize.Font{Family: fontFamily, Size: fontSize}
	switch role {
	case columnRole, filledRole:
		return
	case hintRole:
		s.Font.Color = exampleInk
		s.Alignment.Vertical = "center"
		return
	case bandRole:
		s.Font.Bold = true
		fill(bandFill)
	case headRole:
		s.Font.Bold, s.Alignment.WrapText, s.Alignment.Vertical = true, true, "center"
		fill(headFill)
	case requiredRole:
		s.Font.Bold, s.Font.Color, s.Alignment.WrapText, s.Alignment.Vertical = true, requiredInk, true, "center"
		fill(requiredFill)
	case exampleRole:
		s.Font.Italic, s.Font.Color = true, exampleInk
		fill(exampleFill)
	case guideRole:
		s.Alignment.WrapText = true
	case guideHeadRole:
		s.Font.Bold = true
		fill(headFill)
	case guideTitleRole:
		s.Font.Bold, s.Font.Size = true, titleSize
		return
	}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: lineColor})
	}
}

// page makes the sheet print on wide pages, with its head and its first column on
// each.
func (b *templateBook) page() error {
	turned, size := "landscape", papers["a3"]
	if err := b.file.SetPageLayout(b.Fill, &excelize.PageLayoutOptions{Size: &size, Orientation: &turned}); err != nil {
		return err
	}
	if err := b.file.SetHeaderFooter(b.Fill, &excelize.HeaderFooterOptions{OddHeader: "&L" + furniture(b.Organisation) + "&C" + furniture(b.Title), OddFooter: "&R &P/&N"}); err != nil {
		return err
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$A:$A,'%s'!$%d:$%d", b.Fill, b.Fill, bandRow, headRow), Scope: b.Fill,
	})
}

// Widths of the sheet that explains, in characters.
var guideWidths = []float64{30, 10, 52, 60, 60}

// guide writes the sheet that explains how to fill in.
func (b *templateBook) guide() error {
	for i, width := range guideWidths {
		name := string(rune('A' + i))
		if err := b.file.SetColWidth(b.About, name, name, width); err != nil {
			return err
		}
	}
	row := 1
	if err := b.put(b.About, 1, row, b.Title, templateLook{role: guideTitleRole, format: OpenCells}); err != nil {
		return err
	}
	for _, line := range b.Guide.Lines {
		row++
		if err := b.put(b.About, 1, row, line, templateLook{role: columnRole, format: OpenCells}); err != nil {
			return err
		}
	}
	row += 2
	for i, text := range b.Guide.Head {
		if err := b.put(b.About, i+1, row, text, templateLook{role: guideHeadRole, format: OpenCells}); err != nil {
			return err
		}
	}
	for _, texts := range b.Guide.Rows {
		row++
		high := 1
		for i, text := range texts {
			if err := b.put(b.About, i+1, row, text, templateLook{role: guideRole, format: TextCells}); err != nil {
				return err
			}
			high = max(high, lines(text, int(guideWidths[min(i, len(guideWidths)-1)])))
		}
		if err := b.file.SetRowHeight(b.About, row, float64(min(high*lineHeight, highest))); err != nil {
			return err
		}
	}
	return b.guidePage()
}

// guidePage prints the explanation as wide as a sheet.
func (b *templateBook) guidePage() error {
	turned, size, fit, wide, long := "landscape", papers["a4"], true, 1, 0
	if err := b.file.SetSheetProps(b.About, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.file.SetPageLayout(b.About, &excelize.PageLayoutOptions{Size: &size, Orientation: &turned, FitToWidth: &wide, FitToHeight: &long})
}
