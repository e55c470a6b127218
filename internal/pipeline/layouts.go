package pipeline

import (
	"io/fs"
	"path"
	"strings"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/schema"
)

// readLayouts reads the print layouts of the snapshot's tree over those that the
// program carries.
func (s *Snapshot) readLayouts() (portal.LayoutSet, error) {
	files, err := printLayouts(s.files)
	if err != nil {
		return portal.LayoutSet{}, err
	}
	own := func(name string) bool {
		_, err := fs.Stat(s.files, path.Join(portal.LayoutFolder, name))
		return err == nil
	}
	return portal.ReadLayouts(files, own, s.Kinds)
}

// layoutFindings says what is wrong with the company's layouts.
func (s *Snapshot) layoutFindings() finding.List {
	set, err := s.layouts()
	if err != nil {
		return nil // a folder that cannot be read stops the print itself
	}
	return set.Found()
}

// BrokenPrintError says that a paper is not made, since its layout is wrong.
type BrokenPrintError struct {
	ID    string
	Found finding.List
}

// Error names the print in English.
func (e *BrokenPrintError) Error() string { return "read the layout of print " + e.ID }

// record is the paper of a record, nil for one that cannot be read. A publication is
// the report that it issues, a document whose text is here that text, any other record
// its kind's form.
func (p *press) record(rec *record.Record) (*portal.Print, error) {
	if key, ok := p.view.DocumentOf(rec); ok && !p.taken(key) {
		drawn, _, err := p.view.DocumentPrint(key)
		return drawn, err
	}
	if rec.Broken || rec.Kind == nil || rec.Kind.ID == record.PublicationKind {
		return p.view.RecordPrint(rec), nil
	}
	for _, b := range p.broken {
		if b.Of == rec.Kind.ID && b.Shape == portal.FormShape {
			return nil, &BrokenPrintError{ID: b.ID, Found: b.Found}
		}
	}
	return p.view.FilledForm(portal.FormOf(p.layouts, rec.Kind), rec), nil
}

// formKind is the kind whose blank form has an id, where no layout has it.
func (p *press) formKind(id string) *schema.Kind {
	for kind := range p.snapshot.Kinds.All() {
		if strings.EqualFold(portal.FormOf(nil, kind).ID, id) {
			return kind
		}
	}
	return nil
}

// blank sets the form of a kind, by the kind's id or its layout's, to be filled in by
// hand.
func (p *press) blank(id string) (*Paper, error) {
	unknown := &UnknownPrintError{ID: id}
	for kind := range p.snapshot.Kinds.All() {
		form := portal.FormOf(p.layouts, kind)
		if strings.EqualFold(kind.ID, id) {
			for _, b := range p.broken {
				if b.Of == kind.ID && b.Shape == portal.FormShape {
					return nil, &BrokenPrintError{ID: b.ID, Found: b.Found}
				}
			}
			return p.find(form.ID, calendar.Period{})
		}
		if strings.EqualFold(form.ID, id) {
			return p.find(form.ID, calendar.Period{})
		}
		unknown.Known = append(unknown.Known, kind.ID)
	}
	return nil, unknown
}
