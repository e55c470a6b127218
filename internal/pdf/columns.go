package pdf

import (
	"kept/internal/portal"
)

// The sizes of type that a table may be set in, in points, the usual one first:
// it shrinks only where numbers and dates would break.
var tableSizes = [...]float64{8.5, 8, 7.5, 7, 6.5}

// A column is at least as wide as the widest run of characters that may not
// break, but no run asks for more than this share of the table.
const longestRun = 0.22

// fewLines is in how many lines a cell should stand: a tall narrow cell wastes
// the page, so the type shrinks before it comes to that.
const fewLines = 4

// fewest is how many Chinese characters a column shows beside each other.
const fewest = 3

// fitColumns shares width among the columns by weight, and gives each at least
// what its content needs. It returns the widths and the size of type. Where even
// the smallest does not fit, the needs are cut in proportion and runs may break.
func (d *paper) fitColumns(columns []portal.Column, needs []int, width float64) ([]float64, float64) {
	least := make([]float64, len(columns))
	total := 0.0
	for _, size := range tableSizes {
		total = 0
		for i, n := range needs {
			least[i] = leastWidth(n, size, width)
			total += least[i]
		}
		if total <= width {
			return share(columns, least, width), size
		}
	}
	for i := range least {
		least[i] *= width / total
	}
	return least, tableSizes[len(tableSizes)-1]
}

// leastWidth is the width in mm that a need asks for in a table of a width.
func leastWidth(need int, size, width float64) float64 {
	return min(float64(need)/1000*size/points+2*padX+0.1, longestRun*width)
}

// fits tells whether the needs can be met at the smallest size.
func fits(needs []int, width float64) bool {
	total := 0.0
	for _, n := range needs {
		total += leastWidth(n, tableSizes[len(tableSizes)-1], width)
	}
	return total <= width
}

// share gives every column its part of width by weight; one whose part is less
// than its least gets that, and the others share what is left.
func share(columns []portal.Column, least []float64, width float64) []float64 {
	widths := make([]float64, len(columns))
	fixed := make([]bool, len(columns))
	for {
		left, weight := width, 0.0
		for i, c := range columns {
			if fixed[i] {
				left -= widths[i]
			} else {
				weight += c.Weight
			}
		}
		again := false
		for i, c := range columns {
			if fixed[i] {
				continue
			}
			widths[i] = left * c.Weight / weight
			if widths[i] < least[i] {
				widths[i], fixed[i], again = least[i], true, true
			}
		}
		if !again {
			return widths
		}
	}
}

// needs measures what each printed column's content needs, in 1/1000 em: its widest
// run, and room for each cell in so many lines; 0 for any number of lines.
func (d *paper) needs(t *portal.Table, columns []portal.Column, source []int, lines int) []int {
	needs := make([]int, len(columns))
	for i, c := range columns {
		needs[i] = d.strong.widestRun(c.Title)
	}
	for _, row := range t.Rows {
		f := d.face
		if row.Kind != portal.PlainRow {
			f = d.strong
		}
		for i, s := range source {
			if s < len(row.Cells) {
				text := row.Cells[s].Text
				needs[i] = max(needs[i], f.widestRun(text))
				if lines > 0 {
					needs[i] = max(needs[i], f.measureText(text)/lines)
				}
			}
		}
	}
	return needs
}

// widestRun is the width of the widest run of s that may not break, in 1/1000
// em, and at least that of its first few Chinese characters.
func (f *face) widestRun(s string) int {
	han, seen := 0, 0
	for _, r := range s {
		if seen == fewest {
			break
		}
		if c := f.look(r); c.class&ideographic != 0 {
			han += int(c.width)
			seen++
		}
	}
	return max(f.unbreakable(s), han)
}
