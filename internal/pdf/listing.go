package pdf

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Code stands on a grid, so that drawings line up although the face is proportional:
// a cell is half an em wide, and what is square takes two.
const (
	codeTab    = 4    // cells between two stops
	codePad    = 2.0  // mm beside the lines
	smallLatin = 0.84 // em: in this size most Latin letters fill half an em
	halfCell   = 595  // half an em in 1/1000 of that size
	thinnest   = 220  // advance of the thinnest letters
)

// codeSizes are the sizes that lines of code may be set in, in points: it shrinks so
// that no line breaks, where that is enough.
var codeSizes = [...]float64{9, 8.5, 8, 7.5, 7}

// codeLines sets lines as they stand on a pale ground.
func (d *paper) codeLines(lines []string, x, w float64) {
	wrapped, size := d.layCode(lines, w)
	h := leading(size)
	d.need(min(float64(len(wrapped))*h+2, 3*h))
	for i, l := range wrapped {
		d.need(h)
		top, height := d.y, h
		if i == 0 {
			height++
			d.y++
		}
		if i == len(wrapped)-1 {
			height++
		}
		pg := d.page()
		pg.in(pale)
		pg.fill(x, top, w, height+0.05)
		pg.in(black)
		pg.cells(x+codePad, d.y, size, l)
		d.y = top + height
	}
}

// layCode cleans lines of code and breaks those that are too long at every size; it
// returns the size, too.
func (d *paper) layCode(lines []string, w float64) (wrapped []string, size float64) {
	var cleaned []string
	widest := 0
	for _, line := range lines {
		for l := range strings.SplitSeq(d.tabbed(line), "\n") {
			cleaned = append(cleaned, l)
			widest = max(widest, d.cells(l))
		}
	}
	size = codeSizes[0]
	for _, s := range codeSizes {
		if columnsIn(w, s) >= widest {
			size = s
			break
		}
	}
	for _, l := range cleaned {
		wrapped = append(wrapped, d.wrapCells(l, max(2, columnsIn(w, size)))...)
	}
	return wrapped, size
}

// columnsIn is how many cells stand beside each other on w mm.
func columnsIn(w, size float64) int { return int((w - 2*codePad) * points / (size / 2)) }

// cellsFor is how many cells a character takes. Where the width is open, as that of
// frames and arrows is, it is one, as terminals and editors have it.
func cellsFor(r rune, c char) int {
	if c.class&ideographic != 0 || unicode.Is(unicode.Hangul, r) {
		return 2
	}
	return 1
}

func (d *paper) cells(s string) int {
	n := 0
	for _, r := range s {
		n += cellsFor(r, d.face.look(r))
	}
	return n
}

// tabbed cleans a line and fills its tabs up to their stops.
func (d *paper) tabbed(s string) string {
	var line strings.Builder
	column := 0
	for i, part := range strings.Split(s, "\t") {
		if gap := codeTab - column%codeTab; i > 0 {
			line.WriteString(strings.Repeat(" ", gap))
			column += gap
		}
		part = d.clean(part, "")
		line.WriteString(part)
		column += d.cells(part)
	}
	return line.String()
}

// wrapCells breaks a line wider than columns where a text may break, behind its own
// indent, else anywhere. What goes on keeps the indent; blanks at a break are lost.
func (d *paper) wrapCells(s string, columns int) []string {
	if d.cells(s) <= columns {
		return []string{s}
	}
	body := strings.TrimLeft(s, " ")
	indent := s[:min(len(s)-len(body), columns/2)]
	lines, room := []string(nil), columns-len(indent)
	for {
		n := d.cellBreak(body, room)
		if n == len(body) {
			break
		}
		lines = append(lines, indent+d.face.trimEnd(body[:n]))
		body = d.face.trimStart(body[n:])
	}
	if body != "" || len(lines) == 0 {
		lines = append(lines, indent+body)
	}
	return lines
}

// cellBreak is how many bytes of a text stand on a line of so many cells.
func (d *paper) cellBreak(s string, room int) int {
	used, legal, before := 0, 0, char{}
	for i, r := range s {
		c := d.face.look(r)
		if i > 0 && mayBreak(before.class, c.class) {
			legal = i
		}
		if used += cellsFor(r, c); used > room && i > 0 && c.class&space == 0 {
			if legal > 0 {
				return legal
			}
			return i
		}
		before = c
	}
	return len(s)
}

// cellAdvance is the advance that a character of a cell says it has: so much that
// readers see no gap before the next one, wherever in its cell that stands.
func cellAdvance(advance int) int {
	if advance <= halfCell {
		return halfCell + (advance-thinnest)/2
	}
	return (halfCell + (halfCell-thinnest)/2) * advance / halfCell
}

// inCell is how a character is set in its cell: scales in points, how far from the
// left and below the line's top its origin is, in points.
type inCell struct {
	across, up  float64
	left, below float64
	cut         widths
}

// cells writes one cleaned line of code with its top at y: every character in the
// middle of its cell, squeezed where it is wider, frames stretched to meet.
func (p *page) cells(x, y, size float64, s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	body, column := p.faces.body, 0
	var last inCell
	at, open := 0.0, false // where the reader is, in points; inside an array
	p.buf = append(p.buf, "BT "...)
	for _, r := range s {
		c := body.look(r)
		place := body.inCell(r, c, size)
		origin := x*points + float64(column)*size/2 + place.left
		key, _ := p.keyOf(body, r, c, place.cut)
		if p.chosen && key == p.font && open && place.across == last.across && place.up == last.up {
			at -= p.moved(math.Round((at-origin)/place.across*1000)) * place.across
		} else {
			if open {
				p.buf = append(p.buf, ")]TJ "...)
			}
			p.choose(key)
			for _, n := range [...]float64{place.across, 0, 0, place.up, origin, p.height*points - y*points - place.below} {
				p.num(n)
			}
			p.buf = append(p.buf, "Tm [("...)
			at, open = origin, true
		}
		p.rune(r)
		at += float64(place.cut.of(int(c.width))) / 1000 * place.across
		last, column = place, column+cellsFor(r, c)
	}
	p.buf = append(p.buf, ")]TJ ET\n"...)
}

// moved moves what follows inside an array by so many 1/1000 em to the left, and says
// by how many em.
func (p *page) moved(by float64) float64 {
	if by != 0 {
		p.buf = strconv.AppendInt(append(p.buf, ')'), int64(by), 10)
		p.buf = append(p.buf, '(')
	}
	return by / 1000
}

// inCell sets a character in its cell.
func (f *face) inCell(r rune, c char, size float64) inCell {
	advance := float64(c.width) / 1000
	line := leading(size) * points
	set := inCell{across: size, up: size, below: baseline(size) * points}
	if cellsFor(r, c) == 2 {
		set.across = math.Round(min(size, size/advance)*100) / 100
		set.left = (size - advance*set.across) / 2
		return set
	}
	set.cut = cell
	set.up = size
	if r < 0x2190 || r > 0x27ff { // no arrow or sign
		set.up = smallLatin * size
	}
	set.across = math.Round(min(set.up, size/2/advance)*100) / 100
	if bottom, top := f.frame(r); top > bottom {
		set.across = math.Round(size/2/advance*100) / 100
		set.up = line / (top - bottom)
		set.below = line/2 + (top+bottom)/2*set.up
	}
	set.left = (size/2 - advance*set.across) / 2
	return set
}

// frame is how far a character that draws frames reaches down and up, in em, as its
// face has them: the same for all of them, so that they meet. Others have none.
func (f *face) frame(r rune) (bottom, top float64) {
	const upright = '│'
	if r < 0x2500 || r > 0x257f {
		return 0, 0
	}
	c := f.look(upright)
	if c.class == 0 {
		return 0, 0
	}
	font := f.fonts[c.font]
	box := font.outlines.outline(int(font.glyph(upright)))
	signed := func(at int) float64 { return float64(int16(box.u16(at))) / float64(font.outlines.em) }
	return signed(4), signed(8)
}
