package pdf

import (
	"kept/internal/portal"
)

// Measures of a cover in mm and points.
const (
	coverTitle    = 26.0 // points
	coverSubtitle = 15.0
	coverName     = 14.0
	factHeight    = 8.4
	factLabel     = 0.3 // of the facts' width
	coverWidth    = 0.72
)

// cover sets the first page: who, what, and the facts that control the document
// (domain.md §9.1). Its parts follow on a page of their own, and the text begins
// another.
func (d *paper) cover() {
	c := d.print.Cover
	if c == nil {
		return
	}
	d.y = marginTop + 12
	d.centred(d.print.Organisation, coverName, false)
	d.y += 1.5
	d.centred(d.print.System, headSize+2, false)
	if word := d.boxedWords(); word != "" {
		d.y += 3
		d.drawBoxed(d.y+baseline(headSize), word)
		d.y += leading(headSize)
	}
	d.y = max(d.y+10, d.height*0.24)
	d.centred(d.print.Title, coverTitle, true)
	d.y += 2
	d.centred(c.Subtitle, coverSubtitle, false)
	d.coverFacts(c.Facts)
	d.coverNotice(c.Notice)
	d.coverParts(c.Parts)
	d.front = len(d.pages)
	d.newPage()
}

// centred sets a text in the middle of the page's width.
func (d *paper) centred(s string, size float64, bold bool) {
	face := d.face
	if bold {
		face = d.strong
	}
	lines := face.balance(fit(d.clean(oneLine(s), ""), longestHead), units(d.inner()*0.86, size))
	for _, l := range lines {
		if bold {
			d.page().bold((d.width-d.boldExtent(l, size))/2, d.y+baseline(size), size, l)
		} else {
			d.page().text((d.width-d.extent(l, size))/2, d.y+baseline(size), size, l)
		}
		d.y += leading(size)
	}
}

// coverFacts sets labels and values as a grid in the lower half.
func (d *paper) coverFacts(facts []portal.PrintFact) {
	w := d.inner() * coverWidth
	x := (d.width - w) / 2
	label := w * factLabel
	var rows [][2][]string
	total := 0.0
	for _, f := range facts {
		for _, r := range d.factLines(f, label, w-label) {
			rows = append(rows, r)
			total += rowHeight(r)
		}
	}
	d.y = max(d.y+8, min(d.height*0.5, d.bottom()-12-total))
	for _, r := range rows {
		d.factRow(x, w, label, r)
	}
}

// factLines is a fact in rows of lines, more than one where it is higher than a page.
func (d *paper) factLines(f portal.PrintFact, label, w float64) [][2][]string {
	labels := d.face.balance(d.clean(fit(oneLine(f.Label), longestTitle), ""), units(label-4, bodySize))
	values := d.face.wrap(d.clean(or(f.Value, nothing), ""), units(w-4, bodySize))
	most := max(len(labels), int((d.fresh()-2*padY)/leading(bodySize)))
	var rows [][2][]string
	for len(values) > most {
		rows = append(rows, [2][]string{labels, values[:most]})
		values = values[most:]
	}
	return append(rows, [2][]string{labels, values})
}

func rowHeight(r [2][]string) float64 {
	return max(factHeight, float64(max(len(r[0]), len(r[1])))*leading(bodySize)+2*padY)
}

func (d *paper) factRow(x, w, label float64, r [2][]string) {
	h := rowHeight(r)
	if h > d.room() {
		d.newPage()
	}
	pg := d.page()
	pg.in(pale)
	pg.fill(x, d.y, label, h)
	pg.in(black)
	pg.box(x, d.y, w, h, thin)
	pg.line(x+label, d.y, x+label, d.y+h, thin)
	y := d.y + (h-float64(len(r[0]))*leading(bodySize))/2
	for i, l := range r[0] {
		pg.text(x+(label-d.extent(l, bodySize))/2, y+float64(i)*leading(bodySize)+baseline(bodySize), bodySize, l)
	}
	d.lines(x+label+2, d.y+(h-float64(len(r[1]))*leading(bodySize))/2, bodySize, r[1], black)
	d.y += h
}

// coverNotice stands at the foot of the cover.
func (d *paper) coverNotice(s string) {
	if s == "" {
		return
	}
	lines := d.face.wrap(d.clean(s, ""), units(d.inner(), noteSize))
	d.y += 4
	h := float64(len(lines)) * leading(noteSize)
	d.need(min(h, d.fresh()))
	d.y = max(d.y, d.bottom()-h)
	for _, l := range lines {
		d.need(leading(noteSize))
		d.page().in(grey)
		d.page().text((d.width-d.extent(l, noteSize))/2, d.y+baseline(noteSize), noteSize, l)
		d.page().in(black)
		d.y += leading(noteSize)
	}
}

// coverParts set the tables of control on pages of their own.
func (d *paper) coverParts(parts []portal.PrintSection) {
	if len(parts) == 0 {
		return
	}
	d.newPage()
	for _, s := range parts {
		d.section(s)
	}
}
