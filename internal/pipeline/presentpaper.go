package pipeline

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/sheet"
)

// Paper draws a file of [portal.PrintFolder] or [portal.SheetFolder] as the work tree
// is now, nil where no print has the name. Reports of figures are those of HEAD, as on
// the pages. What HEAD does not prove says that it is of a work tree, on each page and
// in its code, which then names no commit.
func (p *Present) Paper(lang locale.Lang, name string) ([]byte, error) {
	folder, file := path.Split(name)
	ext := path.Ext(file)
	stem := strings.TrimSuffix(file, ext)
	sheets := folder == portal.SheetFolder+"/" && (ext == ".xlsx" || ext == ".csv")
	if !sheets && (folder != portal.PrintFolder+"/" || ext != ".pdf") {
		return nil, nil
	}
	id, period := stem, calendar.Period{}
	if at := strings.LastIndexByte(stem, '_'); at >= 0 {
		if q, err := calendar.ParsePeriod(stem[at+1:]); err == nil {
			id, period = stem[:at], q
		}
	}
	press, err := p.press(lang, id, period)
	if press == nil || err != nil {
		return nil, err
	}
	if sheets {
		return press.sheet(id, period, ext)
	}
	paper, err := press.find(id, period)
	var unknown *UnknownPrintError
	if errors.As(err, &unknown) || err == nil && paper.FileName != file {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return paper.Bytes, nil
}

// press prints one paper of the present, nil where its figures are not known.
func (p *Present) press(lang locale.Lang, id string, period calendar.Period) (*press, error) {
	faces, err := p.project.faces(p.Config)
	if err != nil {
		return nil, err
	}
	past := p.readPast()
	if p.ofFigures(id, period) {
		if past == nil {
			return nil, nil
		}
		source := p.project.Source(past.snapshot, past.measures)
		source.Policy.Paper = true
		return newPress(past.snapshot, portal.New(source, lang), faces)
	}
	source := *p.Source()
	source.Policy.Paper, source.Judged, source.Live = true, true, nil
	if past != nil {
		source.Revisions = past.snapshot.revisions()
	}
	press, err := newPress(p.Snapshot, portal.New(&source, lang), faces)
	if err == nil && !p.proved() {
		press.mark = press.view.MarkWorkTree
	}
	return press, err
}

// ofFigures tells a report of figures: one of a layout, or one of a report for a
// period that it was not issued for.
func (p *Present) ofFigures(id string, period calendar.Period) bool {
	set, err := p.layouts()
	if err != nil {
		return false
	}
	for _, l := range set.List {
		if strings.EqualFold(l.ID, id) {
			return l.Of == "" && l.Content == portal.ContentFigures
		}
	}
	return period != (calendar.Period{})
}

// sheet is the register of a print for spreadsheets, nil where the print is none.
func (p *press) sheet(id string, period calendar.Period, ext string) ([]byte, error) {
	for _, l := range p.layouts {
		kind := p.snapshot.Kinds.Kind(l.Of)
		if l.ID != id || kind == nil || l.Shape != portal.RegisterShape {
			continue
		}
		s := p.view.Sheet(p.final(p.view.RegisterPrint(l, kind, p.covered(l, period))))
		if ext == ".csv" {
			return sheet.CSV(s), nil
		}
		return sheet.XLSX(s)
	}
	return nil, nil
}

// proved tells that HEAD holds everything that papers are made from.
func (p *Present) proved() bool {
	if p.Uncommitted == nil || len(p.Uncommitted) > 0 || !p.Current() || p.readPast() == nil {
		return false
	}
	head, err := p.project.repo.Lookup(p.head, config.File)
	if err != nil {
		return false
	}
	if data, err := fs.ReadFile(p.files, config.File); err == nil && !sameBlob(data, head[0]) {
		return false
	}
	for _, folder := range []string{"schemas", "templates", contentFolder} {
		if !p.asHead(folder) {
			return false
		}
	}
	return true
}

// asHead compares the files below a folder with those of HEAD.
func (p *Present) asHead(folder string) bool {
	blobs, err := p.project.repo.Blobs(p.head, folder)
	if err != nil {
		return false
	}
	committed := map[string]bool{}
	for _, b := range blobs {
		data, err := fs.ReadFile(p.files, b.Path)
		if err != nil || !sameBlob(data, b.After) {
			return false
		}
		committed[b.Path] = true
	}
	same := true
	_ = fs.WalkDir(p.files, folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !committed[name] {
			same = false
			return fs.SkipAll
		}
		return nil
	})
	return same
}

// papers lists what [Present.Paper] can draw of layouts, without drawing it. Links to
// the papers of records and documents need no list.
func (p *Present) papers(source *portal.Source) []portal.PrintLink {
	set, err := p.layouts()
	if err != nil {
		return nil
	}
	var links []portal.PrintLink
	for _, lang := range p.Config.Languages {
		printer := source.Catalogue.Printer(lang)
		for _, l := range withRegisters(set, p.Kinds) {
			if !l.Make(lang) || p.empty(&l) {
				continue
			}
			link := portal.PrintLink{Lang: lang, Kind: l.Of, Content: l.Content, Blank: l.Shape == portal.FormShape, Title: printer.Text(l.Title), File: l.ID + ".pdf"}
			switch kind := p.Kinds.Kind(l.Of); {
			case kind != nil && l.Shape == portal.RegisterShape:
				link.Sheets = []string{l.ID + ".xlsx", l.ID + ".csv"}
			case kind == nil && l.Content == portal.ContentForms:
				link.Kind = record.DocumentKind // whose register leads to it
			case kind == nil && l.Content == portal.ContentFigures:
				period := (&press{snapshot: p.past.snapshot}).reported(l, calendar.Period{})
				link.Period, link.File = period.String(), l.ID+"_"+period.String()+".pdf"
			}
			links = append(links, link)
		}
	}
	return links
}

// empty tells whether the paper of a layout would say nothing.
func (p *Present) empty(l *portal.Layout) bool {
	switch kind := p.Kinds.Kind(l.Of); {
	case kind != nil && l.Shape == portal.FormShape:
		return l.Asks()
	case kind != nil:
		return p.Register.Count(kind.ID) == 0
	case l.Content == portal.ContentFigures:
		return p.readPast() == nil
	case l.Content == portal.ContentClauses:
		return p.Register.Count(record.ClauseKind) == 0
	case l.Content == portal.ContentObligations:
		return p.Register.Count(record.ObligationKind) == 0
	}
	return p.Register.Count(record.DocumentKind) == 0
}
