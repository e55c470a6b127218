package pdf

import (
	"fmt"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

func said(s string) []portal.PrintRun { return []portal.PrintRun{{Text: s}} }

// document is a paper of blocks.
func document(t *testing.T, blocks ...portal.PrintBlock) *portal.Print {
	p := register(t, 0)
	p.Landscape, p.Signatures, p.Sample = false, nil, false
	p.Sections = []portal.PrintSection{{Text: blocks}}
	return p
}

// Every block says all of its words, in order, over as many pages as it takes.
func TestTextIsComplete(t *testing.T) {
	var blocks []portal.PrintBlock
	var want strings.Builder
	long := strings.Repeat("甲乙丙丁，戊己庚辛（ABC 123）。", 40)
	for i := range 12 {
		n := fmt.Sprintf("%d#", i)
		blocks = append(blocks,
			portal.PrintBlock{Kind: portal.PrintHeading, Level: i%4 + 1, Number: fmt.Sprint(i), ID: n, Runs: said("标题" + n)},
			portal.PrintBlock{Kind: portal.PrintParagraph, Runs: append(said("段"+n+long), portal.PrintRun{Text: "重", Strong: true}, portal.PrintRun{Text: "码", Code: true})},
			portal.PrintBlock{Kind: portal.PrintItem, Level: i + 1, Marker: "3.", Runs: said("项" + n + long)},
			portal.PrintBlock{Kind: portal.PrintQuote, Level: 1, Quoted: 1, Runs: said("注" + n + long)},
			portal.PrintBlock{Kind: portal.PrintCode, Lines: []string{"行" + n, "", "  " + strings.Repeat("x", 300)}},
			portal.PrintBlock{Kind: portal.PrintRule})
		want.WriteString(fmt.Sprint(i) + "标题" + n + "段" + n + long + "重码" + "3.项" + n + long + "注" + n + long + "行" + n + strings.Repeat("x", 300))
	}
	data := mustPrint(t, document(t, blocks...))
	pdftest.Check(t, data)
	got := withoutFurniture(pdftest.Pages(t, data))
	at := 0
	for _, r := range pdftest.Squeeze(want.String()) {
		i := strings.IndexRune(got[at:], r)
		if i < 0 || i > 400 {
			t.Fatalf("after %q comes %q, not %q", got[max(0, at-60):at], got[at:min(len(got), at+60)], r)
		}
		at += i + len(string(r))
	}
}

// withoutFurniture is the text of all pages without blanks.
func withoutFurniture(pages []string) string { return pdftest.Squeeze(strings.Join(pages, "\n")) }

// A table goes over pages with its head on each; a row taller than a page is
// continued; each cell is complete.
func TestTextTable(t *testing.T) {
	cell := func(s string) portal.PrintGridCell { return portal.PrintGridCell{Runs: said(s)} }
	table := portal.PrintBlock{Kind: portal.PrintGrid, Head: []portal.PrintGridCell{cell("步骤"), cell("描述"), cell("输出")}}
	for i := range 60 {
		table.Rows = append(table.Rows, []portal.PrintGridCell{cell(fmt.Sprintf("第%d步", i)), cell(strings.Repeat("登记并处理投诉。", i%9+1)), cell("单")})
	}
	table.Rows = append(table.Rows, []portal.PrintGridCell{cell("高"), cell(strings.Repeat("癸", 9000)), cell("尾")}, []portal.PrintGridCell{cell("末"), cell("末行")})
	pages := pdftest.Pages(t, mustPrint(t, document(t, table)))
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages {
		if !strings.Contains(p, "步骤") || !strings.Contains(p, "描述") {
			t.Errorf("page %d has no head", i+1)
		}
	}
	text := withoutFurniture(pages)
	for i := range 60 {
		if !strings.Contains(text, fmt.Sprintf("第%d步", i)) {
			t.Errorf("row %d is missing", i)
		}
	}
	if n := strings.Count(text, "癸"); n != 9000 {
		t.Errorf("%d of 9000 characters of a tall cell", n)
	}
	if n := strings.Count(text, "登记并处理投诉。"); n == 0 || !strings.Contains(text, "末行") {
		t.Error("the last row is missing")
	}
}

// Nothing stands outside the margins, however deep or wide it is.
func TestTextStaysInside(t *testing.T) {
	d := newPaper(faces(), document(t))
	for level := range 40 {
		x, w := d.placeOf(&portal.PrintBlock{Kind: portal.PrintItem, Level: level})
		if x < marginSide || w < d.inner()/4 || x+w > d.width-marginSide+0.01 {
			t.Errorf("level %d: %.1f + %.1f of %.1f", level, x, w, d.width)
		}
	}
	for columns := 1; columns < 60; columns++ {
		b := portal.PrintBlock{Kind: portal.PrintGrid}
		var row []portal.PrintGridCell
		for i := range columns {
			row = append(row, portal.PrintGridCell{Runs: said(strings.Repeat("word", i%5*columns) + "字")})
		}
		b.Rows = append(b.Rows, row)
		g := &textGrid{paper: d, x: marginSide}
		g.fitWidths(&b, columns, d.inner())
		sum := 0.0
		for _, w := range g.widths {
			sum += w
		}
		if sum < d.inner()-0.01 || sum > d.inner()+0.01 {
			t.Errorf("%d columns are %.2f wide of %.2f", columns, sum, d.inner())
		}
	}
}

// A heading goes to the next page with the beginning of what follows.
func TestHeadingStaysWithItsText(t *testing.T) {
	for _, kind := range []portal.PrintBlock{
		{Kind: portal.PrintParagraph, Runs: said(strings.Repeat("甲", 200))},
		{Kind: portal.PrintGrid, Head: []portal.PrintGridCell{{Runs: said("头")}}, Rows: [][]portal.PrintGridCell{{{Runs: said("行")}}}},
		{Kind: portal.PrintCode, Lines: []string{"a", "b", "c"}},
	} {
		for left := 3.0; left < 60; left += 3 {
			d := newPaper(faces(), document(t))
			d.y = d.bottom() - left
			d.text([]portal.PrintBlock{{Kind: portal.PrintHeading, Level: 1, Runs: said("上")}, {Kind: portal.PrintHeading, Level: 2, Runs: said("下")}, kind})
			n := len(d.marks)
			if n != 2 || d.marks[0].page != d.marks[1].page || kind.Kind != portal.PrintParagraph && d.marks[0].page != d.page() {
				t.Errorf("%s, %.0f mm left: headings on %v, %d pages", kind.Kind, left, d.marks, len(d.pages))
			}
		}
	}
}

// An item's marker stands on the page of its words.
func TestMarkerStaysWithItsWords(t *testing.T) {
	for left := 1.0; left < 20; left++ {
		d := newPaper(faces(), document(t))
		d.y = d.bottom() - left
		before := len(d.page().buf)
		first := d.page()
		d.text([]portal.PrintBlock{{Kind: portal.PrintItem, Level: 1, Marker: "7.", Runs: said(strings.Repeat("甲", 60))}})
		if n := len(first.buf); n > before && len(d.pages) > 1 {
			t.Errorf("%.0f mm left: the marker stays behind", left)
		}
	}
}
