package portal

import (
	"math/big"

	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// mostBars bounds a chart: what is rarer than the first ones is one bar.
const mostBars = 12

// breakdownSections is a chart and a table for each thing by which the period is
// broken down (Pareto: the most frequent first, with the cumulated share); one that
// says so where there is nothing to break down.
func (v *View) breakdownSections(r *reader) []PrintSection {
	f, ok := r.rec.Kind.Field("breakdowns")
	if !ok {
		return nil
	}
	var sections []PrintSection
	by := ""
	for _, item := range r.rec.Items(f.Name) {
		if name := v.mask(item.Text("by")); len(sections) == 0 || by != name {
			by = name
			sections = append(sections, PrintSection{Heading: v.words("portal.print-breakdown", "by", by), Table: v.breakdownTable(r, by)})
		}
		s := &sections[len(sections)-1]
		s.Table.Rows = append(s.Table.Rows, v.breakdownRow(r.rec.ID, item))
	}
	for i := range sections {
		sections[i].Bars = v.bars(sections[i].Heading, sections[i].Table)
	}
	if len(sections) == 0 && len(r.rec.Items("durations")) > 0 {
		return []PrintSection{{Heading: v.label(f), Paragraphs: []string{v.p.Say("portal.report-nothing-counted")}}}
	}
	return sections
}

func (v *View) breakdownTable(r *reader, by string) *Table {
	return &Table{ID: "breakdowns", Title: by, Columns: []Column{
		{Key: "name", Title: by, Weight: 20},
		{Key: "count", Title: v.memberLabel(r, "breakdowns.count"), Align: Right, Weight: 6},
		{Key: "share", Title: v.memberLabel(r, "breakdowns.share"), Align: Right, Weight: 8},
		{Key: "cumulative", Title: v.memberLabel(r, "breakdowns.cumulative"), Align: Right, Weight: 8},
	}}
}

func (v *View) breakdownRow(id string, item yamldoc.Object) Row {
	name := Cell{Text: v.mask(item.Text("name"))}
	if id := item.Text("record"); id != "" {
		name = v.refCell(id, withID)
	}
	count, _ := item.Number("count")
	return Row{ID: id, Cells: []Cell{name, {Text: quotient(count)}, {Text: v.mask(item.Text("share"))}, {Text: v.mask(item.Text("cumulative"))}}}
}

// bars draws the rows of a breakdown; a single value needs no chart.
func (v *View) bars(title string, t *Table) *PrintBars {
	if len(t.Rows) < 2 {
		return nil
	}
	b := &PrintBars{Title: v.words("portal.report-pareto", "title", title)}
	whole, rest := 0, PrintBar{}
	add := func(bar PrintBar) {
		bar.Text = plainCount(bar.Count)
		b.Bars = append(b.Bars, bar)
		whole += bar.Count
	}
	for i, row := range t.Rows {
		bar := PrintBar{Name: row.Cells[0].Text, Count: atoi(row.Cells[1].Text), Cumulative: row.Cells[3].Text + "%"}
		if len(t.Rows) > mostBars && i >= mostBars-1 {
			rest.Count, rest.Cumulative = rest.Count+bar.Count, bar.Cumulative
			continue
		}
		add(bar)
	}
	if n := len(t.Rows) - len(b.Bars); n > 0 {
		rest.Name = v.p.Say("portal.report-others", locale.N("n", n))
		add(rest)
	}
	for i, sum := 0, 0; i < len(b.Bars) && whole > 0; i++ {
		sum += b.Bars[i].Count
		b.Bars[i].Share, _ = big.NewRat(int64(sum), int64(whole)).Float64()
	}
	return b
}

func atoi(s string) int {
	n, ok := new(big.Int).SetString(s, 10)
	if !ok || !n.IsInt64() {
		return 0
	}
	return int(n.Int64())
}
