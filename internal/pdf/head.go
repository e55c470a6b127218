package pdf

import (
	"strconv"
	"strings"
)

// Type sizes in points.
const (
	titleSize = 14.0
	headSize  = 9.0
	footSize  = 7.5
	bodySize  = 10.0
	noteSize  = 8.5
)

// headLayout is the head of every page, wrapped once: the organisation on the
// left, the title in the middle, number and version on the right, and a line
// with system, period and moment below.
type headLayout struct {
	left, title, right []string
	system, when       string
	bottom             float64 // where the text area begins
}

// longestHead bounds what the head takes from a hostile title or name.
const longestHead = 120

// mostHeadLines bounds each of the head's three parts.
const mostHeadLines = 4

func (d *paper) layHead() headLayout {
	p := d.print
	side, middle := d.inner()*0.27, d.inner()*0.44
	h := headLayout{
		left:   d.headLines(p.Organisation, side, headSize),
		title:  d.headLines(p.Title, middle, titleSize),
		right:  d.headLines(p.DocumentNo, side, headSize),
		system: fit(d.clean(oneLine(p.System), ""), longestHead),
		when:   fit(d.clean(oneLine(d.moments()), ""), longestHead),
	}
	if p.Version != "" {
		h.right = append(h.right, d.headLines(p.Words.Version+" "+p.Version, side, headSize)...)
	}
	lines := float64(max(len(h.left), len(h.right))) * leading(headSize)
	lines = max(lines, float64(len(h.title))*leading(titleSize))
	h.bottom = marginTop + lines + leading(headSize) + 3.5
	return h
}

func (d *paper) headLines(s string, width, size float64) []string {
	lines := d.face.wrap(fit(d.clean(oneLine(s), ""), longestHead), units(width, size))
	return lines[:min(len(lines), mostHeadLines)]
}

// oneLine joins the lines of a text that has one line's place.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// moments says the period and the moment the paper is about.
func (d *paper) moments() string {
	p, parts := d.print, []string(nil)
	if p.Period != "" {
		parts = append(parts, p.Words.Period+" "+p.Period)
	}
	if p.AsOf != "" {
		parts = append(parts, p.Words.AsOf+" "+p.AsOf)
	}
	return strings.Join(parts, "   ")
}

func (d *paper) drawHead() {
	h, pg := d.head, d.page()
	for i, l := range h.left {
		pg.text(marginSide, marginTop+float64(i)*leading(headSize)+baseline(headSize), headSize, l)
	}
	for i, l := range h.right {
		d.atRight(marginTop+float64(i)*leading(headSize)+baseline(headSize), headSize, l)
	}
	for i, l := range h.title {
		x := (d.width - d.extent(l, titleSize)) / 2
		pg.bold(x, marginTop+float64(i)*leading(titleSize)+baseline(titleSize), titleSize, l)
	}
	rule := h.bottom - 2.5
	sub := rule - leading(headSize) - 0.3 + baseline(headSize)
	pg.in(grey)
	pg.text(marginSide, sub, headSize, h.system)
	d.atRight(sub, headSize, h.when)
	pg.in(black)
	pg.line(marginSide, rule, d.width-marginSide, rule, 0.25)
	if d.print.Sample {
		d.drawSample(sub)
	}
}

// drawSample sets the boxed mark of a sample in the middle of the second line,
// where it covers nothing.
func (d *paper) drawSample(y float64) {
	pg, word := d.page(), d.clean(fit(d.print.Words.Sample, 12), "")
	w := d.extent(word, headSize)
	x := (d.width - w) / 2
	pg.in(alarm)
	pg.text(x, y, headSize, word)
	pg.box(x-1.5, y-3.2, w+3, 4.3, 0.25)
	pg.in(black)
}

func (d *paper) atRight(y, size float64, s string) {
	d.page().text(d.width-marginSide-d.extent(s, size), y, size, s)
}

// drawFeet closes every page once their number is known.
func (d *paper) drawFeet() {
	p := d.print
	left := fit(d.clean(strings.TrimSpace(fit(oneLine(p.Classification), 20)+"  "+d.code), ""), 160)
	right := d.clean(p.Words.DataVersion+" "+p.Commit(), "")
	last := len(d.pages)
	for i, pg := range d.pages {
		number := strings.NewReplacer("{page}", strconv.Itoa(i+1), "{pages}", strconv.Itoa(last)).Replace(p.Words.Page)
		number = d.clean(number, "")
		rule := d.height - marginBottom + 4
		y := rule + baseline(footSize) + 0.6
		pg.in(black)
		pg.line(marginSide, rule, d.width-marginSide, rule, 0.15)
		pg.text(marginSide, y, footSize, left)
		if d.footFits(left, number, right) {
			pg.text((d.width-d.extent(number, footSize))/2, y, footSize, number)
		} else {
			pg.text((d.width-d.extent(number, footSize))/2, y+leading(footSize), footSize, number)
		}
		pg.text(d.width-marginSide-d.extent(right, footSize), y, footSize, right)
	}
}

// footFits tells whether the page number has its place between the sides.
func (d *paper) footFits(left, middle, right string) bool {
	side := max(d.extent(left, footSize), d.extent(right, footSize))
	return 2*side+d.extent(middle, footSize)+6 <= d.inner()
}
