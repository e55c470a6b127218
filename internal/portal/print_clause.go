package portal

import (
	"slices"
	"strings"

	"kept/internal/clause"
	"kept/internal/locale"
)

// ClausePrint makes the paper of the matrix: for each standard a row for each
// clause with what shows it and what is missing.
func (v *View) ClausePrint(l Layout) *Print {
	var ids []string
	var sections []PrintSection
	for i := range v.src.Clauses {
		c := &v.src.Clauses[i]
		ids = append(ids, c.ID)
		for _, e := range c.Evidence {
			ids = append(ids, e.Records...)
		}
		if n := len(sections); n == 0 || sections[n-1].Heading != c.Standard {
			sections = append(sections, v.standardSection(c.Standard))
		}
		t := sections[len(sections)-1].Table
		t.Rows = append(t.Rows, v.clausePrintRow(c))
	}
	sum := v.p.Say("portal.matrix-sum", locale.N("n", len(v.src.Clauses)), locale.N("gaps", v.clauseGaps()))
	sections = slices.Insert(sections, 0, PrintSection{Paragraphs: []string{sum, v.p.Say("portal.print-matrix-note")}})
	stamp := v.Stamp(ids)
	stamp.AsOf = v.src.AsOf // what counts as evidence depends on the moment
	paper := v.paper(l, noPeriod(), stamp)
	if paper.DocumentNo == "" {
		paper.DocumentNo = v.src.Config.Document
	}
	paper.Sections = sections
	return paper
}

func (v *View) standardSection(standard string) PrintSection {
	return PrintSection{Heading: standard, Table: &Table{ID: "clauses", Title: standard, Columns: []Column{
		{Key: "clause", Title: v.p.Say("portal.print-clause"), Weight: 11},
		{Key: "requirement", Title: v.p.Say("portal.print-requirement"), Weight: 22},
		{Key: "question", Title: v.p.Say("portal.print-question"), Weight: 15},
		{Key: "evidence", Title: v.p.Say("portal.print-evidence"), Weight: 48},
		{Key: "measures", Title: v.p.Say("portal.print-measures"), Weight: 22},
		{Key: "status", Title: v.p.Say("portal.print-verdict"), Weight: 13},
	}}}
}

func (v *View) clausePrintRow(c *clause.Clause) Row {
	view := v.clause(c)
	return Row{ID: c.ID, Cells: []Cell{
		{Text: view.Number + " " + view.Title},
		{Text: view.Requirement},
		{Text: view.Question},
		{Text: v.evidenceWords(&view)},
		{Text: v.measureWords(&view)},
		v.verdictWords(&view),
	}}
}

// printedRecords bounds the numbers on paper for one part of the evidence.
const printedRecords = 4

func (v *View) evidenceWords(c *ClauseView) string {
	var parts []string
	for i := range c.Evidence {
		e := &c.Evidence[i]
		found := e.Found
		if e.Kind.Text == "" {
			found = e.Missed
		}
		part := v.p.Say("portal.print-part", locale.A("title", e.Title), locale.A("found", found))
		if n := min(len(e.Records), printedRecords); n > 0 {
			part += v.p.Say("portal.print-records", locale.A("ids", joinCells(e.Records[:n], v.p.Say("portal.comma"))))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "\n")
}

func (v *View) measureWords(c *ClauseView) string {
	var parts []string
	for _, i := range c.Indicators {
		parts = append(parts, v.p.Say("portal.pair", locale.A("label", i.Name.Text), locale.A("value", i.Value)))
	}
	for _, d := range c.Documents {
		parts = append(parts, d.Text)
	}
	return strings.Join(parts, "\n")
}

// verdictWords says every gap of a clause, or that there is none.
func (v *View) verdictWords(c *ClauseView) Cell {
	var gaps []string
	for _, e := range c.Evidence {
		if e.State.Tone == Bad {
			gaps = append(gaps, v.p.Say("portal.pair", locale.A("label", e.Title), locale.A("value", e.State.Text)))
		}
	}
	if len(gaps) == 0 {
		return c.State
	}
	return Cell{Text: strings.Join(gaps, v.p.Say("portal.semicolon")), Tone: Bad}
}

func joinCells(cells []Cell, sep string) string {
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = c.Text
	}
	return strings.Join(texts, sep)
}
