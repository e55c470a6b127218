package sheet

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"kept/internal/portal"
)

// long is a register of 10,000 rows and 17 columns.
func long() *portal.Sheet {
	s := sample()
	t := &portal.Table{}
	for i := range 17 {
		t.Columns = append(t.Columns, portal.Column{Key: fmt.Sprint(i), Title: "列名" + fmt.Sprint(i)})
	}
	t.Columns[1].Type, t.Columns[2].Type, t.Columns[3].Type = portal.TimeColumn, portal.NumberColumn, portal.DateColumn
	for i := range 10_000 {
		row := portal.Row{Cells: make([]portal.Cell, len(t.Columns))}
		for j := range row.Cells {
			row.Cells[j].Text = fmt.Sprintf("现场工程师未按约定时间到场 %d-%d", i, j)
		}
		row.Cells[1].Text, row.Cells[2].Text, row.Cells[3].Text = "2026-09-24 10:00", "98.5%", "2026-09-24"
		t.Rows = append(t.Rows, row)
	}
	s.Table = t
	return s
}

func BenchmarkWorkbook(b *testing.B) {
	s := long()
	for b.Loop() {
		if _, err := XLSX(s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStreamWriter is what excelize needs for the same texts alone.
func BenchmarkStreamWriter(b *testing.B) {
	t := long().Table
	for b.Loop() {
		f := excelize.NewFile()
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		line := make([]any, len(t.Columns))
		for i := range t.Rows {
			for j := range line {
				line[j] = t.Rows[i].Cells[j].Text
			}
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := w.SetRow(at, line); err != nil {
				b.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		if err := f.Write(&out); err != nil {
			b.Fatal(err)
		}
		_ = f.Close()
	}
}

func BenchmarkText(b *testing.B) {
	s := long()
	for b.Loop() {
		CSV(s)
	}
}
