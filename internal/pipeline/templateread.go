package pipeline

import (
	"bytes"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/sheet"
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
	req.template = true
	req.Sets = mark.With(ledger.TemplateColumns(k), req.Sets)
	columns, found := s.templateColumns(k, req.Sets)
	if len(found) > 0 {
		return nil, own, found
	}
	return mark.Pages(pages), mark.Mapping(columns, own), mark.Outdated(req.File, columns)
}

// WriteTemplate writes a template as a whole or not at all, in place of an empty one
// only: what somebody has filled in stays, with [ErrNotExport].
func WriteTemplate(name string, file *TemplateFile) error {
	return replace(name, file.Bytes, func(before []byte) error {
		if bytes.Equal(before, file.Bytes) || isEmptyTemplate(before) {
			return nil
		}
		return ErrNotExport
	})
}

// isEmptyTemplate tells a template whose sheets hold headings and examples alone.
func isEmptyTemplate(data []byte) bool {
	pages, err := sheet.ReadPages(data)
	if err != nil {
		return false
	}
	mark, ok := ledger.ReadMark(pages)
	return ok && mark.Empty(pages)
}
