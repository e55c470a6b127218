package pdf

// text writes one cleaned line that stands by itself: its left end is at x, its
// baseline at y. A mark that opens it begins half an em before x, where its square
// is blank.
func (p *page) text(x, y, size float64, s string) {
	p.set(setLine{x: x, y: y, size: size, text: s, face: p.faces.body})
}

// bold writes like text, in the bold face; what that lacks is thickened by an
// outline.
func (p *page) bold(x, y, size float64, s string) {
	p.set(setLine{x: x, y: y, size: size, text: s, face: p.faces.strong, strong: true})
}

// piece writes a part of a line: whether it begins the line, and the character that
// follows it there, zero at the end.
func (p *page) piece(x, y, size float64, s string, strong, first bool, next char) {
	l := setLine{x: x, y: y, size: size, text: s, face: p.faces.body, strong: strong, inside: !first, next: next}
	if strong {
		l.face = p.faces.strong
	}
	p.set(l)
}

// setLine is a line to be written.
type setLine struct {
	x, y, size float64
	text       string
	face       *face
	strong     bool
	inside     bool // others stand before it
	next       char // stands behind it
}

// set writes a line: every character from the font that has it, with the advance
// that what follows asks for.
func (p *page) set(l setLine) {
	if l.text == "" {
		return
	}
	runes := []rune(l.text)
	c := l.face.look(runes[0])
	if !l.inside {
		l.x -= float64(c.before()) / 1000 * l.size / points
	}
	p.buf = append(p.buf, "BT "...)
	p.matrix(l)
	outlined, open := false, false
	for i, r := range runes {
		next := l.next
		if i+1 < len(runes) {
			next = l.face.look(runes[i+1])
		}
		key, heavy := p.keyOf(l.face, r, c, widthFor(c, next))
		if key != p.font || !p.chosen || outlined != (l.strong && !heavy) {
			open = p.closeString(open)
			outlined = p.weigh(l, outlined, l.strong && !heavy)
			p.choose(key)
		}
		if !open {
			p.buf = append(p.buf, '(')
			open = true
		}
		p.rune(r)
		c = next
	}
	p.closeString(open)
	p.weigh(l, outlined, false)
	p.buf = append(p.buf, "ET\n"...)
}

func (p *page) matrix(l setLine) {
	p.num(l.size)
	p.buf = append(p.buf, "0 0 "...)
	p.num(l.size)
	p.num(l.x * points)
	p.num((p.height - l.y) * points)
	p.buf = append(p.buf, "Tm "...)
}

// closeString ends the string being written, if one is, and tells that none is open.
func (p *page) closeString(open bool) bool {
	if open {
		p.buf = append(p.buf, ")Tj "...)
	}
	return false
}

// weigh changes between filled type and type with an outline around.
func (p *page) weigh(l setLine, is, to bool) bool {
	switch {
	case is == to:
	case to:
		p.num(l.size * 0.02)
		p.buf = append(p.buf, "w 2 Tr "...)
	default:
		p.buf = append(p.buf, "0 Tr "...)
	}
	return to
}

// keyOf names the font of a character and tells whether it is bold by itself.
func (p *page) keyOf(f *face, r rune, c char, width widths) (cutKey, bool) {
	number := int(c.font) + f.first
	return cutKey{uint8(number), uint8(r >> 16), width}, p.faces.fonts[number].heavy
}

// choose selects a font for what follows.
func (p *page) choose(key cutKey) {
	if p.chosen && key == p.font {
		return
	}
	p.font, p.chosen = key, true
	p.buf = key.appendName(append(p.buf, '/'))
	p.buf = append(p.buf, " 1 Tf "...)
}

// rune writes a character as the two bytes of its number in its plane, in a PDF
// string.
func (p *page) rune(r rune) {
	p.used.add(p.font, r)
	for _, b := range [2]byte{byte(r >> 8), byte(r)} {
		switch b {
		case '(', ')', '\\':
			p.buf = append(p.buf, '\\', b)
		case '\r':
			p.buf = append(p.buf, '\\', 'r')
		default:
			p.buf = append(p.buf, b)
		}
	}
}
