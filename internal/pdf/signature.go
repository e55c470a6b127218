package pdf

// signHeight is the room to sign by hand in mm (domain.md §9.1: at least 12).
const signHeight = 15.0

// signatures draws the bar 编制, 审核, 批准 with place for signature and date.
// It stands at the end of the paper and is never split over pages.
func (d *paper) signatures() {
	places := d.print.Signatures
	if len(places) == 0 {
		return
	}
	const size = bodySize
	d.need(signHeight + 4)
	d.y += 2
	w := d.inner() / float64(len(places))
	pg := d.page()
	for i, place := range places {
		x := marginSide + float64(i)*w
		pg.box(x, d.y, w, signHeight, thick)
		label := fit(d.clean(oneLine(place.Title+" "+place.Name), ""), 40)
		labelW := min(max(16, d.extent(label, size)+4), w*0.4)
		pg.in(pale)
		pg.fill(x+0.2, d.y+0.2, labelW, signHeight-0.4)
		pg.in(black)
		lines := d.face.wrap(label, units(labelW-2, size))
		lines = lines[:min(len(lines), 2)]
		y := d.y + (signHeight-float64(len(lines))*leading(size))/2
		d.lines(x+2, y, size, lines, black)
		d.signLine(x+labelW+2, d.y, d.print.Words.Sign)
		d.signLine(x+labelW+2+(w-labelW)*0.58, d.y, d.print.Words.Date)
	}
	d.y += signHeight + 2
}

func (d *paper) signLine(x, y float64, word string) {
	pg := d.page()
	pg.in(grey)
	pg.text(x, y+baseline(noteSize)+0.8, noteSize, d.clean(fit(word, 20), ""))
	pg.in(black)
}
