package pdf

import (
	"kept/internal/portal"
)

// formCell is one cell laid out: where its label and its value stand, and what is
// left of both.
type formCell struct {
	x, labelW, w float64 // labelW is zero without a label
	label        []string
	value        []formLine
	ink          shade
}

// formLine is one line of a value: text, or boxes to tick.
type formLine struct {
	text  string
	ticks []placedTick
}

// placedTick is a box with its words at its distance from the value's left end.
type placedTick struct {
	x    float64
	text string
	on   bool
}

// What a label takes at most: it names a value and is none.
const (
	longestLabel   = 60
	mostLabelLines = 8
)

// layFormRow gives the cells of a row their places.
func (d *paper) layFormRow(f *portal.PrintForm, cells []portal.PrintFormCell, label float64) formRow {
	row := formRow{}
	x, unit := marginSide, d.inner()/float64(max(1, f.Columns))
	for _, c := range cells {
		w := unit * float64(c.Span)
		cell := formCell{x: x, w: w, ink: inkOf(c.Tone)}
		if c.Label != "" {
			cell.labelW = min(label, w/2)
			cell.label = d.face.balance(fit(d.clean(oneLine(c.Label), ""), longestLabel), units(cell.labelW-2*formPadX, noteSize))
			cell.label = cell.label[:min(len(cell.label), mostLabelLines)]
		}
		cell.value = d.formValue(f, c, w-cell.labelW-2*formPadX)
		row.cells = append(row.cells, cell)
		row.least = max(row.least, float64(c.Lines)*writeLine)
		x += w
	}
	if f.Blank {
		row.least = max(row.least, writeLine+1)
	}
	return row
}

func inkOf(t portal.Tone) shade {
	switch t {
	case portal.Bad, portal.Warn:
		return alarm
	case portal.Muted:
		return grey
	}
	return black
}

// formValue is the value in lines, boxes below it. What says nothing is a stroke, or
// nothing at all where it is to be filled in.
func (d *paper) formValue(f *portal.PrintForm, c portal.PrintFormCell, w float64) []formLine {
	var lines []formLine
	text := c.Value
	if text == "" && len(c.Ticks) == 0 && !f.Blank && !c.ToFill {
		text = nothing
	}
	if text != "" {
		for _, l := range d.face.wrap(d.cleanField(text, f.ID, c.Label), units(w, bodySize)) {
			lines = append(lines, formLine{text: l})
		}
	}
	return append(lines, d.placeTicks(f, c, w)...)
}

// Measures of a box in mm.
const (
	boxSide = 2.7
	boxGap  = 1.2 // between a box and its words
	tickGap = 3.6 // between words and the next box
)

// placeTicks sets boxes side by side, as many as a line holds; words wider than a line
// go on below without a box.
func (d *paper) placeTicks(f *portal.PrintForm, c portal.PrintFormCell, w float64) []formLine {
	var lines []formLine
	var line []placedTick
	x := 0.0
	for _, t := range c.Ticks {
		words := d.face.wrap(d.cleanField(oneLine(t.Text), f.ID, c.Label), units(w-boxSide-boxGap, bodySize))
		need := boxSide + boxGap + d.extent(words[0], bodySize)
		if x > 0 && x+need > w {
			lines, line, x = append(lines, formLine{ticks: line}), nil, 0
		}
		line = append(line, placedTick{x, words[0], t.On})
		x += need + tickGap
		for _, more := range words[1:] {
			lines, line, x = append(lines, formLine{ticks: line}), nil, 0
			lines = append(lines, formLine{text: more})
		}
	}
	if len(line) > 0 {
		lines = append(lines, formLine{ticks: line})
	}
	return lines
}

func (r *formRow) height() float64 {
	h := r.least
	for _, c := range r.cells {
		h = max(h, float64(len(c.label))*leading(noteSize)+2*formPadY, float64(len(c.value))*leading(bodySize)+2*formPadY)
	}
	return h
}

// formRow draws a row, on the next page where it fits there as a whole; a taller one
// goes on line by line.
func (d *paper) formRow(r formRow) {
	if h := r.height(); h > d.room() && h <= d.fresh() {
		d.need(h)
	}
	for r.height() > d.room() {
		lines := int((d.room() - 2*formPadY) / leading(bodySize))
		if lines < 2 && d.y > d.head.bottom {
			d.newPage()
			continue
		}
		part := formRow{cells: make([]formCell, len(r.cells))}
		for i, c := range r.cells {
			n := min(max(lines, 1), len(c.value))
			part.cells[i], r.cells[i].value = c, c.value[n:]
			part.cells[i].value = c.value[:n]
			part.cells[i].label = c.label[:min(len(c.label), max(lines, 1))]
		}
		r.least = 0
		d.drawFormRow(part)
		d.newPage()
	}
	d.drawFormRow(r)
}

// drawFormRow draws cells with their borders: labels shaded, values beside them.
func (d *paper) drawFormRow(r formRow) {
	h := r.height()
	pg := d.page()
	for _, c := range r.cells {
		if c.labelW > 0 {
			pg.in(pale)
			pg.fill(c.x, d.y, c.labelW, h)
			pg.in(black)
			y := d.y + (h-float64(len(c.label))*leading(noteSize))/2
			for i, l := range c.label {
				pg.text(c.x+(c.labelW-d.extent(l, noteSize))/2, y+float64(i)*leading(noteSize)+baseline(noteSize), noteSize, l)
			}
			pg.line(c.x+c.labelW, d.y, c.x+c.labelW, d.y+h, thin)
		}
		d.drawValue(c, h)
		pg.line(c.x, d.y, c.x, d.y+h, thin)
	}
	pg.line(marginSide, d.y, d.width-marginSide, d.y, thin)
	pg.line(marginSide, d.y+h, d.width-marginSide, d.y+h, thin)
	pg.line(marginSide, d.y, marginSide, d.y+h, thick)
	pg.line(d.width-marginSide, d.y, d.width-marginSide, d.y+h, thick)
	d.y += h
}

func (d *paper) drawValue(c formCell, h float64) {
	pg := d.page()
	x, y := c.x+c.labelW+formPadX, d.y+formPadY
	if all := float64(len(c.value)) * leading(bodySize); len(c.value) == 1 {
		y = d.y + (h-all)/2
	}
	for _, l := range c.value {
		pg.in(c.ink)
		pg.text(x, y+baseline(bodySize), bodySize, l.text)
		pg.in(black)
		for _, t := range l.ticks {
			d.drawTick(x+t.x, y+(leading(bodySize)-boxSide)/2, t.on)
			pg.text(x+t.x+boxSide+boxGap, y+baseline(bodySize), bodySize, t.text)
		}
		y += leading(bodySize)
	}
}

// The stroke of a ticked box as it can be read back: faces have it that have no box.
const tickRune = '√'

// drawTick draws a box, and in it the stroke, as a character where the face has it so
// that a copied text says what was chosen.
func (d *paper) drawTick(x, y float64, on bool) {
	pg := d.page()
	pg.box(x, y, boxSide, boxSide, 0.2)
	if !on {
		return
	}
	if d.face.covers(tickRune) {
		mark := string(tickRune)
		size := boxSide * points * 1.05
		pg.bold(x+(boxSide-d.boldExtent(mark, size))/2, y+boxSide/2+0.36*size/points, size, mark)
		return
	}
	pg.line(x+0.5, y+boxSide*0.55, x+boxSide*0.42, y+boxSide-0.5, 0.4)
	pg.line(x+boxSide*0.42, y+boxSide-0.5, x+boxSide-0.3, y+0.4, 0.4)
}
