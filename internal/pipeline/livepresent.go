package pipeline

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/portal"
	"kept/internal/record"
)

// Present is a work tree at a moment, with what is known of it.
type Present struct {
	*Snapshot
	// Version counts; no two presents of one [Live] have the same.
	Version uint64
	// Judged tells that the rules have judged all records. Until then Early is what
	// they say of those that changed.
	Judged bool
	Early  finding.List
	// Uncommitted are the record files that are not as HEAD has them, by path; nil
	// without a repository.
	Uncommitted map[string]portal.Difference
	// Broken is what keeps kept.yaml or the kinds on disk from being used; the last
	// good ones stand.
	Broken finding.List
	// Trouble is why the disk could not be read, or judging failed; nil for neither.
	Trouble error

	live    *Live
	project *Project
	head    gitrepo.Hash
	past    *Past
	verdict finding.List
	source  func() *portal.Source
}

// Source is what pages are made from: the records of the work tree, with the
// history and the figures of HEAD. It is made once.
func (p *Present) Source() *portal.Source { return p.source() }

func (p *Present) makeSource() *portal.Source {
	s, measures := *p.Snapshot, &Measures{}
	past := p.readPast()
	if past != nil {
		s.History, s.Assurance, s.Signatures, s.Commit = past.snapshot.History, past.snapshot.Assurance, past.snapshot.Signatures, past.snapshot.Commit
		s.merged, s.noted, s.Definitions, measures = past.snapshot.merged, past.snapshot.noted, past.snapshot.Definitions, past.measures
	}
	s.Findings = p.Findings()
	source := p.project.Source(&s, measures)
	if past == nil {
		source.Definitions, source.Published = nil, nil
		source.Result = func(*metric.Definition, calendar.Period, metric.Basis) metric.Result { return metric.Result{} }
		source.Backlog = func(string, calendar.Period) []metric.Balance { return nil }
		source.Periods = func(calendar.Grain) []calendar.Period { return nil }
	}
	source.Live, source.Prints = p.aspect(), p.papers(source)
	return source
}

// readPast is the history that is shown, nil for none.
func (p *Present) readPast() *Past {
	if p.past == nil || p.past.snapshot == nil {
		return nil
	}
	return p.past
}

// Current tells that HEAD's history is the one that is shown, or cannot be read.
func (p *Present) Current() bool {
	if p.past == nil {
		return p.head == ""
	}
	return p.past.head == p.head
}

// Findings lists what is known to be wrong: what was found in the files as they
// are, and in the history that is shown.
func (p *Present) Findings() finding.List {
	list := slices.Concat(p.Snapshot.Findings, p.Early)
	if p.Judged && p.verdict != nil {
		list = slices.Clone(p.verdict)
	}
	if p.past != nil {
		list = append(list, p.past.found...)
	}
	return list.Sort()
}

// aspect says what is special about a portal of a work tree.
func (p *Present) aspect() *portal.Live {
	a := &portal.Live{
		State: p.State(), Judging: !p.Judged, Reading: !p.Current(), Broken: p.Broken,
		Uncommitted: map[string]portal.Difference{}, Repository: p.Uncommitted != nil,
	}
	for name, how := range p.Uncommitted {
		id := record.StemOf(name)
		a.Uncommitted[id] = how
		a.Files = append(a.Files, portal.Pending{ID: id, Path: name, How: how})
	}
	slices.SortFunc(a.Files, func(x, y portal.Pending) int { return strings.Compare(x.Path, y.Path) })
	if p.Trouble != nil {
		a.Trouble = Explain(p.live.first.Messages, p.Trouble)
	}
	if p.past != nil && p.past.err != nil {
		a.Unread = Explain(p.live.first.Messages, p.past.err)
	}
	if past := p.readPast(); past != nil {
		a.FiguresAsOf = past.snapshot.AsOf
	}
	return a
}

// State names what pages of the present are made of.
func (p *Present) State() string { return strconv.FormatUint(p.Version, 10) }

// PageTemplates are the templates of pages: those of the work tree before those that
// the program carries.
func (p *Present) PageTemplates() (fs.FS, error) { return pageTemplates(p.files) }

// Asset is a file of the assets of pages, nil where there is none.
func (p *Present) Asset(name string) ([]byte, error) {
	files, err := assets(p.files)
	if err != nil {
		return nil, err
	}
	return readOrNil(files, name)
}

// File is a file beside the pages of a language, nil for none: the calendar of what
// is owed.
func (p *Present) File(lang locale.Lang, name string) ([]byte, error) {
	source := p.Source()
	if name != portal.CalendarFile || len(source.Duties) == 0 {
		return nil, nil
	}
	duties := p.withoutPersonal(source.Duties, source.Policy)
	return p.DutyCalendar(duties, p.live.first.Messages.Printer(lang)), nil
}

// readOrNil reads a file that may not be there.
func readOrNil(files fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, nil
	}
	return data, err
}
