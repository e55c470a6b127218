package cli

import (
	"strings"
	"testing"

	"kept/internal/portal"
)

func render(t *testing.T, table portal.Table) string {
	t.Helper()
	var b strings.Builder
	if err := writeTable(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Columns line up although a Chinese character takes two columns of a terminal.
func TestTableAlignsWideCharacters(t *testing.T) {
	got := render(t, portal.Table{
		Title:   "指标",
		Columns: []portal.Column{{Title: "编号"}, {Title: "指标"}, {Title: "数值", Align: portal.Right}},
		Rows: []portal.Row{
			{Cells: []portal.Cell{{Text: "K01"}, {Text: "响应及时率"}, {Text: "100.0%"}}},
			{Cells: []portal.Cell{{Text: "K14"}, {Text: "NPS"}, {Text: "+31.8"}}},
		},
	})
	want := "指标\n" +
		"编号  指标          数值\n" +
		"K01   响应及时率  100.0%\n" +
		"K14   NPS          +31.8\n"
	if got != want {
		t.Errorf("wrote\n%s\nwant\n%s", got, want)
	}
}

func TestTableWithoutRowsSaysSo(t *testing.T) {
	got := render(t, portal.Table{Title: "T", Columns: []portal.Column{{Title: "x"}}, Empty: "没有记录"})
	if got != "T\n没有记录\n" {
		t.Errorf("wrote %q", got)
	}
}

// A value from a record must not drive the terminal, nor add a line.
func TestTableCellsAreHarmless(t *testing.T) {
	got := render(t, portal.Table{
		Title: "T", Columns: []portal.Column{{Title: "x"}},
		Rows: []portal.Row{{Cells: []portal.Cell{{Text: "a\x1b]0;x\x07\nK01 100%"}}}},
	})
	if strings.Count(got, "\n") != 3 || strings.ContainsAny(got, "\x1b\x07") {
		t.Errorf("wrote %q", got)
	}
}

// What must be known of a row stands below it.
func TestTableNotes(t *testing.T) {
	got := render(t, portal.Table{Title: "T", Columns: []portal.Column{{Title: "x"}}, Rows: []portal.Row{
		{Cells: []portal.Cell{{Text: "K12"}}, Note: "样本量不足，不判定\x1b"}, {Cells: []portal.Cell{{Text: "K13"}}},
	}})
	if !strings.Contains(got, "K12\n  ↳ 样本量不足，不判定") || strings.Contains(got, "\x1b") || !strings.HasSuffix(got, "\nK13\n") {
		t.Errorf("wrote %q", got)
	}
}
