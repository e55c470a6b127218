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
)

// The characters of GB/T 15834 and CLREQ that may not begin or end a line.
const (
	closings = "，。、；：？！）》〉」』】〕〗〙〛”’…—～·‰％%℃°′″,.;:?!)]}»ー々ゝゞヽヾ／"
	openings = "（《〈「『【〔〖〘〚“‘([{«￥$＄¥£￡#＃"
)

func (f *face) classify() {
	for r, g := range f.glyph {
		if g != 0 || r == ' ' {
			f.class[r] = f.classOf(rune(r))
		}
	}
}

func (f *face) classOf(r rune) class {
	if r == ' ' || r == 0x3000 && f.covers(r) {
		return printable | space
	}
	if !f.covers(r) || inert(r) {
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
	return c
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
// direction marks, marks that pile upon the character before, private use.
func inert(r rune) bool {
	return unicode.In(r, unicode.C, unicode.M, unicode.Zl, unicode.Zp)
}
