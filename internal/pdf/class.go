package pdf

import (
	"strings"
	"unicode"
)

// class says how a character behaves when a line is set.
type class uint8

const (
	// printable characters have a glyph and no effect but themselves.
	printable class = 1 << iota
	// space is a blank at which a line may break and which vanishes there.
	space
	// ideographic characters allow a break on either side.
	ideographic
	// closing characters may not begin a line (避头).
	closing
	// opening characters may not end a line (避尾).
	opening
	// halved marks leave the half of their square blank that lies away from what
	// they close or open.
	halved
	// han characters stand off from western ones.
	han
	// western characters are letters and digits, and signs that belong to a number.
	western
)

// The characters of GB/T 15834 and CLREQ that may not begin or end a line.
const (
	closings = "，。、；：？！）》〉」』】〕〗〙〛”’…—～·‰％%℃°′″,.;:?!)]}»ー々ゝゞヽヾ／"
	openings = "（《〈「『【〔〖〘〚“‘([{«￥$＄¥£￡#＃"
)

// signs belong to the number beside them.
const signs = "%‰°$¥£€+±"

func (f *font) classOf(r rune) class {
	if r == ' ' || r == 0x3000 {
		return printable | space
	}
	if inert(r) {
		return 0
	}
	c := printable
	if isIdeographic(r) {
		c |= ideographic
	}
	if strings.ContainsRune(closings, r) {
		c |= closing
	}
	if strings.ContainsRune(openings, r) {
		c |= opening
	}
	switch {
	case unicode.Is(unicode.Han, r), r >= 0x3041 && r <= 0x30ff:
		c |= han
	case c&ideographic == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune(signs, r):
		c |= western
	}
	if c&ideographic != 0 && c&(opening|closing) != 0 && f.halves(r, c) {
		c |= halved
	}
	return c
}

// halves tells whether the blank half of a mark can go: the outline says it, since
// faces differ in where ！ and “ stand.
func (f *font) halves(r rune, c class) bool {
	const half, slack = 500, 60
	from, to := f.ink(r)
	if f.outlines.advance(f.glyph(r)) < 2*half-slack || from == to {
		return false
	}
	if c&opening != 0 {
		return from >= half-slack
	}
	return to <= half+slack
}

func isIdeographic(r rune) bool {
	switch {
	case r >= 0x3000 && r <= 0x30ff, r >= 0xff00 && r <= 0xffef, r >= 0x2460 && r <= 0x24ff:
		return true
	case strings.ContainsRune("“”‘’…—", r):
		return true
	}
	return unicode.Is(unicode.Han, r)
}

// inert tells that a character would act instead of being read: controls,
// direction marks, marks that pile upon the character before, private use; or that it
// would be read backwards, as lines are set from left to right alone.
func inert(r rune) bool {
	return unicode.In(r, unicode.C, unicode.M, unicode.Zl, unicode.Zp) || r >= 0x590 && isBackward(r)
}

func isBackward(r rune) bool {
	return r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefe || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff
}

// interval is the gap between a Han character and a western one, 1/1000 em. It is
// part of the advance of the first, so that no blank stands in the text.
const interval = 125

// fitting is what an advance gains or loses by the character that follows, in
// 1/1000 em: the gap between scripts, or the blank half between neighbouring marks.
func fitting(c, next char) int {
	switch {
	case c.class&han != 0 && next.class&western != 0, c.class&western != 0 && next.class&han != 0:
		return interval
	case c.class&halved == 0 || next.class&halved == 0:
		return 0
	case c.class&closing != 0, next.class&opening != 0:
		return -int(c.width) / 2
	}
	return 0
}

// before is the blank before a mark that opens a line; it stays outside.
func (c char) before() int {
	if c.class&halved != 0 && c.class&opening != 0 {
		return int(c.width) / 2
	}
	return 0
}

// after is the blank behind a mark that closes a line; it stays outside.
func (c char) after() int {
	if c.class&halved != 0 && c.class&closing != 0 {
		return int(c.width) / 2
	}
	return 0
}

// measureText is the width of a cleaned text that stands by itself, 1/1000 em.
func (f *face) measureText(s string) int {
	w, before := 0, char{}
	for i, r := range s {
		c := f.look(r)
		if i == 0 {
			w = -c.before()
		} else {
			w += fitting(before, c)
		}
		w += int(c.width)
		before = c
	}
	return w - before.after()
}

// advance is the width of a cleaned piece of a line, 1/1000 em: blanks at its ends
// stay, as others follow.
func (f *face) advance(s string) int {
	w, before := 0, char{}
	for _, r := range s {
		c := f.look(r)
		w += fitting(before, c) + int(c.width)
		before = c
	}
	return w
}
