package pdf

import (
	"unicode/utf8"

	"kept/internal/portal"
)

// Measures of the signature bar in mm (domain.md §9.1: at least 12 to sign).
const (
	signHeight = 13.0 // free to sign by hand
	signTitle  = 6.0  // above it: for what one signs
	signLeast  = 44.0 // width of a place
	signGap    = 4.0  // around the bar
)

// signatures draws the bar of places to sign, 编制, 审核, 批准 or what a form asks
// for, side by side and in rows where they are many. It stands at the end of the
// paper and is never split over pages.
func (d *paper) signatures() {
	places := d.print.Signatures
	if len(places) == 0 {
		return
	}
	rows, across := d.signRows()
	d.need(min(float64(rows)*(signTitle+signHeight)+signGap, d.fresh()))
	d.y += 2
	w := d.inner() / float64(across)
	for ; len(places) > 0; places = places[min(across, len(places)):] {
		d.need(signTitle + signHeight)
		for i, place := range places[:min(across, len(places))] {
			d.signPlace(marginSide+float64(i)*w, w, place)
		}
		d.y += signTitle + signHeight
	}
	d.y += 2
}

// signRows is in how many rows the places stand, and how many beside each other.
func (d *paper) signRows() (rows, across int) {
	n := len(d.print.Signatures)
	across = max(1, min(n, int(d.inner()/signLeast)))
	rows = (n + across - 1) / across
	if rows == 0 {
		return 0, 0
	}
	return rows, (n + rows - 1) / rows
}

// signed is the height that the bar takes at the end of the paper, 0 where there is
// none or where it is too high to stand with anything else.
func (d *paper) signed() float64 {
	rows, _ := d.signRows()
	h := float64(rows)*(signTitle+signHeight) + signGap
	if rows == 0 || h > d.fresh()/2 {
		return 0
	}
	return h
}

// signPlace draws one place: its title with the name that is known, then room for
// the signature and the date.
func (d *paper) signPlace(x, w float64, place portal.PrintSignature) {
	pg := d.page()
	pg.in(pale)
	pg.fill(x, d.y, w, signTitle)
	pg.in(black)
	pg.box(x, d.y, w, signTitle+signHeight, thick)
	pg.line(x, d.y+signTitle, x+w, d.y+signTitle, thin)
	y := d.y + (signTitle-leading(bodySize))/2 + baseline(bodySize)
	title := d.cutTo(place.Title, w-3, bodySize, true)
	pg.bold(x+1.5, y, bodySize, title)
	if left := w - 5 - d.boldExtent(title, bodySize); place.Name != "" && left > 5 {
		name := d.cutTo(place.Name, left, bodySize, false)
		pg.text(x+w-1.5-d.extent(name, bodySize), y, bodySize, name)
	}
	words := d.print.Words
	d.signLine(x+1.5, d.y+signTitle, words.Sign)
	d.signLine(x+w*0.56, d.y+signTitle, words.Date)
	date := d.cutTo(place.Date, w*0.44-1.5, noteSize, false)
	pg.text(x+w*0.56, d.y+signTitle+0.8+leading(noteSize)*1.4+baseline(noteSize), noteSize, date)
}

// cutTo is a cleaned line no wider than w mm, with an ellipsis where it is cut.
func (d *paper) cutTo(s string, w, size float64, bold bool) string {
	whole := d.clean(fit(oneLine(s), longestHead), "")
	cut := whole
	for n := utf8.RuneCountInString(whole) - 1; n >= 0 && mm(d.measure(cut, bold), size) > w; n-- {
		cut = fit(whole, n)
	}
	return cut
}

func (d *paper) signLine(x, y float64, word string) {
	pg := d.page()
	pg.in(grey)
	pg.text(x, y+baseline(noteSize)+0.8, noteSize, d.clean(fit(word, 20), ""))
	pg.in(black)
}
