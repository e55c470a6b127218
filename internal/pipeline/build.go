package pipeline

import (
	"fmt"
	"path"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/htmlsite"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/pdf"
	"kept/internal/portal"
	"kept/internal/publish"
	"kept/internal/record"
	"kept/internal/redact"
)

// BuildRequest says what to build and where.
type BuildRequest struct {
	Moment
	Out       string
	Languages []locale.Lang // none: those of kept.yaml
	Policy    redact.Policy
}

// Built says what a build made.
type Built struct {
	Commit   gitrepo.Hash
	Pages    int
	Prints   []BuiltPrint
	Findings finding.List // shown by the build; they do not stop it
}

// BuiltPrint is one PDF of a build.
type BuiltPrint struct {
	Lang   locale.Lang
	Title  string
	Path   string // slash-separated, inside the output
	Record string // the record that is printed, as of an issued report; "" for a list
}

// Zone is the organisation's zone by the work tree's configuration.
func (p *Project) Zone() *time.Location { return p.configuration().Zone }

// Source is what a portal is made from.
func (p *Project) Source(s *Snapshot, m *Measures) *portal.Source {
	duties, clauses := s.shown()
	return &portal.Source{
		Duties: duties, Clauses: clauses, Assurance: s.Assurance,
		Config: &s.Config, Catalogue: p.Messages, Register: s.Register, History: s.History, Findings: s.Findings, Noted: s.noted,
		Definitions: s.Definitions, Result: m.Result, Published: p.Published(s, m), Backlog: m.Backlog, Periods: m.Periods, Calendar: s.Calendar, Content: content(s.files), Revisions: s.revisions(),
		Draft: func(report *record.Record, period calendar.Period, lang locale.Lang) *record.Record {
			return p.Draft(s, m, report, period, lang)
		},
		Commit: s.Commit.Hash, AsOf: s.AsOf, Judged: s.judged, Version: p.Version,
	}
}

// Build renders the portal and the prints of one commit into req.Out. The
// earlier output is replaced only when the new one is complete.
func (p *Project) Build(req BuildRequest) (*Built, error) {
	snapshot, err := p.Snapshot(req.Moment)
	if err != nil {
		return nil, err
	}
	snapshot.Judge()
	snapshot.Audit()
	if err := snapshot.refuse(req.Policy); err != nil {
		return nil, err
	}
	if len(req.Languages) > 0 {
		snapshot.Config.Languages = req.Languages
	}
	stage, err := publish.Begin(req.Out)
	if err != nil {
		return nil, err
	}
	defer stage.Abort()
	b := &builder{project: p, policy: req.Policy, snapshot: snapshot, stage: stage, measures: p.Measures(snapshot), built: &Built{Commit: snapshot.Commit.Hash}}
	if b.faces, err = p.faces(snapshot.Config); err != nil {
		return nil, err
	}
	if err := b.languages(); err != nil {
		return nil, fmt.Errorf("render portal: %w", err)
	}
	b.built.Findings = snapshot.Findings.Sort()
	return b.built, stage.Commit(b.manifest())
}

type builder struct {
	project  *Project
	policy   redact.Policy
	snapshot *Snapshot
	stage    *publish.Stage
	measures *Measures
	faces    *pdf.Faces
	links    []portal.PrintLink
	built    *Built
}

// languages draws the prints of every language and then the pages, which show
// what the prints found.
func (b *builder) languages() error {
	tpl, err := pageTemplates(b.snapshot.files)
	if err != nil {
		return err
	}
	files, err := assets(b.snapshot.files)
	if err != nil {
		return err
	}
	source := b.project.Source(b.snapshot, b.measures)
	source.Policy = b.policy
	paper := *source
	paper.Policy.Paper = true
	for _, lang := range b.snapshot.Config.Languages {
		if err := b.prints(lang, portal.New(&paper, lang)); err != nil {
			return err
		}
	}
	b.snapshot.Findings = b.snapshot.Findings.Sort()
	source.Findings, source.Prints = b.snapshot.Findings, b.links
	for _, lang := range b.snapshot.Config.Languages {
		view := portal.New(source, lang)
		if err := htmlsite.Render(view, tpl, files, b.page); err != nil {
			return err
		}
		if err := b.calendar(view, source.Duties); err != nil {
			return err
		}
	}
	return nil
}

// calendar writes the calendar file of what is owed, where anything is.
func (b *builder) calendar(view *portal.View, duties []obligation.Duty) error {
	if len(duties) == 0 {
		return nil
	}
	data := b.snapshot.DutyCalendar(b.snapshot.withoutPersonal(duties, b.policy), view.Printer())
	return b.stage.Write(string(view.Lang())+"/"+portal.CalendarFile, data)
}

func (b *builder) page(name string, data []byte) error {
	if path.Ext(name) == ".html" {
		b.built.Pages++
		b.project.Progress.tell(stagePages, b.built.Pages, 0)
	}
	return b.stage.Write(name, data)
}

func (b *builder) manifest() publish.Manifest {
	s := b.snapshot
	m := publish.Manifest{
		Tool: b.project.Version, Commit: string(s.Commit.Hash), AsOf: s.AsOf.Format(time.RFC3339), Edition: b.policy.Edition.Name(),
		Findings: publish.Counts{Errors: s.Findings.Count(finding.Error), Warnings: s.Findings.Count(finding.Warning)},
	}
	if s.Ledger != nil {
		m.Ledger = string(s.Ledger.ID)
	}
	for _, anchor := range s.anchored {
		m.Anchors = append(m.Anchors, string(anchor))
	}
	for _, l := range s.Config.Languages {
		m.Languages = append(m.Languages, string(l))
	}
	return m
}
