package chart

import (
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// complaintLike is a life with everything: a stop beside the line and back, one that
// joins further down, two ways back to one stop, and one that leaves many.
func complaintLike() *Life {
	return &Life{
		Speak: `到 <处理中>`,
		Stops: []Stop{
			{Text: "已登记", Note: "2026-09-18 17:42", Mark: Been},      // 0
			{Text: "不予受理", Side: true},                               // 1, beside 0
			{Text: "处理中", Note: "现在 · 2026-09-21 10:00", Mark: Now},  // 2
			{Text: "待客户配合", Side: true, Mark: Next, Note: "可转入"},     // 3, beside 2
			{Text: "处理完成待反馈 & <b>", Note: "2026-09-28 15:00（第 2 次）"}, // 4
			{Text: "已关闭"}, // 5
			{Text: "Withdrawn by the customer before anything could be handled", Side: true}, // 6
		},
		Ways: []Way{
			{0, 1, false},
			{1, 5, false},
			{0, 2, true},
			{2, 3, false},
			{3, 2, false},
			{2, 4, true},
			{4, 2, true},
			{4, 5, false},
			{5, 2, false},
			{2, 6, false},
		},
	}
}

func TestLifeIsWellFormedWithRealText(t *testing.T) {
	svg := complaintLike().SVG()
	d := xml.NewDecoder(strings.NewReader(svg))
	var text strings.Builder
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
		if c, ok := token.(xml.CharData); ok {
			text.Write(c)
			text.WriteByte('|')
		}
	}
	for _, want := range []string{"已登记|", "现在 · 2026-09-21 10:00|", "处理完成待反馈 & <b>|", "可转入|"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the drawing lacks %q: %s", want, text.String())
		}
	}
	if !strings.Contains(svg, `aria-label="到 &lt;处理中&gt;"`) || strings.Contains(svg, "style=") {
		t.Errorf("name of the drawing: %s", svg[:200])
	}
	if (&Life{}).SVG() != "" {
		t.Error("a life without states draws something")
	}
}

// TestLifeKeepsTextsApart holds the estimate of widths against the places: nothing
// reaches beyond the drawing, and no note into its label.
func TestLifeKeepsTextsApart(t *testing.T) {
	l := complaintLike()
	p := l.plan()
	for i, s := range l.Stops {
		left := p.x(i) + lifeRadius + 8
		for _, line := range p.labels[i] {
			if left+textWidth(line, labelSize) > lifeWidth+0.5 {
				t.Errorf("%q reaches to %.0f", line, left+textWidth(line, labelSize))
			}
		}
		if s.Note != "" && !p.below[i] && left+textWidth(s.Text, labelSize)+textWidth(s.Note, noteSize) > lifeWidth {
			t.Errorf("the note of %q lies over it", s.Text)
		}
		if i > 0 && p.y[i]-p.y[i-1] < lifeRow {
			t.Errorf("%q stands too near to what is above", s.Text)
		}
	}
	if len(p.labels[6]) < 2 {
		t.Errorf("a long name stands in one line: %q", p.labels[6])
	}
	if last := p.y[6] + lifeLine*float64(len(p.labels[6])-1) + lifeRow/2; p.height != last {
		t.Errorf("height %g, want %g", p.height, last)
	}
}

func TestLanesDoNotRunIntoEachOther(t *testing.T) {
	p := complaintLike().plan()
	var to []int
	for i, a := range p.lanes {
		to = append(to, a.to)
		for _, b := range p.lanes[i+1:] {
			if a.place == b.place && a.first <= b.last && b.first <= a.last {
				t.Errorf("the lanes to %d and %d share a place on the same rows", a.to, b.to)
			}
		}
		if x := p.main - lifeRadius - 8 - laneWidth*float64(a.place); x < 1 {
			t.Errorf("the lane to %d lies outside, at %g", a.to, x)
		}
	}
	slices.Sort(to)
	if !slices.Equal(to, []int{2, 5, 6}) {
		t.Errorf("lanes lead to %v, want those back to 2, down to 5 and out to 6", to)
	}
}

// TestOnlyTakenWaysAreStrong counts the strokes of each path.
func TestOnlyTakenWaysAreStrong(t *testing.T) {
	l := complaintLike()
	strong := regexp.MustCompile(`<path class="been" d="([^"]*)"`).FindStringSubmatch(l.SVG())
	if strong == nil || strings.Count(strong[1], "M") != 4 { // two along the line, one back with its head
		t.Errorf("what was taken: %v", strong)
	}
	for i := range l.Ways {
		l.Ways[i].Taken = false
	}
	if svg := l.SVG(); strings.Contains(svg, `<path class="been"`) {
		t.Errorf("nothing was taken: %s", svg)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		room float64
		want string
	}{
		{"处理完成待反馈", 60, "处理完成|待反馈"},
		{"Minutes issued, confirmation due", 130, "Minutes issued,|confirmation due"},
		{"Incomprehensibilities", 10, "Incomprehensibilities"},
		{"", 10, ""},
	} {
		if got := strings.Join(wrap(c.text, 14, c.room), "|"); got != c.want {
			t.Errorf("%q in %g: %q, want %q", c.text, c.room, got, c.want)
		}
	}
}

func TestBandsDrawOneLineForEachMonth(t *testing.T) {
	counts := make([]int, 24)
	counts[0], counts[11], counts[23] = 1, 9, 3
	b := &Bands{Speak: "按月", First: 2025, Years: 2, Rows: []Band{{Text: "投诉 <b>", Counts: counts}, {Text: "空", Counts: make([]int, 24)}}}
	svg := b.SVG()
	d := regexp.MustCompile(`d="([^"]*)"`).FindAllStringSubmatch(svg, -1)
	if len(d) != 1 || strings.Count(d[0][1], "M") != 3 {
		t.Fatalf("lines: %v", d)
	}
	var heights []float64
	for _, m := range regexp.MustCompile(`v-([0-9.]+)`).FindAllStringSubmatch(d[0][1], -1) {
		h, _ := strconv.ParseFloat(m[1], 64)
		heights = append(heights, h)
	}
	if !slices.Equal(heights, []float64{4, bandFull, 6}) {
		t.Errorf("heights %v: the highest is full, the lowest can be seen", heights)
	}
	for _, want := range []string{">2025</text>", ">2026</text>", "投诉 &lt;b&gt;"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the drawing lacks %q", want)
		}
	}
	if (&Bands{}).SVG() != "" {
		t.Error("bands without rows draw something")
	}
}
