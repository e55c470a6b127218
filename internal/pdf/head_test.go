package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kept/internal/pdftest"
)

func TestHeadLayout(t *testing.T) {
	p := register(t, 0)
	h := newPaper(faces(), p).head
	for _, c := range []struct{ what, got, want string }{
		{"left", strings.Join(h.left, "|"), "常州大江网络工程有限公司"},
		{"title", strings.Join(h.title, "|"), "投诉台账"},
		{"right", strings.Join(h.right, "|"), "SD-02004-F01|版本 1.0"},
		{"system", h.system, "信息技术服务管理体系"},
		{"moment", h.when, "统计期间 2026年9月   截至 2026-10-01 00:00"},
	} {
		if c.got != c.want && c.got != oneLine(c.want) {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
}

// The head makes room for long names, and no more than four lines of them.
func TestHeadGrowsToABound(t *testing.T) {
	p := register(t, 0)
	before := newPaper(faces(), p).head.bottom
	p.Title = strings.Repeat("服务改进计划登记表", 4)
	longer := newPaper(faces(), p).head
	if longer.bottom <= before || len(longer.title) != 2 {
		t.Errorf("a title of 36 characters has %d lines and ends at %.1f, a short one at %.1f", len(longer.title), longer.bottom, before)
	}
	p.Title = strings.Repeat("甲乙 \n", 5000)
	p.Organisation, p.DocumentNo, p.System = p.Title, p.Title, p.Title
	d := newPaper(faces(), p)
	if len(d.head.title) > mostHeadLines || len(d.head.left) > mostHeadLines || d.fresh() < 100 {
		t.Errorf("the head takes %.1f mm", d.head.bottom)
	}
}

func TestMoments(t *testing.T) {
	for _, c := range []struct{ period, asOf, want string }{
		{"", "", ""},
		{"2026年9月", "", "统计期间 2026年9月"},
		{"", "2026-10-01", "截至 2026-10-01"},
		{"2026年9月", "2026-10-01", "统计期间 2026年9月   截至 2026-10-01"},
	} {
		p := register(t, 0)
		p.Period, p.AsOf = c.period, c.asOf
		if got := newPaper(faces(), p).moments(); got != c.want {
			t.Errorf("period %q, moment %q: %q, want %q", c.period, c.asOf, got, c.want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for s, want := range map[string]string{"": "", " a\n b\t\tc ": "a b c", "投诉\r\n台账": "投诉 台账"} {
		if got := oneLine(s); got != want {
			t.Errorf("oneLine(%q) = %q, want %q", s, got, want)
		}
	}
}

// Every page bears its own number and the same total, also above nine.
func TestFeetNumberEveryPage(t *testing.T) {
	pages := pdftest.Pages(t, mustPrint(t, register(t, 400)))
	if len(pages) < 10 {
		t.Fatalf("only %d pages", len(pages))
	}
	for i, page := range pages {
		if want := fmt.Sprintf("第 %d 页 共 %d 页", i+1, len(pages)); strings.Count(page, want) != 1 {
			t.Errorf("page %d says %q %d times", i+1, want, strings.Count(page, want))
		}
	}
}

// The page number leaves the line where the sides meet it.
func TestFootFits(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	if long := strings.Repeat("x", 100); d.footFits(strings.Repeat(long, 2), "第 1 页") || !d.footFits("内部", "第 1 页") {
		t.Error("the foot is judged wrongly")
	}
}

func TestSampleStandsOnlyOnSamples(t *testing.T) {
	for _, sample := range []bool{true, false} {
		p := register(t, 3)
		p.Sample = sample
		if got := strings.Contains(pdftest.Text(t, mustPrint(t, p)), "示例"); got != sample {
			t.Errorf("sample %t: the mark is there %t", sample, got)
		}
	}
}

func TestPaperMeasures(t *testing.T) {
	p := register(t, 0)
	if d := newPaper(faces(), p); d.width != 297 || d.height != 210 || d.inner() != 267 || d.bottom() != 188 {
		t.Errorf("across: %v × %v, inner %v, bottom %v", d.width, d.height, d.inner(), d.bottom())
	}
	p.Landscape = false
	if d := newPaper(faces(), p); d.width != 210 || d.height != 297 || d.inner() != 180 {
		t.Errorf("upright: %v × %v, inner %v", d.width, d.height, d.inner())
	}
}

// need turns the page where the room is missing, never an empty one.
func TestNeed(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	d.need(1e6)
	if len(d.pages) != 1 {
		t.Fatal("an empty page is left for another")
	}
	d.y += 1
	d.need(d.room())
	if len(d.pages) != 1 {
		t.Fatal("a page is left though the room is there")
	}
	d.need(d.room() + 0.1)
	if len(d.pages) != 2 || d.y != d.head.bottom {
		t.Errorf("%d pages, the next thing goes at %.1f", len(d.pages), d.y)
	}
}

func TestMarks(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	d.mark("", 0)
	d.mark("first", 1)
	d.mark("𠮷", 1)
	d.mark(strings.Repeat("长", 300), 1)
	var got []string
	for _, m := range d.marks {
		got = append(got, fmt.Sprintf("%d %.12s", m.level, m.text))
	}
	if want := []string{"0 first", "1 𠮷", "1 长长长长长长长长长长长长"}; !slices.Equal(got, want) {
		t.Errorf("bookmarks are %q, want %q: an outline begins at its top", got, want)
	}
}
