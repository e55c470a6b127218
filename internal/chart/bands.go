package chart

import (
	"fmt"
	"strconv"
	"strings"
)

// Bands are counts of several things by month over some years, one band below the
// other on one scale of time: what happened when, and beside what.
type Bands struct {
	Speak string // everything that is drawn, for those who do not see it
	First int    // the first year
	Years int
	Rows  []Band
}

// Band is one thing with its counts by month from January of the first year.
type Band struct {
	Text   string
	Counts []int
}

// The measures of bands.
const (
	bandsWidth = 480.0
	bandLeft   = 110.0
	bandHeight = 30.0
	bandFull   = 18.0 // of the month with the most
	bandSize   = 12.0
)

// SVG draws the bands as one svg element with real text, "" without any.
func (c *Bands) SVG() string {
	if len(c.Rows) == 0 || c.Years < 1 {
		return ""
	}
	var b strings.Builder
	height := bandHeight*float64(len(c.Rows)) + 22
	fmt.Fprintf(&b, `<svg class="bands" viewBox="0 0 %g %g" role="img" aria-label="%s">`, bandsWidth, height, escape(c.Speak))
	month := (bandsWidth - bandLeft) / float64(12*c.Years)
	for y := range c.Years {
		x := bandLeft + 12*month*float64(y)
		fmt.Fprintf(&b, `<line class="ink-grid" x1="%.1f" y1="0" x2="%.1f" y2="%g"/><text x="%.1f" y="%g" font-size="%g">%d</text>`,
			x, x, height-16, x+2, height-4, bandSize, c.First+y)
	}
	for i, row := range c.Rows {
		floor := bandHeight*float64(i) + bandHeight - 4
		for n, line := range wrap(row.Text, bandSize, bandLeft-8) {
			if n < 2 {
				fmt.Fprintf(&b, `<text class="ink-plain" x="0" y="%g" font-size="%g">%s</text>`, floor-3+float64(13*n), bandSize, escape(line))
			}
		}
		fmt.Fprintf(&b, `<line class="ink-grid" x1="%g" y1="%g" x2="%g" y2="%g"/>`, bandLeft, floor, bandsWidth, floor)
		if d := row.bars(month, floor); d != "" {
			fmt.Fprintf(&b, `<path class="ink-series" stroke-width="%.1f" d="%s"/>`, min(max(month-1, 1.5), 9), d)
		}
	}
	b.WriteString("</svg>")
	return b.String()
}

// bars is the path of a band: an upright line for each month, as high as its share
// of the month with the most, and never lower than can be seen.
func (r *Band) bars(month, floor float64) string {
	most := 0
	for _, n := range r.Counts {
		most = max(most, n)
	}
	var b strings.Builder
	for i, n := range r.Counts {
		if n == 0 {
			continue
		}
		h := max(bandFull*float64(n)/float64(most), 4)
		b.WriteString("M" + tenth(bandLeft+month*(float64(i)+0.5)) + " " + tenth(floor) + "v-" + tenth(h))
	}
	return b.String()
}

func tenth(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
