package portal

import (
	"slices"

	"kept/internal/chart"
)

// Swept is a paper with every text of its title and its sections masked once more:
// what a section took from a record by its own hand says nothing personal either.
// A paper that is meant to carry contacts stays as it is.
func (v *View) Swept(p *Print) *Print {
	if v.secret() {
		return p
	}
	paper := *p
	for _, text := range []*string{
		&paper.Title, &paper.Organisation, &paper.System, &paper.DocumentNo, &paper.Version, &paper.Period, &paper.AsOf,
		&paper.Classification, &paper.Head, &paper.Foot, &paper.Watermark,
	} {
		*text = v.mask(*text)
	}
	paper.Sections = v.sweptSections(p.Sections)
	if p.Cover != nil {
		cover := *p.Cover
		cover.Subtitle, cover.Notice, cover.Parts = v.mask(cover.Subtitle), v.mask(cover.Notice), v.sweptSections(cover.Parts)
		cover.Facts = slices.Clone(cover.Facts)
		for i, f := range cover.Facts {
			cover.Facts[i] = PrintFact{v.mask(f.Label), v.mask(f.Value)}
		}
		paper.Cover = &cover
	}
	paper.Signatures = slices.Clone(p.Signatures)
	for i, s := range paper.Signatures {
		paper.Signatures[i] = PrintSignature{v.mask(s.Title), v.mask(s.Name), v.mask(s.Date)}
	}
	return &paper
}

func (v *View) sweptSections(sections []PrintSection) []PrintSection {
	sections = slices.Clone(sections)
	for i := range sections {
		s := &sections[i]
		s.Heading, s.Paragraphs, s.Notes = v.mask(s.Heading), v.maskAll(s.Paragraphs), v.maskAll(s.Notes)
		s.Figures = slices.Clone(s.Figures)
		for j := range s.Figures {
			f := &s.Figures[j]
			f.Label, f.Value, f.Note = v.mask(f.Label), v.mask(f.Value), v.mask(f.Note)
		}
		if s.Table != nil {
			s.Table = v.sweptTable(s.Table)
		}
		if s.Bars != nil {
			bars := *s.Bars
			bars.Title, bars.Bars = v.mask(bars.Title), slices.Clone(bars.Bars)
			for j := range bars.Bars {
				b := &bars.Bars[j]
				b.Name, b.Text, b.Cumulative = v.mask(b.Name), v.mask(b.Text), v.mask(b.Cumulative)
			}
			s.Bars = &bars
		}
		s.Chart = v.sweptChart(s.Chart)
		s.Form, s.Text = v.sweptForm(s.Form), v.sweptText(s.Text)
	}
	return sections
}

func (v *View) sweptChart(t *chart.Trend) *chart.Trend {
	if t == nil {
		return nil
	}
	swept := *t
	swept.Points = slices.Clone(t.Points)
	for _, text := range []*string{&swept.Title, &swept.Summary, &swept.TargetLabel, &swept.Unit, &swept.SmallLabel, &swept.NoneLabel} {
		*text = v.mask(*text)
	}
	for i := range swept.Points {
		p := &swept.Points[i]
		p.Label, p.Text, p.Short = v.mask(p.Label), v.mask(p.Text), v.mask(p.Short)
	}
	return &swept
}

func (v *View) sweptForm(f *PrintForm) *PrintForm {
	if f == nil {
		return nil
	}
	swept := PrintForm{Columns: f.Columns, Blank: f.Blank, ID: f.ID, Blocks: slices.Clone(f.Blocks)}
	for i := range swept.Blocks {
		b := &swept.Blocks[i]
		b.Title, b.Cells = v.mask(b.Title), slices.Clone(b.Cells)
		for j := range b.Cells {
			c := &b.Cells[j]
			c.Label, c.Value, c.Ticks = v.mask(c.Label), v.mask(c.Value), slices.Clone(c.Ticks)
			for k := range c.Ticks {
				c.Ticks[k].Text = v.mask(c.Ticks[k].Text)
			}
			if c.Table != nil {
				c.Table = v.sweptTable(c.Table)
			}
		}
	}
	return &swept
}

func (v *View) sweptText(blocks []PrintBlock) []PrintBlock {
	blocks = slices.Clone(blocks)
	for i := range blocks {
		b := &blocks[i]
		b.Number, b.Marker = v.mask(b.Number), v.mask(b.Marker)
		b.Runs, b.Lines, b.Head = v.sweptRuns(b.Runs), v.maskAll(b.Lines), v.sweptCells(b.Head)
		b.Rows = slices.Clone(b.Rows)
		for j := range b.Rows {
			b.Rows[j] = v.sweptCells(b.Rows[j])
		}
		if b.Image != nil {
			image := *b.Image
			image.Alt = v.mask(image.Alt)
			b.Image = &image
		}
	}
	return blocks
}

func (v *View) sweptCells(cells []PrintGridCell) []PrintGridCell {
	cells = slices.Clone(cells)
	for i := range cells {
		cells[i].Runs = v.sweptRuns(cells[i].Runs)
	}
	return cells
}

// sweptRuns masks what the runs say together, too: a number is one, however its
// digits are written. A link that says what is masked leads nowhere.
func (v *View) sweptRuns(runs []PrintRun) []PrintRun {
	runs = slices.Clone(runs)
	whole := v.mask(textOfRuns(runs))
	for i := range runs {
		r := &runs[i]
		if r.Text = v.mask(r.Text); v.mask(r.Link) != r.Link {
			r.Link = ""
		}
	}
	if textOfRuns(runs) != whole {
		return []PrintRun{{Text: whole}}
	}
	return runs
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
	swept.Title, swept.Empty, swept.Rows, swept.Columns = v.mask(t.Title), v.mask(t.Empty), slices.Clone(t.Rows), slices.Clone(t.Columns)
	for i := range swept.Columns {
		c := &swept.Columns[i]
		c.Title, c.Help = v.mask(c.Title), v.mask(c.Help)
	}
	for i := range swept.Rows {
		cells := slices.Clone(swept.Rows[i].Cells)
		for j := range cells {
			if !cells[j].Mono {
				cells[j].Text = v.mask(cells[j].Text)
			}
		}
		swept.Rows[i].Cells, swept.Rows[i].Head, swept.Rows[i].Note = cells, v.mask(swept.Rows[i].Head), v.mask(swept.Rows[i].Note)
	}
	return &swept
}
