package portal

import (
	"strings"

	"kept/internal/locale"
)

// publishedLists names the lists of records of a publication, in the order of print.
func publishedLists() []string {
	return []string{"overdue", "escalated", "repeated", "reopened", "refused"}
}

// publishedLists is the records that a publication lists; that there is none is
// said, too, where the period was analysed.
func (v *View) publishedLists(r *reader) []PrintSection {
	if len(r.rec.Items("durations")) == 0 {
		return nil
	}
	title := v.p.Say("portal.print-lists")
	t := &Table{ID: "lists", Title: title, Columns: []Column{
		{Key: "list", Title: v.p.Say("portal.report-list"), Weight: 9},
		{Key: "id", Title: v.p.Say("portal.record"), Weight: 9},
		{Key: "title", Title: v.p.Say("portal.report-subject"), Weight: 24},
		{Key: "state", Title: v.p.Say("portal.report-state"), Weight: 8},
	}}
	for _, name := range publishedLists() {
		ids := r.rec.Texts(name)
		label := v.p.Say("portal.report-listed", locale.A("list", v.field(r, name).Label), locale.N("n", len(ids)))
		if len(ids) == 0 {
			t.Rows = append(t.Rows, Row{ID: r.rec.ID, Cells: []Cell{{Text: label}, {Text: v.p.Say("portal.print-unlisted")}, {}, {}}})
		}
		for _, id := range ids {
			row := Row{ID: id, Cells: []Cell{{Text: label}, {Text: id}, {}, {}}}
			if rec := v.src.Register.Get(id); rec != nil && !rec.Broken && rec.Kind != nil {
				row.Cells[2].Text, row.Cells[3] = v.title(rec), Cell{Text: v.stateCell(rec).Text}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return []PrintSection{{Heading: title, Table: t}}
}

// publishedTexts are the words of who prepared the report.
func (v *View) publishedTexts(r *reader) []PrintSection {
	var sections []PrintSection
	for _, name := range []string{"commentary", "trends", "cases"} {
		f := v.field(r, name)
		if text := v.flat(f.Value); text != "" {
			sections = append(sections, PrintSection{Heading: f.Label, Paragraphs: strings.Split(strings.TrimSpace(text), "\n")})
		}
	}
	return sections
}

// approvals is the steps as typed, with who took them; what the history proves of
// them stands on the record's page.
func (v *View) approvals(r *reader) []PrintSection {
	s := v.stepSection(r.rec)
	if len(s.Table.Rows) == 0 {
		return nil
	}
	for i := range s.Table.Rows {
		s.Table.Rows[i].ID = r.rec.ID
	}
	return []PrintSection{s}
}
