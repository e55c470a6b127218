package pdf

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// drawn is what an operation writes on an empty page 100 mm high, without the
// last line end.
func drawn(op func(*page)) string {
	p := &page{height: 100, faces: faces(), used: new(usage)}
	op(p)
	return strings.TrimSuffix(string(p.buf), "\n")
}

// The numbers are by hand: 25.4 mm are 72 points, and y counts from below.
func TestStrokes(t *testing.T) {
	for name, c := range map[string]struct {
		op   func(*page)
		want string
	}{
		"line":    {func(p *page) { p.line(0, 100, 25.4, 74.6, 25.4) }, "72 w 0 0 m 72 72 l S"},
		"dashed":  {func(p *page) { p.dashed(0, 100, 25.4, 100, 25.4) }, "[4 3] 0 d 72 w 0 0 m 72 0 l S\n[] 0 d"},
		"fill":    {func(p *page) { p.fill(0, 74.6, 50.8, 25.4) }, "0 0 144 72 re f"},
		"box":     {func(p *page) { p.box(25.4, 49.2, 25.4, 25.4, 12.7) }, "36 w 72 72 72 72 re S"},
		"no text": {func(p *page) { p.text(1, 1, 9, "") }, ""},
		"text":    {func(p *page) { p.text(25.4, 100, 9, "A") }, "BT 9 0 0 9 72 0 Tm /K0p0 1 Tf (\x00A)Tj ET"},
		"bold":    {func(p *page) { p.bold(25.4, 100, 10, "A") }, "BT 10 0 0 10 72 0 Tm 0.2 w 2 Tr /K0p0 1 Tf (\x00A)Tj 0 Tr ET"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := drawn(c.op); got != c.want {
				t.Errorf("writes %q, want %q", got, c.want)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0 ", 1: "1 ", 0.5: "0.5 ", 0.05: "0.05 ", 12.34: "12.34 ", 0.004: "0 ", 0.005: "0.01 ",
		0.995: "1 ", 99.999: "100 ", -1.5: "-1.5 ", -0.25: "-0.25 ", 841.89: "841.89 ", 1e6: "1000000 ",
	} {
		if got := drawn(func(p *page) { p.num(v) }); got != want {
			t.Errorf("num(%v) writes %q, want %q", v, got, want)
		}
	}
}

// Against strconv over the whole range of a page: never off by more than half
// of the last place.
func TestNumbersAgainstStrconv(t *testing.T) {
	for i := -2000; i < 30000; i++ {
		v := float64(i) * 0.0317
		got, err := strconv.ParseFloat(strings.TrimSpace(drawn(func(p *page) { p.num(v) })), 64)
		if err != nil || math.Abs(got-v) > 0.005+1e-9 {
			t.Fatalf("num(%v) reads back as %v, %v", v, got, err)
		}
	}
}

// The bytes that end a PDF string, or that readers take for a line end, are
// escaped wherever they are half of a character's number.
func TestCharactersInStrings(t *testing.T) {
	for name, c := range map[string]struct {
		r    rune
		want string
	}{
		"Latin":           {'A', "\x00A"},
		"Han":             {'投', "\x62\x95"},
		"open bracket":    {'(', "\x00\\("},
		"close bracket":   {')', "\x00\\)"},
		"backslash":       {'\\', "\x00\\\\"},
		"bracket in high": {0x2829, "\\(\\)"},
		"slash in high":   {0x5c5c, "\\\\\\\\"},
		"return in low":   {0x4e0d, "\x4e\\r"},
		"line feed":       {0x4e0a, "\x4e\x0a"},
		"beyond":          {'𠮷', "\x0b\xb7"},
	} {
		t.Run(name, func(t *testing.T) {
			var used usage
			p := &page{height: 100, used: &used}
			p.rune(c.r)
			if string(p.buf) != c.want {
				t.Errorf("%q is written %q, want %q", c.r, p.buf, c.want)
			}
			if got := used.cuts[0].runes.all(); len(got) != 1 || got[0] != c.r&(bmp-1) {
				t.Errorf("%q is remembered as %q", c.r, got)
			}
		})
	}
}

// A colour is written once, and again only where another came between.
func TestColours(t *testing.T) {
	got := drawn(func(p *page) {
		p.in(black)
		p.in(alarm)
		p.in(alarm)
		p.in(black)
	})
	want := "0.65 0.12 0.08 rg 0.65 0.12 0.08 RG\n0 0 0 rg 0 0 0 RG"
	if got != want {
		t.Errorf("colours are %q, want %q", got, want)
	}
}

// A disc is four curves, closed, filled with the inside and the colour put back.
func TestCircle(t *testing.T) {
	got := drawn(func(p *page) {
		p.in(blue)
		p.circle(25.4, 74.6, 25.4, 1, white)
	})
	if n := strings.Count(got, " c "); n != 4 {
		t.Errorf("%d curves, want 4: %q", n, got)
	}
	for _, want := range []string{"1 1 1 rg 144 72 m ", "0 72 c ", "72 0 c ", "144 72 c b\n", "\n0.11 0.31 0.63 rg"} {
		if !strings.Contains(got, want) {
			t.Errorf("the disc lacks %q: %q", want, got)
		}
	}
	if !strings.HasSuffix(got, "0.11 0.31 0.63 rg") {
		t.Errorf("the colour of fills is not put back: %q", got)
	}
}
