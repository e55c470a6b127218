// Package sheet draws a register for spreadsheets, as a workbook and as text: the
// cells of [portal.Sheet] with their types, and nothing that the paper does not
// say. The same sheet gives the same bytes. It is the only door to excelize.
package sheet

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"kept/internal/portal"
)

// value is a cell's text read as its column's type. What cannot be read is text.
type value struct {
	text   string
	number float64
	moment time.Time
	kind   portal.ColumnType
	digits int  // decimals of a number
	ratio  bool // a number written as percent; number is the share
}

// mostDigits is how many digits a number of a spreadsheet holds exactly.
const mostDigits = 15

func read(c *portal.Column, cell *portal.Cell) value {
	v := value{text: cell.Text}
	switch c.Type {
	case portal.NumberColumn:
		return number(v, cmp.Or(cell.Sort, cell.Text))
	case portal.DateColumn, portal.TimeColumn:
		layout := layouts[len(cell.Text)]
		if layout == "" {
			return v
		}
		if t, err := time.Parse(layout, cell.Text); err == nil && t.Year() >= firstYear {
			v.moment, v.kind = t, portal.TimeColumn
			if layout == time.DateOnly {
				v.kind = portal.DateColumn
			}
		}
	}
	return v
}

// layouts are the texts of dates and times, as [portal.ColumnType] says, by their
// length. A spreadsheet's days begin with 1900, whose leap day it invents; earlier
// ones are text.
var layouts = map[int]string{len(time.DateOnly): time.DateOnly, len(minute): minute, len(time.DateTime): time.DateTime}

const minute = "2006-01-02 15:04"

const firstYear = 1901

// number reads [+-]digits[.digits][%]; more digits than a spreadsheet keeps are
// text.
func number(v value, s string) value {
	plain, percent := strings.CutSuffix(s, "%")
	whole, decimals, point := strings.Cut(strings.TrimLeft(plain[:min(1, len(plain))], "+-")+plain[min(1, len(plain)):], ".")
	if !digits(whole) || point && !digits(decimals) || len(whole)+len(decimals) > mostDigits {
		return v
	}
	exponent := ""
	if percent {
		exponent = "e-2"
	}
	n, err := strconv.ParseFloat(plain+exponent, 64)
	if err != nil {
		return v
	}
	v.text = s
	v.number, v.kind, v.digits, v.ratio = n, portal.NumberColumn, len(decimals), percent
	return v
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// formulaic tells whether a spreadsheet might take a text for a formula: it begins
// with one of the signs that do so, or with their wide forms, which an input
// method writes. A tab or line end before them is passed over by some.
func formulaic(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s[:min(4, len(s))])[0])
}
