package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pdf"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// PrintRequest names one print, or the record to be printed.
type PrintRequest struct {
	ID     string
	Period calendar.Period // zero: all records, or the latest complete period of a report
	Lang   locale.Lang
	Policy redact.Policy // [redact.Policy.Paper] follows by itself
	// Contacts are put on the paper, which is then secret; nil for none.
	Contacts redact.Contacts
	// Blank asks for the form of the kind whose id ID is, to be filled in by hand.
	Blank bool
	// Copy is the number of a controlled copy of the document that ID names; "" for none.
	Copy string
}

// Paper is one PDF.
type Paper struct {
	FileName string
	Title    string
	Bytes    []byte
	Findings finding.List // characters that the face lacks
	Content  evidence.Content
	drawn    *portal.Print
	view     *portal.View // that drew it
}

// UnknownPrintError names a print that does not exist.
type UnknownPrintError struct {
	ID    string
	Known []string
}

// Error names the print in English.
func (e *UnknownPrintError) Error() string { return fmt.Sprintf("find print %q", e.ID) }

// press prints the papers of one snapshot.
type press struct {
	snapshot *Snapshot
	view     *portal.View
	faces    *pdf.Faces
	layouts  []portal.Layout
	broken   []portal.BrokenLayout
	mark     func(*portal.Print) // changes each paper before it is set; nil for none
}

func newPress(s *Snapshot, view *portal.View, faces *pdf.Faces) (*press, error) {
	set, err := s.layouts()
	if err != nil {
		return nil, err
	}
	return &press{snapshot: s, view: view, faces: faces, layouts: withRegisters(set, s.Kinds), broken: set.Broken}, nil
}

// withRegisters adds a layout for every kind that has none, so that each
// register can be printed.
func withRegisters(set portal.LayoutSet, kinds *schema.Registry) []portal.Layout {
	all := slices.Clone(set.List)
	for kind := range kinds.All() {
		l := portal.LayoutOf(set.List, kind)
		broken := func(b portal.BrokenLayout) bool {
			return b.ID == l.ID || b.Of == kind.ID && b.Shape == portal.RegisterShape
		}
		if slices.ContainsFunc(set.Broken, broken) {
			continue // nobody takes another paper for it
		}
		if !slices.ContainsFunc(all, func(o portal.Layout) bool { return o.ID == l.ID }) {
			all = append(all, l)
		}
	}
	return all
}

// print sets one paper.
func (p *press) print(l portal.Layout, period calendar.Period) (*Paper, error) {
	var paper *portal.Print
	switch kind := p.snapshot.Kinds.Kind(l.Of); {
	case kind != nil && l.Shape == portal.FormShape:
		paper = p.view.BlankForm(l, kind)
	case kind != nil:
		paper = p.view.RegisterPrint(l, kind, p.covered(l, period))
	case l.Content == portal.ContentClauses:
		paper = p.view.ClausePrint(l)
	case l.Content == portal.ContentObligations:
		paper = p.view.ObligationPrint(l)
	case l.Content == portal.ContentForms:
		paper = p.view.FormPrint(l)
	default:
		paper = p.view.KPIPrint(l, p.reported(l, period))
	}
	return p.set(paper)
}

// set draws a paper.
func (p *press) set(paper *portal.Print) (*Paper, error) {
	paper = p.final(paper)
	paper.Faced(p.faces.Digests())
	data, found, err := pdf.Print(p.faces, paper)
	if err != nil {
		return nil, err
	}
	return &Paper{FileName: paper.FileName(), Title: paper.Title, Bytes: data, Findings: p.placed(found, paper.ID), Content: paper.Content(), drawn: paper, view: p.view}, nil
}

// final is a paper as it is set.
func (p *press) final(paper *portal.Print) *portal.Print {
	if p.mark != nil {
		p.mark(paper)
	}
	return p.view.Swept(paper)
}

// covered is the period of a register: the one asked for, or the latest complete one
// where its layout names a grain.
func (p *press) covered(l portal.Layout, asked calendar.Period) calendar.Period {
	if l.Grain == "" {
		return asked
	}
	return p.reported(l, asked)
}

// reported is the period of a report: the one asked for, or the latest complete
// one of its grain.
func (p *press) reported(l portal.Layout, asked calendar.Period) calendar.Period {
	if asked != (calendar.Period{}) {
		return asked
	}
	grain := l.Grain
	if grain == "" {
		grain = calendar.Month
	}
	return calendar.PeriodAt(grain, p.snapshot.AsOf).Shift(-1)
}

// Print makes one PDF. An id that neither a layout nor a record has is an [*UnknownPrintError]; a paper
// that leaves the company may be refused with a [*PersonalDataError].
func (p *Project) Print(s *Snapshot, req PrintRequest) (*Paper, error) {
	if err := s.admit(req.Policy); err != nil {
		return nil, err
	}
	faces, err := p.faces(s.Config)
	if err != nil {
		return nil, err
	}
	source := p.Source(s, p.Measures(s))
	source.Policy, source.Contacts = req.Policy, req.Contacts
	source.Policy.Paper = true
	press, err := newPress(s, portal.New(source, req.Lang), faces)
	if err != nil {
		return nil, err
	}
	if req.Blank {
		return press.blank(req.ID)
	}
	if req.Copy != "" {
		return p.copy(press, req.ID, req.Copy)
	}
	return press.find(req.ID, req.Period)
}

// find sets the paper of an id, case ignored: a layout's, a document's by its number or
// file, or that of a record by its number or as a code names it. What it finds can be printed and verified.
func (p *press) find(id string, period calendar.Period) (*Paper, error) {
	unknown := &UnknownPrintError{ID: id}
	for _, l := range p.layouts {
		if strings.EqualFold(l.ID, id) {
			return p.print(l, period)
		}
		unknown.Known = append(unknown.Known, l.ID)
	}
	for _, b := range p.broken {
		if strings.EqualFold(b.ID, id) {
			return nil, &BrokenPrintError{ID: b.ID, Found: b.Found}
		}
	}
	if kind := p.formKind(id); kind != nil {
		return p.set(p.view.BlankForm(portal.FormOf(p.layouts, kind), kind))
	}
	if key, ok := p.view.FindDocument(id); ok {
		return p.document(key)
	}
	if key, number, ok := p.view.FindCopy(id); ok {
		if paper, err := p.controlled(key, number); err == nil {
			return paper, nil
		}
	}
	unknown.Known = append(unknown.Known, p.view.DocumentKeys()...)
	if rec := p.view.Printed(id); rec != nil {
		if period != (calendar.Period{}) && p.view.IsReport(rec) {
			return p.draft(rec, period)
		}
		paper, err := p.record(rec)
		if err != nil {
			return nil, err
		}
		if paper != nil {
			return p.set(paper)
		}
	}
	return nil, unknown
}

// prints sets every register that has records, the reports, and each publication,
// in one language.
func (b *builder) prints(lang locale.Lang, view *portal.View) error {
	press, err := newPress(b.snapshot, view, b.faces)
	if err != nil {
		return err
	}
	for i, l := range press.layouts {
		b.project.Progress.tell(stagePapers, i+1, len(press.layouts))
		if b.vacant(l, view) || !l.Make(lang) {
			continue
		}
		paper, err := press.print(l, calendar.Period{})
		if err != nil {
			return err
		}
		link := portal.PrintLink{Lang: lang, Kind: l.Of, Content: l.Content, Blank: l.Shape == portal.FormShape}
		if l.Content == portal.ContentForms {
			link.Kind = record.DocumentKind // whose register leads to it
		}
		if b.snapshot.Kinds.Kind(l.Of) != nil && l.Shape == portal.RegisterShape {
			if link.Sheets, err = b.sheets(view, paper); err != nil {
				return err
			}
		}
		if err := b.keep(paper, link); err != nil {
			return err
		}
	}
	if err := b.documents(lang, press); err != nil {
		return err
	}
	for rec := range b.snapshot.Register.Of(record.PublicationKind) {
		drawn := view.RecordPrint(rec)
		if drawn == nil {
			continue
		}
		paper, err := press.set(drawn)
		if err != nil {
			return err
		}
		if err := b.keep(paper, portal.PrintLink{Lang: lang, Kind: rec.Kind.ID, Record: rec.ID}); err != nil {
			return err
		}
	}
	return nil
}

// keep writes a paper into the build.
func (b *builder) keep(paper *Paper, link portal.PrintLink) error {
	link.Title, link.File, link.Period = paper.Title, paper.FileName, paper.Content.Period
	name := string(link.Lang) + "/" + portal.PrintFolder + "/" + paper.FileName
	if err := b.stage.Write(name, paper.Bytes); err != nil {
		return err
	}
	b.links = append(b.links, link)
	b.built.Prints = append(b.built.Prints, BuiltPrint{Lang: link.Lang, Title: paper.Title, Path: name, Record: link.Record})
	b.snapshot.Findings = append(b.snapshot.Findings, paper.Findings...)
	return nil
}

// vacant tells whether a paper would say nothing: a register without records, a
// blank form whose questions stand in records, a matrix without clauses, a list
// without obligations or forms.
func (b *builder) vacant(l portal.Layout, view *portal.View) bool {
	kind := b.snapshot.Kinds.Kind(l.Of)
	switch {
	case kind != nil && l.Shape == portal.FormShape:
		return l.Asks()
	case kind != nil:
		return b.snapshot.Register.Count(kind.ID) == 0
	case l.Content == portal.ContentClauses:
		return !view.HasClauses()
	case l.Content == portal.ContentObligations:
		return !view.Owes()
	case l.Content == portal.ContentForms:
		return !view.HasForms()
	}
	return false
}
