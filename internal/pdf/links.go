package pdf

import (
	"net/url"
	"strings"

	"github.com/jung-kurt/gofpdf"
)

// place is a point that links, bookmarks and the contents lead to.
type place struct {
	page *page
	y    float64
}

// area is a rectangle of a page that leads to an address, to an anchor or to a
// place: the first of them that is set.
type area struct {
	x, y, w, h float64
	url, id    string
	to         place
}

// longestURL bounds an address: readers refuse longer ones.
const longestURL = 2000

// link makes a rectangle of the present page lead to an address of the web or of
// mail. Any other address leads nowhere: a paper starts no program.
func (d *paper) link(x, y, w, h float64, address string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || len(address) > longestURL {
		return
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return
		}
	case "mailto":
	default:
		return
	}
	d.page().areas = append(d.page().areas, area{x: x, y: y, w: w, h: h, url: inASCII(u.String())})
}

// inASCII writes what an address may not hold as its bytes in percent.
func inASCII(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// linkTo makes a rectangle of the present page lead to an anchor, which may come
// later. An anchor that never comes leads nowhere.
func (d *paper) linkTo(x, y, w, h float64, id string) {
	if id != "" {
		d.page().areas = append(d.page().areas, area{x: x, y: y, w: w, h: h, id: id})
	}
}

// anchor says that links to id lead to the present place; the first of an id counts.
func (d *paper) anchor(id string) {
	if _, known := d.anchors[id]; !known && id != "" {
		if d.anchors == nil {
			d.anchors = map[string]place{}
		}
		d.anchors[id] = place{d.page(), d.y}
	}
}

// target is where an area leads inside the paper.
func (d *paper) target(a area) (place, bool) {
	if a.id == "" {
		return a.to, a.to.page != nil
	}
	to, ok := d.anchors[a.id]
	return to, ok
}

// leads writes the areas of the present page of f; known are the places that have
// their number already.
func (d *paper) leads(f *gofpdf.Fpdf, pg *page, known map[place]int) {
	for _, a := range pg.areas {
		if a.url != "" {
			f.LinkString(a.x, a.y, a.w, a.h, a.url)
			continue
		}
		to, ok := d.target(a)
		if !ok {
			continue
		}
		if known[to] == 0 {
			known[to] = f.AddLink()
			f.SetLink(known[to], to.y, to.page.number)
		}
		f.Link(a.x, a.y, a.w, a.h, known[to])
	}
}
