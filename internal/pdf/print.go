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
	d := settled(faces, p)
	d.drawFeet()
	data, err := d.file()
	if err != nil {
		return nil, nil, fmt.Errorf("print %q: %w", p.ID, err)
	}
	return data, d.reported(), nil
}
