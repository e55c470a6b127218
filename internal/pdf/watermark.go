package pdf

import (
	"math"
	"strconv"
)

// The watermark: as large as the page's diagonal allows, and so light that the text
// above it stays clear on a copy.
const (
	watermarkInk   = shade(0xe8eaed)
	watermarkShare = 0.62 // of the diagonal
	watermarkMost  = 64.0 // points
)

// watermark writes the words across the page, below everything else. For programs
// that read the text it is no part of the page: its letters would stand among the
// lines that they cross. The head says the same words as text.
func (d *paper) watermark() {
	words := d.clean(fit(oneLine(d.print.Watermark), 40), "")
	if words == "" {
		return
	}
	diagonal := math.Hypot(d.width, d.height) * watermarkShare
	size := min(watermarkMost, watermarkMost*diagonal/d.extent(words, watermarkMost))
	w := d.extent(words, size)
	angle := math.Atan2(d.height, d.width)
	sin, cos := math.Sin(angle), math.Cos(angle)
	pg := d.page()
	pg.in(watermarkInk)
	pg.buf = append(pg.buf, "/Span <</ActualText <FEFF>>> BDC q "...)
	for _, v := range []float64{cos, sin, -sin, cos} {
		pg.buf = strconv.AppendFloat(pg.buf, v, 'f', 4, 64)
		pg.buf = append(pg.buf, ' ')
	}
	pg.num(d.width / 2 * points)
	pg.num(d.height / 2 * points)
	pg.buf = append(pg.buf, "cm "...)
	// Text is placed from the upper left corner, which the turned page has elsewhere.
	pg.text(-w/2, d.height+0.36*size/points/2, size, words)
	pg.buf = append(pg.buf, "Q EMC\n"...)
	pg.chosen = false // the font went with Q
	pg.in(black)
}
