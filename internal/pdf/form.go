package pdf

import "kept/internal/portal"

// form draws a grid of labels and values in blocks.
func (d *paper) form(f *portal.PrintForm) {
	for _, b := range f.Blocks {
		d.paragraph(b.Title, bodySize, black)
		for _, c := range b.Cells {
			d.paragraph(c.Label+" "+or(c.Value, nothing), bodySize, black)
			if c.Table != nil {
				d.table(c.Table, true)
			}
		}
	}
}
