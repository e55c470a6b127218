package pdf

import (
	"strconv"

	"kept/internal/portal"
)

// The measures of a chart of bars, in mm.
const (
	barsHeight = 46.0 // of the plot at most
	barsLeast  = 18.0 // of a plot, before its bars
	barsEach   = 7.0  // by which a plot is higher for each bar
	barsApart  = 34.0 // between two bars at most
	barsTop    = 7.0  // room above it: the title
	barsBelow  = 12.0 // room below it: up to two lines of names
	barsSide   = 14.0 // of the axes' numbers
	barsSize   = 7.5  // points, of names and numbers
	mostNames  = 2    // lines of a name
)

// barChart is a chart of bars laid out: where the plot lies, and how many its axis
// counts to.
type barChart struct {
	*paper
	left, top     float64
	width, height float64
	step          float64 // between two bars
	most, tick    int     // the axis ends there, labelled so many apart
}

// bars draws a Pareto chart: bars from the most frequent on with their number, and a
// line of the cumulated share to the axis at the right. A chart of few bars is small. It
// is never split.
func (d *paper) bars(b *portal.PrintBars) {
	if len(b.Bars) == 0 {
		return
	}
	n, height := float64(len(b.Bars)), barsPlot(len(b.Bars))
	d.need(barsExtent(len(b.Bars)))
	most := 0
	for _, bar := range b.Bars {
		most = max(most, bar.Count)
	}
	c := barChart{paper: d, left: marginSide + barsSide, top: d.y + barsTop, width: min(d.inner()-2*barsSide, (n+1)*barsApart), height: height}
	c.step = c.width / n
	c.tick = tickOf(most)
	c.most = max((most+c.tick-1)/c.tick*c.tick, 1)
	d.page().in(grey)
	d.page().text(marginSide, d.y+baseline(noteSize), noteSize, d.within(b.Title, d.inner(), noteSize))
	c.axes()
	for i, bar := range b.Bars {
		c.bar(i, bar)
	}
	c.shares(b.Bars)
	d.page().in(black)
	d.y = c.top + c.height + barsBelow + 2
}

// barsPlot is the height of the plot of n bars, barsExtent that of the whole chart.
func barsPlot(n int) float64 { return min(barsHeight, barsLeast+float64(n)*barsEach) }

func barsExtent(n int) float64 { return barsTop + barsPlot(n) + barsBelow + 2 }

// tickOf is the distance of the axis's numbers, at most six of them: 1, 2 or 5 times
// a power of ten.
func tickOf(most int) int {
	for power := 1; ; power *= 10 {
		for _, n := range [...]int{1, 2, 5} {
			if most <= 5*n*power {
				return n * power
			}
		}
	}
}

func (c barChart) y(n int) float64 {
	return c.top + c.height*(1-float64(n)/float64(c.most))
}

// axes are the numbers at the left, the shares at the right, and the lines between.
func (c barChart) axes() {
	pg := c.page()
	for n := 0; n <= c.most; n += c.tick {
		pg.in(light)
		pg.line(c.left, c.y(n), c.left+c.width, c.y(n), 0.15)
		pg.in(grey)
		word := strconv.Itoa(n)
		pg.text(c.left-2-c.extent(word, barsSize), c.y(n)+1, barsSize, word)
	}
	for share := 0; share <= 100; share += 20 {
		y := c.top + c.height*(1-float64(share)/100)
		pg.line(c.left+c.width, y, c.left+c.width+1, y, 0.15)
		pg.text(c.left+c.width+2, y+1, barsSize, strconv.Itoa(share)+"%")
	}
	pg.in(black)
	pg.line(c.left, c.y(0), c.left+c.width, c.y(0), 0.3)
}

// bar fills one bar, its number at its foot, or above it where it is low, and its
// name below.
func (c barChart) bar(i int, bar portal.PrintBar) {
	pg, centre := c.page(), c.left+(float64(i)+0.5)*c.step
	w, foot := min(c.step*0.6, 16), c.y(0)
	pg.in(blue)
	pg.fill(centre-w/2, c.y(bar.Count), w, foot-c.y(bar.Count))
	pg.in(black)
	word := c.clean(fit(oneLine(bar.Text), 12), "")
	at := c.y(bar.Count) - 0.8
	if foot-c.y(bar.Count) > 1.5*leading(barsSize) && c.extent(word, barsSize) < w {
		at = foot - 1
		pg.in(white)
	}
	pg.text(centre-c.extent(word, barsSize)/2, at, barsSize, word)
	pg.in(black)
	y := foot + 1
	for _, l := range c.names(bar.Name) {
		pg.text(centre-c.extent(l, barsSize)/2, y+baseline(barsSize), barsSize, l)
		y += leading(barsSize)
	}
}

// names are the lines of a name below its bar; the table beside the chart has what
// does not fit.
func (c barChart) names(name string) []string {
	lines := c.face.wrap(c.clean(fit(oneLine(name), 60), ""), units(c.step-1.5, barsSize))
	if len(lines) > mostNames {
		lines = lines[:mostNames]
		lines[mostNames-1] = c.within(lines[mostNames-1]+"……", c.step-1.5, barsSize)
	}
	return lines
}

// within cuts a text to a width and says so by dots.
func (d *paper) within(text string, width, size float64) string {
	text = d.clean(oneLine(text), "")
	if d.extent(text, size) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && d.extent(string(runes)+"…", size) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// shares joins the cumulated shares by a line with a dot for each bar.
func (c barChart) shares(bars []portal.PrintBar) {
	pg := c.page()
	at := func(i int) (float64, float64) {
		share := min(max(bars[i].Share, 0), 1)
		return c.left + (float64(i)+0.5)*c.step, c.top + c.height*(1-share)
	}
	pg.in(alarm)
	for i := range bars {
		x, y := at(i)
		if i > 0 {
			px, py := at(i - 1)
			pg.line(px, py, x, y, 0.4)
		}
		pg.circle(x, y, 0.7, 0.3, white)
	}
}
