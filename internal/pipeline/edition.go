package pipeline

import (
	"cmp"
	"fmt"
	"slices"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// personalRule is the rule that finds personal data in free text.
const personalRule = "personal-data"

// PersonalDataError refuses an output that leaves the company while free text
// holds what looks personal (domain.md §10).
type PersonalDataError struct {
	Edition  redact.Edition
	Findings finding.List // the places; they quote nothing
}

// Error counts the places in English.
func (e *PersonalDataError) Error() string {
	return fmt.Sprintf("build edition %q: %d places of free text look like personal data", e.Edition, len(e.Findings))
}

// admit judges the snapshot by all rules, and refuses, where the edition leaves the
// company.
func (s *Snapshot) admit(p redact.Policy) error {
	if p.Edition.Leaves() {
		s.Judge()
		s.Audit()
	}
	return s.refuse(p)
}

// refuse stops an output for people outside while a finding of personal data
// stands that no exception accepts, whatever its severity. Inside of the company
// it is a finding as any other. The snapshot must have been judged.
func (s *Snapshot) refuse(p redact.Policy) error {
	if !p.Edition.Leaves() {
		return nil
	}
	var found finding.List
	for _, f := range s.Findings {
		if f.Rule == personalRule && f.Accepted == "" {
			found = append(found, f)
		}
	}
	found = append(found, s.suspectNames()...)
	if len(found) == 0 {
		return nil
	}
	return &PersonalDataError{p.Edition, found}
}

// suspectNames finds records, present and gone, whose number looks like personal
// data: it names their pages.
func (s *Snapshot) suspectNames() finding.List {
	var found finding.List
	look := func(id, path string) {
		for _, h := range redact.Scan(id) {
			found = append(found, finding.Finding{
				Position: finding.Position{Path: path}, Rule: personalRule, Severity: finding.Error, Record: id, Key: h.Sort.Key(),
				Args: []locale.Arg{locale.A("field", record.IDField), locale.N("line", 1), locale.N("column", 1)},
			})
		}
	}
	for rec := range s.Register.All() {
		look(rec.ID, rec.Path)
	}
	if s.History == nil {
		return found
	}
	for t := range s.History.All() {
		if s.Register.Get(t.ID) == nil && len(t.Changes) > 0 {
			look(t.ID, t.Changes[len(t.Changes)-1].Path)
		}
	}
	return found
}

// withoutPersonal copies duties with titles as a policy shows them: a title from a
// hidden field is the number of the record.
func (s *Snapshot) withoutPersonal(duties []obligation.Duty, p redact.Policy) []obligation.Duty {
	shown := slices.Clone(duties)
	titles := map[locale.Text]locale.Text{}
	definitions := map[*obligation.Definition]*obligation.Definition{}
	for i := range shown {
		d := &shown[i]
		if rec := s.Register.Get(d.Record); rec != nil && rec.Kind != nil && d.Title == rec.Title() && p.Hides(labelClass(rec.Kind)) {
			d.Title = locale.Plain(rec.ID)
		}
		said, known := titles[d.Title]
		if !known {
			said = masked(d.Title, p)
			titles[d.Title] = said
		}
		d.Title = said
		if definitions[d.Definition] == nil && d.Definition != nil {
			c := *d.Definition
			c.Title = masked(c.Title, p)
			definitions[d.Definition] = &c
		}
		d.Definition = definitions[d.Definition]
	}
	return shown
}

func masked(t locale.Text, p redact.Policy) locale.Text {
	return locale.Text{ZH: p.Text(t.ZH), EN: p.Text(t.EN)}
}

// labelClass is the class of the field that titles the records of a kind.
func labelClass(kind *schema.Kind) string {
	f, _ := kind.Field(cmp.Or(kind.Label, record.TitleField))
	return f.Class
}
