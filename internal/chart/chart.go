// Package chart lays out a KPI's trend once and draws it on any canvas, so that
// the portal's SVG and the printed page show the same picture.
package chart

import "kept/internal/locale"

// Width and Height are a chart's size in its own units.
const (
	Width  = 720.0
	Height = 300.0
)

// Trend is a line over periods with its target.
type Trend struct {
	Title   string
	Summary string // newest value in words, right above the plot
	Points  []Point
	Target  *float64
	// TargetLabel names the target line: 目标 ≥ 95%.
	TargetLabel string
	Unit        string // "%", "h", "" on the axis
	// Low and High bound the axis; both zero means from the values.
	Low, High float64
	// SmallLabel explains hollow points and NoneLabel stands where no point has
	// a value; see [Trend.Speak].
	SmallLabel string
	NoneLabel  string
}

// Point is one period. A nil Value is a gap in the line.
type Point struct {
	Label string // 9月, Sep
	Key   string // names the point in markup, as data-p; "" for none
	Value *float64
	Text  string // the exact value in words
	Short string // the value alone, drawn at the point in place of Text; "" for Text
	Small bool   // a small sample, drawn hollow and dashed
	Bad   bool   // target missed
}

// Speak fills the labels that are the same for every trend of a language.
func (t *Trend) Speak(p *locale.Printer) {
	t.SmallLabel = p.Say("chart.small")
	t.NoneLabel = p.Say("chart.none")
}

// Canvas is what a chart is drawn on; coordinates are in the chart's own units,
// y downwards, 720 × 300.
type Canvas interface {
	Line(x1, y1, x2, y2, width float64, ink Ink, dashed bool)
	Dot(x, y, radius float64, ink Ink, hollow bool, title string)
	Text(x, y, size float64, anchor Anchor, text string, ink Ink)
}

// Ink is the role of a stroke; the canvas knows its colours.
type Ink string

// The inks.
const (
	Grid   Ink = "grid"
	Plain  Ink = "plain"
	Series Ink = "series"
	Alarm  Ink = "alarm"
	Goal   Ink = "goal"
)

// Anchor is the side of a text that stands at its coordinate.
type Anchor string

// The anchors.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)
