package pdf

import "strconv"

// points per millimetre
const points = 72 / 25.4

// page is the content of one page, being written. Positions are millimetres
// from the upper left corner.
type page struct {
	height  float64 // of the paper, mm
	buf     []byte
	faces   *Faces
	used    *usage   // of the whole paper
	ink     shade    // what the buffer's state stands at
	font    cutKey   // likewise
	chosen  bool     // a font
	tracked float64  // what track set last
	areas   []area   // what leads somewhere
	images  []placed // drawn above everything else
	number  int      // from one, known once all pages are
}

// shade is a colour as 0xRRGGBB.
type shade uint32

// The colours of print. Everything reads without them.
const (
	black shade = 0x000000
	grey  shade = 0x6e6e6e
	light shade = 0xd5d8dc
	pale  shade = 0xeceef1
	alarm shade = 0xa61e14
	blue  shade = 0x1d4ea0
	white shade = 0xffffff
)

// line strokes from one point to another, width in millimetres.
func (p *page) line(x1, y1, x2, y2, width float64) {
	p.num(width * points)
	p.buf = append(p.buf, "w "...)
	p.point(x1, y1)
	p.buf = append(p.buf, "m "...)
	p.point(x2, y2)
	p.buf = append(p.buf, "l S\n"...)
}

// dashed strokes a broken line.
func (p *page) dashed(x1, y1, x2, y2, width float64) {
	p.buf = append(p.buf, "[4 3] 0 d "...)
	p.line(x1, y1, x2, y2, width)
	p.buf = append(p.buf, "[] 0 d\n"...)
}

// fill paints a rectangle whose upper left corner is given.
func (p *page) fill(x, y, w, h float64) {
	p.rectangle(x, y, w, h)
	p.buf = append(p.buf, "f\n"...)
}

// box strokes a rectangle.
func (p *page) box(x, y, w, h, width float64) {
	p.num(width * points)
	p.buf = append(p.buf, "w "...)
	p.rectangle(x, y, w, h)
	p.buf = append(p.buf, "S\n"...)
}

func (p *page) rectangle(x, y, w, h float64) {
	p.point(x, y+h)
	p.num(w * points)
	p.num(h * points)
	p.buf = append(p.buf, "re "...)
}

// circle strokes a disc filled with the given colour.
func (p *page) circle(x, y, r, width float64, inside shade) {
	const k = 0.5523 // of the radius: Bézier handles of a quarter
	stroke := p.ink
	p.num(width * points)
	p.buf = append(p.buf, "w "...)
	p.colour(inside, "rg ")
	p.point(x+r, y)
	p.buf = append(p.buf, "m "...)
	p.curve(x+r, y+k*r, x+k*r, y+r, x, y+r)
	p.curve(x-k*r, y+r, x-r, y+k*r, x-r, y)
	p.curve(x-r, y-k*r, x-k*r, y-r, x, y-r)
	p.curve(x+k*r, y-r, x+r, y-k*r, x+r, y)
	p.buf = append(p.buf, "b\n"...)
	p.colour(stroke, "rg\n")
}

func (p *page) curve(x1, y1, x2, y2, x3, y3 float64) {
	p.point(x1, y1)
	p.point(x2, y2)
	p.point(x3, y3)
	p.buf = append(p.buf, "c "...)
}

// in sets the colour of strokes, texts and fills from here on.
func (p *page) in(s shade) {
	if s == p.ink {
		return
	}
	p.ink = s
	p.colour(s, "rg ")
	p.colour(s, "RG\n")
}

func (p *page) colour(s shade, operator string) {
	for shift := 16; shift >= 0; shift -= 8 {
		p.num(float64(s>>shift&0xff) / 255)
	}
	p.buf = append(p.buf, operator...)
}

func (p *page) point(x, y float64) {
	p.num(x * points)
	p.num((p.height - y) * points)
}

// num writes a number with two decimals at most and a blank, by integer
// arithmetic, which is faster than strconv's and the same on every machine.
func (p *page) num(v float64) {
	n := int(v*100 + 0.5)
	if v < 0 {
		p.buf = append(p.buf, '-')
		n = int(-v*100 + 0.5)
	}
	p.buf = strconv.AppendInt(p.buf, int64(n/100), 10)
	if n %= 100; n != 0 {
		p.buf = append(p.buf, '.', byte('0'+n/10))
		if n%10 != 0 {
			p.buf = append(p.buf, byte('0'+n%10))
		}
	}
	p.buf = append(p.buf, ' ')
}
