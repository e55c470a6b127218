package portal

import (
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// RecordPrint is the paper of one record: a publication as the report that it
// issues, any other as the form that its kind's blocks make. It is nil for a record
// that cannot be read.
func (v *View) RecordPrint(rec *record.Record) *Print {
	if rec.Broken || rec.Kind == nil {
		return nil
	}
	if rec.Kind.ID == record.PublicationKind {
		return v.publicationPrint(rec)
	}
	return v.FilledForm(FormOf(nil, rec.Kind), rec)
}

// Printed finds the record that an id names, or the name of its paper, as a code has
// it, case ignored; nil where there is none.
func (v *View) Printed(id string) *record.Record {
	if rec := v.src.Register.Get(id); rec != nil {
		return rec
	}
	for rec := range v.src.Register.All() {
		if strings.EqualFold(pageName(rec.ID), id) {
			return rec
		}
	}
	return nil
}

// pairs is an empty table of labels and values.
func (v *View) pairs(heading string) PrintSection {
	return PrintSection{Heading: heading, Table: &Table{Title: heading, Columns: []Column{
		{Key: "field", Title: v.p.Say("redact.field"), Weight: 1, Screen: true},
		{Key: "value", Title: v.p.Say("redact.value"), Weight: 3, Screen: true},
	}}}
}

func pair(label, value string) Row { return Row{Cells: []Cell{{Text: label}, {Text: value}}} }

func (v *View) stepSection(rec *record.Record) PrintSection {
	title := v.p.Say("redact.steps")
	t := &Table{Title: title, Columns: []Column{
		{Key: "state", Title: v.p.Say("portal.steps-state"), Weight: 2, Screen: true},
		{Key: "at", Title: v.p.Say("redact.step-at"), Weight: 3, Screen: true},
		{Key: "by", Title: v.p.Say("redact.step-by"), Weight: 2, Screen: true},
		{Key: "note", Title: v.p.Say("redact.step-note"), Weight: 4, Screen: true},
	}}
	for _, s := range v.declaredSteps(rec) {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: s.To}, {Text: s.Declared}, {Text: s.By.Text}, {Text: s.Note}}})
	}
	return PrintSection{Heading: title, Table: t}
}

// secret tells whether the paper carries names and numbers of contacts.
func (v *View) secret() bool { return v.src.Contacts != nil }

// titled says in a title that contacts are on the paper.
func (v *View) titled(title string) string {
	if v.secret() {
		return v.p.Say("redact.with-contacts", locale.A("title", title))
	}
	return title
}

// contactWidth is the share of a column of contacts in a printed register.
const contactWidth = 9

// withContacts adds the fields that hold contacts to the columns of a register that
// is printed with them.
func (v *View) withContacts(kind *schema.Kind, columns []schema.Column) []schema.Column {
	if !v.secret() {
		return columns
	}
	columns = slices.Clone(columns)
	add := func(name string) {
		if !slices.ContainsFunc(columns, func(c schema.Column) bool { return c.Name == name }) {
			columns = append(columns, schema.Column{Name: name, Width: contactWidth})
		}
	}
	for _, f := range kind.Fields {
		if f.Class == redact.Personal && f.Name != identities {
			add(f.Name)
		}
		for _, m := range f.Fields {
			if m.Class == redact.Personal {
				add(f.Name + "." + m.Name)
			}
		}
	}
	return columns
}
