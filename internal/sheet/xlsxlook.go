package sheet

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kept/internal/portal"
)

// look is how a cell is drawn: a format, and how the paper aligns its column.
type look struct {
	format string // one of the names below, or the format of a number
	align  portal.Align
}

// The formats by name; that of a number is called as it is written.
const (
	headStyle  = "head"
	wrapStyle  = "wrap"
	plainStyle = ""
	textStyle  = "text" // stays text when somebody edits the cell
	dateFormat = "yyyy-mm-dd"
	timeFormat = "yyyy-mm-dd hh:mm"

	exactFormat = "yyyy-mm-dd hh:mm:ss"
)

// Colours of the head and of the lines between cells.
const (
	headFill  = "E9EDEC"
	lineColor = "A9B2B8"
)

// style makes each style once, in the order of first use.
func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	style := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: string(l.align)}}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		style.Border = append(style.Border, excelize.Border{Type: side, Style: 1, Color: lineColor})
	}
	switch l.format {
	case headStyle:
		style.Font, style.Fill = &excelize.Font{Bold: true}, excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headFill}}
		style.Alignment = &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}
	case wrapStyle:
		style.Alignment.WrapText = true
	case textStyle:
		style.NumFmt = 49
	case plainStyle:
	case dateFormat, timeFormat, exactFormat:
		style.CustomNumFmt = &l.format
		if l.align == "" {
			style.Alignment.Horizontal = string(portal.Left)
		}
	default:
		style.CustomNumFmt = &l.format
	}
	id, err := b.file.NewStyle(&style)
	if err != nil {
		return 0, fmt.Errorf("make style %q: %w", l.format, err)
	}
	b.styles[l] = id
	return id, nil
}

// papers are the numbers of paper sizes in workbooks.
var papers = map[string]int{"": 9, "a4": 9, "a3": 8, "a5": 11, "letter": 1}

// page makes the register print as its paper does: the same size, as wide as the
// sheet, the head on each page, title and number above, code and page below.
func (b *book) page() error {
	s, name := b.sheet, b.sheet.Words.Data
	size, turned, fit, wide, long := papers[s.Size], "portrait", true, 1, 0
	if s.Landscape {
		turned = "landscape"
	}
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &turned, FitToWidth: &wide, FitToHeight: &long}); err != nil {
		return err
	}
	side, edge, words := 0.5, 0.8, 0.4
	if err := b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &words, Footer: &words}); err != nil {
		return err
	}
	if err := b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + furniture(s.Organisation) + `&C&"-,Bold"` + furniture(s.Title) + "&R" + furniture(s.DocumentNo),
		OddFooter: "&L" + furniture(s.Code) + "&R" + strings.NewReplacer("{page}", "&P", "{pages}", "&N").Replace(furniture(s.Words.Page)),
	}); err != nil {
		return err
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name})
}

// mostFurniture keeps three texts below the 255 characters of a head or foot.
const mostFurniture = 60

// furniture is a text of a head or foot: one line, in which no sign is a command. A
// space before it keeps its first digit out of the command that stands before.
func furniture(s string) string {
	words := []rune(strings.Join(strings.Fields(s), " "))
	if len(words) == 0 {
		return ""
	}
	return " " + strings.ReplaceAll(string(words[:min(len(words), mostFurniture)]), "&", "&&")
}

// Bounds of a column's width, in characters; a Chinese one takes two.
const (
	narrowest  = 6
	widest     = 44
	widestHead = 12 // a longer title takes two lines
	besideText = 2  // margins of a cell
	filterSign = 3
)

// outliers is how many of a hundred texts may take more lines than one.
const outliers = 3

// widths fit nearly all texts of each column on one line, and all numbers, dates and
// times.
func widths(t *portal.Table) []int {
	list := make([]int, len(t.Columns))
	for i := range t.Columns {
		var seen [widest + 1]int
		for j := range t.Rows {
			seen[min(columns(t.Rows[j].Cells[i].Text), widest)]++
		}
		spare := len(t.Rows) * outliers / 100
		if t.Columns[i].Type != portal.TextColumn {
			spare = 0
		}
		n := widest
		for left := spare - seen[n]; n > narrowest && left >= 0; left -= seen[n] {
			n--
		}
		list[i] = max(n, min(columns(t.Columns[i].Title), widestHead)+filterSign)
	}
	return list
}

// columns is how wide a text is: a Latin letter has one byte and takes one column, a
// Chinese character three and takes two. Others come near enough.
func columns(s string) int { return (len(s) + utf8.RuneCountInString(s)) / 2 }

// lines is how many lines a text takes in a column of a width.
func lines(s string, width int) int {
	if len(s) <= width && strings.IndexByte(s, '\n') < 0 {
		return 1
	}
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n += 1 + max(0, columns(line)-1)/width
	}
	return n
}

// Heights of rows in points; a spreadsheet refuses higher ones.
const (
	lineHeight = 15
	highest    = 405
)

// height makes room for lines: not every spreadsheet does so by itself.
func height(lines int) []excelize.RowOpts {
	if lines == 1 {
		return nil
	}
	return []excelize.RowOpts{{Height: float64(min(lines*lineHeight, highest))}}
}
