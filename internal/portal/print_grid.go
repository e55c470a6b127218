package portal

import (
	"cmp"
	"slices"

	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// FilledForm is the paper of one record: its kind's form as a bordered grid, filled
// in, and the steps that it took (domain.md §9.1). It is nil for a record that cannot
// be read.
func (v *View) FilledForm(l Layout, rec *record.Record) *Print {
	if rec.Broken || rec.Kind == nil {
		return nil
	}
	g := v.gridOf(rec.Kind, l, rec)
	l.ID = pageName(rec.ID)
	paper := v.formPaper(l, rec.Kind, []string{rec.ID})
	paper.Title = v.p.Text(l.Title) + " " + rec.ID
	if v.secret() { // the head has room for one of both; the number stands in the form
		paper.Title = v.titled(v.p.Text(l.Title))
	}
	paper.Sections = []PrintSection{{Form: g.form()}}
	if steps := g.r.v.stepSection(rec); !l.Bare && len(steps.Table.Rows) > 0 {
		for i := range steps.Table.Rows {
			steps.Table.Rows[i].ID = rec.ID
		}
		paper.Sections = append(paper.Sections, steps)
	}
	if !l.Note.IsZero() {
		paper.Sections[len(paper.Sections)-1].Notes = []string{v.p.Text(l.Note)}
	}
	for i, s := range l.Signatures {
		if s.By != "" {
			paper.Signatures[i].Name = g.r.v.flat(g.r.named(s.By))
		}
		if s.At != "" {
			paper.Signatures[i].Date = g.r.v.flat(g.r.named(s.At))
		}
	}
	return paper
}

// BlankForm is the form of a kind to fill in by hand.
func (v *View) BlankForm(l Layout, kind *schema.Kind) *Print {
	paper := v.formPaper(l, kind, nil)
	paper.Sections = []PrintSection{{Form: v.gridOf(kind, l, nil).form()}}
	return paper
}

// formPaper is what a form carries filled or blank.
func (v *View) formPaper(l Layout, kind *schema.Kind, ids []string) *Print {
	paper := v.paper(l, noPeriod(), v.Stamp(ids))
	if paper.DocumentNo == "" {
		paper.DocumentNo = cmp.Or(kind.FormNo, v.src.Config.Document)
	}
	return paper
}

// gridMaker fills the grid of a form.
type gridMaker struct {
	v      *View // that knows what the record hides
	kind   *schema.Kind
	r      *reader // of the record; of one that holds nothing in a blank form
	layout Layout
	blank  bool
	auto   bool // the layout names no blocks: those of the kind, without what is empty
}

// gridOf makes a form from a record, or blank from none.
func (v *View) gridOf(kind *schema.Kind, l Layout, rec *record.Record) *gridMaker {
	g := &gridMaker{v: v, kind: kind, layout: l, blank: rec == nil, auto: len(l.Blocks) == 0}
	if rec == nil {
		g.r = &reader{v: v, rec: &record.Record{Kind: kind}, ready: true}
	} else {
		g.r = v.reader(rec)
		g.v = g.r.v
	}
	return g
}

func (g *gridMaker) form() *PrintForm {
	f := &PrintForm{Columns: g.layout.gridOf(), Blank: g.blank, ID: g.r.rec.ID}
	blocks := g.layout.Blocks
	if g.auto {
		blocks = g.kindBlocks()
	}
	if !g.blank && !g.layout.Untitled {
		f.Blocks = append(f.Blocks, g.heading())
	}
	for _, b := range blocks {
		if b.When != nil && (g.blank || !g.holds(b.When)) {
			continue
		}
		if block := g.block(b); len(block.Cells) > 0 {
			f.Blocks = append(f.Blocks, block)
		}
	}
	return f
}

// heading says which record it is, and how far it has come.
func (g *gridMaker) heading() PrintFormBlock {
	rec := g.r.rec
	number := rec.ID
	if before := rec.Text(record.RenumberedField); before != "" {
		number += g.v.words("portal.print-former", "id", before)
	}
	cells := []PrintFormCell{
		{Label: g.v.p.Say("portal.form-number"), Value: number},
		{Label: g.v.p.Say("portal.status"), Value: g.v.stateCell(rec).Text},
	}
	if title := g.v.title(rec); title != rec.ID {
		cells = append(cells, PrintFormCell{Label: g.v.p.Say("portal.form-title"), Value: title, Span: g.layout.gridOf()})
	}
	return PrintFormBlock{Cells: cells}
}

func (g *gridMaker) block(b LayoutBlock) PrintFormBlock {
	block := PrintFormBlock{Title: g.v.p.Text(b.Title)}
	for _, c := range b.Cells {
		cell, said := g.cell(c)
		if said || !g.auto || g.blank {
			block.Cells = append(block.Cells, cell)
		}
	}
	if b.Roster != nil {
		block.Cells = append(block.Cells, g.roster(b.Roster))
	}
	if b.Ask != nil {
		block.Cells = append(block.Cells, g.questions(b.Ask)...)
	}
	return block
}

// kindBlocks are the kind's groups of fields as blocks, and what stands in none of
// them, so that a filled form leaves nothing out.
func (g *gridMaker) kindBlocks() []LayoutBlock {
	shown := map[string]bool{
		record.SchemaField: true, record.IDField: true, record.StatusField: true, record.TransitionsField: true, record.LinksField: true,
		g.kind.Label: true, g.kind.Label + "_en": true, identities: g.kind.ID == record.PersonKind,
	}
	var blocks []LayoutBlock
	for _, b := range g.kind.Blocks {
		one := LayoutBlock{Title: b.Title}
		for _, name := range b.Fields {
			if !shown[name] {
				shown[name] = true
				one.Cells = append(one.Cells, LayoutCell{Name: name, Rows: blankRows})
			}
		}
		blocks = append(blocks, one)
	}
	rest := LayoutBlock{Title: locale.Text{ZH: g.v.p.Say("portal.other-fields"), EN: g.v.p.Say("portal.other-fields")}}
	for _, f := range g.kind.Fields {
		if !shown[f.Name] && !g.blank {
			rest.Cells = append(rest.Cells, LayoutCell{Name: f.Name})
		}
	}
	return slices.DeleteFunc(append(blocks, rest), func(b LayoutBlock) bool { return len(b.Cells) == 0 })
}

// holds evaluates a condition about the record.
func (g *gridMaker) holds(p *expr.Program) bool { return !g.blank && g.v.satisfies(p, g.r.rec) }
