package sheet

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"kept/internal/ledger"
)

// listColumn is where the lists begin on the hidden sheet, behind the mark.
const listColumn = 6

// lists writes the mark and what the drop-downs offer, each list under a name of
// the workbook: a list inside a check may have 255 characters and no comma.
func (b *templateBook) lists() error {
	for n, row := range b.Mark {
		for i, text := range row {
			if err := b.put(ledger.MarkSheet, i+1, n+1, text, templateLook{}); err != nil {
				return err
			}
		}
	}
	for n, list := range b.Lists {
		column := listColumn + n
		for i, item := range list.Items {
			if err := b.put(ledger.MarkSheet, column, i+1, item, templateLook{}); err != nil {
				return err
			}
		}
		if len(list.Items) == 0 {
			continue
		}
		name := "$" + ledger.Column(column) + "$"
		if err := b.file.SetDefinedName(&excelize.DefinedName{
			Name: listName(n + 1), RefersTo: "'" + ledger.MarkSheet + "'!" + name + "1:" + name + strconv.Itoa(len(list.Items)),
		}); err != nil {
			return err
		}
	}
	return nil
}

// listName is the name of a list in the workbook.
func listName(n int) string { return "kept_list_" + strconv.Itoa(n) }

// checks gives each column its drop-down or its bounds, and what is said when a
// cell is entered.
func (b *templateBook) checks() error {
	last := firstRow + max(preparedRows, len(b.Rows)) - 1
	for i, c := range b.Columns {
		name := ledger.Column(i + 1)
		v := excelize.NewDataValidation(true)
		v.Sqref = name + strconv.Itoa(firstRow+b.Examples) + ":" + name + strconv.Itoa(last+b.Examples)
		switch {
		case c.List > 0 && len(b.Lists[c.List-1].Items) > 0:
			v.SetSqrefDropList(listName(c.List))
		case c.Limit.Of != NoLimit:
			if err := v.SetRange(c.Limit.Low, c.Limit.Top, limitTypes[c.Limit.Of], excelize.DataValidationOperatorBetween); err != nil {
				return err
			}
		}
		v.SetInput(clip(strings.TrimRight(c.Head, " *"), mostPromptTitle), clip(c.Prompt, mostPrompt))
		if c.Error != "" {
			style := excelize.DataValidationErrorStyleStop
			if c.Lenient {
				style = excelize.DataValidationErrorStyleWarning
			}
			v.SetError(style, clip(strings.TrimRight(c.Head, " *"), mostPromptTitle), clip(c.Error, mostPrompt))
		}
		if err := b.file.AddDataValidation(b.Fill, v); err != nil {
			return err
		}
	}
	return nil
}

var limitTypes = map[LimitOf]excelize.DataValidationType{
	LengthLimit: excelize.DataValidationTypeTextLength, WholeLimit: excelize.DataValidationTypeWhole,
	DecimalLimit: excelize.DataValidationTypeDecimal, DateLimit: excelize.DataValidationTypeDate,
}

// What a spreadsheet takes of a message, in UTF-16 units; Excel's own window shows
// 225 of an error.
const (
	mostPromptTitle = 32
	mostPrompt      = 220
)

// clip is a text of at most so many UTF-16 units.
func clip(s string, most int) string {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n >= most {
			if i+len(string(r)) == len(s) && n == most {
				return s
			}
			return s[:i] + "…"
		}
	}
	return s
}
