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
		left:   d.headLines(d.face, or(p.Head, p.Organisation), side, headSize),
		title:  d.headLines(d.strong, p.Title, middle, titleSize),
		right:  d.headLines(d.face, p.DocumentNo, side, headSize),
		system: fit(d.clean(oneLine(p.System), ""), longestHead),
		when:   fit(d.clean(oneLine(d.moments()), ""), longestHead),
	}
	if p.Version != "" {
		h.right = append(h.right, d.headLines(d.face, p.Words.Version+" "+p.Version, side, headSize)...)
	}
	lines := float64(max(len(h.left), len(h.right))) * leading(headSize)
	lines = max(lines, float64(len(h.title))*leading(titleSize))
	h.bottom = marginTop + lines + leading(headSize) + 3.5
	return h
}

func (d *paper) headLines(f *face, s string, width, size float64) []string {
	lines := f.wrap(fit(d.clean(oneLine(s), ""), longestHead), units(width, size))
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
		x := (d.width - d.boldExtent(l, titleSize)) / 2
		pg.bold(x, marginTop+float64(i)*leading(titleSize)+baseline(titleSize), titleSize, l)
	}
	rule := h.bottom - 2.5
	sub := rule - leading(headSize) - 0.3 + baseline(headSize)
	pg.in(grey)
	pg.text(marginSide, sub, headSize, h.system)
	d.atRight(sub, headSize, h.when)
	pg.in(black)
	pg.line(marginSide, rule, d.width-marginSide, rule, 0.25)
	if word := d.boxedWords(); word != "" {
		d.drawBoxed(sub, word)
	}
}

// boxedWords is what every page must say of itself: that it is a sample, and what
// its watermark says.
func (d *paper) boxedWords() string {
	word := fit(oneLine(d.print.Watermark), 40)
	if d.print.Sample {
		word = strings.TrimSpace(fit(d.print.Words.Sample, 12) + "  " + word)
	}
	return d.clean(word, "")
}

// drawBoxed sets words in a box in the middle of the second line, where it covers
// nothing.
func (d *paper) drawBoxed(y float64, word string) {
	pg := d.page()
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

// The foot: a line over the whole width, two lines of text below it, and the QR
// code at the right, whose squares a phone still tells apart at this width.
const (
	footRule   = 4.0  // below the text area
	codeWidth  = 11.5 // mm
	codeBorder = 1.6  // free space around, four squares
)

// drawFeet closes every page once their number is known: classification and code
// with the page number below the line, data version and program below that, and
// the code as squares.
func (d *paper) drawFeet() {
	p := d.print
	code := d.clean(fit(d.code, 160), "")
	room := d.inner() - codeWidth - 2*codeBorder - 2
	said := d.cutTo(strings.TrimSpace(p.Classification+"  "+p.Foot), room-d.extent(code, footSize)-3, footSize, false)
	left := strings.TrimSpace(said + "  " + code)
	source := p.Words.DataVersion + " " + p.Commit()
	if p.Tool != "" {
		source += "   " + p.Words.Tool + " " + fit(oneLine(p.Tool), 40)
	}
	source = d.clean(source, "")
	last, squares := len(d.pages), d.codeStamp()
	for i, pg := range d.pages {
		number := strings.NewReplacer("{page}", strconv.Itoa(i+1), "{pages}", strconv.Itoa(last)).Replace(p.Words.Page)
		number = d.clean(number, "")
		rule := d.bottom() + footRule
		y := rule + baseline(footSize) + 0.6
		end := d.width - marginSide - codeWidth - 2*codeBorder
		pg.in(black)
		pg.line(marginSide, rule, d.width-marginSide, rule, 0.15)
		pg.text(marginSide, y, footSize, left)
		pg.text(marginSide, y+leading(footSize), footSize, source)
		if !d.footFits(left, number) {
			y += leading(footSize)
		}
		pg.text(end-d.extent(number, footSize), y, footSize, number)
		pg.show(squares)
	}
}

// codeStamp is the code in the foot, which is the same on each page.
func (d *paper) codeStamp() int {
	return d.stamp(func(pg *page) {
		d.drawCode(pg, d.width-marginSide-codeWidth, d.bottom()+footRule+codeBorder)
	})
}

// drawCode paints the squares of the code; neighbours in a row are one stroke, so
// that no white hair line parts them.
func (d *paper) drawCode(pg *page, x, y float64) {
	if len(d.squares) == 0 {
		return
	}
	size := codeWidth / float64(len(d.squares))
	for row, squares := range d.squares {
		for from := 0; from < len(squares); from++ {
			to := from
			for to < len(squares) && squares[to] {
				to++
			}
			if to > from {
				pg.fill(x+float64(from)*size, y+float64(row)*size, float64(to-from)*size, size)
				from = to
			}
		}
	}
}

// footFits tells whether the page number has its place behind the code.
func (d *paper) footFits(left, number string) bool {
	return d.extent(left, footSize)+d.extent(number, footSize)+codeWidth+2*codeBorder+6 <= d.inner()
}
