package pdf

import (
	"slices"
	"strconv"
)

// deepest is the lowest level of headings that the contents list.
const deepest = 3

// entryStep is how much a lower level is indented in the contents, in mm.
const entryStep = 5.0

// entry is a heading in the contents whose page number is not known yet.
type entry struct {
	mark  bookmark
	lines []string
	place place // of its last line
	x     float64
}

// contents sets the table of contents between the cover and the text: each heading
// with the number of its page, to which it leads. It is laid out last, when every
// heading has its page.
func (d *paper) contents() {
	if !d.print.Contents {
		return
	}
	d.numberPages()
	body := slices.Clone(d.pages[d.front:])
	at := slices.IndexFunc(d.marks, func(m bookmark) bool { return m.level > 0 && m.page.number > d.front })
	if at < 0 {
		at = len(d.marks)
	}
	marks := slices.DeleteFunc(slices.Clone(d.marks[at:]), func(m bookmark) bool { return m.level > deepest })
	d.pages = d.pages[:d.front]
	d.newPage()
	own := bookmark{text: d.print.Words.Contents, level: 1, place: place{d.page(), d.y}}
	d.contentsTitle()
	entries := make([]entry, len(marks))
	for i, m := range marks {
		entries[i] = d.placeEntry(m)
	}
	d.pages = append(d.pages, body...)
	d.numberPages()
	for _, e := range entries {
		d.finishEntry(e)
	}
	d.marks = slices.Insert(d.marks, at, own)
}

func (d *paper) contentsTitle() {
	words := d.clean(d.print.Words.Contents, "")
	d.page().bold((d.width-d.boldExtent(words, titleSize))/2, d.y+2+baseline(titleSize), titleSize, words)
	d.y += leading(titleSize) + 6
}

// placeEntry writes the words of an entry, wrapped where they are long.
func (d *paper) placeEntry(m bookmark) entry {
	const numberRoom = 14.0
	indent := float64(m.level-1) * entryStep
	e := entry{mark: m, x: marginSide + indent}
	top, face := m.level == 1, d.face
	if top {
		face = d.strong
	}
	e.lines = face.wrap(d.clean(fit(oneLine(m.text), 200), ""), units(d.inner()-indent-numberRoom, bodySize))
	d.need(float64(min(len(e.lines), 3))*leading(bodySize) + 1.4)
	for i, l := range e.lines {
		d.need(leading(bodySize))
		e.place = place{d.page(), d.y}
		if top {
			d.page().bold(e.x, d.y+baseline(bodySize), bodySize, l)
		} else {
			d.page().text(e.x, d.y+baseline(bodySize), bodySize, l)
		}
		if i < len(e.lines)-1 {
			d.entryArea(e, m)
		}
		d.y += leading(bodySize)
	}
	d.y += 1.4
	return e
}

func (d *paper) entryArea(e entry, m bookmark) {
	e.place.page.areas = append(e.place.page.areas, area{
		x: e.x, y: e.place.y, w: d.width - marginSide - e.x, h: leading(bodySize), to: m.place,
	})
}

// finishEntry adds the page number, and the dots that lead the eye to it.
func (d *paper) finishEntry(e entry) {
	pg, y := e.place.page, e.place.y+baseline(bodySize)
	number := strconv.Itoa(e.mark.page.number)
	right := d.width - marginSide
	left := right - d.extent(number, bodySize)
	pg.text(left, y, bodySize, number)
	d.entryArea(e, e.mark)
	words := e.lines[len(e.lines)-1]
	from := e.x + mm(d.measure(words, e.mark.level == 1), bodySize) + 2
	const dot = 1.6
	if n := int((left - 2 - from) / dot); n > 1 {
		pg.in(grey)
		for i := range n {
			x := left - 2 - float64(n-i)*dot + dot
			pg.fill(x, y-0.4, 0.3, 0.3)
		}
		pg.in(black)
	}
}

// numberPages gives every page its number in the whole paper.
func (d *paper) numberPages() {
	for i, pg := range d.pages {
		pg.number = i + 1
	}
}

// boldExtent is the width of a cleaned line in the bold face, in mm.
func (d *paper) boldExtent(s string, size float64) float64 {
	return float64(d.measure(s, true)) / 1000 * size / points
}
