// Package ledger reads tables that people keep elsewhere: spreadsheets of
// complaints, exports of survey tools, filled-in templates. It finds the header
// row under titles, maps headings to the fields of a kind, leaves out blank rows
// and sums, and reads each cell as its field wants it. It knows no business kind:
// synonyms come from a [Mapping], a file that a company can edit (domain.md §11).
// What it cannot read is a [Problem] with sheet, row and column; it never guesses
// a value.
package ledger

import (
	"slices"
	"strconv"
	"strings"
)

// Page is one sheet of a workbook, or a text file as a whole.
type Page struct {
	Name   string // "" of a text file
	Hidden bool
	Rows   []Row
	Merged []Area
	// From1904 tells that serial dates count from 1904-01-01, as old workbooks of
	// the Macintosh do, and not from 1899-12-30.
	From1904 bool
}

// Row is one row that holds something.
type Row struct {
	Number int // from 1, as the spreadsheet shows it
	Hidden bool
	Cells  []Cell
}

// Cell is one cell: its text as the spreadsheet shows it, and the number behind it.
type Cell struct {
	Text string
	// Number is the stored number, "" where the cell holds none. A date is a
	// number, too.
	Number string
	// Dated tells that the number is shown as a day or a time of day.
	Dated bool
	// Unsaved tells a formula whose result the file does not hold.
	Unsaved bool
}

// Area is a merged area, rows and columns from 1, both ends inside.
type Area struct{ Top, Left, Bottom, Right int }

// At is the cell of a column, from 1; empty where the row is shorter.
func (r Row) At(column int) Cell {
	if column < 1 || column > len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column-1]
}

// blank tells a row without any text.
func (r Row) blank() bool {
	return !slices.ContainsFunc(r.Cells, func(c Cell) bool { return Tidy(c.Text) != "" })
}

// spread copies what stands in a merged area into its cells below, so that each row
// says all that it says on the screen, and in the first rows into those beside, too,
// as titles and groups of headings want it. Below them a text that runs over several
// columns is the first one's.
func (p Page) spread(across int) []Row {
	rows := slices.Clone(p.Rows)
	at, widest := make(map[int]int, len(rows)), 0
	for i, r := range rows {
		at[r.Number] = i
		widest = max(widest, len(r.Cells))
	}
	budget := len(rows) * widest // areas of one sheet do not overlap
	for _, a := range p.Merged {
		first, ok := at[a.Top]
		if !ok {
			continue
		}
		value := rows[first].At(a.Left)
		if value.Text == "" {
			continue
		}
		for i := first; i < len(rows) && rows[i].Number <= a.Bottom; i++ {
			right := a.Left
			if i < across {
				right = max(a.Left, min(a.Right, widest))
			}
			if budget -= right - a.Left + 1; budget < 0 {
				return rows
			}
			rows[i].Cells = fill(rows[i].Cells, a.Left, right, value)
		}
	}
	return rows
}

// fill is a row's cells with value in the columns from left to right.
func fill(cells []Cell, left, right int, value Cell) []Cell {
	cells = slices.Clone(cells)
	for len(cells) < right {
		cells = append(cells, Cell{})
	}
	for c := left; c <= right; c++ {
		cells[c-1] = value
	}
	return cells
}

// Column names a column as spreadsheets do: 1 is A, 27 AA.
func Column(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// ParseArea reads a merged area as a workbook writes it, "B2:C3".
func ParseArea(ref string) (Area, bool) {
	from, to, two := strings.Cut(ref, ":")
	if !two {
		to = from
	}
	left, top, ok := place(from)
	right, bottom, too := place(to)
	return Area{top, left, bottom, right}, ok && too && top <= bottom && left <= right
}

// The largest sheet that a workbook may have.
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
)

// place reads a cell's name, "AB12", into column and row.
func place(name string) (column, row int, ok bool) {
	digits := strings.IndexFunc(name, func(r rune) bool { return r >= '0' && r <= '9' })
	if digits < 1 {
		return 0, 0, false
	}
	for _, r := range name[:digits] {
		if r < 'A' || r > 'Z' || column > mostColumns {
			return 0, 0, false
		}
		column = column*26 + int(r-'A') + 1
	}
	row, err := strconv.Atoi(name[digits:])
	return column, row, err == nil && row > 0 && row <= mostRows && column <= mostColumns
}
