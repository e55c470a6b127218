package pdf

import (
	"slices"
	"strconv"

	"kept/internal/portal"
)

// grid is a table being drawn: its columns have their widths, and rows go down
// the pages with the head repeated.
type grid struct {
	*paper
	columns []gridColumn
	size    float64
	head    [][]string
	headH   float64
	top     float64 // where the grid begins on this page
	caption string  // said with 续 above the head of each further page; "" for nothing
	group   string  // in which the rows are, repeated on each further page
	record  string  // of rows that name none
	keep    float64 // what must stand below the row on its page, in mm
}

type gridColumn struct {
	source int // index of the cell, -1 for the number
	title  string
	align  portal.Align
	x, w   float64
}

// Measures of a cell in mm.
const (
	padX     = 1.1
	padY     = 0.9
	thin     = 0.12
	thick    = 0.3
	numberMM = 10.0
)

// nothing fills a cell without a value: records have no blank cells.
const nothing = "/"

// longestTitle bounds a column's head, so that rows keep their room.
const longestTitle = 36

// table draws t with its head repeated on each page, / in empty cells and 以下空白
// after the last row (domain.md §9.1). Each further page says the heading again, ""
// for none.
func (d *paper) table(t *portal.Table, numbered bool, heading string) {
	g := d.newGrid(t, numbered)
	if len(g.columns) == 0 {
		return
	}
	if heading != "" {
		g.caption = d.clean(fit(oneLine(heading), longestHead), "") + d.clean(d.print.Words.Continued, "")
	}
	d.need(g.headH + 3*leading(g.size))
	g.begin()
	number := 0
	for i, row := range t.Rows {
		g.keep = g.below(t.Rows[i+1:])
		if row.Kind != portal.PlainRow {
			g.extraRow(row, t.Rows[i+1:])
			continue
		}
		g.row(g.cells(row, number), row)
		number++
	}
	g.group = ""
	if len(t.Rows) == 0 {
		g.span(or(t.Empty, d.print.Words.NoRows))
	} else {
		g.span(d.print.Words.Nothing)
	}
	d.y += 3
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// newGrid gives every printed column its width. The number column has a width
// of its own.
func (d *paper) newGrid(t *portal.Table, numbered bool) *grid {
	g := &grid{paper: d, size: tableSizes[0]}
	var printed []portal.Column
	var source []int
	for i, c := range t.Columns {
		if c.Weight > 0 {
			printed, source = append(printed, c), append(source, i)
		}
	}
	left, x := d.inner(), marginSide
	if len(printed) > 0 && numbered && printed[0].Title != d.print.Words.Number { // the rows have no number of their own
		w := max(numberMM, d.extent(strconv.Itoa(len(t.Rows)), g.size)+2*padX)
		g.columns = append(g.columns, gridColumn{-1, d.print.Words.Number, portal.Center, x, w})
		left, x = left-w, x+w
	}
	needs := d.needs(t, printed, source, fewLines)
	if !fits(needs, left) { // long texts in many columns: their weights say who gets how much
		needs = d.needs(t, printed, source, 0)
	}
	widths, size := d.fitColumns(printed, needs, left)
	g.size = size
	for i, c := range printed {
		g.columns = append(g.columns, gridColumn{source[i], c.Title, c.Align, x, widths[i]})
		x += widths[i]
	}
	g.head = make([][]string, len(g.columns))
	for i, c := range g.columns {
		g.head[i] = g.wrapStrong(c, fit(g.clean(oneLine(c.title), ""), longestTitle))
	}
	g.headH = g.heightOf(g.head)
	return g
}

func (g *grid) wrapIn(c gridColumn, s, record string) []string {
	return g.face.balance(g.clean(s, record), max(1, units(c.w-2*padX, g.size)))
}

// wrapStrong is for what is set in bold and of no record.
func (g *grid) wrapStrong(c gridColumn, s string) []string {
	return g.strong.balance(g.clean(s, ""), max(1, units(c.w-2*padX, g.size)))
}

func (g *grid) heightOf(cells [][]string) float64 {
	lines := 1
	for _, c := range cells {
		lines = max(lines, len(c))
	}
	return float64(lines)*leading(g.size) + 2*padY
}

func (g *grid) cells(row portal.Row, index int) [][]string {
	wrap := g.face.balance
	if row.Kind != portal.PlainRow {
		wrap = g.strong.balance
	}
	cells := make([][]string, len(g.columns))
	for i, c := range g.columns {
		switch {
		case c.source < 0:
			cells[i] = []string{strconv.Itoa(index + 1)}
		case c.source >= len(row.Cells) || row.Cells[c.source].Text == "":
			cells[i] = []string{nothing}
		default:
			cells[i] = wrap(g.cleanField(row.Cells[c.source].Text, or(row.ID, g.record), c.title), max(1, units(c.w-2*padX, g.size)))
		}
	}
	return cells
}

// begin draws the head and remembers where the grid's upright lines start.
func (g *grid) begin() {
	pg := g.page()
	g.top = g.y
	pg.in(pale)
	pg.fill(marginSide, g.y, g.inner(), g.headH)
	pg.in(black)
	for i, c := range g.columns {
		y := g.y + (g.headH-float64(len(g.head[i]))*leading(g.size))/2
		for n, l := range g.head[i] {
			x := c.x + (c.w-g.boldExtent(l, g.size))/2
			pg.bold(x, y+float64(n)*leading(g.size)+baseline(g.size), g.size, l)
		}
	}
	pg.line(marginSide, g.top, g.width-marginSide, g.top, thick)
	g.y += g.headH
	pg.line(marginSide, g.y, g.width-marginSide, g.y, thick)
}

// end draws the lines that close the part on this page.
func (g *grid) end() {
	g.uprights()
	g.page().line(marginSide, g.y, g.width-marginSide, g.y, thick)
}

// uprights draws the upright lines from the grid's top down to here.
func (g *grid) uprights() {
	if g.y <= g.top {
		return
	}
	pg := g.page()
	for i, c := range g.columns {
		width := thin
		if i == 0 {
			width = thick
		}
		pg.line(c.x, g.top, c.x, g.y, width)
	}
	pg.line(g.width-marginSide, g.top, g.width-marginSide, g.y, thick)
}

func (g *grid) nextPage() {
	g.end()
	g.newPage()
	if g.caption != "" {
		g.page().text(marginSide, g.y+baseline(noteSize), noteSize, g.cutTo(g.caption, g.inner(), noteSize, false))
		g.y += leading(noteSize) + 0.6
	}
	g.begin()
	if g.group != "" {
		g.band([]string{g.group})
	}
}

// above is the height of what a further page repeats before the first row.
func (g *grid) above() float64 {
	h := g.headH
	if g.caption != "" {
		h += leading(noteSize) + 0.6
	}
	if g.group != "" {
		h += g.oneLineHeight()
	}
	return h
}

// row draws one row. It goes to the next page where it fits there as a whole;
// a row taller than a page is continued line by line.
func (g *grid) row(cells [][]string, row portal.Row) {
	h := g.heightOf(cells)
	if h+g.keep > g.room() && h+g.keep <= g.fresh()-g.above() {
		g.nextPage()
	}
	for h > g.room() && !isEmpty(cells) {
		lines := int((g.room() - 2*padY) / leading(g.size))
		if lines < 2 {
			if g.y <= g.paper.head.bottom+g.above()+0.01 {
				lines = 1 // the head leaves no room: never loop
			} else {
				g.nextPage()
				continue
			}
		}
		cells = g.goesOn(g.part(cells, row, lines))
		h = g.heightOf(cells)
		g.nextPage()
	}
	if !isEmpty(cells) {
		g.part(cells, row, 1<<30)
	}
}

func isEmpty(cells [][]string) bool {
	return !slices.ContainsFunc(cells, func(lines []string) bool { return len(lines) > 0 })
}

// part draws the first n lines of every cell and returns the rest.
func (g *grid) part(cells [][]string, row portal.Row, n int) [][]string {
	now, rest := make([][]string, len(cells)), make([][]string, len(cells))
	for i, c := range cells {
		k := min(n, len(c))
		now[i], rest[i] = c[:k], c[k:]
	}
	h := g.heightOf(now)
	for i, c := range g.columns {
		g.cell(c.forEmpty(now[i]), now[i], toneOf(row, c.source))
	}
	g.y += h
	g.page().line(marginSide, g.y, g.width-marginSide, g.y, thin)
	return rest
}

// forEmpty puts the stroke of an empty cell in the middle.
func (c gridColumn) forEmpty(lines []string) gridColumn {
	if len(lines) == 1 && lines[0] == nothing {
		c.align = portal.Center
	}
	return c
}

func (g *grid) cell(c gridColumn, lines []string, ink shade) {
	pg := g.page()
	pg.in(ink)
	for n, l := range lines {
		x := c.x + padX
		switch c.align {
		case portal.Right:
			x = c.x + c.w - padX - g.extent(l, g.size)
		case portal.Center:
			x = c.x + (c.w-g.extent(l, g.size))/2
		}
		pg.text(x, g.y+padY+float64(n)*leading(g.size)+baseline(g.size), g.size, l)
	}
	pg.in(black)
}

func toneOf(row portal.Row, source int) shade {
	if source < 0 || source >= len(row.Cells) {
		return black
	}
	switch row.Cells[source].Tone {
	case portal.Bad, portal.Warn:
		return alarm
	case portal.Muted:
		return grey
	}
	return black
}

// span closes the columns and draws one line over the whole width: 以下空白, or
// that there is nothing.
func (g *grid) span(s string) {
	whole := gridColumn{x: marginSide, w: g.inner(), align: portal.Center}
	lines := g.wrapIn(whole, s, "")
	h := g.heightOf([][]string{lines})
	if h > g.room() {
		g.nextPage()
	}
	g.end()
	g.cell(whole, lines, black)
	g.page().box(marginSide, g.y, g.inner(), h, thick)
	g.y += h
}
