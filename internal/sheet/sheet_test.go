package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kept/internal/locale"
	"kept/internal/portal"
)

// hostile are texts that spreadsheets have been known to run, or to spoil.
var hostile = []string{
	"=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋8613800000000", "'quoted", "''twice", `=HYPERLINK("http://x.example","x")`,
	"=cmd|' /C calc'!A0", "a,b;c\td", "two\nlines", `say "so"`, " space ", "0012", "2026-09", "<b>&amp;</b>", "_x000D_ literal", "\u202eturned", "a\x00b", "编号，含全角",
}

func sample() *portal.Sheet {
	t := &portal.Table{Columns: []portal.Column{
		{Key: "id", Title: "编号"},
		{Key: "title", Title: "=标题", Help: "一句话"},
		{Key: "n", Title: "数量", Type: portal.NumberColumn},
		{Key: "day", Title: "日期", Type: portal.DateColumn},
		{Key: "at", Title: "时间", Type: portal.TimeColumn},
	}}
	add := func(texts ...string) {
		row := portal.Row{ID: texts[0]}
		for _, text := range texts {
			row.Cells = append(row.Cells, portal.Cell{Text: text})
		}
		t.Rows = append(t.Rows, row)
	}
	add("TS-1", "报修后未到场", "98.5%", "2026-09-24", "2026-09-24 23:59")
	add("TS-2", "", "-12", "", "2026-10-01")
	add("TS-3", "n", "未填", "1899-01-01", "=NOW()")
	for _, text := range hostile {
		add("X", text, "1234567890123456", "2026-02-30", "")
	}
	t.Rows[1].Cells[2] = portal.Cell{Text: "3 项", Sort: "3"}
	return &portal.Sheet{
		Name: "sample", Title: "示例台账", Organisation: "示例公司", Tool: "test", Table: t, Code: "sample.-.0123456789ab.0123456789",
		Created: time.Date(2026, 9, 30, 9, 0, 0, 0, time.UTC), Lang: locale.Chinese,
		Facts: []portal.SheetFact{{Label: "核验码", Text: "sample.-.0123456789ab.0123456789"}, {Label: "数据版本", Text: "=x"}},
		Words: portal.SheetWords{
			Data: "台账", About: "说明", Column: "列", Key: "字段", Type: "类型", Meaning: "说明", Code: "核验码",
			Types: map[portal.ColumnType]string{portal.TextColumn: "文本", portal.NumberColumn: "数字", portal.DateColumn: "日期", portal.TimeColumn: "时间"},
		},
	}
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestWorkbookHoldsTypes(t *testing.T) {
	data, err := XLSX(sample())
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, data)
	for _, c := range []struct{ at, shown, raw string }{
		{"A2", "TS-1", "TS-1"},
		{"C2", "98.5%", "0.985"},
		{"D2", "2026-09-24", "46289"},
		{"E2", "2026-09-24 23:59", "46289.9993055556"},
		{"C3", "3", "3"},
		{"D3", "", ""},
		{"E3", "2026-10-01", "46296"},
		{"C4", "未填", "未填"},
		{"D4", "1899-01-01", "1899-01-01"},
		{"E4", "=NOW()", "=NOW()"},
		{"C5", "1234567890123456", "1234567890123456"},
		{"D5", "2026-02-30", "2026-02-30"},
	} {
		shown, err := f.GetCellValue("台账", c.at)
		if err != nil || shown != c.shown {
			t.Errorf("%s shows %q (%v), want %q", c.at, shown, err, c.shown)
		}
		if raw, _ := f.GetCellValue("台账", c.at, excelize.Options{RawCellValue: true}); raw != c.raw {
			t.Errorf("%s holds %q, want %q", c.at, raw, c.raw)
		}
	}
	for at, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset, "C5": excelize.CellTypeInlineString} {
		if got, _ := f.GetCellType("台账", at); got != want {
			t.Errorf("%s is of type %v, want %v", at, got, want)
		}
	}
}

func TestWorkbookRunsNothingAndLosesNothing(t *testing.T) {
	data, err := XLSX(sample())
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, data)
	for i, want := range hostile {
		at, _ := excelize.CoordinatesToCellName(2, i+5)
		got, err := f.GetCellValue("台账", at)
		if want = strings.ReplaceAll(want, "\x00", "\ufffd"); err != nil || got != want {
			t.Errorf("%s holds %q (%v), want %q", at, got, err, want)
		}
	}
	for name, part := range parts(t, data) {
		if strings.Contains(part, "<f>") || strings.Contains(part, "<f ") {
			t.Errorf("%s holds a formula", name)
		}
	}
}

// parts are the files inside a workbook.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, file := range z.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		found[file.Name] = string(text)
	}
	return found
}

func TestWorkbookIsReadyToUse(t *testing.T) {
	data, err := XLSX(sample())
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, data)
	if panes, err := f.GetPanes("台账"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head is not frozen: %+v (%v)", panes, err)
	}
	if sheet := parts(t, data)["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, `<autoFilter ref="$A$1:$E$27"`) && !strings.Contains(sheet, `<autoFilter ref="A1:E27"`) {
		t.Error("no filter over the register")
	}
	narrow, _ := f.GetColWidth("台账", "D")
	wide, _ := f.GetColWidth("台账", "B")
	if narrow != 12 || wide < 30 || wide > 60 {
		t.Errorf("columns are %v and %v wide", narrow, wide)
	}
	about, err := f.GetRows("说明")
	if err != nil || about[0][1] != sample().Code || about[1][1] != "=x" || strings.Join(about[5], "|") != "=标题|title|文本|一句话" {
		t.Errorf("the second sheet says %q (%v)", about, err)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Created != "2026-09-30T09:00:00Z" || props.Modified != props.Created || props.Identifier != sample().Code {
		t.Errorf("properties: %+v (%v)", props, err)
	}
}

func TestSameSheetSameBytes(t *testing.T) {
	first, err := XLSX(sample())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := XLSX(sample())
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("the workbook differs (%v)", err)
		}
	}
}

func TestTextIsInertAndRecoverable(t *testing.T) {
	text, marked := strings.CutPrefix(string(CSV(sample())), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(lines[0], "|"); got != "编号|'=标题|数量|日期|时间|核验码 "+sample().Code {
		t.Errorf("the head is %q", got)
	}
	if got := strings.Join(lines[2], "|"); got != "TS-2||3||2026-10-01|" {
		t.Errorf("a row is %q", got)
	}
	if got := lines[3][4]; got != "'=NOW()" {
		t.Errorf("a formula among times is %q", got)
	}
	for i, want := range hostile {
		got := lines[i+4][1]
		if formulaic(got) {
			t.Errorf("%q may run", got)
		}
		if back := strings.TrimPrefix(got, "'"); back != want {
			t.Errorf("%q comes back as %q", want, back)
		}
	}
}

func TestEmptyRegister(t *testing.T) {
	s := sample()
	s.Table.Rows = nil
	data, err := XLSX(s)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := opened(t, data).GetRows("台账"); err != nil || len(rows) != 1 {
		t.Errorf("got %d rows (%v)", len(rows), err)
	}
}

// The register prints as its paper does, and no text of it is a command of a head or
// foot.
func TestWorkbookPrintsAsItsPaper(t *testing.T) {
	s := sample()
	s.Title, s.DocumentNo, s.Size, s.Landscape, s.Words.Page = "=R&D 台账", "2026-F01", "a3", true, "第 {page} 页 共 {pages} 页"
	data, err := XLSX(s)
	if err != nil {
		t.Fatal(err)
	}
	sheet := parts(t, data)["xl/worksheets/sheet1.xml"]
	for _, want := range []string{
		`paperSize="8"`, `orientation="landscape"`, `fitToHeight="0"`, `fitToPage="true"`,
		`&amp;C&amp;&#34;-,Bold&#34; =R&amp;&amp;D 台账&amp;R 2026-F01`, `&amp;R 第 &amp;P 页 共 &amp;N 页`,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s in the sheet", want)
		}
	}
	book := opened(t, data)
	for _, at := range []string{"A1", "A2", "B3", "C2", "E3"} { // B3 is empty
		id, err := book.GetCellStyle("台账", at)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := book.GetStyle(id); err != nil || len(style.Border) != 4 {
			t.Errorf("%s has no lines around it: %+v (%v)", at, style, err)
		}
	}
}

// One long text among many makes no column wide: it takes more lines, for which its
// row has room.
func TestOneLongTextTakesLines(t *testing.T) {
	s := sample()
	s.Table.Columns, s.Table.Rows = s.Table.Columns[:1], nil
	for range 99 {
		s.Table.Rows = append(s.Table.Rows, portal.Row{Cells: []portal.Cell{{Text: "TS-2026-0001"}}})
	}
	s.Table.Rows = append(s.Table.Rows, portal.Row{Cells: []portal.Cell{{Text: strings.Repeat("长", 20)}}})
	data, err := XLSX(s)
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, data)
	if wide, _ := f.GetColWidth("台账", "A"); wide != 12+besideText {
		t.Errorf("the column is %v wide", wide)
	}
	if high, _ := f.GetRowHeight("台账", 101); high != 4*lineHeight {
		t.Errorf("the row of 40 characters in a column of 12 is %v high", high)
	}
}
