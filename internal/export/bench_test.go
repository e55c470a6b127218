package export

import (
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"kept/internal/portal"
)

// long is an extract of 10,000 rows.
func long() *portal.Extract {
	e := sample()
	row := e.Rows[0]
	e.Rows = nil
	for i := range 10_000 {
		one := append([]any{fmt.Sprintf("TS-2026-%04d", i), "现场工程师未按约定时间到场"}, row[2:]...)
		e.Rows = append(e.Rows, one)
	}
	return e
}

func BenchmarkWrite(b *testing.B) {
	e := long()
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Write(e, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkExcelizeAlone is what excelize needs for the same texts without types,
// widths, definitions or digest.
func BenchmarkExcelizeAlone(b *testing.B) {
	t := tableOf(long(), func(c *portal.ExtractColumn) string { return c.Title }, moment)
	b.ReportAllocs()
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
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		if _, err := f.WriteToBuffer(); err != nil {
			b.Fatal(err)
		}
		_ = f.Close()
	}
}
