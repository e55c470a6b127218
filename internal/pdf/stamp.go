package pdf

import "strconv"

// stampName is a stamp's name among the resources of pages.
func stampName(i int) string { return "S" + strconv.Itoa(i) }

// stamp makes what draw draws a thing that pages show without holding it, and returns
// its number. It may hold no text, since readers look for text on pages, and it leaves
// the colour as it is.
func (d *paper) stamp(draw func(*page)) int {
	p := &page{height: d.height}
	draw(p)
	d.stamps = append(d.stamps, p.buf)
	return len(d.stamps) - 1
}

// show draws a stamp where it was drawn.
func (p *page) show(stamp int) {
	p.buf = append(p.buf, '/')
	p.buf = append(p.buf, stampName(stamp)...)
	p.buf = append(p.buf, " Do\n"...)
}
