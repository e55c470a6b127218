package pdf

import (
	"fmt"

	"kept/internal/finding"
	"kept/internal/portal"
)

// Print sets a paper and returns the PDF: the same bytes for the same paper and
// face. The findings (rule pdf-glyph) name characters that the face lacks or
// that cannot be seen, with the record in whose row they stand.
func Print(faces *Faces, p *portal.Print) ([]byte, finding.List, error) {
	d := newPaper(faces, p)
	d.mark(p.Title, 0)
	d.cover()
	for i, s := range p.Sections {
		if i == len(p.Sections)-1 && endsWithTable(s) {
			d.tail = d.signed() + 3 + d.noted(s.Notes)
		}
		d.section(s)
	}
	d.signatures()
	d.contents()
	d.numberPages()
	d.drawFeet()
	data, err := d.file()
	if err != nil {
		return nil, nil, fmt.Errorf("print %q: %w", p.ID, err)
	}
	return data, d.reported(), nil
}
