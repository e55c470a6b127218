package pdf

import (
	"slices"
	"strings"

	"kept/internal/portal"
)

// runLine is one line of running text whose pieces are in several manners.
type runLine struct {
	pieces []runPiece
	width  float64 // as it stands without stretching, in mm
	last   bool    // of its paragraph: it is never stretched
}

// runPiece is a part of a line in one manner. Its text is cleaned.
type runPiece struct {
	text string
	next char    // what follows in the line, in whatever manner
	at   float64 // from the line's left end, in mm
	w    float64
	run  portal.PrintRun // its manner; the text is the piece's
}

// letter is a character of running text with its place in the flow.
type letter struct {
	char
	r   rune
	w   float64 // advance in mm, with what the pair with the next one asks for
	run int
}

// layRuns breaks styled text into lines no wider than width mm, by the rules of
// [face.wrap] over the borders of runs. Characters that cannot be printed are
// reported as findings about the paper. There is at least one line.
func (d *paper) layRuns(runs []portal.PrintRun, width, size float64) []runLine {
	return d.layIndented(runs, width, size, 0)
}

// layIndented is layRuns with a first line that begins indent mm later.
func (d *paper) layIndented(runs []portal.PrintRun, width, size, indent float64) []runLine {
	runs = d.withPages(runs)
	var lines []runLine
	rest := d.letters(runs, size)
	for room := width - indent; ; room = width {
		n, ended := lineOf(rest, max(room, 1), size)
		line := rest[:n]
		if rest = rest[n:]; ended {
			rest = rest[min(1, len(rest)):] // the end of the line itself
		} else {
			line, rest = trimLast(line), trimFirst(rest)
		}
		l := lineFrom(line, runs, size)
		l.last = ended || len(rest) == 0
		if lines = append(lines, l); len(rest) == 0 {
			return lines
		}
	}
}

// letters cleans the runs and measures their characters. What a pair asks for is
// part of the first one's advance.
func (d *paper) letters(runs []portal.PrintRun, size float64) []letter {
	var out []letter
	for i, run := range runs {
		face := d.faceOf(run)
		for _, r := range d.clean(run.Text, "") {
			c := face.look(r)
			if n := len(out) - 1; n >= 0 && r != '\n' {
				out[n].w += mm(fitting(out[n].char, c), size)
			}
			out = append(out, letter{char: c, r: r, w: mm(int(c.width), size), run: i})
		}
	}
	return out
}

// mm converts 1/1000 em at a size in points.
func mm(units int, size float64) float64 { return float64(units) / 1000 * size / points }

// faceOf is what a run is set in.
func (d *paper) faceOf(run portal.PrintRun) *face {
	if run.Strong || run.Stress {
		return d.strong
	}
	return d.face
}

// measure is the width of a cleaned text in 1/1000 em.
func (d *paper) measure(s string, bold bool) int {
	if bold {
		return d.strong.measureText(s)
	}
	return d.face.measureText(s)
}

// lineOf is how many letters belong on a line of width mm, and whether the text
// ends it there by itself.
func lineOf(text []letter, width, size float64) (int, bool) {
	used, legal := 0.0, 0
	for i, l := range text {
		switch {
		case l.r == '\n':
			return i, true
		case i == 0:
			used = -mm(l.before(), size)
		case mayBreak(text[i-1].class, l.class):
			legal = i
		}
		if used+mm(int(l.width)-l.after(), size) > width && i > 0 && l.class&space == 0 {
			if legal > 0 {
				return legal, false
			}
			return i, false
		}
		used += l.w
	}
	return len(text), true
}

// trimLast takes the blanks from a line's end where it was broken.
func trimLast(line []letter) []letter {
	for len(line) > 0 && line[len(line)-1].class&space != 0 {
		line = line[:len(line)-1]
	}
	return line
}

func trimFirst(text []letter) []letter {
	for len(text) > 0 && text[0].class&space != 0 {
		text = text[1:]
	}
	return text
}

// lineFrom puts neighbours of one run together. The blank halves of marks at both
// ends stay outside.
func lineFrom(text []letter, runs []portal.PrintRun, size float64) runLine {
	var l runLine
	text = slices.Clone(text)
	if n := len(text) - 1; n >= 0 {
		text[n].w = mm(int(text[n].width)-text[n].after(), size)
		text[0].w -= mm(text[0].before(), size)
	}
	for from := 0; from < len(text); {
		var words strings.Builder
		p := runPiece{at: l.width, run: runs[text[from].run]}
		to := from
		for ; to < len(text) && text[to].run == text[from].run; to++ {
			words.WriteRune(text[to].r)
			p.w += text[to].w
		}
		if to < len(text) {
			p.next = text[to].char
		}
		p.text = words.String()
		l.pieces = append(l.pieces, p)
		l.width += p.w
		from = to
	}
	return l
}

// runs sets a paragraph of styled text from x over width mm, page by page and
// stretched to even lines; the first line begins indent mm later. No line of a
// longer paragraph stands alone at a page's end or beginning.
func (d *paper) runs(runs []portal.PrintRun, x, width, size, indent float64) {
	lines := d.layIndented(runs, width, size, indent)
	h := leading(size)
	for i, l := range lines {
		keep := h
		if left := len(lines) - i; left == 2 || i == 0 && left > 1 {
			keep = 2 * h
		}
		d.need(keep)
		if i == 0 {
			d.drawRuns(x+indent, d.y, size, width-indent, l)
		} else {
			d.drawRuns(x, d.y, size, width, l)
		}
		d.y += h
	}
}

// drawRuns draws a line with its top at y. It is stretched to width mm unless it
// ends its paragraph; a width of zero leaves it as it is.
func (d *paper) drawRuns(x, y, size, width float64, l runLine) {
	s := d.stretching(l, width, size)
	for _, p := range l.pieces {
		left := x + s.shift
		end := left + p.w + s.of(p.text)
		d.drawPiece(left, y, end, size, p, &s)
		x += p.w
	}
}

// drawPiece draws one piece between left and end, with its ground and its lines.
func (d *paper) drawPiece(left, y, end, size float64, p runPiece, s *stretch) {
	pg := d.page()
	ink := black
	if p.run.Link != "" || p.run.To != "" {
		ink = blue
	}
	if p.run.Code {
		pg.in(pale)
		pg.fill(left-0.2, y+0.4, end-left+0.4, leading(size)-0.6)
	}
	pg.in(ink)
	s.draw(d, left, y+baseline(size), size, p)
	under := y + baseline(size) + 0.13*size/points
	switch {
	case p.run.Link != "":
		pg.line(left, under, end, under, 0.12)
		d.link(left, y, end-left, leading(size), p.run.Link)
	case p.run.To != "":
		d.linkTo(left, y, end-left, leading(size), p.run.To)
	}
	if p.run.Struck {
		middle := y + baseline(size) - 0.3*size/points
		pg.line(left, middle, end, middle, 0.2)
	}
	pg.in(black)
}

// classOf is how a cleaned character behaves.
func (d *paper) classOf(r rune) class { return d.face.look(r).class }
