package pdf

import (
	"kept/internal/locale"
	"kept/internal/portal"
)

// The sizes of running text in points, and its distances in mm.
const (
	textSize  = 10.5 // 五号
	deeper    = 6.0  // what a list or a quote moves to the right
	markerGap = 1.6
	blockGap  = 1.8
	barWidth  = 0.8 // beside a quote
)

// textSizes are those of headings by their level.
var textSizes = [...]float64{14, 12, 11, textSize}

func textSizeOf(level int) float64 {
	return textSizes[min(max(level, 1), len(textSizes))-1]
}

// text sets blocks of running text.
func (d *paper) text(blocks []portal.PrintBlock) {
	for i := range blocks {
		b := &blocks[i]
		if b.Kind == portal.PrintHeading {
			d.keepHeadings(blocks[i:])
		}
		page, y := len(d.pages), d.y
		d.block(b)
		if i+1 < len(blocks) {
			d.gapAfter(b, &blocks[i+1])
		}
		if b.Quoted > 0 {
			d.quoteBars(b, page, y)
		}
	}
	if len(blocks) > 0 {
		d.y += blockGap
	}
}

func (d *paper) block(b *portal.PrintBlock) {
	x, w := d.placeOf(b)
	switch b.Kind {
	case portal.PrintHeading:
		d.textHeading(b)
	case portal.PrintCode:
		d.codeLines(b.Lines, x, w)
	case portal.PrintGrid:
		d.textTable(b, x, w)
	case portal.PrintImage:
		d.textImage(b, x, w)
	case portal.PrintRule:
		d.need(4)
		d.page().in(light)
		d.page().line(x, d.y+2, x+w, d.y+2, thick)
		d.page().in(black)
		d.y += 4
	default:
		d.words(b, x, w)
	}
}

// placeOf is where a block begins and how wide it is: deeper by what is around it,
// but never narrower than a third of the page.
func (d *paper) placeOf(b *portal.PrintBlock) (x, w float64) {
	in := 0.0
	if b.Kind != portal.PrintHeading {
		in = min(float64(b.Level)*deeper, d.inner()*2/3)
	}
	return marginSide + in, d.inner() - in
}

// words sets a paragraph, a quote or an item with its marker before it.
func (d *paper) words(b *portal.PrintBlock, x, w float64) {
	indent := 0.0
	if b.Kind == portal.PrintParagraph && b.Level == 0 && d.print.Lang == locale.Chinese {
		indent = 2 * textSize / points
	}
	d.need(float64(max(1, min(2, len(d.layRuns(b.Runs, w, textSize))))) * leading(textSize))
	if b.Marker != "" {
		d.marker(b.Marker, x)
	}
	if len(b.Runs) == 0 {
		d.y += leading(textSize)
		return
	}
	d.runs(b.Runs, x, w, textSize, indent)
}

// marker stands left of an item's first line: a box for a task, else a number or a
// bullet.
func (d *paper) marker(marker string, x float64) {
	switch marker {
	case "☐", "☑":
		d.drawTick(x-markerGap-boxSide, d.y+(leading(textSize)-boxSide)/2, marker == "☑")
	default:
		s := d.clean(marker, "")
		d.page().text(max(marginSide, x-markerGap-d.extent(s, textSize)), d.y+baseline(textSize), textSize, s)
	}
}

// keepHeadings takes headings to the next page where there is no room for them and
// for the beginning of what follows.
func (d *paper) keepHeadings(blocks []portal.PrintBlock) {
	h := 0.0
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != portal.PrintHeading {
			h += 2 * leading(textSize)
			if b.Kind == portal.PrintGrid || b.Kind == portal.PrintCode {
				h += 3 * leading(textSize)
			}
			break
		}
		h += d.headingHeight(b)
	}
	d.need(min(h, d.fresh()))
}

func (d *paper) headingHeight(b *portal.PrintBlock) float64 {
	size := textSizeOf(b.Level)
	return float64(len(d.layRuns(headingRuns(b), d.inner(), size)))*leading(size) + spaceAbove(b.Level) + 1
}

func spaceAbove(level int) float64 { return max(1.5, 4.5-float64(level)) }

// headingRuns are a heading's number and words, by weight.
func headingRuns(b *portal.PrintBlock) []portal.PrintRun {
	var runs []portal.PrintRun
	if b.Number != "" {
		runs = append(runs, portal.PrintRun{Text: b.Number + " ", Strong: true})
	}
	for _, r := range b.Runs {
		r.Strong = true
		runs = append(runs, r)
	}
	return runs
}

func (d *paper) textHeading(b *portal.PrintBlock) {
	size, runs := textSizeOf(b.Level), headingRuns(b)
	if d.y > d.head.bottom+1 {
		d.y += spaceAbove(b.Level)
	}
	d.need(leading(size))
	d.anchor(b.ID)
	words := ""
	for _, r := range runs {
		words += r.Text
	}
	d.mark(words, max(1, b.Level))
	for _, l := range d.layRuns(runs, d.inner(), size) {
		d.need(leading(size))
		d.drawRuns(marginSide, d.y, size, 0, l)
		d.y += leading(size)
	}
}

func (d *paper) gapAfter(b, next *portal.PrintBlock) {
	switch {
	case b.Kind == portal.PrintHeading:
		d.y += 1
	case b.Kind == portal.PrintItem && next.Kind == portal.PrintItem:
		d.y += 0.5
	default:
		d.y += blockGap
	}
}

// quoteBars draws the bar beside a quote from where it began to where it ends.
func (d *paper) quoteBars(b *portal.PrintBlock, page int, y float64) {
	x := marginSide + min(float64(b.Quoted-1)*deeper, d.inner()*2/3) + barWidth
	for n := page; n <= len(d.pages); n++ {
		top, end := d.head.bottom, d.bottom()
		if n == page {
			top = y
		}
		if n == len(d.pages) {
			end = d.y
		}
		if pg := d.pages[n-1]; end > top {
			ink := pg.ink
			pg.in(light)
			pg.fill(x, top, barWidth, end-top)
			pg.in(ink)
		}
	}
}

// textImage sets a picture in the middle, no larger than the page, with its
// description below.
func (d *paper) textImage(b *portal.PrintBlock, x, w float64) {
	pic, ok := d.picture(b.Image)
	if ok {
		h := pic.h
		width := min(pic.w, w)
		h *= width / pic.w
		if most := d.fresh() - 3*leading(noteSize); h > most {
			width, h = width*most/h, most
		}
		d.need(h + leading(noteSize) + 1)
		d.place(pic, x+(w-width)/2, d.y, width, h)
		d.y += h + 1
	}
	if b.Image.Alt == "" {
		return
	}
	for _, l := range d.face.wrap(d.clean(oneLine(b.Image.Alt), ""), units(w, noteSize)) {
		d.need(leading(noteSize))
		d.page().in(grey)
		d.page().text(x+(w-d.extent(l, noteSize))/2, d.y+baseline(noteSize), noteSize, l)
		d.page().in(black)
		d.y += leading(noteSize)
	}
}
