package portal

import (
	"cmp"
	"slices"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// RegisterPrint makes the printed register of a kind by its layout: the records that
// belong to the period by their kind's date, or all of them for the zero period.
func (v *View) RegisterPrint(l Layout, kind *schema.Kind, p calendar.Period) *Print {
	t := v.layoutTable(&l, kind, p)
	v.formerNumbers(t)
	paper := v.paper(l, p, v.registerStamp(&l, t))
	if paper.DocumentNo == "" {
		paper.DocumentNo = cmp.Or(kind.FormNo, v.src.Config.Document)
	}
	section := PrintSection{Table: t, Numbered: true}
	if !l.Introduction.IsZero() {
		section.Paragraphs = []string{v.p.Text(l.Introduction)}
	}
	if !l.Note.IsZero() {
		section.Notes = []string{v.p.Text(l.Note)}
	}
	v.arrange(&l, kind, t)
	paper.Sections = []PrintSection{section}
	return paper
}

// formerNumbers puts the number that a record had before under the present one.
func (v *View) formerNumbers(t *Table) {
	at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == record.IDField })
	if at < 0 {
		return
	}
	for i, r := range t.Rows {
		if rec := v.src.Register.Get(r.ID); rec != nil && rec.Text(record.RenumberedField) != "" {
			t.Rows[i].Cells = slices.Clone(r.Cells)
			t.Rows[i].Cells[at].Text += v.words("portal.print-former", "id", rec.Text(record.RenumberedField))
		}
	}
}

// paper fills what every print carries.
func (v *View) paper(l Layout, p calendar.Period, s PrintStamp) *Print {
	c := v.src.Config
	paper := &Print{
		ID: l.ID, Title: v.p.Text(l.Title), Organisation: v.p.Text(c.Organisation), System: v.p.Text(c.System),
		DocumentNo: l.FormNo, Version: l.Version, AsOf: v.moment(s.AsOf), Judged: s.AsOf, DataVersion: s.Commit, Edition: v.edition(), Tool: v.src.Version,
		Classification: v.classification(l.Classification) + " · " + v.p.Say(v.src.Policy.Edition.Key()), Created: s.Created, Lang: v.Lang(),
		Landscape: l.Landscape, Size: l.Size, Sample: c.Sample, Words: NewPrintWords(v.p), Attachment: s.Attachment, Sources: s.Sources,
	}
	if p != (calendar.Period{}) {
		paper.Period, paper.PeriodKey = v.period(p), p.String()
	}
	if v.secret() {
		paper.Title, paper.Classification = v.titled(paper.Title), v.classification("secret")
		paper.System = paper.Classification + " · " + paper.System
	}
	for _, s := range l.Signatures {
		paper.Signatures = append(paper.Signatures, PrintSignature{Title: v.p.Text(s.Title)})
	}
	paper.Head, paper.Foot = v.p.Text(l.Head), v.p.Text(l.Foot)
	if len(l.Signatures) == 0 && !l.Unsigned {
		paper.Signatures = []PrintSignature{{Title: v.p.Say("pdf.prepared")}, {Title: v.p.Say("pdf.reviewed")}, {Title: v.p.Say("pdf.approved")}}
	}
	return paper
}

func (v *View) classification(word string) string {
	switch word {
	case "public":
		return v.p.Say("pdf.class.public")
	case "confidential":
		return v.p.Say("pdf.class.confidential")
	case "secret":
		return v.p.Say("pdf.class.secret")
	}
	return v.p.Say("pdf.class.internal")
}

// words is a text said as a message with one argument.
func (v *View) words(key, name, value string) string { return v.p.Say(key, locale.A(name, value)) }
