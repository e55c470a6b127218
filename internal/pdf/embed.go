package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// embed writes the fonts that the pages use and returns their entries for the
// dictionary of resources. Cuts of one plane of one file share the file's outlines
// and differ in their advances alone.
func (w *writer) embed(faces *Faces, used *usage) string {
	var entries strings.Builder
	for list := used.sorted(); len(list) > 0; {
		first := list[0].key
		n := slices.IndexFunc(list, func(c usedCut) bool { return c.key.font != first.font || c.key.plane != first.plane })
		if n < 0 {
			n = len(list)
		}
		shared := w.outlines(faces.fonts[first.font], rune(first.plane)<<16, list[:n])
		for _, c := range list[:n] {
			fmt.Fprintf(&entries, "/%s %d 0 R\n", c.key.name(), w.cut(shared, c))
		}
		list = list[n:]
	}
	return entries.String()
}

// embedded is what the cuts of a plane share: numbers of objects.
type embedded struct {
	font                      *font
	base                      rune // of the plane
	name                      string
	descriptor, glyphs, words int
}

func (w *writer) outlines(f *font, base rune, cuts []usedCut) embedded {
	var all runeSet
	for _, c := range cuts {
		all.join(c.runes)
	}
	codes := all.all()
	runes := make([]rune, len(codes))
	for i, c := range codes {
		runes[i] = base + c
	}
	file := f.subset(runes)
	name := subsetTag(file) + "+" + f.name
	data := w.pack(fmt.Sprintf("/Length1 %d", len(file)), file)
	return embedded{
		font: f, base: base, name: name, descriptor: w.object(f.describe(name, data)),
		glyphs: w.pack("", w.packer.glyphsOf(codes)), words: w.pack("", wordsOf(name, codes, runes)),
	}
}

// cut writes one font of the file: codes are the numbers of characters in the plane.
func (w *writer) cut(e embedded, c usedCut) int {
	system := "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
	inner := w.object(fmt.Appendf(nil, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s %s /FontDescriptor %d 0 R /CIDToGIDMap %d 0 R /DW 1000 /W [%s] >>",
		e.name, system, e.descriptor, e.glyphs, e.advances(c)))
	return w.object(fmt.Appendf(nil, "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>",
		e.name, inner, e.words))
}

// advances is the list W: a code, then the advances of it and its neighbours.
func (e embedded) advances(c usedCut) string {
	var b strings.Builder
	before := rune(-2)
	for _, code := range c.runes.all() {
		if code != before+1 {
			if before >= 0 {
				b.WriteString("]")
			}
			fmt.Fprintf(&b, " %d [", code)
		}
		fmt.Fprintf(&b, " %d", c.key.width.of(int(e.font.outlines.advance(e.font.glyph(e.base+code)))))
		before = code
	}
	if before >= 0 {
		b.WriteString("]")
	}
	return b.String()
}

// describe is the font's descriptor. Measures are in 1/1000 em.
func (f *font) describe(name string, file int) []byte {
	em := f.outlines.em
	signed := func(tag string, at int) int { return int(int16(f.tables[tag].u16(at))) * 1000 / em }
	return fmt.Appendf(nil, "<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>",
		name, signed("head", 36), signed("head", 38), signed("head", 40), signed("head", 42),
		signed("hhea", 4), signed("hhea", 6), signed("hhea", 4), file)
}

// subsetTag is six capitals that differ for different outlines.
func subsetTag(file []byte) string {
	sum := sha256.Sum256(file)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// glyphsOf maps codes to glyphs, two bytes each, up to the last code in use. The list
// is mostly zeros and holds until the next call.
func (p *packer) glyphsOf(codes []rune) []byte {
	if len(codes) == 0 {
		return []byte{0, 0}
	}
	n := 2 * int(codes[len(codes)-1]+1)
	p.scratch = slices.Grow(p.scratch[:0], n)[:n]
	clear(p.scratch)
	for i, c := range codes {
		p.scratch[2*c], p.scratch[2*c+1] = byte((i+1)>>8), byte(i+1)
	}
	return p.scratch
}

// wordsOf tells readers which character each code is.
func wordsOf(name string, codes, runes []rune) []byte {
	const most = 100 // lines of a block
	var b bytes.Buffer
	fmt.Fprintf(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"+
		"/CMapName /%s def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n", name)
	for len(codes) > 0 {
		n := min(most, len(codes))
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for i, c := range codes[:n] {
			fmt.Fprintf(&b, "<%04X> <", c)
			for _, unit := range utf16.Encode(runes[i : i+1]) {
				fmt.Fprintf(&b, "%04X", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
		codes, runes = codes[n:], runes[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
