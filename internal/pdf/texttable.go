package pdf

import (
	"slices"

	"kept/internal/portal"
)

// textGrid is a table of running text being drawn. Rows go down the pages with the
// head repeated.
type textGrid struct {
	*paper
	x      float64
	widths []float64
	size   float64
	head   []textCell
	headH  float64
}

type textCell struct {
	lines []runLine
	align portal.Align
}

// textTable draws a table of running text x from the left and w wide.
func (d *paper) textTable(b *portal.PrintBlock, x, w float64) {
	columns := len(b.Head)
	for _, r := range b.Rows {
		columns = max(columns, len(r))
	}
	if columns == 0 {
		return
	}
	g := &textGrid{paper: d, x: x}
	g.fitWidths(b, columns, w)
	head := slices.Clone(b.Head)
	for i := range head {
		head[i].Runs = strong(head[i].Runs)
		head[i].Align = portal.Center
	}
	g.head = g.lay(head)
	g.headH = g.height(g.head)
	first := 0.0
	if len(b.Rows) > 0 {
		first = g.height(g.lay(b.Rows[0]))
	}
	d.need(min(g.headH+min(first, 8*leading(g.size)), d.fresh()))
	g.drawHead()
	for _, r := range b.Rows {
		g.row(g.lay(r))
	}
}

func strong(runs []portal.PrintRun) []portal.PrintRun {
	runs = slices.Clone(runs)
	for i := range runs {
		runs[i].Strong = true
	}
	return runs
}

// fitWidths shares the width: each column gets what its widest word needs, and of the
// rest by what its longest cell would like. A table of many columns is set smaller.
func (g *textGrid) fitWidths(b *portal.PrintBlock, columns int, width float64) {
	for _, size := range []float64{9, 8, 7} {
		g.size = size
		least, likes := g.needs(b, columns, width)
		least = g.comfortable(least, likes, width)
		if g.share(least, likes, width) {
			return
		}
	}
}

// comfortable lets short cells stand on one line, where that leaves the long ones
// enough.
func (g *textGrid) comfortable(least, likes []float64, width float64) []float64 {
	for _, ems := range []float64{9, 7.5, 6} {
		easy, sum := make([]float64, len(least)), 0.0
		for i := range least {
			easy[i] = max(least[i], min(likes[i], ems*g.size/points+2*padX))
			sum += easy[i]
		}
		if sum <= width*0.75 {
			return easy
		}
	}
	return least
}

// share gives the widths, false where not even the widest words fit; then they are
// broken.
func (g *textGrid) share(least, likes []float64, width float64) bool {
	needed, liked := 0.0, 0.0
	for i := range least {
		needed, liked = needed+least[i], liked+likes[i]
	}
	g.widths = make([]float64, len(least))
	for i := range least {
		switch {
		case liked <= width:
			g.widths[i] = likes[i] * width / liked
		case needed <= width:
			g.widths[i] = least[i] + (width-needed)*(likes[i]-least[i])/(liked-needed)
		default:
			g.widths[i] = least[i] * width / needed
		}
	}
	return needed <= width
}

// needs says for each column how wide its widest word is and its longest cell.
func (g *textGrid) needs(b *portal.PrintBlock, columns int, width float64) (least, likes []float64) {
	least, likes = make([]float64, columns), make([]float64, columns)
	most := width * 1.5
	for n, row := range append([][]portal.PrintGridCell{b.Head}, b.Rows...) {
		for i, c := range row {
			s, heavy := "", n == 0
			for _, r := range g.withPages(c.Runs) {
				s += r.Text
				heavy = heavy || r.Strong || r.Stress
			}
			s = g.clean(s, "")
			word, whole := g.face.unbreakable(s), g.measure(oneLine(s), false)
			if heavy {
				word, whole = max(word, g.strong.unbreakable(s)), max(whole, g.measure(oneLine(s), true))
			}
			least[i] = max(least[i], min(max(mm(word, g.size)+2*padX, 2.2*g.size/points+2*padX), width/2))
			likes[i] = max(likes[i], min(mm(whole, g.size)+2*padX+0.5, most))
		}
	}
	for i := range likes {
		least[i] = max(least[i], 2.2*g.size/points+2*padX)
		likes[i] = max(likes[i], least[i])
	}
	return least, likes
}

func (g *textGrid) lay(row []portal.PrintGridCell) []textCell {
	cells := make([]textCell, len(g.widths))
	for i := range cells {
		if i < len(row) {
			cells[i] = textCell{g.layRuns(row[i].Runs, g.widths[i]-2*padX, g.size), row[i].Align}
		}
	}
	return cells
}

func (g *textGrid) height(cells []textCell) float64 {
	n := 1
	for _, c := range cells {
		n = max(n, len(c.lines))
	}
	return float64(n)*leading(g.size) + 2*padY
}

func (g *textGrid) drawHead() {
	if len(g.head) == 0 || isBlank(g.head) {
		return
	}
	w := 0.0
	for _, c := range g.widths {
		w += c
	}
	g.page().in(pale)
	g.page().fill(g.x, g.y, w, g.headH)
	g.page().in(black)
	g.part(g.head, 1<<30)
}

func isBlank(cells []textCell) bool {
	return !slices.ContainsFunc(cells, func(c textCell) bool { return len(c.lines) > 0 })
}

// row draws one row: on the next page where it fits there as a whole, else
// continued line by line.
func (g *textGrid) row(cells []textCell) {
	if h := g.height(cells); h > g.room() && h <= g.fresh()-g.headH {
		g.newPage()
		g.drawHead()
	}
	for drawn := false; !drawn || !isBlank(cells); drawn = true {
		lines := int((g.room() - 2*padY) / leading(g.size))
		if g.height(cells) > g.room() && lines < 2 {
			fresh := g.y <= g.paper.head.bottom+g.headH
			if !fresh {
				g.newPage()
				g.drawHead()
				lines = int((g.room() - 2*padY) / leading(g.size))
			}
			lines = max(lines, 1) // the head leaves no room: never loop
		}
		if cells = g.part(cells, lines); !isBlank(cells) {
			g.newPage()
			g.drawHead()
		}
	}
}

// part draws the first n lines of every cell with its borders and returns the rest.
func (g *textGrid) part(cells []textCell, n int) []textCell {
	now, rest := make([]textCell, len(cells)), make([]textCell, len(cells))
	for i, c := range cells {
		k := min(n, len(c.lines))
		now[i], rest[i] = textCell{c.lines[:k], c.align}, textCell{c.lines[k:], c.align}
	}
	h, x := g.height(now), g.x
	for i, c := range now {
		for k, l := range c.lines {
			at := x + padX
			switch c.align {
			case portal.Right:
				at = x + g.widths[i] - padX - l.width
			case portal.Center:
				at = x + (g.widths[i]-l.width)/2
			}
			g.drawRuns(at, g.y+padY+float64(k)*leading(g.size), g.size, 0, l)
		}
		g.page().box(x, g.y, g.widths[i], h, thin)
		x += g.widths[i]
	}
	g.y += h
	return rest
}
