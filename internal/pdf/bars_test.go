package pdf

import (
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

func barsOf(n int) *portal.PrintBars {
	b := &portal.PrintBars{Title: "按投诉类别分布（帕累托图：件数与累计占比）"}
	for i := range n {
		b.Bars = append(b.Bars, portal.PrintBar{
			Name: "第" + strings.Repeat("甲", i+1) + "类", Count: n - i, Text: string(rune('0' + (n-i)%10)), Share: float64(i+1) / float64(n),
		})
	}
	return b
}

// A chart says its title, the number and the name of each bar, and both axes.
func TestBarsAreRead(t *testing.T) {
	paper := register(t, 1)
	paper.Sections = []portal.PrintSection{{Heading: "分布", Bars: barsOf(6)}}
	text := pdftest.Text(t, mustPrint(t, paper))
	for _, want := range []string{"帕累托图", "第甲类", "第甲甲类", "100%", "20%", "6"} {
		if !strings.Contains(text, want) {
			t.Errorf("the chart lacks %q:\n%s", want, text)
		}
	}
}

// A chart stands on the page of its table, however little room is left.
func TestBarsStandWithTheirTable(t *testing.T) {
	for left := 20.0; left < 130; left += 7 {
		d := newPaper(faces(), register(t, 0))
		table := &portal.Table{Columns: []portal.Column{{Title: "类别", Weight: 1}}, Rows: []portal.Row{{Cells: []portal.Cell{{Text: "甲"}}}, {Cells: []portal.Cell{{Text: "乙"}}}}}
		d.y = d.bottom() - left
		d.section(portal.PrintSection{Heading: "分布", Table: table, Bars: barsOf(2)})
		if at := d.marks[len(d.marks)-1]; at.page != d.page() {
			t.Errorf("with %.0f mm left the table stands a page before its chart", left)
		}
	}
}

// The axis counts by 1, 2 or 5 times a power of ten, in five steps at most.
func TestTickOf(t *testing.T) {
	for most, want := range map[int]int{0: 1, 1: 1, 5: 1, 6: 2, 10: 2, 11: 5, 25: 5, 26: 10, 51: 20, 240: 50, 10000: 2000} {
		if got := tickOf(most); got != want {
			t.Errorf("%d: %d, want %d", most, got, want)
		}
	}
}

// A chart of one or two bars takes no more of a page than they need.
func TestFewBarsAreSmall(t *testing.T) {
	before := 0.0
	for n := 1; n < 12; n++ {
		d := newPaper(faces(), register(t, 0))
		from := d.y
		d.bars(barsOf(n))
		took := d.y - from
		if most := barsTop + barsHeight + barsBelow + 2; took > most+0.01 || took < before || n < 3 && took > most*0.85 {
			t.Errorf("%d bars take %.1f mm", n, took)
		}
		before = took
	}
}
