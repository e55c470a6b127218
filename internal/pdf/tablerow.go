package pdf

import (
	"strings"

	"kept/internal/portal"
)

// oneLineHeight is the height of a row with one line.
func (g *grid) oneLineHeight() float64 { return leading(g.size) + 2*padY }

// below is the height of what must stand on the page of the row before the given
// ones: the sums that follow it, and behind the last row the end of the table with
// the bar of signatures.
func (g *grid) below(rows []portal.Row) float64 {
	h := 0.0
	for _, row := range rows {
		if row.Kind != portal.SubtotalRow && row.Kind != portal.TotalRow {
			return h
		}
		h += g.oneLineHeight()
	}
	return h + g.oneLineHeight() + g.tail
}

// extraRow draws the head of a group, a subtotal or a total; rows come after it.
func (g *grid) extraRow(row portal.Row, rows []portal.Row) {
	if row.Kind == portal.GroupRow {
		g.groupHead(row.Head, rows)
		return
	}
	cells := g.cells(row, 0)
	from := g.firstTotal(row)
	whole := gridColumn{x: marginSide, w: g.spanTo(from), align: portal.Left}
	words := g.wrapStrong(whole, row.Head)
	words = words[:min(len(words), mostBand)] // the head of the group says all of it
	h := max(g.heightOf(cells[from:]), g.heightOf([][]string{words}))
	g.roomFor(h)
	g.shaded(h)
	g.strongCell(whole, words, h)
	for i := from; i < len(cells); i++ {
		g.strongCell(g.columns[i].forEmpty(cells[i]), cells[i], h)
	}
	g.crossed(from, h)
	g.y += h
	width := thin
	if row.Kind == portal.TotalRow {
		width = thick
	}
	g.page().line(marginSide, g.y, g.width-marginSide, g.y, width)
	if row.Kind == portal.SubtotalRow {
		g.group = ""
	}
}

// firstTotal is the first printed column whose cell says something; the words of
// the row stand before it. It is never the first, so that there is room for them.
func (g *grid) firstTotal(row portal.Row) int {
	for i, c := range g.columns {
		if i > 0 && c.source >= 0 && c.source < len(row.Cells) && row.Cells[c.source].Text != "" {
			return i
		}
	}
	return len(g.columns)
}

// spanTo is the width of the columns before i.
func (g *grid) spanTo(i int) float64 {
	w := 0.0
	for _, c := range g.columns[:i] {
		w += c.w
	}
	return w
}

// strongCell writes a cell of a row of height h in bold.
func (g *grid) strongCell(c gridColumn, lines []string, h float64) {
	y := g.y + (h-float64(len(lines))*leading(g.size))/2
	for n, l := range lines {
		x := c.x + padX
		switch c.align {
		case portal.Right:
			x = c.x + c.w - padX - g.boldExtent(l, g.size)
		case portal.Center:
			x = c.x + (c.w-g.boldExtent(l, g.size))/2
		}
		g.page().bold(x, y+float64(n)*leading(g.size)+baseline(g.size), g.size, l)
	}
}

// groupHead closes the columns and names what the next rows have in common. It
// stays with the first of them.
func (g *grid) groupHead(head string, rows []portal.Row) {
	g.group = ""
	if len(rows) > 0 {
		head = g.clean(head, rows[0].ID) // whose value it is
	}
	lines := g.wrapStrong(gridColumn{w: g.inner()}, oneLine(head))
	for ; len(lines) > mostBand; lines = lines[mostBand:] {
		g.roomFor(g.heightOf([][]string{lines[:mostBand]}))
		g.band(lines[:mostBand])
	}
	h := g.heightOf([][]string{lines}) + g.oneLineHeight()
	if len(rows) > 0 && rows[0].Kind == portal.PlainRow {
		h += g.heightOf(g.cells(rows[0], 0)) + g.below(rows[1:]) - g.oneLineHeight()
	}
	g.roomFor(h)
	g.band(lines)
	g.group = g.cutTo(head, g.inner()-2*padX-14, g.size, true) + g.clean(g.print.Words.Continued, "")
}

// mostBand is how many lines of a group's head stand together.
const mostBand = 6

// roomFor begins a page where h is not left on this one and fits there.
func (g *grid) roomFor(h float64) {
	if h > g.room() && h <= g.fresh()-g.above() {
		g.nextPage()
	}
}

// band draws lines over the whole width, shaded.
func (g *grid) band(lines []string) {
	h := g.heightOf([][]string{lines})
	g.shaded(h)
	g.strongCell(gridColumn{x: marginSide, w: g.inner(), align: portal.Left}, lines, h)
	g.crossed(len(g.columns), h)
	g.y += h
	g.page().line(marginSide, g.y, g.width-marginSide, g.y, thin)
}

// shaded fills the ground of a row of height h and draws the line above it again.
func (g *grid) shaded(h float64) {
	pg := g.page()
	pg.in(pale)
	pg.fill(marginSide, g.y, g.inner(), h)
	pg.in(black)
	pg.line(marginSide, g.y, g.width-marginSide, g.y, thin)
}

// crossed ends the upright lines above a row whose first columns are one, and lets
// them go on below it: the row gets lines of its own from column i on.
func (g *grid) crossed(from int, h float64) {
	pg := g.page()
	g.uprights()
	g.top = g.y + h
	pg.line(marginSide, g.y, marginSide, g.y+h, thick)
	pg.line(g.width-marginSide, g.y, g.width-marginSide, g.y+h, thick)
	for i := from; i < len(g.columns); i++ {
		pg.line(g.columns[i].x, g.y, g.columns[i].x, g.y+h, thin)
	}
}

// goesOn marks the rest of a row that is continued on the next page in its first
// column, where there is room for the word.
func (g *grid) goesOn(rest [][]string) [][]string {
	word := g.clean(strings.Trim(g.print.Words.Continued, " （）()"), "")
	if isEmpty(rest) || len(rest[0]) > 0 {
		return rest
	}
	if g.extent(word, g.size) > g.columns[0].w-2*padX {
		word = "…"
	}
	rest[0] = []string{word}
	return rest
}
