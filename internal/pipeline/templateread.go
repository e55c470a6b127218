package pipeline

import (
	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
)

// template reads a filled-in template by the mark in it: the sheets that people
// filled in, under the headings that they had when it was made, with the fields that
// every row has. Without a mark the file is read as it stands. What is found hinders
// the import where it is an error, and else says what has changed since.
func (s *Snapshot) template(req *ImportRequest, pages []ledger.Page, own ledger.Mapping) ([]ledger.Page, ledger.Mapping, finding.List) {
	mark, ok := ledger.ReadMark(pages)
	if !ok {
		return pages, own, nil
	}
	k := req.Kind
	if mark.Kind != k.ID {
		other := locale.Plain(mark.Kind)
		if known := s.Kinds.Kind(mark.Kind); known != nil {
			other = known.Title
		}
		return nil, own, finding.List{{
			Position: finding.Position{Path: req.File}, Rule: ledger.RuleImport, Severity: finding.Error, Key: "ledger.template-kind",
			Args: []locale.Arg{locale.T("other", other), locale.T("kind", k.Title), locale.A("id", mark.Kind)},
		}}
	}
	columns := ledger.TemplateColumns(k)
	req.Sets = mark.With(columns, req.Sets)
	return mark.Pages(pages), mark.Mapping(columns, own), mark.Outdated(req.File, columns)
}
