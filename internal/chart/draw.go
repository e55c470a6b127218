package chart

import (
	"cmp"
	"unicode"
)

// The plot's place inside the chart.
const (
	left   = 60.0
	right  = Width - 26
	top    = 66.0
	bottom = Height - 34
)

const (
	titleSize = 16.0
	wordSize  = 13.0
	tickSize  = 12.0
	valueSize = 11.0
)

// frame knows where periods and values lie.
type frame struct {
	axis axis
	n    int
}

func (f frame) x(i int) float64 {
	if f.n == 1 {
		return (left + right) / 2
	}
	return left + 14 + (right-left-28)*float64(i)/float64(f.n-1)
}

func (f frame) y(v float64) float64 {
	return bottom - (bottom-top)*(v-f.axis.low)/(f.axis.high-f.axis.low)
}

// step is the distance between two points.
func (f frame) step() float64 { return (right - left - 28) / float64(max(1, f.n-1)) }

// Draw lays the trend out on a canvas.
func (t *Trend) Draw(c Canvas) {
	f := frame{t.scale(), len(t.Points)}
	t.drawTitle(c)
	t.drawAxes(c, f)
	t.drawLine(c, f)
	t.drawTarget(c, f)
	t.drawPoints(c, f)
}

// drawTitle puts the summary beside the title where there is room, else below.
func (t *Trend) drawTitle(c Canvas) {
	c.Text(left-44, 22, titleSize, Start, t.Title, Plain)
	if t.Summary == "" {
		return
	}
	y := 22.0
	if t.summaryBelow() {
		y = 42
	}
	c.Text(right, y, wordSize, End, t.Summary, Plain)
}

func (t *Trend) summaryBelow() bool {
	return textWidth(t.Title, titleSize)+textWidth(t.Summary, wordSize)+30 > right-left+44
}

// labelY is where the target is named: above the values of points at the top, where
// the summary leaves room for it.
func (t *Trend) labelY() float64 {
	if t.Summary != "" && t.summaryBelow() {
		return top - 12
	}
	return top - 24
}

func (t *Trend) drawAxes(c Canvas, f frame) {
	for _, v := range f.axis.ticks() {
		c.Line(left, f.y(v), right, f.y(v), 1, Grid, false)
		c.Text(left-8, f.y(v)+4, tickSize, End, f.axis.label(v, t.Unit), Plain)
	}
	every := t.labelStep(f)
	for i, p := range t.Points {
		if (len(t.Points)-1-i)%every == 0 {
			c.Text(f.x(i), Height-10, tickSize, Middle, p.Label, Plain)
		}
	}
	if t.small() {
		c.Text(left-44, 42, valueSize, Start, t.SmallLabel, Plain)
	}
}

// labelStep is how many periods share one label, so that none overlap; the
// newest always has its own.
func (t *Trend) labelStep(f frame) int {
	widest := 1.0
	for _, p := range t.Points {
		widest = max(widest, textWidth(p.Label, tickSize)+10)
	}
	every := int(widest/f.step()) + 1
	return max(1, every)
}

func (t *Trend) small() bool {
	for _, p := range t.Points {
		if p.Small && p.drawn() {
			return true
		}
	}
	return false
}

// drawLine joins neighbours that both have a value; a small sample's side is
// dashed.
func (t *Trend) drawLine(c Canvas, f frame) {
	for i := 1; i < len(t.Points); i++ {
		a, b := t.Points[i-1], t.Points[i]
		if a.drawn() && b.drawn() {
			c.Line(f.x(i-1), f.clamp(*a.Value), f.x(i), f.clamp(*b.Value), 2.2, Series, a.Small || b.Small)
		}
	}
}

func (t *Trend) drawTarget(c Canvas, f frame) {
	if t.Target == nil || !finite(*t.Target) {
		return
	}
	y := f.clamp(*t.Target)
	c.Line(left, y, right, y, 1.4, Goal, true)
	c.Text(right, t.labelY(), tickSize, End, t.TargetLabel, Goal)
}

func (t *Trend) drawPoints(c Canvas, f frame) {
	any := false
	for i, p := range t.Points {
		if !p.drawn() {
			continue
		}
		any = true
		ink := Series
		if p.Bad {
			ink = Alarm
		}
		y := f.clamp(*p.Value)
		if s, ok := c.(*svg); ok {
			s.key = p.Key // paper has no use for it
		}
		c.Dot(f.x(i), y, 4, ink, p.Small, p.Text)
		if said := cmp.Or(p.Short, p.Text); said != "" && textWidth(said, valueSize)+4 < f.step() {
			c.Text(f.x(i), t.valueY(i, f), valueSize, Middle, said, ink)
		}
	}
	if !any && t.NoneLabel != "" {
		c.Text((left+right)/2, (top+bottom)/2, titleSize, Middle, t.NoneLabel, Plain)
	}
}

// valueY puts a value above its point, or below where the line comes from above
// on both sides.
func (t *Trend) valueY(i int, f frame) float64 {
	y := f.clamp(*t.Points[i].Value)
	higher := func(j int) bool {
		return j < 0 || j >= len(t.Points) || t.Points[j].drawn() && *t.Points[j].Value > *t.Points[i].Value
	}
	if higher(i-1) && higher(i+1) && f.n > 1 && y+20 < bottom {
		return y + 17
	}
	return y - 9
}

// clamp is the place of a value, kept on the plot where the axis is bounded.
func (f frame) clamp(v float64) float64 { return min(max(f.y(v), top-4), bottom+4) }

func (p Point) drawn() bool { return p.Value != nil && finite(*p.Value) }

// textWidth estimates a text's width: a Han character is as wide as high, a
// Latin one a little more than half.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0xffef {
			w++
		} else {
			w += 0.57
		}
	}
	return w * size
}
