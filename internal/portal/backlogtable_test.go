package portal

import (
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// Every measured kind with a life has a row on each basis, and a balance that
// does not close is said in words.
func TestBacklogTable(t *testing.T) {
	src := company(t)
	real := src.Backlog
	p, err := calendar.ParsePeriod("2026-09")
	must(t, err)
	table := New(src, locale.Chinese).BacklogTable(p)
	if len(table.Rows) < 2 || len(table.Rows)%2 != 0 {
		t.Fatalf("%d rows, want two for each measured kind", len(table.Rows))
	}
	for i, row := range table.Rows {
		if len(row.Cells) != len(table.Columns) {
			t.Errorf("row %d has %d cells for %d columns", i, len(row.Cells), len(table.Columns))
		}
		if last := row.Cells[len(row.Cells)-1]; last.Tone != Good {
			t.Errorf("row %d: %+v", i, row.Cells)
		}
	}
	src.Backlog = func(kind string, p calendar.Period) []metric.Balance {
		list := real(kind, p)
		list[0].End++
		return list
	}
	var said []string
	for _, row := range New(src, locale.English).BacklogTable(p).Rows {
		said = append(said, row.Cells[len(row.Cells)-1].Text)
	}
	if got := strings.Join(said[:2], " "); got != "no yes" {
		t.Errorf("a broken and a sound balance read %q", got)
	}
}
