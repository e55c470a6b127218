package pdf

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// runeSet is a set of characters of one plane.
type runeSet [bmp / 64]uint64

func (s *runeSet) add(r rune) { s[r>>6] |= 1 << (r & 63) }

func (s *runeSet) join(o *runeSet) {
	for i, word := range o {
		s[i] |= word
	}
}

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

// subset is a small face that holds the glyphs of the given characters alone, in
// ascending order: the glyph of the i-th is number i+1. Its bytes belong to the
// caller.
func (f *font) subset(runes []rune) []byte {
	old := make([]uint16, len(runes))
	for i, r := range runes {
		old[i] = f.glyph(r)
	}
	return f.cut(runes, old)
}

// cut makes a face that shows the i-th character by the i-th of the given glyphs.
func (f *font) cut(runes []rune, old []uint16) []byte {
	c := cut{font: f, index: map[int]int{0: 0}, order: []int{0}}
	for _, g := range old {
		c.order = append(c.order, int(g))
	}
	c.collect()
	post := patched(f.tables["post"][:32], 0, 3) // no names of glyphs follow
	return assemble([]part{
		{"OS/2", f.tables["OS/2"]},
		{"cmap", cmapOf(runes)},
		{"cvt ", f.tables["cvt "]},
		{"fpgm", f.tables["fpgm"]},
		{"glyf", c.glyf},
		{"head", patched(f.tables["head"], 50, 1)},
		{"hhea", patched(f.tables["hhea"], 34, len(c.order))},
		{"hmtx", c.hmtx},
		{"loca", c.loca},
		{"maxp", patched(f.tables["maxp"], 4, len(c.order))},
		{"name", []byte{0, 0, 0, 0, 0, 6}},
		{"post", patched(post, 2, 0)},
		{"prep", f.tables["prep"]},
	})
}

// cut gathers glyphs in their new order: the missing glyph, one for each
// character, then the parts of composed glyphs.
type cut struct {
	font             *font
	order            []int // old number by new
	index            map[int]int
	glyf, loca, hmtx []byte
}

func (c *cut) collect() {
	size := 0
	for _, id := range c.order {
		size += len(c.font.outlines.outline(id)) + 3
	}
	c.glyf = make([]byte, 0, min(size, 2*len(c.font.outlines.glyf)))
	c.loca, c.hmtx = make([]byte, 0, 4*len(c.order)+4), make([]byte, 0, 4*len(c.order))
	for i := 0; i < len(c.order); i++ {
		id := c.order[i]
		c.loca = binary.BigEndian.AppendUint32(c.loca, uint32(len(c.glyf)))
		c.hmtx = binary.BigEndian.AppendUint16(c.hmtx, uint16(c.font.outlines.rawAdvance(id)))
		c.hmtx = binary.BigEndian.AppendUint16(c.hmtx, uint16(c.font.outlines.bearing(id)))
		outline := c.font.outlines.outline(id)
		if len(outline) > 10 && outline.u16(0)>>15 == 1 {
			outline = c.compose(outline)
		}
		if len(c.glyf) > 2*len(c.font.outlines.glyf)+bmp {
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
	if id >= c.font.outlines.count || len(c.order) >= bmp-1 {
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

// cmapOf maps the i-th character to glyph i+1, in a subtable of format 4, or of
// format 12 where a character lies beyond the basic plane.
func cmapOf(runes []rune) []byte {
	var segments []segment
	for i, r := range runes {
		if n := len(segments); n > 0 && segments[n-1].last == int(r)-1 {
			segments[n-1].last++
			continue
		}
		segments = append(segments, segment{int(r), int(r), i + 1})
	}
	if len(runes) > 0 && runes[len(runes)-1] >= bmp {
		return cmapOfAll(segments)
	}
	segments = append(segments, segment{0xffff, 0xffff, 0})
	n := len(segments)
	out := appendU16(nil, 0, 1, 3, 1, 0, 12, basicPlane, 16+8*n, 0, 2*n, 0, 0, 0)
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

// segment is a run of characters whose glyphs follow each other.
type segment struct{ first, last, glyph int }

func cmapOfAll(segments []segment) []byte {
	out := appendU16(nil, 0, 1, 3, 10, 0, 12, allPlanes, 0)
	for _, v := range []int{16 + 12*len(segments), 0, len(segments)} {
		out = binary.BigEndian.AppendUint32(out, uint32(v))
	}
	for _, s := range segments {
		for _, v := range []int{s.first, s.last, s.glyph} {
			out = binary.BigEndian.AppendUint32(out, uint32(v))
		}
	}
	return out
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

// assemble writes a face of the parts that are not empty, with their checksums.
// The whole file's, in the head, is 0: readers of PDF ask for none.
func assemble(parts []part) []byte {
	parts = slices.DeleteFunc(parts, func(p part) bool { return len(p.data) == 0 })
	size := 12
	for _, p := range parts {
		size += 16 + len(p.data) + 3
	}
	out := binary.BigEndian.AppendUint32(make([]byte, 0, size), tagTrueType)
	entry := bits.Len(uint(len(parts))) - 1 // of the search over the directory
	out = appendU16(out, len(parts), 16<<max(0, entry), max(0, entry), 16*len(parts)-16<<max(0, entry))
	offset := len(out) + 16*len(parts)
	for _, p := range parts {
		out = append(out, p.tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(p.data))
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

// checksum is the sum of a table's words, the last filled with zeros.
func checksum(data []byte) uint32 {
	var sum uint32
	for ; len(data) >= 4; data = data[4:] {
		sum += binary.BigEndian.Uint32(data)
	}
	var last [4]byte
	copy(last[:], data)
	return sum + binary.BigEndian.Uint32(last[:])
}
