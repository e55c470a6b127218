package pipeline

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
)

// cell is a place of a ledger. Column 0 is a row as a whole.
type cell struct {
	sheet       string
	row, column int
}

// cellAt is the cell that a finding of a ledger stands at; false for any other place.
func cellAt(at finding.Position, file string) (cell, bool) {
	rest, ours := strings.CutPrefix(at.Path, file)
	switch {
	case !ours:
		return cell{}, false
	case rest == "":
		return cell{row: at.Line, column: at.Column}, at.Line > 0
	}
	cut := strings.LastIndex(rest, "!")
	if cut < 0 || !strings.HasPrefix(rest, " ") {
		return cell{}, false
	}
	name := rest[cut+1:]
	digits := strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	row, err := strconv.Atoi(digits)
	if err != nil {
		return cell{}, false
	}
	column := 0
	for _, letter := range name[:len(name)-len(digits)] {
		column = column*26 + int(letter-'A') + 1
	}
	return cell{rest[1:cut], row, column}, true
}

// mostCells is how many cells, or stretches of them, a sentence names.
const mostCells = 5

// cells names cells of one column, stretches of them by their ends: F5, F7–F9; the
// first of many, with their number where that is not told beside them.
func (w *previewer) cells(list []cell, counted bool) string {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b cell) int { return cmp.Or(cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.row, b.row)) })
	list = slices.Compact(list)
	var names []string
	for from := 0; from < len(list); {
		to := from
		for to+1 < len(list) && list[to+1] == (cell{list[from].sheet, list[to].row + 1, list[from].column}) {
			to++
		}
		name := list[from].name(w.sheets() > 1)
		if to > from {
			name += "–" + list[to].name(false)
		}
		names = append(names, name)
		from = to + 1
	}
	if len(names) <= mostCells {
		return w.join(names)
	}
	if counted {
		return w.p.Say("import.cells-begin", locale.A("cells", w.join(names[:mostCells])))
	}
	return w.p.Say("import.cells-more", locale.A("cells", w.join(names[:mostCells])), locale.N("n", len(list)))
}

// name is a cell as people call it: F5, 3月!F5, or the number of a row.
func (c cell) name(sheet bool) string {
	name := strconv.Itoa(c.row)
	if c.column > 0 {
		name = ledger.Column(c.column) + name
	}
	if sheet && c.sheet != "" {
		return covered(c.sheet) + "!" + name
	}
	return name
}

// sheets is how many sheets were read.
func (w *previewer) sheets() int { return len(w.plan.Ledger.Tables) }
