package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The most that a line is stretched by, in em: between characters little enough
// that readers of the file see no blank there, and at blanks as in print.
const (
	mostBetween = 0.07
	mostBlank   = 0.4
)

// stretch makes a line as wide as its column, by what it adds behind each blank
// and behind each character. A line that would need too much stays as it is.
type stretch struct {
	blank   float64 // mm behind each blank
	between float64 // mm behind each character
	shift   float64 // mm by which the pieces so far were moved
}

// stretching shares what a line lacks: a line of Latin words has it at blanks, a
// Chinese one between all characters.
func (d *paper) stretching(l runLine, width, size float64) stretch {
	slack := width - l.width
	if width <= 0 || l.last || slack <= 0 {
		return stretch{}
	}
	em := size / points
	characters, blanks, ideographs := 0, 0, 0
	for _, p := range l.pieces {
		for _, r := range p.text {
			characters++
			if c := d.classOf(r); c&space != 0 {
				blanks++
			} else if c&ideographic != 0 {
				ideographs++
			}
		}
	}
	if characters < 2 {
		return stretch{}
	}
	if ideographs*3 < characters {
		if blanks > 0 && slack/float64(blanks) <= mostBlank*em {
			return stretch{blank: slack / float64(blanks)}
		}
		return stretch{}
	}
	if between := slack / float64(characters-1); between <= mostBetween*em {
		return stretch{between: between}
	}
	return stretch{}
}

// of is what a piece's text grows by.
func (s *stretch) of(text string) float64 {
	return s.between*float64(utf8.RuneCountInString(text)) + s.blank*float64(strings.Count(text, " "))
}

// draw writes a piece's text from x on: words apart where blanks are stretched.
func (s *stretch) draw(d *paper, x, y, size float64, p runPiece) {
	pg, face, first := d.page(), d.faceOf(p.run), p.at == 0
	bold := face == d.strong && (p.run.Strong || p.run.Stress)
	s.shift += s.of(p.text)
	if s.blank == 0 {
		pg.track(s.between * points / size)
		pg.piece(x, y, size, p.text, bold, first, p.next)
		pg.track(0)
		return
	}
	for rest := p.text; rest != ""; {
		n := strings.IndexByte(rest, ' ') + 1
		next := p.next
		if n == 0 {
			n = len(rest)
		} else if n < len(rest) {
			r, _ := utf8.DecodeRuneInString(rest[n:])
			next = face.look(r)
		}
		pg.piece(x, y, size, rest[:n], bold, first, next)
		x += mm(face.advance(rest[:n]), size) + s.of(rest[:n])
		rest, first = rest[n:], false
	}
}

// track sets what is added behind each character from here on, in em.
func (p *page) track(em float64) {
	if em == p.tracked {
		return
	}
	p.tracked = em
	p.buf = strconv.AppendFloat(p.buf, em, 'f', 4, 64)
	p.buf = append(p.buf, " Tc\n"...)
}
