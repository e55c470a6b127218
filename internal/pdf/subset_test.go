package pdf

import (
	"slices"
	"testing"
)

func TestRuneSet(t *testing.T) {
	var s runeSet
	want := []rune{0, 63, 64, 'A', '投', 0xfffd, bmp - 1}
	slices.Sort(want)
	for _, r := range slices.Backward(want) {
		s.add(r)
		s.add(r)
	}
	if got := s.all(); !slices.Equal(got, want) {
		t.Errorf("the set holds %x, want %x", got, want)
	}
	if got := new(runeSet).all(); got != nil {
		t.Errorf("an empty set holds %x", got)
	}
}

// cmapOf joins neighbours in one segment, and every character reads back as the
// glyph behind the missing one in its order.
func TestCmap(t *testing.T) {
	runes := []rune("ABCXY投诉")
	slices.Sort(runes)
	sub := table(cmapOf(runes))[12:]
	if segments := sub.u16(6) / 2; segments != 5 { // ABC, XY, 投, 诉, the end
		t.Errorf("%d segments, want 5", segments)
	}
	if sub.u16(2) != len(sub) {
		t.Errorf("the table says %d bytes and has %d", sub.u16(2), len(sub))
	}
	var glyph [bmp]uint16
	fillFormat4(sub, func(r rune, g int) { glyph[r] = uint16(g) })
	known := 0
	for _, g := range glyph {
		if g != 0 {
			known++
		}
	}
	if known != len(runes) {
		t.Errorf("%d characters have glyphs, want %d", known, len(runes))
	}
	for i, r := range runes {
		if int(glyph[r]) != i+1 {
			t.Errorf("%q has glyph %d, want %d", r, glyph[r], i+1)
		}
	}
}

func TestAssemble(t *testing.T) {
	out := table(assemble([]part{{"aaaa", []byte{1, 2, 3}}, {"none", nil}, {"bbbb", []byte{4}}}))
	if out.u16(4) != 2 {
		t.Fatalf("%d tables, want 2: an empty one is left out", out.u16(4))
	}
	for i, want := range []string{"\x01\x02\x03", "\x04"} {
		at := 12 + 16*i
		offset, n := out.u32(at+8), out.u32(at+12)
		if offset%4 != 0 || string(out.slice(offset, n)) != want {
			t.Errorf("table %d at %d holds %x", i, offset, out.slice(offset, n))
		}
	}
	if len(out)%4 != 0 {
		t.Errorf("%d bytes are not padded", len(out))
	}
}

func TestPatchedLeavesItsSource(t *testing.T) {
	source := table{0, 1, 2, 3}
	if got := patched(source, 1, 0xabcd); !slices.Equal(got, table{0, 0xab, 0xcd, 3}) || !slices.Equal(source, table{0, 1, 2, 3}) {
		t.Errorf("patched gives %x from %x", got, source)
	}
}

// The parts of a composed glyph travel with it and are numbered anew.
func TestComposedGlyphs(t *testing.T) {
	f := faces().fonts[0]
	composed := rune(0)
	for r := rune(0xc0); r < 0x180 && composed == 0; r++ {
		if o := f.outlines.outline(int(f.glyph(r))); f.glyph(r) != 0 && len(o) > 10 && o.u16(0)>>15 == 1 {
			composed = r
		}
	}
	if composed == 0 {
		t.Skip("the bundled face composes no Latin letter")
	}
	cut, err := parseFont(f.subset([]rune{composed}))
	if err != nil {
		t.Fatal(err)
	}
	if cut.outlines.count < 3 {
		t.Fatalf("%d glyphs: the parts of %q are missing", cut.outlines.count, composed)
	}
	if id := cut.outlines.outline(int(cut.glyph(composed))).u16(12); id < 2 || id >= cut.outlines.count || len(cut.outlines.outline(id)) == 0 {
		t.Errorf("the first part of %q is glyph %d of %d", composed, id, cut.outlines.count)
	}
}

// Reading outside a table gives nothing.
func TestTableBounds(t *testing.T) {
	x := table{1, 2, 3, 4}
	for name, ok := range map[string]bool{
		"u16 inside":     x.u16(2) == 0x0304,
		"u16 across":     x.u16(3) == 0,
		"u16 before":     x.u16(-1) == 0,
		"u32 inside":     x.u32(0) == 0x01020304,
		"u32 across":     x.u32(1) == 0,
		"slice whole":    len(x.slice(0, 4)) == 4,
		"slice too long": x.slice(1, 4) == nil,
		"slice negative": x.slice(1, -1) == nil,
		"slice behind":   x.slice(5, 0) == nil,
		"slice overflow": x.slice(1, 1<<62) == nil,
	} {
		if !ok {
			t.Errorf("%s is wrong", name)
		}
	}
}
