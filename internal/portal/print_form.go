package portal

import (
	"cmp"
	"slices"

	"kept/internal/record"
)

// formColumns are the fields of a form that the list of records shows, with their
// share of the width (domain.md §9.4).
var formColumns = [...]struct {
	name   string
	weight float64
}{{"form_no", 12}, {"title", 30}, {"kept_by", 16}, {"years", 8}, {"storage", 20}}

// FormPrint makes the list of records: for each document its forms, who keeps
// what comes of them, how long and where.
func (v *View) FormPrint(l Layout) *Print {
	var ids []string
	var sections []PrintSection
	for rec := range v.src.Register.Of(record.DocumentKind) {
		if s := v.formSection(rec); s.Table != nil {
			ids, sections = append(ids, rec.ID), append(sections, s)
		}
	}
	paper := v.paper(l, noPeriod(), v.Stamp(ids))
	if paper.DocumentNo == "" {
		paper.DocumentNo = v.src.Config.Document
	}
	paper.Sections = sections
	return paper
}

// HasForms tells whether any document names forms.
func (v *View) HasForms() bool {
	for rec := range v.src.Register.Of(record.DocumentKind) {
		if v.formSection(rec).Table != nil {
			return true
		}
	}
	return false
}

func (v *View) formSection(rec *record.Record) PrintSection {
	if rec.Broken || rec.Kind == nil || len(rec.Items("forms")) == 0 {
		return PrintSection{}
	}
	t := &Table{ID: "forms", Title: v.title(rec)}
	f, _ := rec.Kind.Field("forms")
	for _, c := range formColumns {
		m, _ := rec.Kind.Field(f.Name + "." + c.name)
		t.Columns = append(t.Columns, Column{Key: c.name, Title: v.label(m), Align: alignOf(m), Weight: c.weight})
	}
	for _, item := range rec.Items(f.Name) {
		row := Row{ID: rec.ID}
		for _, c := range formColumns {
			m, _ := rec.Kind.Field(f.Name + "." + c.name)
			row.Cells = append(row.Cells, v.joined(v.value(m, item.Plain(c.name))))
		}
		t.Rows = append(t.Rows, row)
	}
	slices.SortStableFunc(t.Rows, func(a, b Row) int { return cmp.Compare(a.Cells[0].Text, b.Cells[0].Text) })
	return PrintSection{Heading: joinWith(filled(rec.Text("number"), v.title(rec)), " "), Table: t, Numbered: true}
}
