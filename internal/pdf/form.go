package pdf

import (
	"kept/internal/portal"
)

// Measures of a form in mm.
const (
	formPadX   = 1.6
	formPadY   = 1.0
	leastLabel = 17.0 // width of a label
	mostLabel  = 34.0
	writeLine  = 7.0 // height of a line to write on by hand
)

// formRow is a row of cells being drawn: what is left of each.
type formRow struct {
	cells []formCell
	least float64 // room to write in
}

// form draws a grid of labels and values in blocks, each block with a bar that names
// it (domain.md §9.1). Rows go to the next page as a whole where they fit there.
func (d *paper) form(f *portal.PrintForm) {
	label := d.labelWidth(f)
	for _, b := range f.Blocks {
		d.formBlock(f, b, label)
	}
	d.y += 3
}

func (d *paper) formBlock(f *portal.PrintForm, b portal.PrintFormBlock, label float64) {
	rows := formRows(b.Cells, max(1, f.Columns))
	for i, cells := range rows {
		if len(cells) == 1 && cells[0].Table != nil {
			d.formTitle(b.Title, i == 0, 26)
			d.formTable(f, cells[0])
			continue
		}
		row := d.layFormRow(f, cells, label)
		d.formTitle(b.Title, i == 0, row.height())
		d.formRow(row)
	}
}

// formRows fills rows with cells by their spans; the last of a row takes what is left
// of it, and a list has one of its own.
func formRows(cells []portal.PrintFormCell, columns int) [][]portal.PrintFormCell {
	var rows [][]portal.PrintFormCell
	var row []portal.PrintFormCell
	used := 0
	flush := func() {
		if len(row) > 0 {
			row[len(row)-1].Span += columns - used
			rows = append(rows, row)
		}
		row, used = nil, 0
	}
	for _, c := range cells {
		c.Span = min(max(c.Span, 1), columns)
		if c.Table != nil || c.Span > columns-used {
			flush()
		}
		row, used = append(row, c), used+c.Span
		if c.Table != nil {
			flush()
		}
	}
	flush()
	return rows
}

// labelWidth is the same for all cells of a form, so that its lines go through.
func (d *paper) labelWidth(f *portal.PrintForm) float64 {
	w := leastLabel
	for _, b := range f.Blocks {
		for _, c := range b.Cells {
			if c.Label == "" || c.Table != nil {
				continue
			}
			all := d.extent(d.clean(oneLine(c.Label), ""), noteSize)
			word := float64(d.face.widestRun(fit(c.Label, longestLabel))) / 1000 * noteSize / points
			w = max(w, min(all, max(all/2+noteSize/points, word))+2*formPadX+0.2)
		}
	}
	return min(w, mostLabel, 0.45*d.inner()/float64(max(1, f.Columns)))
}

// formTitle draws the bar of a block with the beginning of what follows.
func (d *paper) formTitle(title string, first bool, keep float64) {
	if !first || title == "" {
		return
	}
	lines := d.strong.wrap(fit(d.clean(oneLine(title), ""), longestTitle*3), units(d.inner()-2*formPadX, bodySize))
	h := float64(len(lines))*leading(bodySize) + 2*formPadY
	d.need(min(h+keep, d.fresh()))
	d.mark(title, 1)
	pg := d.page()
	pg.in(light)
	pg.fill(marginSide, d.y, d.inner(), h)
	pg.in(black)
	pg.box(marginSide, d.y, d.inner(), h, thick)
	for i, l := range lines {
		pg.bold(marginSide+formPadX, d.y+formPadY+float64(i)*leading(bodySize)+baseline(bodySize), bodySize, l)
	}
	d.y += h
}

// formTable draws a list inside the form over its whole width, below a bar with its
// label.
func (d *paper) formTable(f *portal.PrintForm, c portal.PrintFormCell) {
	g := d.newGrid(c.Table, true)
	g.record = f.ID
	if len(g.columns) == 0 {
		return
	}
	if c.Label != "" {
		label := d.face.wrap(d.clean(oneLine(c.Label), ""), units(d.inner()-2*formPadX, noteSize))
		label = label[:min(len(label), mostLabelLines)]
		h := float64(len(label))*leading(noteSize) + 2*formPadY
		d.need(h + g.headH + 2*leading(g.size))
		pg := d.page()
		pg.in(pale)
		pg.fill(marginSide, d.y, d.inner(), h)
		pg.in(black)
		pg.box(marginSide, d.y, d.inner(), h, thick)
		d.lines(marginSide+formPadX, d.y+formPadY, noteSize, label, black)
		d.y += h
	}
	d.need(g.headH + 3*leading(g.size))
	g.begin()
	for i, row := range c.Table.Rows {
		cells := g.cells(row, i)
		if f.Blank || c.ToFill {
			g.leaveOpen(cells, row)
		}
		g.row(cells, row)
	}
	g.end()
}

// leaveOpen empties the cells that hold nothing and makes the row high enough to
// write in.
func (g *grid) leaveOpen(cells [][]string, row portal.Row) {
	lines := int(writeLine/leading(g.size)) + 1
	for i, c := range g.columns {
		if c.source >= 0 && (c.source >= len(row.Cells) || row.Cells[c.source].Text == "") {
			cells[i] = make([]string, lines)
		}
	}
}
