package pdf

import (
	"strings"
	"unicode/utf8"

	"kept/internal/portal"
)

// Measures of the signature bar in mm (domain.md §9.1: at least 12 to sign).
const (
	signHeight = 13.0 // free to sign by hand
	signTitle  = 6.0  // above it at least: for what one signs
	signLeast  = 44.0 // width of a place
	signGap    = 4.0  // around the bar
	signPad    = 1.5
	signAround = 0.9  // above and below a title, together
	signDate   = 0.56 // of a place's width: where the date begins
)

// signSizes are the sizes of titles in points: they shrink to stand on two lines.
var signSizes = [...]float64{bodySize, 9, 8}

// mostSignLines is how many lines a place has for title and name. What is longer yet
// stands in full above the bar.
const mostSignLines = 6

// signBar is the bar laid out: its places have the same height.
type signBar struct {
	places  []signPlace
	above   []string // what no place has room for
	rows    int
	w       float64 // of a place
	title   float64 // height of the titles
	free    float64 // height of the room to sign
	perLine int     // places beside each other
}

// signPlace is one place: its title, and the name that is known beside it or below.
type signPlace struct {
	size              float64
	title, name, date []string
	beside            bool
}

// signatures draws the bar of places to sign, 编制, 审核, 批准 or what a form asks
// for, side by side and in rows where they are many. It stands at the end of the
// paper and is never split over pages. Titles, names and dates are never cut.
func (d *paper) signatures() {
	if len(d.print.Signatures) == 0 {
		return
	}
	b := d.laySigns()
	for _, s := range b.above {
		d.paragraph(s, bodySize, black)
	}
	d.need(min(b.height(), d.fresh()))
	d.y += 2
	for i, place := range b.places {
		if i%b.perLine == 0 {
			d.need(b.title + b.free)
		}
		d.drawSign(marginSide+float64(i%b.perLine)*b.w, b, place)
		if i%b.perLine == b.perLine-1 || i == len(b.places)-1 {
			d.y += b.title + b.free
		}
	}
	d.y += 2
}

func (b *signBar) height() float64 { return float64(b.rows)*(b.title+b.free) + signGap }

// laySigns gives every place its lines.
func (d *paper) laySigns() signBar {
	n := len(d.print.Signatures)
	across := max(1, min(n, int(d.inner()/signLeast)))
	b := signBar{rows: (n + across - 1) / across, title: signTitle, free: signHeight}
	b.perLine = (n + b.rows - 1) / b.rows
	b.w = d.inner() / float64(b.perLine)
	for _, s := range d.print.Signatures {
		place := d.laySign(s, b.w)
		if len(place.title)+len(place.name) > mostSignLines || len(place.date) > 2 {
			b.above = append(b.above, strings.TrimSpace(s.Title+"  "+s.Name+"  "+s.Date))
			place = d.laySign(portal.PrintSignature{
				Title: d.cutTo(s.Title, b.w*0.9, bodySize, true), Name: d.cutTo(s.Name, b.w*0.9, bodySize, false),
				Date: d.cutTo(s.Date, b.w*(1-signDate)-signPad, noteSize, false),
			}, b.w)
		}
		b.title = max(b.title, place.height()+signAround)
		b.places = append(b.places, place)
	}
	return b
}

// laySign wraps one place of width w: the name stands beside a title of one line where
// there is room, else below.
func (d *paper) laySign(s portal.PrintSignature, w float64) signPlace {
	room, title, name := w-2*signPad, d.clean(oneLine(s.Title), ""), d.clean(oneLine(s.Name), "")
	p := signPlace{date: d.face.wrap(d.clean(oneLine(s.Date), ""), units(w*(1-signDate)-signPad, noteSize))}
	for _, p.size = range signSizes {
		if p.title = d.strong.balance(title, units(room, p.size)); len(p.title) <= 2 {
			break
		}
	}
	if name == "" {
		return p
	}
	p.beside = len(p.title) == 1 && d.boldExtent(title, p.size)+d.extent(name, bodySize)+2 <= room
	p.name = []string{name}
	if !p.beside {
		p.name = d.face.wrap(name, units(room, bodySize))
	}
	return p
}

func (p *signPlace) height() float64 {
	h := float64(len(p.title)) * leading(p.size)
	if !p.beside {
		h += float64(len(p.name)) * leading(bodySize)
	}
	return h
}

// signed is the height that the bar takes at the end of the paper, 0 where there is
// none or where it is too high to stand with anything else.
func (d *paper) signed() float64 {
	if len(d.print.Signatures) == 0 {
		return 0
	}
	b := d.laySigns()
	if h := b.height(); len(b.above) == 0 && h <= d.fresh()/2 {
		return h
	}
	return 0
}

// drawSign draws one place: its title with the name that is known, then room for the
// signature and the date.
func (d *paper) drawSign(x float64, b signBar, p signPlace) {
	pg := d.page()
	pg.in(pale)
	pg.fill(x, d.y, b.w, b.title)
	pg.in(black)
	pg.box(x, d.y, b.w, b.title+b.free, thick)
	pg.line(x, d.y+b.title, x+b.w, d.y+b.title, thin)
	y := d.y + (b.title-p.height())/2
	for _, l := range p.title {
		pg.bold(x+signPad, y+baseline(p.size), p.size, l)
		y += leading(p.size)
	}
	if p.beside {
		y -= leading(p.size)
	}
	for _, l := range p.name {
		at := x + signPad
		if p.beside {
			at = x + b.w - signPad - d.extent(l, bodySize)
		}
		pg.text(at, y+baseline(bodySize), bodySize, l)
		y += leading(bodySize)
	}
	words := d.print.Words
	d.signLine(x+signPad, d.y+b.title, words.Sign)
	d.signLine(x+b.w*signDate, d.y+b.title, words.Date)
	d.lines(x+b.w*signDate, d.y+b.title+0.8+leading(noteSize)*1.2, noteSize, p.date, black)
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
