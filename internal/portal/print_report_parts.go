package portal

import (
	"slices"
	"strings"

	"kept/internal/chart"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// reportParts are the parts that a report's own record describes: words, trends, and
// the records that the publication lists for them. Records of which the publication
// says nothing, as one from before the part was there, are left out.
func (v *View) reportParts(r *reader, report *record.Record, charts map[string]*chart.Trend) []PrintSection {
	if report == nil {
		return nil
	}
	extracts, _ := metric.ExtractsOf(v.src.Register, report)
	listed := map[string][]string{}
	for _, item := range r.rec.Items("extracts") {
		listed[item.Text("section")] = append(make([]string, 0), item.Texts("records")...)
	}
	var sections []PrintSection
	for _, o := range report.Items(metric.SectionsField) {
		ids, known := listed[o.Text(record.IDField)]
		at := slices.IndexFunc(extracts, func(x metric.Extract) bool { return x.ID == o.Text(record.IDField) })
		if o.Text("of") != "" && (!known || at < 0) {
			continue
		}
		part := []PrintSection{{Heading: v.bilingualText(o, "title"), Paragraphs: filled(v.bilingualText(o, "text"))}}
		for _, id := range o.Texts("kpis") {
			if c := charts[id]; c != nil && valued(c) > 1 {
				part = append(part, PrintSection{Chart: c})
			}
		}
		if at >= 0 && o.Text("of") != "" {
			v.extracted(&part[0], &extracts[at], ids, v.bilingualText(o, "none"))
		}
		sections = append(sections, part...)
	}
	return sections
}

func (v *View) bilingualText(o yamldoc.Object, key string) string {
	if text, ok := bilingual(o.Object(key)); ok {
		return strings.TrimSpace(v.p.Text(text))
	}
	return ""
}

// extracted puts the table of a part's records into its section; without any it says
// so.
func (v *View) extracted(s *PrintSection, x *metric.Extract, ids []string, none string) {
	t := &Table{ID: x.ID, Title: s.Heading}
	for _, name := range x.Columns {
		t.Columns = append(t.Columns, v.extractColumn(x, name))
	}
	groups := map[string][]Row{}
	var order []string
	for _, id := range ids {
		rec := v.src.Register.Get(id)
		if rec == nil || rec.Broken || rec.Kind != x.Kind {
			// That it is gone is no reason to hide that it was shown.
			order, groups[""] = seenFirst(order, ""), append(groups[""], v.goneRow(id, len(x.Columns)))
			continue
		}
		for _, row := range v.extractRows(x, rec) {
			order, groups[row.Head] = seenFirst(order, row.Head), append(groups[row.Head], row)
		}
	}
	slices.Sort(order)
	for _, head := range order {
		if head != "" {
			t.Rows = append(t.Rows, Row{Kind: GroupRow, Head: head, Cells: make([]Cell, len(t.Columns))})
		}
		for _, row := range groups[head] {
			row.Head = ""
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		if none == "" {
			none = v.p.Say("portal.report-none")
		}
		s.Paragraphs = append(s.Paragraphs, none)
		return
	}
	s.Table = t
}

func seenFirst(order []string, head string) []string {
	if slices.Contains(order, head) {
		return order
	}
	return append(order, head)
}

func (v *View) goneRow(id string, columns int) Row {
	cells := make([]Cell, columns)
	cells[0].Text = v.words("portal.report-gone", "id", id)
	return Row{ID: id, Cells: cells}
}

// The shares of columns in the width of a part's table.
const (
	wideColumn   = 24.0 // running text
	titleColumn  = 16.0
	narrowColumn = 9.0
)

func (v *View) extractColumn(x *metric.Extract, name string) Column {
	f, ok := x.Member(name)
	title := v.label(f)
	if !ok {
		f, _ = x.Kind.Field(name)
		title = v.p.Text(v.nameTitle(x.Kind, name))
	}
	c := Column{Key: name, Title: title, Align: alignOf(f), Weight: narrowColumn}
	switch {
	case f.Long:
		c.Weight = wideColumn
	case f.Type == schema.RefField || name == x.Kind.Label:
		c.Weight = titleColumn
	}
	return c
}

// extractRows are the rows of one record: one, or one for each item that says
// something.
func (v *View) extractRows(x *metric.Extract, rec *record.Record) []Row {
	r := v.reader(rec)
	if x.Each == "" {
		row, _ := v.extractRow(x, r, nil)
		return []Row{row}
	}
	var rows []Row
	for _, item := range rec.Items(x.Each) {
		if row, said := v.extractRow(x, r, &item); said {
			rows = append(rows, row)
		}
	}
	return rows
}

// extractRow is one row, with its group as the head, and whether it says anything:
// an item does where its running text does, or without such a column anything of
// its own.
func (v *View) extractRow(x *metric.Extract, r *reader, item *yamldoc.Object) (row Row, said bool) {
	row = Row{ID: r.rec.ID, Cells: make([]Cell, len(x.Columns))}
	own, text, long := item == nil, false, false
	for i, name := range x.Columns {
		row.Cells[i].Text = v.extractCell(x, r, item, name)
		if f, ok := x.Member(name); ok && item != nil {
			own = own || row.Cells[i].Text != ""
			long = long || f.Long
			text = text || f.Long && row.Cells[i].Text != ""
		}
	}
	if x.Group != "" {
		row.Head = v.extractCell(x, r, item, x.Group)
	}
	return row, own && (text || !long)
}

// extractCell is the text of one column: of the item where it has such a member,
// else of the record.
func (v *View) extractCell(x *metric.Extract, r *reader, item *yamldoc.Object, name string) string {
	if f, ok := x.Member(name); ok && item != nil {
		outer, _ := x.Kind.Field(x.Each)
		w := r.v.grouping(x, f)
		f.Class = stricter(w.src.Policy, outer.Class, f.Class)
		return w.flat(w.value(f, item.Plain(name)))
	}
	return r.v.flat(r.named(name))
}

// grouping is the view for words of respondents that stand grouped and beside
// nothing that says whose they are: paper for the staff shows them as a page does,
// masked, and none of a few (domain.md §10). What leaves the company stays as its
// edition has it.
func (v *View) grouping(x *metric.Extract, f schema.Field) *View {
	apart := func(name string) bool {
		_, own := x.Member(name)
		return !own
	}
	if x.Group == "" || apart(x.Group) || slices.ContainsFunc(x.Columns, apart) || f.Class != redact.ClassComment || v.src.Policy.Edition.Leaves() {
		return v
	}
	w, src := *v, *v.src
	src.Policy.Paper = false
	w.src = &src
	return &w
}
