package pdf

import "kept/internal/portal"

// section draws one part of the paper and its bookmark.
func (d *paper) section(s portal.PrintSection) {
	if s.PageBreak {
		d.need(d.fresh() + 1)
	}
	if s.Heading != "" {
		d.heading(s)
	}
	for _, p := range s.Paragraphs {
		d.paragraph(p, bodySize, black)
		d.y += 1
	}
	d.figures(s.Figures)
	if s.Table != nil {
		if s.Heading == "" {
			d.mark(s.Table.Title, 1)
		}
		d.table(s.Table, s.Numbered, s.Heading)
	}
	if s.Chart != nil {
		d.chart(s.Chart)
	}
	if s.Bars != nil {
		d.bars(s.Bars)
	}
	if s.Form != nil {
		d.form(s.Form)
	}
	d.text(s.Text)
	for _, n := range s.Notes {
		d.paragraph(n, noteSize, grey)
	}
	if len(s.Notes) > 0 {
		d.y += 2
	}
}

// endsWithTable tells that nothing but notes stands below the section's table.
func endsWithTable(s portal.PrintSection) bool {
	return s.Table != nil && s.Chart == nil && s.Bars == nil && s.Form == nil && len(s.Text) == 0
}

// noted is the height of notes, 0 where they are too many to stand with anything else.
func (d *paper) noted(notes []string) float64 {
	h := 0.0
	for _, n := range notes {
		h += float64(len(d.face.wrap(d.clean(n, ""), units(d.inner(), noteSize)))) * leading(noteSize)
	}
	if h == 0 || h > d.fresh()/4 {
		return 0
	}
	return h + 2
}

// heading keeps a heading with the beginning of what follows.
func (d *paper) heading(s portal.PrintSection) {
	keep := 22.0
	if s.Table != nil && len(s.Paragraphs) == 0 {
		keep = 34 // with the table's head and its first row
	}
	if s.Bars != nil && s.Table != nil && len(s.Table.Rows) < 12 { // a short table stands with its chart
		keep = headingSize(s.Level)/points*2 + float64(len(s.Table.Rows)+2)*(leading(tableSizes[0])+2*padY) + 4 + barsExtent(len(s.Bars.Bars))
	}
	if s.Chart != nil && s.Table == nil && len(s.Paragraphs) == 0 {
		keep = d.chartHeight() + leading(11) + 2
	}
	if d.y > d.head.bottom && s.Level < 2 {
		d.y += 1.5
	}
	d.need(min(keep, d.fresh()))
	d.mark(s.Heading, max(1, s.Level))
	size := headingSize(s.Level)
	for _, l := range d.strong.wrap(d.clean(s.Heading, ""), units(d.inner(), size)) {
		d.need(leading(size))
		d.page().bold(marginSide, d.y+baseline(size), size, l)
		d.y += leading(size)
	}
	d.y += 1
}

// headingSize is the size of a section's heading in points.
func headingSize(level int) float64 {
	return max(bodySize, 11.5-0.5*float64(max(1, level)))
}

// figures sets labelled values side by side, each in a box.
func (d *paper) figures(list []portal.PrintFigure) {
	const across, gap = 4, 3.0
	w := (d.inner() - (across-1)*gap) / across
	for len(list) > 0 {
		row := list[:min(across, len(list))]
		list = list[len(row):]
		d.figureRow(row, w, gap)
	}
}

func (d *paper) figureRow(row []portal.PrintFigure, w, gap float64) {
	boxes, h := make([]figureBox, len(row)), 0.0
	for i, f := range row {
		boxes[i] = d.layFigure(f, w-4)
		h = max(h, boxes[i].height())
	}
	d.need(h)
	for i, b := range boxes {
		x := marginSide + float64(i)*(w+gap)
		d.page().in(light)
		d.page().box(x, d.y, w, h, 0.2)
		y := d.y + 1.2
		y = d.lines(x+2, y, noteSize, b.label, grey)
		y = d.lines(x+2, y, 14, b.value, b.ink)
		d.lines(x+2, y, noteSize, b.note, grey)
	}
	d.y += h + 3
}

type figureBox struct {
	label, value, note []string
	ink                shade
}

func (d *paper) layFigure(f portal.PrintFigure, w float64) figureBox {
	set := func(s string, size float64) []string {
		if s == "" {
			return nil
		}
		return d.face.wrap(fit(d.clean(s, ""), 300), units(w, size))
	}
	b := figureBox{set(f.Label, noteSize), set(f.Value, 14), set(f.Note, noteSize), black}
	if f.Tone == portal.Bad || f.Tone == portal.Warn {
		b.ink = alarm
	}
	return b
}

func (b figureBox) height() float64 {
	return float64(len(b.label)+len(b.note))*leading(noteSize) + float64(len(b.value))*leading(14) + 2.4
}

// lines draws wrapped text and returns where it ends.
func (d *paper) lines(x, y, size float64, lines []string, ink shade) float64 {
	d.page().in(ink)
	for _, l := range lines {
		d.page().text(x, y+baseline(size), size, l)
		y += leading(size)
	}
	d.page().in(black)
	return y
}
