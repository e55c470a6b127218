package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

// sheet records what is drawn.
type sheet struct {
	lines, dashed, hollow int
	dots                  []float64 // y
	inks                  []Ink     // of the dots
	texts                 []string
	bad                   string
}

func (s *sheet) Line(x1, y1, x2, y2, _ float64, ink Ink, dashed bool) {
	s.see(x1, y1, x2, y2)
	if ink == Series {
		s.lines++
		if dashed {
			s.dashed++
		}
	}
}

func (s *sheet) Dot(x, y, _ float64, ink Ink, hollow bool, _ string) {
	s.see(x, y)
	s.dots, s.inks = append(s.dots, y), append(s.inks, ink)
	if hollow {
		s.hollow++
	}
}

func (s *sheet) Text(x, y, _ float64, _ Anchor, text string, _ Ink) {
	s.see(x, y)
	s.texts = append(s.texts, text)
}

func (s *sheet) see(at ...float64) {
	for _, v := range at {
		if math.IsNaN(v) || v < 0 || v > Width {
			s.bad = fmt.Sprint(at)
		}
	}
}

func points(values ...float64) []Point {
	var list []Point
	for i, v := range values {
		p := Point{Label: fmt.Sprintf("%d月", i+1)}
		if v >= 0 {
			p.Value, p.Text = &v, fmt.Sprint(v)
		}
		list = append(list, p)
	}
	return list
}

func TestDraw(t *testing.T) {
	goal, far := 95.0, math.Inf(1)
	small := points(90, 96)
	small[1].Small, small[0].Bad = true, true
	for name, c := range map[string]struct {
		trend                       Trend
		dots, lines, dashed, hollow int
		says                        string
	}{
		"a line":           {Trend{Title: "及时率", Points: points(92, 95, 98), Target: &goal, TargetLabel: "目标 ≥ 95%", Unit: "%"}, 3, 2, 0, 0, "目标 ≥ 95%"},
		"a gap":            {Trend{Points: points(92, -1, 98, 97)}, 3, 1, 0, 0, "2月"},
		"one point":        {Trend{Points: points(50), Unit: "%"}, 1, 0, 0, 0, "1月"},
		"all equal":        {Trend{Points: points(100, 100, 100), Unit: "%"}, 3, 2, 0, 0, "100%"},
		"all zero":         {Trend{Points: points(0, 0)}, 2, 1, 0, 0, "0.0"},
		"no point":         {Trend{Title: "空", NoneLabel: "无数据"}, 0, 0, 0, 0, "无数据"},
		"only gaps":        {Trend{Points: points(-1, -1), NoneLabel: "无数据"}, 0, 0, 0, 0, "无数据"},
		"small sample":     {Trend{Points: small, SmallLabel: "空心点"}, 2, 1, 1, 1, "空心点"},
		"no number":        {Trend{Points: points(math.NaN(), 3, math.Inf(1)), Target: &far}, 1, 0, 0, 0, "2月"},
		"outside its axis": {Trend{Points: points(10, 1e9), Low: 0, High: 20}, 2, 1, 0, 0, "20"},
		"hundred points":   {Trend{Points: points(make([]float64, 100)...)}, 100, 99, 0, 0, "100月"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &sheet{}
			c.trend.Draw(s)
			if len(s.dots) != c.dots || s.lines != c.lines || s.dashed != c.dashed || s.hollow != c.hollow {
				t.Errorf("%d dots, %d lines, %d dashed, %d hollow", len(s.dots), s.lines, s.dashed, s.hollow)
			}
			if s.bad != "" || !slices.Contains(s.texts, c.says) {
				t.Errorf("outside: %q; texts %q, want %q", s.bad, s.texts, c.says)
			}
			for i, p := range c.trend.Points {
				if p.Bad && s.inks[i] != Alarm {
					t.Error("a missed target is not marked")
				}
			}
		})
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		unit      string
		want      string
	}{
		{92, 98, "%", "92% 94% 96% 98%"},
		{0, 1, "", "0.0 0.2 0.4 0.6 0.8 1.0"},
		{-30, 40, "", "-40 -20 0 20 40"},
		{100, 100, "%", "80% 85% 90% 95% 100%"},
		{3, 1234, "h", "0h 250h 500h 750h 1000h 1250h"},
	} {
		tr := Trend{Points: points(0, 0), Unit: c.unit}
		tr.Points[0].Value, tr.Points[1].Value = &c.low, &c.high
		a := tr.scale()
		var got []string
		for _, v := range a.ticks() {
			got = append(got, a.label(v, c.unit))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%g to %g: %s, want %s", c.low, c.high, s, c.want)
		}
	}
}

// TestSVG parses the markup of a hostile trend: well-formed, no element but the
// chart's own, its name said.
func TestSVG(t *testing.T) {
	bad := `"><script>alert(1)</script>&` + "\x00\u202e"
	tr := Trend{Title: bad, Summary: bad, TargetLabel: bad, Unit: bad, Points: points(1, 2)}
	tr.Points[0].Label, tr.Points[0].Text = bad, bad
	svg := tr.SVG()
	allowed := []string{"svg", "title", "line", "circle", "text"}
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("the markup is broken: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok && !slices.Contains(allowed, e.Name.Local) {
			t.Errorf("element %q came from a text", e.Name.Local)
		}
	}
	if !strings.Contains(svg, `role="img" aria-label="&#34;&gt;`) {
		t.Errorf("the chart has no name: %s", svg[:200])
	}
	if svg != tr.SVG() {
		t.Error("the same trend has other markup")
	}
}
