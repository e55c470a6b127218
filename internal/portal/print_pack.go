package portal

import (
	"strings"

	"kept/internal/calendar"
	"kept/internal/locale"
)

// CoverID is the id of the paper that lies on top of an audit pack.
const CoverID = "audit-pack"

// CoverPrint is the cover of an audit pack of a period (domain.md §9): sections
// made of what the pack holds, below the portal's own commit and moment. The YAML of
// the request travels in it, so that the cover can be made again.
func (v *View) CoverPrint(p calendar.Period, request string, sections []PrintSection) *Print {
	l := Layout{ID: CoverID, Title: v.src.Catalogue.Message("pack.title"), Classification: "internal"}
	stamp := PrintStamp{Commit: string(v.src.Commit), Created: v.src.AsOf, AsOf: v.src.AsOf}
	v.provide(&stamp, nil, nil)
	stamp.Attachment.Data = append(stamp.Attachment.Data, request...)
	paper := v.paper(l, p, stamp)
	paper.DocumentNo = v.src.Config.Document
	paper.Sections = sections
	return paper
}

// PairSection is a table of labels and values below a heading.
func (v *View) PairSection(heading string, pairs [][2]string) PrintSection {
	s := v.pairs(heading)
	for _, one := range pairs {
		s.Table.Rows = append(s.Table.Rows, pair(one[0], one[1]))
	}
	return s
}

// Plain is the paper as text: headings, paragraphs, the rows of tables and notes.
func (p *Print) Plain() string {
	var b strings.Builder
	line := func(texts ...string) { b.WriteString(strings.Join(texts, "  ") + "\n") }
	line(p.Organisation, p.System)
	line(p.Title, p.Period)
	for i := range p.Sections {
		s := &p.Sections[i]
		line()
		if s.Heading != "" {
			line(s.Heading)
			line()
		}
		for _, text := range s.Paragraphs {
			line(text)
		}
		if s.Table != nil {
			for _, row := range s.Table.Rows {
				texts := make([]string, len(row.Cells))
				for j, c := range row.Cells {
					texts[j] = c.Text
				}
				line(texts...)
			}
		}
		for _, text := range s.Notes {
			line(text)
		}
	}
	return b.String()
}

// PeriodWords names a period to a reader.
func (v *View) PeriodWords(p calendar.Period) string { return v.period(p) }

// MomentWords says a moment to a reader.
func (v *View) MomentWords() string { return v.moment(v.src.AsOf) }

// EditionWords names the edition to a reader.
func (v *View) EditionWords() string { return v.p.Say(v.src.Policy.Edition.Key()) }

// Organisation is the name of the company and of its system.
func (v *View) Organisation() (company, system locale.Text) {
	return v.src.Config.Organisation, v.src.Config.System
}

// Source is the YAML of a record as it may be shown; "" where there is none.
func (v *View) Source(id string) string {
	rec := v.src.Register.Get(id)
	if rec == nil {
		return ""
	}
	return v.source(rec)
}
