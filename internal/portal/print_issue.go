package portal

import (
	"strings"

	"kept/internal/locale"
)

// publishedLists is the records that a publication lists, with how many they are;
// none is said, too, where the period was analysed.
func (v *View) publishedLists(r *reader) []PrintSection {
	if len(r.rec.Items("durations")) == 0 {
		return nil
	}
	s := v.pairs(v.p.Say("portal.print-lists"))
	for _, name := range []string{"overdue", "escalated", "repeated", "reopened", "refused"} {
		f := v.field(r, name)
		ids := r.rec.Texts(name)
		text := v.p.Say("portal.print-listed", locale.N("n", len(ids)), locale.A("ids", joinWith(ids, v.p.Say("portal.comma"))))
		if len(ids) == 0 {
			text = v.p.Say("portal.print-unlisted")
		}
		s.Table.Rows = append(s.Table.Rows, pair(f.Label, text))
	}
	return []PrintSection{s}
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
