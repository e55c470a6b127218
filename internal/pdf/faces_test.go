package pdf

import (
	"slices"
	"strings"
	"testing"
)

// TestBundledFace pins the one foreign binary that reaches every print.
func TestBundledFace(t *testing.T) {
	const want = "e4bca8df123ce01b104780f576ea1a58b9a5ff1662a91124b6d3180cb6c88212"
	if got := faces().Digests()[0]; got != want {
		t.Errorf("the bundled face has digest %s, want %s", got, want)
	}
}

func TestCoverage(t *testing.T) {
	for r := rune(0x4e00); r <= 0x9fa5; r++ {
		if !faces().Covers(r) {
			t.Fatalf("U+%04X of the Unified Repertoire has no glyph", r)
		}
	}
	if faces().Covers('𠮷') || faces().Covers(-1) {
		t.Error("a character without glyph counts as covered")
	}
}

func TestWidths(t *testing.T) {
	f := faces().body
	if got := f.measureText("投诉"); got != 2*em {
		t.Errorf("two Han characters measure %d, want %d", got, 2*em)
	}
	if one := f.measureText("1"); one <= 300 || one >= 800 || f.measureText("0123456789") != 10*one {
		t.Errorf("digits are not of one width: %d", one)
	}
}

// TestSubset reads a cut face again: same widths, same outlines, nothing else.
func TestSubset(t *testing.T) {
	f := faces().fonts[0]
	runes := []rune(" %09AZaz·—…、。一丁七万é投诉龥（）")
	slices.Sort(runes)
	cut, err := parseFont(f.subset(runes))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runes {
		if cut.outlines.advance(cut.glyph(r)) != f.outlines.advance(f.glyph(r)) {
			t.Errorf("U+%04X: width %d, want %d", r, cut.outlines.advance(cut.glyph(r)), f.outlines.advance(f.glyph(r)))
		}
		old, now := f.outlines.outline(int(f.glyph(r))), cut.outlines.outline(int(cut.glyph(r)))
		if len(now) < len(old) || old.u16(0) != now.u16(0) {
			t.Errorf("U+%04X: the outline has changed", r)
		}
	}
	if cut.glyph('二') != 0 {
		t.Error("the cut face holds more than it was asked for")
	}
}

func TestRefusedFaces(t *testing.T) {
	whole := faces().fonts[0].subset([]rune("投诉"))
	restricted := slices.Clone(whole)
	at := tableAt(t, restricted, "OS/2")
	restricted[at+9] = 2
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":       {nil, "no TrueType face"},
		"text":          {[]byte("schema: complaint/v1\n"), "no TrueType face"},
		"CFF outlines":  {append([]byte("OTTO"), make([]byte, 100)...), "CFF outlines"},
		"cut off":       {whole[:40], "cut off"},
		"missing table": {append(slices.Clone(whole[:4]), make([]byte, 8)...), "lacks table"},
		"restricted":    {restricted, "forbid embedding"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewFaces(c.data)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("NewFaces says %v, want %q in it", err, c.want)
			}
		})
	}
}

// TestBrokenFaces flips bytes of a small face: it may be refused or used, but
// never break the program.
func TestBrokenFaces(t *testing.T) {
	whole := faces().fonts[0].subset([]rune("aé投诉"))
	for i := 0; i < min(len(whole), 1500); i += 5 {
		for _, v := range []byte{0, 0xff} {
			broken := slices.Clone(whole)
			broken[i] = v
			if f, err := NewFaces(broken); err == nil {
				if got := f.fonts[0].subset([]rune("aé投诉")); len(got) == 0 {
					t.Fatalf("byte %d: the cut face is empty", i)
				}
			}
		}
	}
}

func tableAt(t *testing.T, data []byte, tag string) int {
	t.Helper()
	file := table(data)
	for i := range file.u16(4) {
		if string(data[12+16*i:16+16*i]) == tag {
			return file.u32(12 + 16*i + 8)
		}
	}
	t.Fatalf("the face has no table %q", tag)
	return 0
}
