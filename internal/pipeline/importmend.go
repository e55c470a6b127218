package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/sheet"
)

// mostMended is how many refused rows a list of them holds: who mends more by hand
// mends their cause.
const mostMended = 1000

// Refusals are the rows that were refused, as CSV for whoever mends the ledger: sheet and
// row, what is wrong and where, and the row as it stands there. Columns that an import
// leaves out for personal data are left out, and what looks like such data is masked. Nil
// where no row was refused; n is how many it holds.
func (i *Import) Refusals(file string, p *locale.Printer) (csv []byte, n int) {
	heads := i.headings()
	t := &portal.Table{Columns: []portal.Column{{Title: p.Say("import.mend-row")}, {Title: p.Say("import.mend-problem")}}}
	for _, name := range heads {
		t.Columns = append(t.Columns, portal.Column{Title: covered(name)})
	}
	rows := i.rowsByPlace()
	for _, r := range i.Rows {
		if r.Verdict != intake.RefusedRow || len(t.Rows) == mostMended {
			continue
		}
		at := rowPlace{r.Entry.Sheet, r.Entry.Row}
		cells := []portal.Cell{{Text: covered(placeOf(at.sheet, at.row))}, {Text: wrongIn(r.Found, file, p)}}
		for _, name := range heads {
			cells = append(cells, portal.Cell{Text: covered(strings.TrimSpace(rows[at].At(i.columnOf(at.sheet, name)).Text))})
		}
		t.Rows = append(t.Rows, portal.Row{Cells: cells})
	}
	if len(t.Rows) == 0 {
		return nil, 0
	}
	return sheet.CSV(&portal.Sheet{Table: t}), len(t.Rows)
}

// rowPlace is a row of a sheet.
type rowPlace struct {
	sheet string
	row   int
}

// rowsByPlace finds the rows of the file.
func (i *Import) rowsByPlace() map[rowPlace]ledger.Row {
	rows := map[rowPlace]ledger.Row{}
	for _, page := range i.pages {
		for _, r := range page.Rows {
			rows[rowPlace{page.Name, r.Number}] = r
		}
	}
	return rows
}

// headings are those of all sheets, but for columns that are left out.
func (i *Import) headings() []string {
	var list []string
	for _, t := range i.Ledger.Tables {
		for _, c := range t.Columns {
			if c.To != ledger.DropTarget && c.Heading != "" && !slices.Contains(list, c.Heading) {
				list = append(list, c.Heading)
			}
		}
	}
	return list
}

// columnOf is the column of a heading in a sheet, 0 for none.
func (i *Import) columnOf(sheet, heading string) int {
	for _, t := range i.Ledger.Tables {
		for _, c := range t.Columns {
			if t.Sheet == sheet && c.Heading == heading && c.To != ledger.DropTarget {
				return c.Column
			}
		}
	}
	return 0
}

// wrongIn says what is wrong with a row, each with its cell.
func wrongIn(list finding.List, file string, p *locale.Printer) string {
	var said []string
	for _, f := range list {
		if f.Severity != finding.Error {
			continue
		}
		text := covered(f.Message(p))
		if at := CellOf(f, file); at != "" {
			text = at + " " + text
		}
		if !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	return strings.Join(said, "\n")
}

// CellOf is the cell that a finding is about, as B12 or Sheet!B12, or the place in a
// mapping; "" where it is about an option of the command.
func CellOf(f finding.Finding, file string) string {
	if strings.HasPrefix(f.Position.Path, "--") {
		return ""
	}
	return covered(cmp.Or(ledger.CellName(f.Position, file), f.Position.String()))
}
