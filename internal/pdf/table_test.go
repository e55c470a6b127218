package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// gridOf lays a table out on a fresh paper.
func gridOf(t *testing.T, columns []portal.Column, rows ...portal.Row) *grid {
	t.Helper()
	d := newPaper(faces(), register(t, 0))
	return d.newGrid(&portal.Table{Columns: columns, Rows: rows}, true)
}

func cellsOf(texts ...string) portal.Row {
	var r portal.Row
	for _, s := range texts {
		r.Cells = append(r.Cells, portal.Cell{Text: s})
	}
	return r
}

func TestBalance(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width float64 // in Han characters
		want  []string
	}{
		"two and two":           {"企业微信", 3, []string{"企业", "微信"}},
		"three and two":         {"满意度调查", 4, []string{"满意度", "调查"}},
		"three and three":       {"响应是否及时", 5, []string{"响应是", "否及时"}},
		"fits":                  {"已关闭", 3, []string{"已关闭"}},
		"words stay whole":      {"P1 紧急", 2.6, []string{"P1 紧", "急"}},
		"a date by its blank":   {"09-08 10:28", 4, []string{"09-08", "10:28"}},
		"no comma at the start": {"甲乙，丙丁", 4, []string{"甲乙，", "丙丁"}},
		"long texts fill lines": {"用户反映主干链路丢包率", 8, []string{"用户反映主干链路", "丢包率"}},
		"lines of the text":     {"甲乙丙\n丁", 2, []string{"甲乙", "丙", "丁"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := faces().body.balance(c.text, int(c.width*em))
			if strings.Contains(name, "words") {
				if len(got) != 2 || !strings.HasPrefix(got[0], "P1") {
					t.Errorf("balance gives %q", got)
				}
				return
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("balance(%q, %v) = %q, want %q", c.text, c.width, got, c.want)
			}
		})
	}
}

// Whatever the width, evenly broken texts need no more lines, and lose nothing.
func TestBalanceNeedsNoMoreLines(t *testing.T) {
	f := faces().body
	for _, text := range []string{"客户满意度调查问卷", "P1 紧急", "TS-2026-0001", "（甲）（乙）", "Partly ok", "，，，，", "", "业务关系经理"} {
		for width := 0; width < 12*em; width += 130 {
			plain, even := f.wrap(text, width), f.balance(text, width)
			if len(even) != len(plain) || pdftest.Squeeze(strings.Join(even, "")) != pdftest.Squeeze(text) {
				t.Fatalf("%q at %d: %q, plainly %q", text, width, even, plain)
			}
		}
	}
}

// The columns stand side by side and fill the page from margin to margin.
func TestColumnsFillThePage(t *testing.T) {
	g := gridOf(t, []portal.Column{{Title: "甲", Weight: 3}, {Title: "隐"}, {Title: "乙", Weight: 1}, {Title: "丙", Weight: 9}}, cellsOf("a", "b", "TS-2026-0001", "d"))
	if len(g.columns) != 4 || g.columns[0].source != -1 || g.columns[2].source != 2 {
		t.Fatalf("columns are %+v", g.columns)
	}
	x := marginSide
	for _, c := range g.columns {
		if math.Abs(c.x-x) > 1e-9 || c.w <= 0 {
			t.Errorf("column %q stands at %.2f, want %.2f", c.title, c.x, x)
		}
		x += c.w
	}
	if math.Abs(x-(g.width-marginSide)) > 1e-9 {
		t.Errorf("the last column ends at %.2f of %.2f", x, g.width-marginSide)
	}
}

func TestCells(t *testing.T) {
	g := gridOf(t, []portal.Column{{Title: "甲", Weight: 1}, {Title: "乙", Weight: 1}, {Title: "丙", Weight: 1}})
	got := g.cells(cellsOf("x", ""), 41)
	want := [][]string{{"42"}, {"x"}, {nothing}, {nothing}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("cells are %q, want %q: an empty and a missing one get a stroke", got, want)
	}
	if c := (gridColumn{align: portal.Right}); c.forEmpty([]string{nothing}).align != portal.Center || c.forEmpty([]string{"1"}).align != portal.Right {
		t.Error("only the stroke of an empty cell goes to the middle")
	}
}

// Short values and heads are broken evenly in their columns.
func TestCellsAreBalanced(t *testing.T) {
	g := gridOf(t, []portal.Column{{Title: "投诉渠道", Weight: 1}, {Title: "主题", Weight: 30}}, cellsOf("企业微信", "x"))
	if got := g.cells(cellsOf("企业微信", "x"), 0)[1]; !slices.Equal(got, []string{"企业", "微信"}) {
		t.Errorf("the value is broken into %q", got)
	}
	if got := g.head[1]; !slices.Equal(got, []string{"投诉", "渠道"}) {
		t.Errorf("the head is broken into %q", got)
	}
}

func TestTones(t *testing.T) {
	row := portal.Row{Cells: []portal.Cell{{Tone: portal.Bad}, {Tone: portal.Warn}, {Tone: portal.Muted}, {}}}
	for i, want := range map[int]shade{0: alarm, 1: alarm, 2: grey, 3: black, 4: black, -1: black} {
		if got := toneOf(row, i); got != want {
			t.Errorf("cell %d is %06x, want %06x", i, got, want)
		}
	}
}

// Rows go to the next page as a whole: no page holds a part of one, at any
// height of the row that meets the bottom.
func TestRowsStayWhole(t *testing.T) {
	for lines := 1; lines <= 12; lines++ {
		p := register(t, 0)
		table := p.Sections[0].Table
		table.Columns = []portal.Column{{Title: "甲", Weight: 1}}
		for i := range 40 {
			var b strings.Builder
			for n := range lines {
				fmt.Fprintf(&b, "R%d-%d\n", i, n)
			}
			table.Rows = append(table.Rows, cellsOf(strings.TrimSpace(b.String())))
		}
		for _, page := range pdftest.Pages(t, mustPrint(t, p)) {
			for i := range 40 {
				if n := strings.Count(page, fmt.Sprintf("R%d-", i)); n != 0 && n != lines {
					t.Fatalf("%d of %d lines of row %d stand on a page", n, lines, i+1)
				}
			}
		}
	}
}

// 以下空白 stands once, at the end of a table with rows; one without says so.
func TestEndOfTable(t *testing.T) {
	for n, want := range map[int]string{0: "本期无记录", 1: "以下空白", 60: "以下空白"} {
		text := pdftest.Text(t, mustPrint(t, register(t, n)))
		if strings.Count(text, want) != 1 {
			t.Errorf("%d rows: %q stands %d times", n, want, strings.Count(text, want))
		}
	}
	p := register(t, 0)
	p.Sections[0].Table.Empty = "没有投诉"
	if text := pdftest.Text(t, mustPrint(t, p)); !strings.Contains(text, "没有投诉") || strings.Contains(text, "本期无记录") {
		t.Error("the table's own words for no rows are not said")
	}
}

func TestNoPrintedColumn(t *testing.T) {
	p := register(t, 3)
	for i := range p.Sections[0].Table.Columns {
		p.Sections[0].Table.Columns[i].Weight = 0
	}
	data := mustPrint(t, p)
	pdftest.Check(t, data)
	if n := pdftest.PageCount(t, data); n != 1 {
		t.Errorf("%d pages", n)
	}
}

// Chapters of many columns, more than a page can hold, still print whole rows.
func TestVeryManyColumns(t *testing.T) {
	p := register(t, 0)
	table := p.Sections[0].Table
	table.Columns = nil
	row := portal.Row{ID: "x"}
	for i := range 60 {
		table.Columns = append(table.Columns, portal.Column{Title: fmt.Sprintf("第%d列", i), Weight: 1})
		row.Cells = append(row.Cells, portal.Cell{Text: fmt.Sprintf("V-%04d", i)})
	}
	table.Rows = []portal.Row{row}
	data := mustPrint(t, p)
	pdftest.Check(t, data)
	text := pdftest.Text(t, data)
	for _, digit := range "0123456789" {
		if !strings.ContainsRune(text, digit) {
			t.Errorf("no cell shows %q", digit)
		}
	}
	if n := pdftest.PageCount(t, data); n > 3 {
		t.Errorf("one row takes %d pages", n)
	}
}
