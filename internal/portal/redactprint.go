package portal

import "slices"

// Swept is a paper with every text of its title and its sections masked once more:
// what a section took from a record by its own hand says nothing personal either.
// A paper that is meant to carry contacts stays as it is.
func (v *View) Swept(p *Print) *Print {
	if v.secret() {
		return p
	}
	paper := *p
	paper.Title, paper.DocumentNo, paper.Version = v.mask(p.Title), v.mask(p.DocumentNo), v.mask(p.Version)
	paper.Sections = slices.Clone(p.Sections)
	for i := range paper.Sections {
		s := &paper.Sections[i]
		s.Heading, s.Paragraphs, s.Notes = v.mask(s.Heading), v.maskAll(s.Paragraphs), v.maskAll(s.Notes)
		s.Figures = slices.Clone(s.Figures)
		for j := range s.Figures {
			f := &s.Figures[j]
			f.Label, f.Value, f.Note = v.mask(f.Label), v.mask(f.Value), v.mask(f.Note)
		}
		if s.Table != nil {
			s.Table = v.sweptTable(s.Table)
		}
	}
	return &paper
}

func (v *View) maskAll(texts []string) []string {
	texts = slices.Clone(texts)
	for i := range texts {
		texts[i] = v.mask(texts[i])
	}
	return texts
}

func (v *View) sweptTable(t *Table) *Table {
	swept := *t
	swept.Title, swept.Rows = v.mask(t.Title), slices.Clone(t.Rows)
	for i := range swept.Rows {
		cells := slices.Clone(swept.Rows[i].Cells)
		for j := range cells {
			if !cells[j].Mono {
				cells[j].Text = v.mask(cells[j].Text)
			}
		}
		swept.Rows[i].Cells = cells
	}
	return &swept
}
