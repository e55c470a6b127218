package pdf

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// wideBold are faces whose bold is a third wider than the regular face: the same
// outlines on a smaller em.
var wideBold = sync.OnceValue(func() *Faces {
	f := faces().fonts[0]
	var runes []rune
	for r := rune(' '); r < 0x7f; r++ {
		runes = append(runes, r)
	}
	runes = append(runes, []rune("投诉处理时长及客户满意情况甲乙丙丁戊，。（）小计合等级重标题第一二三四章")...)
	slices.Sort(runes)
	runes = slices.Compact(runes)
	file := f.subset(runes)
	tables, err := parseSFNT(file)
	if err != nil {
		panic(err)
	}
	const em = 18 // of the table head: units to the em
	head := tables["head"]
	head[em], head[em+1] = byte(1540>>8), byte(1540&0xff)
	set, err := LoadFaces(FaceSet{Bold: file})
	if err != nil {
		panic(err)
	}
	return set
})

// What is set in bold is measured in bold: heads of columns and groups, titles on the
// cover, in heads, of parts of forms, sums, and words among others.
func TestBoldIsMeasuredInBold(t *testing.T) {
	set := wideBold()
	if w, b := set.body.measureText("投诉处理A"), set.strong.measureText("投诉处理A"); b < w*13/10 {
		t.Fatalf("the bold face measures %d and the regular one %d", b, w)
	}
	long := strings.Repeat("投诉处理时长及客户满意情况", 6)
	p := grouped(t, 2, 3)
	p.Title, p.Landscape = long, false
	table := p.Sections[0].Table
	for i := range table.Columns {
		table.Columns[i].Title = "处理时长及满意"
	}
	for i := range table.Rows {
		if r := &table.Rows[i]; r.Kind != portal.PlainRow {
			r.Head = long + r.Head
		}
	}
	p.Cover = &portal.PrintCover{Subtitle: "甲"}
	p.Signatures = []portal.PrintSignature{{Title: long, Name: "甲乙"}, {Title: "Representative of the top management", Name: "丙丁", Date: "2026-09-24"}}
	form := formOf(portal.PrintFormCell{Label: "甲", Ticks: []portal.PrintTick{{Text: "乙", On: true}}})
	form.Blocks[0].Title = long
	cell := portal.PrintGridCell{Runs: said("Satisfaction")}
	p.Sections = append(p.Sections, portal.PrintSection{Heading: long, Form: &form}, portal.PrintSection{Text: []portal.PrintBlock{
		{Kind: portal.PrintHeading, Level: 1, Runs: said(long)},
		{Kind: portal.PrintParagraph, Runs: []portal.PrintRun{{Text: "甲乙"}, {Text: long, Strong: true}}},
		{Kind: portal.PrintGrid, Head: []portal.PrintGridCell{cell, cell, cell, cell, cell, cell}},
	}})
	p.Contents = true
	data, _, err := Print(set, p)
	if err != nil {
		t.Fatal(err)
	}
	pdftest.Check(t, data)
	insideOf(t, data)
	text := pdftest.Squeeze(pdftest.Text(t, data))
	for _, want := range []string{"Representativeofthetopmanagement", "2026-09-24", "小计"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	g := newPaper(set, p).newGrid(table, true)
	for i, c := range g.columns {
		for _, l := range g.head[i] {
			if w := g.boldExtent(l, g.size); w > c.w-2*padX+0.01 {
				t.Errorf("the head %q is %.1f mm wide in a column of %.1f", l, w, c.w)
			}
		}
	}
	for _, l := range g.paper.head.title {
		if w := g.boldExtent(l, titleSize); w > g.inner()*0.44+0.01 {
			t.Errorf("the title %q is %.1f mm wide", l, w)
		}
	}
	grid := &textGrid{paper: g.paper, x: marginSide}
	grid.fitWidths(&p.Sections[2].Text[2], 6, g.inner())
	for i, c := range grid.lay(p.Sections[2].Text[2].Head) {
		if len(c.lines) != 1 || c.lines[0].width > grid.widths[i] {
			t.Errorf("column %d breaks its word into %d lines", i, len(c.lines))
		}
	}
}

// insideOf wants every word of a file between the margins at all four sides. The blank
// half of an opening mark may stand outside.
func insideOf(t *testing.T, data []byte) {
	t.Helper()
	const edge, above = marginSide*points - 1, marginTop*points - 3
	wrong := 0
	for _, box := range pdftest.TextBoxes(t, data) {
		left := box.Left
		if strings.HasPrefix(box.Text, "（") {
			left += (box.Bottom - box.Top) / 2
		}
		if left < edge || box.Right > box.Width-edge || box.Top < above || box.Bottom > box.Height-above {
			if wrong++; wrong < 6 {
				t.Errorf("%q stands at %+v", fit(box.Text, 20), box)
			}
		}
	}
}
