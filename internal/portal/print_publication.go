package portal

import (
	"math/big"
	"slices"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// publicationPrint is the report that a publication issues, as it is signed: what
// the record says and nothing that is computed again. Its title is the report's
// and the signature bar names who prepared, reviewed and approved it as typed
// (domain.md §4.6, §9.1).
func (v *View) publicationPrint(rec *record.Record) *Print {
	r := v.reader(rec)
	l := Layout{ID: pageName(rec.ID), Title: locale.Plain(v.title(rec)), FormNo: rec.Kind.FormNo, Classification: rec.Text("classification")}
	if report := v.src.Register.Get(rec.Text("report")); report != nil {
		l.Title = locale.Plain(v.title(report))
		if no := report.Text("form_no"); no != "" {
			l.FormNo = no
		}
	}
	period, err := calendar.ParsePeriod(rec.Text(record.PeriodField))
	if err != nil {
		period = noPeriod()
	}
	paper := v.paper(l, period, v.Stamp([]string{rec.ID}))
	paper.PeriodKey = "" // the file is named after the record
	paper.Title = v.titled(paper.Title)
	if paper.DocumentNo == "" {
		paper.DocumentNo = v.src.Config.Document
	}
	paper.Signatures = nil
	for _, step := range []struct{ title, by string }{
		{v.p.Say("pdf.prepared"), "prepared_by"}, {v.p.Say("pdf.reviewed"), "reviewed_by"}, {v.p.Say("pdf.approved"), "approved_by"},
	} {
		paper.Signatures = append(paper.Signatures, PrintSignature{Title: step.title, Name: r.v.flat(r.named(step.by))})
	}
	paper.Sections = slices.Concat(
		[]PrintSection{r.v.publicationHead(r), r.v.publishedFigures(r)},
		r.v.listSections(r, "counts", "compared"), r.v.breakdownSections(r), r.v.listSections(r, "durations"), r.v.publishedLists(r),
		r.v.publishedTexts(r), r.v.listSections(r, "proposals", "deliveries"), r.v.approvals(r),
	)
	return paper
}

// filled leaves out what is empty.
func filled(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// publicationHead says which issue this is, and of which data.
func (v *View) publicationHead(r *reader) PrintSection {
	s := v.pairs("")
	s.Table.Rows = append(s.Table.Rows, pair(v.p.Say("portal.record"), r.rec.ID+" "+v.title(r.rec)))
	for _, name := range []string{"report", record.PeriodField, "data_version", "statement", record.StatusField, "withdrawn_reason"} {
		s.add(v.field(r, name), v)
	}
	return s
}

func (s *PrintSection) add(f Field, v *View) {
	if text := v.flat(f.Value); text != "" {
		s.Table.Rows = append(s.Table.Rows, pair(f.Label, text))
	}
}

// publishedFigures is the table of figures with the words and units of the KPIs.
func (v *View) publishedFigures(r *reader) PrintSection {
	f, _ := r.rec.Kind.Field("figures")
	label := func(name string) string {
		m, _ := r.rec.Kind.Field("figures." + name)
		return v.label(m)
	}
	t := &Table{ID: f.Name, Title: v.label(f), Columns: []Column{
		{Key: "kpi", Title: label("kpi"), Weight: 14},
		{Key: "basis", Title: label("basis"), Weight: 5},
		{Key: "value", Title: label("value"), Align: Right, Weight: 8},
		{Key: "fraction", Title: v.p.Say("portal.kpi-fraction"), Align: Right, Weight: 8},
		{Key: "excluded", Title: label("excluded"), Align: Right, Weight: 5},
		{Key: "target", Title: label("target"), Align: Right, Weight: 7},
		{Key: "verdict", Title: label("verdict"), Weight: 7},
	}}
	for _, item := range r.rec.Items("figures") {
		cell := func(name string) Cell {
			m, _ := r.rec.Kind.Field("figures." + name)
			return v.joined(v.value(m, item.Plain(name)))
		}
		fraction := joinWith(filled(v.mask(item.Text("numerator")), v.mask(item.Text("denominator"))), "/")
		name := cell("kpi")
		if d := v.byKPI[item.Text("kpi")]; d != nil {
			name.Text = v.kpiTitle(d)
		}
		t.Rows = append(t.Rows, Row{ID: r.rec.ID, Cells: []Cell{
			name, cell("basis"), {Text: v.issuedNumber(item, "value", cell)}, {Text: fraction}, cell("excluded"), {Text: v.issuedNumber(item, "target", cell)}, cell("verdict"),
		}})
	}
	return PrintSection{Heading: t.Title, Table: t}
}

// issuedNumber says a number of a figure with the unit of its KPI, a target with
// its sense, and no number as a dash.
func (v *View) issuedNumber(item yamldoc.Object, name string, cell func(string) Cell) string {
	d, text := v.byKPI[item.Text("kpi")], item.Text(name)
	if text == "" {
		return noValue
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok || d == nil {
		return cell(name).Text
	}
	for i := range d.Targets {
		if name == "target" && d.Targets[i].Value.Cmp(n) == 0 {
			return v.target(&d.Targets[i], d.Unit)
		}
	}
	return v.quantity(n, d.Unit, d.Digits)
}

// listSections are lists of objects, each a table; empty ones are left out.
func (v *View) listSections(r *reader, names ...string) []PrintSection {
	var sections []PrintSection
	for _, name := range names {
		f := v.field(r, name)
		if f.Table != nil {
			sections = append(sections, tableSection(f.Label, f.Table, r.rec.ID))
		}
	}
	return sections
}

// tableSection prints a table that was made for the screen.
func tableSection(heading string, t *Table, id string) PrintSection {
	t.Columns = slices.Clone(t.Columns)
	for i := range t.Columns {
		t.Columns[i].Weight = max(t.Columns[i].Weight, 1)
	}
	for i := range t.Rows {
		t.Rows[i].ID = id
	}
	return PrintSection{Heading: heading, Table: t}
}

// breakdownSections is a table for each thing by which the period is broken down;
// one that says so where there is nothing to break down.
func (v *View) breakdownSections(r *reader) []PrintSection {
	f, ok := r.rec.Kind.Field("breakdowns")
	if !ok {
		return nil
	}
	label := func(name string) string {
		m, _ := r.rec.Kind.Field(f.Name + "." + name)
		return v.label(m)
	}
	table := func(by string) *Table {
		return &Table{ID: f.Name, Title: by, Columns: []Column{
			{Key: "name", Title: by, Weight: 20},
			{Key: "count", Title: label("count"), Align: Right, Weight: 6},
			{Key: "share", Title: label("share"), Align: Right, Weight: 8},
			{Key: "cumulative", Title: label("cumulative"), Align: Right, Weight: 8},
		}}
	}
	var sections []PrintSection
	for _, item := range r.rec.Items(f.Name) {
		by := v.mask(item.Text("by"))
		if n := len(sections); n == 0 || sections[n-1].Table.Title != by {
			sections = append(sections, PrintSection{Heading: v.p.Say("portal.print-breakdown", locale.A("by", by)), Table: table(by)})
		}
		name := Cell{Text: v.mask(item.Text("name"))}
		if id := item.Text("record"); id != "" {
			name = v.refCell(id, withID)
		}
		count, _ := item.Number("count")
		t := sections[len(sections)-1].Table
		t.Rows = append(t.Rows, Row{ID: r.rec.ID, Cells: []Cell{name, {Text: quotient(count)}, {Text: v.mask(item.Text("share"))}, {Text: v.mask(item.Text("cumulative"))}}})
	}
	if len(sections) == 0 && len(r.rec.Items("durations")) > 0 {
		return []PrintSection{{Heading: v.label(f), Table: table(label("name"))}}
	}
	return sections
}
