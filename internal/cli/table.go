package cli

import (
	"fmt"
	"io"
	"strings"

	"kept/internal/annotate"
	"kept/internal/locale"
	"kept/internal/portal"
)

// writeTable prints a table for a terminal: columns of equal width, two spaces
// between them, what came out of records made harmless.
func writeTable(w io.Writer, t portal.Table) error {
	rows := [][]string{heads(t)}
	for _, row := range t.Rows {
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = annotate.Safe(c.Text)
		}
		rows = append(rows, cells)
	}
	if _, err := fmt.Fprintln(w, annotate.Safe(t.Title)); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	if len(t.Rows) == 0 {
		_, err := fmt.Fprintln(w, annotate.Safe(t.Empty))
		return err
	}
	widths := widths(rows)
	for i, row := range rows {
		text := line(row, widths, t.Columns)
		if i > 0 && t.Rows[i-1].Note != "" {
			text += "\n  ↳ " + annotate.Safe(t.Rows[i-1].Note)
		}
		if _, err := fmt.Fprintln(w, text); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
	}
	return nil
}

func heads(t portal.Table) []string {
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = c.Title
	}
	return cells
}

func widths(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], locale.Columns(cell))
		}
	}
	return widths
}

func line(row []string, widths []int, columns []portal.Column) string {
	var b strings.Builder
	for i, cell := range row {
		if i > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(" ", widths[i]-locale.Columns(cell))
		if columns[i].Align == portal.Right {
			b.WriteString(pad + cell)
		} else {
			b.WriteString(cell + pad)
		}
	}
	return strings.TrimRight(b.String(), " ")
}
