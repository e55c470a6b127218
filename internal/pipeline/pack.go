package pipeline

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/publish"
	"kept/internal/redact"
)

// PackRequest says what an audit pack is of and where it goes.
type PackRequest struct {
	Moment
	Period    calendar.Period
	Records   []string // ids whose forms the auditor picked
	From      string   // kind to draw from; "" is that of templates/pack/pack.yaml
	Sample    int      // how many records are drawn; zero for none
	Seed      string   // printed, so that the auditor can draw again
	Out       string   // a folder, or a file that ends in .zip
	Languages []locale.Lang
	Money     bool
}

// Packed says what a pack holds.
type Packed struct {
	Commit gitrepo.Hash
	AsOf   string // RFC 3339
	Files  int
	Drawn  []string
	Covers []evidence.Code // of the covers, in the order of languages
}

// UnknownRecordError names a record of which there is no form.
type UnknownRecordError struct{ ID string }

// Error names the record in English.
func (e *UnknownRecordError) Error() string { return fmt.Sprintf("find record %q", e.ID) }

// packer writes one pack.
type packer struct {
	builder
	request PackRequest
	source  *portal.Source
	sample  *publish.Sample // nil where nothing is drawn
	lottery []lot
	written map[string]bool
	listed  map[string]map[string]bool // ids in the tables of each register, by its place
	forms   []string                   // ids whose forms the pack holds, in order
	layouts []portal.Layout
	asked   bool      // the request names the moment
	seen    time.Time // judges the findings
	covers  []*Paper  // in the order of languages
}

// Pack writes all that an auditor takes home of a period, in the audit edition
// (domain.md §9, §10): papers, figures, rules, history and keys of one commit, as of
// the end of the period or of the moment asked for. An unfinished period is judged
// by the commit, and so are, unless a moment is asked for, the findings: what came
// after the period's end would all seem to lie in the future. Free text that looks personal is a [*PersonalDataError].
func (p *Project) Pack(req PackRequest) (*Packed, error) {
	k, err := p.packer(req)
	if err != nil {
		return nil, err
	}
	if k.stage, err = beginPack(req.Out); err != nil {
		return nil, err
	}
	defer k.stage.Abort()
	if err := k.all(); err != nil {
		return nil, fmt.Errorf("pack %s: %w", req.Period, err)
	}
	return k.packed(), k.stage.Commit(k.manifest())
}

// packer reads what a pack is made of. Without a stage it writes nothing.
func (p *Project) packer(req PackRequest) (*packer, error) {
	if p.problem == nil && req.AsOf.IsZero() && req.At != "" {
		at, err := p.resolve(req.At) // a date names a commit here and no moment
		if err != nil {
			return nil, err
		}
		req.At = string(at)
	}
	s, err := p.Snapshot(req.Moment)
	if err != nil {
		return nil, err
	}
	s.Judge()
	s.Audit()
	asked, seen := s.judged, s.AsOf
	if end := req.Period.In(s.Config.Zone).End; !asked && end.Before(s.AsOf) {
		s.AsOf = end
	}
	s.judged = true
	policy := redact.Policy{Edition: redact.Audit, Money: req.Money}
	if err := s.refuse(policy); err != nil {
		return nil, err
	}
	if len(req.Languages) > 0 {
		s.Config.Languages = req.Languages
	}
	k := &packer{
		builder: builder{project: p, policy: policy, snapshot: s, measures: p.Measures(s), built: &Built{Commit: s.Commit.Hash}},
		request: req, written: map[string]bool{}, listed: map[string]map[string]bool{}, asked: asked, seen: seen,
	}
	k.source = p.Source(s, k.measures)
	k.source.Policy = policy
	if err := k.choose(); err != nil {
		return nil, err
	}
	if k.faces, err = p.faces(s.Config); err != nil {
		return nil, err
	}
	return k, nil
}

func beginPack(out string) (*publish.Stage, error) {
	if strings.HasSuffix(strings.ToLower(out), ".zip") {
		return publish.BeginArchive(out)
	}
	return publish.Begin(out)
}

// all writes everything; the lists of files come last, since they name the others.
func (k *packer) all() error {
	paper := *k.source
	paper.Policy.Paper = true
	for _, lang := range k.snapshot.Config.Languages {
		if err := k.papers(lang, portal.New(&paper, lang)); err != nil {
			return err
		}
	}
	k.snapshot.Findings = k.snapshot.Findings.Sort()
	k.source.Findings = k.snapshot.Findings
	view := portal.New(k.source, k.snapshot.Config.Languages[0])
	for _, write := range []func(*portal.View) error{k.figures, k.commits, k.drawing, k.schemas, k.sources, k.keys} {
		if err := write(view); err != nil {
			return err
		}
	}
	for _, lang := range k.snapshot.Config.Languages {
		if err := k.words(lang, portal.New(k.source, lang), portal.New(&paper, lang)); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file and remembers it for the lists.
func (k *packer) put(name string, data []byte) error {
	k.written[name] = true
	k.project.Progress.tell(stagePack, len(k.written), 0)
	if k.stage == nil {
		return nil
	}
	return k.stage.Write(name, data)
}

func (k *packer) manifest() publish.Manifest {
	m := k.builder.manifest()
	m.Period, m.Sample, m.Picked = k.request.Period.String(), k.sample, k.request.Records
	return m
}

func (k *packer) packed() *Packed {
	packed := &Packed{Commit: k.snapshot.Commit.Hash, AsOf: instant(k.snapshot.AsOf), Files: len(k.written)}
	if k.sample != nil {
		packed.Drawn = k.sample.Drawn
	}
	for _, cover := range k.covers {
		packed.Covers = append(packed.Covers, cover.Content.Code())
	}
	return packed
}

// field is a text as one field of a line of a file for machines.
func field(s string) string {
	return cmp.Or(strings.Join(strings.Fields(s), " "), "-")
}

// tabbed is a line of fields between tabs.
func tabbed(b *strings.Builder, fields ...string) {
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(field(f))
	}
	b.WriteByte('\n')
}
