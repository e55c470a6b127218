package pdf

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// runeSet is the set of characters that a paper shows.
type runeSet [bmp / 64]uint64

func (s *runeSet) add(r rune) { s[r>>6] |= 1 << (r & 63) }

// all lists the characters in order.
func (s *runeSet) all() []rune {
	var list []rune
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			list = append(list, rune(i<<6+bits.TrailingZeros64(word)))
		}
	}
	return list
}

// subset is a small face that holds the glyphs of the given characters alone.
// gofpdf takes 40 ms and more to read a whole Chinese face, and reads it for
// every document; this one takes it a few. Its bytes belong to the caller.
func (f *face) subset(runes []rune) []byte {
	c := cut{face: f, index: map[int]int{0: 0}, order: []int{0}, wider: f.breakRuns(runes)}
	for _, r := range runes {
		c.order = append(c.order, int(f.glyph[r]))
	}
	c.collect()
	return assemble([]part{
		{"OS/2", f.font["OS/2"]},
		{"cmap", cmapOf(runes)},
		{"cvt ", f.font["cvt "]},
		{"fpgm", f.font["fpgm"]},
		{"glyf", c.glyf},
		{"head", patched(f.font["head"], 50, 1)},
		{"hhea", patched(f.font["hhea"], 34, len(c.order))},
		{"hmtx", c.hmtx},
		{"loca", c.loca},
		{"maxp", patched(f.font["maxp"], 4, len(c.order))},
		{"name", []byte{0, 0, 0, 0, 0, 6}},
		{"post", f.font["post"][:32]},
		{"prep", f.font["prep"]},
	})
}

// cut gathers glyphs in their new order: the missing glyph, one for each
// character, then the parts of composed glyphs.
type cut struct {
	face             *face
	order            []int // old number by new
	index            map[int]int
	glyf, loca, hmtx []byte
	wider            []bool // by new number less one: see breakRuns
}

// longestEqual is how many neighbouring characters of one width gofpdf may see.
const longestEqual = 64

// breakRuns says which characters are cut a thousandth of an em wider. gofpdf
// writes its table of widths in a time that grows with the cube of a run of
// neighbours of one width: a record of 4,000 characters in the order of their
// numbers took 40 s, one of 20,000 ended in no time that anybody waited for.
// Every other block of such a run differs, which no eye sees. Texts of people
// have no such runs.
func (f *face) breakRuns(runes []rune) []bool {
	wider, run := make([]bool, len(runes)), 0
	for i, r := range runes {
		if i > 0 && r == runes[i-1]+1 && f.width[r] == f.width[runes[i-1]] {
			run++
		} else {
			run = 0
		}
		wider[i] = run/longestEqual%2 == 1
	}
	return wider
}

// advance is the width of a new glyph in the face's units.
func (c *cut) advance(number int) int {
	advance := c.face.outlines.rawAdvance(c.order[number])
	if number > 0 && number <= len(c.wider) && c.wider[number-1] {
		advance += c.face.outlines.em/1000 + 1
	}
	return advance
}

func (c *cut) collect() {
	for i := 0; i < len(c.order); i++ {
		id := c.order[i]
		c.loca = binary.BigEndian.AppendUint32(c.loca, uint32(len(c.glyf)))
		c.hmtx = binary.BigEndian.AppendUint16(c.hmtx, uint16(c.advance(i)))
		c.hmtx = binary.BigEndian.AppendUint16(c.hmtx, uint16(c.face.outlines.bearing(id)))
		outline := c.face.outlines.outline(id)
		if len(outline) > 10 && outline.u16(0)>>15 == 1 {
			outline = c.compose(outline)
		}
		if len(c.glyf) > 2*len(c.face.outlines.glyf)+bmp {
			outline = nil // the outlines overlap: a broken face must not fill the memory
		}
		c.glyf = append(c.glyf, outline...)
		for len(c.glyf)%4 != 0 {
			c.glyf = append(c.glyf, 0)
		}
	}
	c.loca = binary.BigEndian.AppendUint32(c.loca, uint32(len(c.glyf)))
}

// The flags of a part in a composed glyph (OpenType, glyf table).
const (
	wordArguments = 1 << 0
	oneScale      = 1 << 3
	moreParts     = 1 << 5
	twoScales     = 1 << 6
	fullMatrix    = 1 << 7
)

// compose renumbers the parts of a composed glyph.
func (c *cut) compose(outline table) table {
	out := slices.Clone(outline)
	for at, more := 10, true; more && at+4 <= len(out); {
		flags, id := out.u16(at), out.u16(at+2)
		binary.BigEndian.PutUint16(out[at+2:], uint16(c.number(id)))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&fullMatrix != 0:
			at += 8
		}
		more = flags&moreParts != 0
	}
	return out
}

// number is the new number of a part, added where it is not there yet. A part
// outside the face is the missing glyph.
func (c *cut) number(id int) int {
	if id >= c.face.outlines.count || len(c.order) >= bmp-1 {
		return 0
	}
	n, known := c.index[id]
	if !known {
		n = len(c.order)
		c.index[id] = n
		c.order = append(c.order, id)
	}
	return n
}

// cmapOf maps the i-th character to glyph i+1 in a format 4 subtable.
func cmapOf(runes []rune) []byte {
	type segment struct{ first, last, glyph int }
	var segments []segment
	for i, r := range runes {
		if n := len(segments); n > 0 && segments[n-1].last == int(r)-1 {
			segments[n-1].last++
			continue
		}
		segments = append(segments, segment{int(r), int(r), i + 1})
	}
	segments = append(segments, segment{0xffff, 0xffff, 0})
	n := len(segments)
	out := appendU16(nil, 0, 1, 3, 1, 0, 12, 4, 16+8*n, 0, 2*n, 0, 0, 0)
	for _, s := range segments {
		out = appendU16(out, s.last)
	}
	out = appendU16(out, 0)
	for _, s := range segments {
		out = appendU16(out, s.first)
	}
	for _, s := range segments {
		out = appendU16(out, s.glyph-s.first)
	}
	return append(out, make([]byte, 2*n)...)
}

func appendU16(b []byte, values ...int) []byte {
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}

func patched(t table, at, value int) []byte {
	out := slices.Clone(t)
	binary.BigEndian.PutUint16(out[at:], uint16(value))
	return out
}

type part struct {
	tag  string
	data []byte
}

// assemble writes a face of the parts that are not empty. Checksums stay zero:
// gofpdf computes its own when it embeds.
func assemble(parts []part) []byte {
	parts = slices.DeleteFunc(parts, func(p part) bool { return len(p.data) == 0 })
	out := binary.BigEndian.AppendUint32(nil, tagTrueType)
	out = appendU16(out, len(parts), 0, 0, 0)
	offset := len(out) + 16*len(parts)
	for _, p := range parts {
		out = append(out, p.tag...)
		out = binary.BigEndian.AppendUint32(out, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(offset))
		out = binary.BigEndian.AppendUint32(out, uint32(len(p.data)))
		offset += (len(p.data) + 3) &^ 3
	}
	for _, p := range parts {
		out = append(out, p.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}
