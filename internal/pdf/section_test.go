package pdf

import (
	"fmt"
	"strings"
	"testing"

	"kept/internal/chart"
	"kept/internal/pdftest"
	"kept/internal/portal"
)

func trend(label string) *chart.Trend {
	one, two := 1.0, 2.0
	return &chart.Trend{Title: label, Summary: "2", Points: []chart.Point{{Label: "8月", Value: &one}, {Label: "9月", Value: &two}}}
}

// Three charts with a heading and two lines of notes stand on an upright page.
func TestThreeChartsToAPage(t *testing.T) {
	p := register(t, 0)
	p.Landscape, p.Sections = false, nil
	for i := range 6 {
		p.Sections = append(p.Sections, portal.PrintSection{Heading: fmt.Sprintf("K0%d", i), Chart: trend("趋势"), Notes: []string{"计算方法", "样本"}})
	}
	pages := pdftest.Pages(t, mustPrint(t, p))
	if len(pages) > 3 {
		t.Fatalf("%d pages, want 2 and one for the signatures", len(pages))
	}
	for i, want := range []string{"K00", "K03"} {
		if !strings.Contains(pages[i], want) || strings.Count(pages[i], "趋势") != 3 {
			t.Errorf("page %d holds %d charts and should begin with %s", i+1, strings.Count(pages[i], "趋势"), want)
		}
	}
}

// A heading goes with its chart to the next page, never alone at the bottom.
func TestHeadingStaysWithItsChart(t *testing.T) {
	for left := 5.0; left < 100; left += 5 {
		p := register(t, 0)
		p.Landscape = false
		d := newPaper(faces(), p)
		d.y = d.bottom() - left
		d.section(portal.PrintSection{Heading: "K01", Chart: trend("趋势")})
		if at := d.marks[0].page; at != d.page() {
			t.Errorf("with %.0f mm left the heading and the chart stand on different pages", left)
		}
		if d.y > d.bottom()+2 {
			t.Errorf("with %.0f mm left the chart ends at %.1f of %.1f", left, d.y, d.bottom())
		}
	}
}

// A chart stands between the margins, in the middle.
func TestChartInTheMiddle(t *testing.T) {
	p := register(t, 0)
	for _, landscape := range []bool{true, false} {
		p.Landscape = landscape
		d := newPaper(faces(), p)
		if w := d.chartScale() * chart.Width; w != chartWidth || w > d.inner() {
			t.Errorf("across %t: the chart is %.1f mm of %.1f", landscape, w, d.inner())
		}
		if h := d.chartHeight(); h != chartWidth*chart.Height/chart.Width {
			t.Errorf("the chart is %.1f mm high", h)
		}
	}
}

// The canvas turns a chart's units into those of the page, and anchors texts.
func TestPlot(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	pg := &page{height: 100, faces: faces(), used: new(usage)}
	c := plot{paper: d, page: pg, x: 25.4, y: 0, scale: 2.54}
	c.Line(0, 0, 10, 10, 1, chart.Plain, false)
	if got, want := string(pg.buf), "7.2 w 72 283.46 m 144 211.46 l S\n"; got != want {
		t.Errorf("the line is %q, want %q", got, want)
	}
	for anchor, want := range map[chart.Anchor]float64{chart.Start: 72, chart.Middle: 72 - 7.2, chart.End: 72 - 14.4} {
		pg.buf = nil
		c.Text(0, 10, 1, anchor, "投诉", chart.Plain) // two Han characters of 7.2 pt
		var size, x float64
		if _, err := fmt.Sscanf(string(pg.buf), "BT %f 0 0 7.2 %f", &size, &x); err != nil || size != 7.2 || x < want-0.02 || x > want+0.02 {
			t.Errorf("anchor %v: size %v at %v, want 7.2 at %v (%v): %q", anchor, size, x, want, err, pg.buf)
		}
	}
	pg.buf = nil
	c.Dot(0, 0, 1, chart.Alarm, true, "never shown")
	if got := string(pg.buf); !strings.Contains(got, "1 1 1 rg") || strings.Contains(got, "never") {
		t.Errorf("a hollow dot is %q", got)
	}
}

func TestInks(t *testing.T) {
	for ink, want := range map[chart.Ink]shade{chart.Grid: light, chart.Series: blue, chart.Alarm: alarm, chart.Goal: alarm, chart.Plain: black} {
		if got := colours(ink); got != want {
			t.Errorf("%s is %06x, want %06x", ink, got, want)
		}
	}
}

// Figures stand four in a row, each whole, in boxes of one height.
func TestFigures(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	list := make([]portal.PrintFigure, 9)
	for i := range list {
		list[i] = portal.PrintFigure{Label: "投诉数", Value: fmt.Sprint(i), Note: "件"}
	}
	list[8].Tone = portal.Bad
	from := d.y
	d.figures(list)
	row := leading(noteSize)*2 + leading(14) + 2.4 + 3
	if got := d.y - from; got < 3*row-0.01 || got > 3*row+0.01 {
		t.Errorf("nine figures take %.2f mm, want three rows of %.2f", got, row)
	}
	if b := d.layFigure(list[8], 40); b.ink != alarm {
		t.Error("a bad figure is not marked")
	}
	if b := d.layFigure(portal.PrintFigure{Value: "1"}, 40); len(b.label)+len(b.note) != 0 || b.ink != black {
		t.Errorf("a figure of a value alone has more: %+v", b)
	}
}

// A paragraph runs over pages and keeps every character.
func TestParagraphOverPages(t *testing.T) {
	p := register(t, 0)
	p.Sections = []portal.PrintSection{{Paragraphs: []string{strings.Repeat("甲乙丙丁戊己庚辛壬癸。", 800)}}}
	pages := pdftest.Pages(t, mustPrint(t, p))
	if len(pages) < 3 {
		t.Fatalf("%d pages", len(pages))
	}
	if n := strings.Count(pdftest.Squeeze(strings.Join(pages, "")), "癸"); n != 800 {
		t.Errorf("%d of 800 sentences", n)
	}
}
