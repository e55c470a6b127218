package sheet

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kept/internal/ledger"
)

// messy makes a workbook with what ledgers have: merged cells, dates as numbers,
// numbers shown with zeros before them, hidden rows and sheets, a formula in error.
func messy(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	style := func(format string) int {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(err)
		return id
	}
	must(f.SetSheetName("Sheet1", "2026年"))
	for cell, value := range map[string]any{
		"A1": "示例台账", "A2": "编号", "B2": "日期", "C2": "内容", "D2": "占比",
		"A3": 7, "B3": 46268.5, "C3": "漏水", "D3": 0.125, "C4": "又漏", "A6": "A2", "B6": "9月4日",
	} {
		must(f.SetCellValue("2026年", cell, value))
	}
	must(f.SetCellStyle("2026年", "A3", "A3", style("000")))
	must(f.SetCellStyle("2026年", "B3", "B3", style("yyyy/m/d")))
	must(f.SetCellStyle("2026年", "D3", "D3", style("0.0%")))
	must(f.MergeCell("2026年", "A1", "D1"))
	must(f.MergeCell("2026年", "A3", "A4"))
	must(f.SetRowVisible("2026年", 6, false))
	_, err := f.NewSheet("选项")
	must(err)
	must(f.SetCellValue("选项", "A1", "x"))
	must(f.SetSheetVisible("选项", false))
	buffer, err := f.WriteToBuffer()
	must(err)
	return buffer.Bytes()
}

// shownPages writes pages, one row a line.
func shownPages(pages []ledger.Page) string {
	var b strings.Builder
	for _, p := range pages {
		fmt.Fprintf(&b, "%s hidden=%v merged=%v\n", p.Name, p.Hidden, p.Merged)
		for _, r := range p.Rows {
			fmt.Fprintf(&b, "%d %v", r.Number, r.Hidden)
			for _, c := range r.Cells {
				fmt.Fprintf(&b, " [%s|%s]", c.Text, c.Number)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestReadPages(t *testing.T) {
	pages, err := ReadPages(messy(t))
	if err != nil {
		t.Fatal(err)
	}
	const want = `2026年 hidden=false merged=[{1 1 1 4} {3 1 4 1}]
1 false [示例台账|]
2 false [编号|] [日期|] [内容|] [占比|]
3 false [007|7] [2026-09-03 12:00|46268.5] [漏水|] [12.5%|0.125]
4 false [|] [|] [又漏|]
6 true [A2|] [9月4日|]
选项 hidden=true merged=[]
1 false [x|]
`
	if got := shownPages(pages); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
}

func TestPagesThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"old":      {[]byte(compound + strings.Repeat("x", 600)), ErrDamaged},
		"password": {append([]byte(compound), utf16le("EncryptedPackage")...), ErrProtected},
		"text":     {[]byte("a,b\n"), ErrNoWorkbook},
		"cut off":  {messy(t)[:1500], ErrDamaged},
	} {
		if _, err := ReadPages(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// BenchmarkReadPages beside what excelize itself takes for the same 10,000 rows.
func BenchmarkReadPages(b *testing.B) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for n := range 10001 {
		row := make([]any, 20)
		for i := range row {
			row[i] = fmt.Sprintf("示例文字 %d %d", n, i)
		}
		row[2] = 45000.5 + float64(n)/100
		if err := w.SetRow(fmt.Sprintf("A%d", n+1), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		b.Fatal(err)
	}
	data := buffer.Bytes()
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			book, err := excelize.OpenReader(strings.NewReader(string(data)))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := book.GetRows("Sheet1"); err != nil {
				b.Fatal(err)
			}
			_ = book.Close()
		}
	})
	b.Run("kept", func(b *testing.B) {
		for b.Loop() {
			var pages []ledger.Page
			if pages, err = ReadPages(data); err != nil || len(pages[0].Rows) != 10001 {
				b.Fatal(err)
			}
		}
	})
}
