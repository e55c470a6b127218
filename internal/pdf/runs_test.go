package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

var mixedRuns = []portal.PrintRun{
	{Text: "投诉处理人应在 "},
	{Text: "15 分钟", Strong: true},
	{Text: "内登记，参见"},
	{Text: "第5.1节", To: "response"},
	{Text: "和"},
	{Text: "ISO/IEC 20000-1:2018", Link: "https://example.org/标准?q=a b"},
	{Text: "；命令为 "},
	{Text: "kept check --evidence", Code: true},
	{Text: "，"},
	{Text: "旧条款", Struck: true},
	{Text: "（已废止）。"},
}

func longRuns(n int) []portal.PrintRun {
	var runs []portal.PrintRun
	for range n {
		runs = append(runs, mixedRuns...)
	}
	return runs
}

// Lines over runs keep 避头尾, stay within the width and lose only blanks.
func TestRunsBreakLikeText(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	runs := longRuns(20)
	var want strings.Builder
	for _, r := range runs {
		want.WriteString(r.Text)
	}
	for width := 12.0; width < 180; width += 7 {
		var got strings.Builder
		lines := d.layRuns(runs, width, bodySize)
		for i, l := range lines {
			text := lineText(l)
			got.WriteString(text)
			if l.width > width+0.001 {
				t.Fatalf("width %v: line %q is %v wide", width, text, l.width)
			}
			if first := []rune(text)[0]; i > 0 && width > 40 && strings.ContainsRune(closings, first) {
				t.Errorf("width %v: line %q begins with a closing character", width, text)
			}
			if l.last != (i == len(lines)-1) {
				t.Errorf("width %v: line %d of %d says it is the last: %t", width, i, len(lines), l.last)
			}
		}
		if pdftest.Squeeze(got.String()) != pdftest.Squeeze(want.String()) {
			t.Fatalf("width %v: the lines say something else", width)
		}
	}
}

func lineText(l runLine) string {
	var b strings.Builder
	for _, p := range l.pieces {
		b.WriteString(p.text)
	}
	return b.String()
}

func TestRunsKeepLineEnds(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	for text, want := range map[string][]string{"": {""}, "一\n二": {"一", "二"}, "一\n\n二\n": {"一", "", "二"}, "\n": {""}} {
		var got []string
		for _, l := range d.layRuns([]portal.PrintRun{{Text: text}}, 50, bodySize) {
			got = append(got, lineText(l))
			if !l.last {
				t.Errorf("%q: the line %q is stretched", text, lineText(l))
			}
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q is set as %q, want %q", text, got, want)
		}
	}
}

// A stretched line ends at the column's edge, and its text is read without blanks
// that nobody wrote.
func TestStretchedLines(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	stretched := 0
	for _, l := range d.layRuns(longRuns(30), 120, bodySize) {
		s := d.stretching(l, 120, bodySize)
		if s == (stretch{}) {
			continue
		}
		stretched++
		grown := 0.0
		for _, p := range l.pieces {
			grown += s.of(p.text)
		}
		if w := l.width + grown - s.between; math.Abs(w-120) > 0.01 {
			t.Errorf("line %q is %.2f mm wide", lineText(l), w)
		}
	}
	if stretched < 10 {
		t.Errorf("%d lines are stretched", stretched)
	}
	p := register(t, 0)
	p.Landscape = false
	d = newPaper(faces(), p)
	d.runs(longRuns(15), marginSide, 120, bodySize, 8)
	text := pdftest.Squeeze(pdftest.Text(t, mustFile(t, d)))
	if n := strings.Count(text, pdftest.Squeeze("投诉处理人应在15分钟内登记，参见第5.1节和")); n != 15 {
		t.Errorf("%d of 15 sentences are read", n)
	}
	for _, line := range strings.Split(pdftest.Text(t, mustFile(t, d)), "\n") {
		if strings.Contains(line, "投 诉") || strings.Contains(line, "登 记") || strings.Contains(line, "废 止") {
			t.Errorf("a stretched line is read with blanks: %q", line)
		}
	}
}

func mustFile(t testing.TB, d *paper) []byte {
	t.Helper()
	d.numberPages()
	data, err := d.file()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Links lead to their address or to the page of their anchor; what could start a
// program leads nowhere.
func TestLinksLand(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	d.mark("题", 0)
	d.runs(mixedRuns, marginSide, 150, bodySize, 0)
	for _, bad := range []string{"javascript:alert(1)", "file:///etc/passwd", "https:", "\x00", "ftp://a", "https://" + strings.Repeat("a", 3000)} {
		d.link(10, 50, 10, 10, bad)
	}
	d.linkTo(10, 50, 10, 10, "nowhere")
	d.link(10, 50, 10, 10, "mailto:it@example.org")
	d.newPage()
	d.anchor("response")
	d.y += 30
	d.anchor("response")
	data := mustFile(t, d)
	pdftest.Check(t, data)
	structure := string(pdftest.JSON(t, data))
	if n := strings.Count(structure, `"/Subtype": "/Link"`); n != 3 {
		t.Errorf("%d links, want 3: the anchor, the address and the mail", n)
	}
	for _, want := range []string{"https://example.org/%E6%A0%87%E5%87%86?q=a%20b", "mailto:it@example.org"} {
		if !strings.Contains(structure, want) {
			t.Errorf("no link leads to %q", want)
		}
	}
	if strings.Contains(structure, "javascript") {
		t.Error("an address that runs is in the file")
	}
	if to, ok := d.target(area{id: "response"}); !ok || to.page != d.pages[1] || to.y != d.head.bottom {
		t.Errorf("the anchor is at %v", to)
	}
}

func TestPictures(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 96, 48))
	img.Set(3, 3, color.NRGBA{255, 0, 0, 40})
	cmyk := image.NewCMYK(image.Rect(0, 0, 8, 8))
	encode := func(write func(*bytes.Buffer) error) []byte {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	good := [][]byte{
		encode(func(b *bytes.Buffer) error { return png.Encode(b, img) }),
		encode(func(b *bytes.Buffer) error { return png.Encode(b, cmyk) }),
		encode(func(b *bytes.Buffer) error { return png.Encode(b, image.NewGray16(image.Rect(0, 0, 9, 9))) }),
		encode(func(b *bytes.Buffer) error { return jpeg.Encode(b, img, nil) }),
		encode(func(b *bytes.Buffer) error { return gif.Encode(b, img, nil) }),
	}
	d := newPaper(faces(), register(t, 0))
	for i, data := range good {
		pic, ok := d.picture(&portal.PrintPicture{Data: data})
		if !ok {
			t.Fatalf("image %d cannot be printed", i)
		}
		if i == 0 && (math.Abs(pic.w-25.4) > 0.01 || math.Abs(pic.h-12.7) > 0.01) {
			t.Errorf("an inch at 96 dpi is %v by %v mm", pic.w, pic.h)
		}
		d.place(pic, 20, 40+float64(i)*15, 20, 10)
		d.place(pic, 60, 40+float64(i)*15, 20, 10)
	}
	bad := [][]byte{nil, []byte("no image"), good[0][:60], append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 50)...)}
	for i, data := range bad {
		if _, ok := d.picture(&portal.PrintPicture{Data: data, Alt: "流程图"}); ok {
			t.Errorf("broken image %d is none and is printed", i)
		}
	}
	if n := len(d.reported()); n == 0 || d.reported()[0].Rule != "pdf-image" {
		t.Errorf("%d findings about broken images", n)
	}
	pdftest.Check(t, mustFile(t, d))
}
