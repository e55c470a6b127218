package pdf

import "kept/internal/chart"

// chartWidth is how wide a chart is in mm: three of them with their headings and
// notes stand on an upright page.
const chartWidth = 144.0

// chart draws a trend in the middle of the page; it is never split.
func (d *paper) chart(t *chart.Trend) {
	h := d.chartHeight()
	d.need(h)
	t.Draw(plot{paper: d, page: d.page(), x: (d.width - d.chartScale()*chart.Width) / 2, y: d.y, scale: d.chartScale()})
	d.page().in(black)
	d.y += h + 2
}

// chartScale is millimetres for each unit of a chart.
func (d *paper) chartScale() float64 { return min(d.inner(), chartWidth) / chart.Width }

func (d *paper) chartHeight() float64 { return chart.Height * d.chartScale() }

// plot is a place on a page as a chart's canvas.
type plot struct {
	paper       *paper
	page        *page
	x, y, scale float64
}

// Line strokes a line.
func (p plot) Line(x1, y1, x2, y2, width float64, ink chart.Ink, dashed bool) {
	p.page.in(colours(ink))
	stroke := p.page.line
	if dashed {
		stroke = p.page.dashed
	}
	stroke(p.x+x1*p.scale, p.y+y1*p.scale, p.x+x2*p.scale, p.y+y2*p.scale, width*p.scale)
}

// Dot strokes a disc; print has no tooltips.
func (p plot) Dot(x, y, radius float64, ink chart.Ink, hollow bool, _ string) {
	p.page.in(colours(ink))
	inside := colours(ink)
	if hollow {
		inside = white
	}
	p.page.circle(p.x+x*p.scale, p.y+y*p.scale, radius*p.scale, 1.8*p.scale, inside)
}

// Text sets one line.
func (p plot) Text(x, y, size float64, anchor chart.Anchor, text string, ink chart.Ink) {
	text = p.paper.clean(oneLine(text), "")
	pt := size * p.scale * points
	left := p.x + x*p.scale
	switch anchor {
	case chart.Middle:
		left -= p.paper.extent(text, pt) / 2
	case chart.End:
		left -= p.paper.extent(text, pt)
	}
	p.page.in(colours(ink))
	p.page.text(left, p.y+y*p.scale, pt, text)
}

func colours(ink chart.Ink) shade {
	switch ink {
	case chart.Grid:
		return light
	case chart.Series:
		return blue
	case chart.Alarm, chart.Goal:
		return alarm
	}
	return black
}
