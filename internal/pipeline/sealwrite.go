package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pdf"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// SealRequest is what a seal takes from who makes it.
type SealRequest struct {
	Period calendar.Period
	By     string // person; "" for nobody named
	Note   string
	Now    time.Time
}

// Seal writes the seal of a period at HEAD and returns the path of its record.
// Findings say why not: the period is not over, it is sealed already, files are
// not committed, or HEAD is not on the mainline. An incomplete history is an error.
func (p *Project) Seal(req SealRequest) (string, finding.List, error) {
	s, err := p.Snapshot(Moment{})
	if err != nil {
		return "", nil, err
	}
	found, err := p.unsealable(s, req)
	if len(found) > 0 || err != nil {
		return "", found, err
	}
	end := req.Period.In(s.Config.Zone).End
	asOf := s.AsOf
	if end.After(asOf) {
		asOf = end
	}
	if asOf.After(req.Now) { // the commit of this very second
		req.Now = asOf
	}
	then, err := p.sealedAt(s.Commit.Hash, asOf)
	if err != nil {
		return "", nil, err
	}
	seal := evidence.Seal{
		Period: req.Period, Commit: s.Commit.Hash, AsOf: then.snapshot.AsOf, Tool: p.Version, By: req.By, At: req.Now.In(s.Config.Zone), Note: req.Note,
		Records: then.snapshot.Register.Len(), Figures: figures(then.snapshot.Definitions, then.measures, req.Period),
	}
	if seal.Prints, err = p.sealedPrints(then, req.Period); err != nil {
		return "", nil, err
	}
	data := seal.Write(p.Messages.Message("evidence.title", locale.A("period", req.Period.String())))
	rec, wrong := record.Parse(seal.Path(), data, s.Kinds)
	if rec.Kind == nil {
		return "", finding.List{refused(req.Period.String(), "evidence.no-kind")}, nil
	}
	if len(wrong) > 0 {
		return "", wrong, nil
	}
	return seal.Path(), nil, p.apply(intake.Plan{Path: seal.Path(), After: data})
}

func refused(where, key string, args ...locale.Arg) finding.Finding {
	return finding.Finding{Position: finding.Position{Path: where}, Rule: "seal-refused", Severity: finding.Error, Key: key, Args: args}
}

// unsealable finds what forbids to seal a period now.
func (p *Project) unsealable(s *Snapshot, req SealRequest) (finding.List, error) {
	name := req.Period.String()
	var found finding.List
	add := func(key string, args ...locale.Arg) { found = append(found, refused(name, key, args...)) }
	if end := req.Period.In(s.Config.Zone).End; end.After(req.Now) {
		add("evidence.unfinished", locale.A("end", end.Format(time.DateOnly)))
	}
	if s.Kinds.Kind(record.SealKind) == nil {
		add("evidence.no-kind")
	}
	if s.Register.Get(name) != nil || s.History.Timeline(name) != nil {
		add("evidence.sealed-already", locale.A("period", name))
	}
	if s.Register.Get(req.By) == nil && req.By != "" {
		add("evidence.by-unknown", locale.A("by", req.By))
	}
	if req.Now.Before(s.Commit.Committer.When) {
		add("evidence.clock-behind", locale.A("commit", s.AsOf.Format(time.RFC3339)))
	}
	onMain, err := p.onMainline(s)
	if err != nil {
		return nil, err
	}
	if !onMain {
		add("evidence.not-mainline", locale.A("branch", s.Config.Branch))
	}
	dirty, err := p.uncommitted(s.Commit.Hash)
	if err != nil {
		return nil, err
	}
	for _, path := range dirty[:min(len(dirty), mostDirty)] {
		found = append(found, refused(path, "evidence.uncommitted"))
	}
	return found, nil
}

// mostDirty bounds how many uncommitted files are named.
const mostDirty = 20

// onMainline tells whether the protected branch, here or as last fetched, holds
// the snapshot's commit. A repository without the branch by that name has none to
// hold against.
func (p *Project) onMainline(s *Snapshot) (bool, error) {
	known := false
	for _, ref := range []string{"refs/heads/", "refs/remotes/origin/"} {
		head, err := p.repo.Resolve(ref+s.Config.Branch, time.UTC)
		if err != nil {
			continue
		}
		known = true
		base, err := p.repo.MergeBase(s.Commit.Hash, head)
		if err != nil {
			return false, err
		}
		if base == s.Commit.Hash {
			return true, nil
		}
	}
	return !known, nil
}

// sealedFolders hold what a figure or a paper rests on.
var sealedFolders = [...]string{record.Folder, "schemas", "templates", "site"}

// uncommitted lists the governed files of the work tree that differ from a commit,
// in path order. Line ends that git's own conversion makes are no difference.
func (p *Project) uncommitted(commit gitrepo.Hash) ([]string, error) {
	blobs, err := p.repo.Blobs(commit, "")
	if err != nil {
		return nil, err
	}
	if err := p.onDisk(); err != nil {
		return nil, err
	}
	files := p.workTree()
	want := map[string]gitrepo.Hash{}
	var dirty []string
	for _, c := range blobs {
		if !governed(c.Path) {
			continue
		}
		want[c.Path] = c.After
		data, err := fs.ReadFile(files, c.Path)
		if err != nil || !sameBlob(data, c.After) {
			dirty = append(dirty, c.Path)
		}
	}
	for _, folder := range sealedFolders {
		err := fs.WalkDir(files, folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil && path == folder {
				return fs.SkipAll
			}
			if err == nil && d.Type().IsRegular() && want[path] == "" {
				dirty = append(dirty, path)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list %q: %w", folder, err)
		}
	}
	slices.Sort(dirty)
	return dirty, nil
}

func governed(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return path == config.File || slices.Contains(sealedFolders[:], first)
}

// sameBlob tells whether a file of the work tree is what a commit holds. Git may end
// lines in another way on disk.
func sameBlob(data []byte, want gitrepo.Hash) bool {
	return gitrepo.BlobID(data) == want || gitrepo.BlobID(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))) == want
}

// sealedPrints are the papers of a period in each language: the reports of its
// length, and the registers of dated kinds that have rows in it.
func (p *Project) sealedPrints(then *past, period calendar.Period) ([]evidence.SealedPrint, error) {
	faces, err := p.faces(then.snapshot.Config)
	if err != nil {
		return nil, err
	}
	var list []evidence.SealedPrint
	for _, lang := range then.snapshot.Config.Languages {
		press, err := p.press(then, redact.Policy{Paper: true}, lang, faces)
		if err != nil {
			return nil, err
		}
		for i, l := range press.layouts {
			p.Progress.tell(stagePapers, i+1, len(press.layouts))
			if !press.ofPeriod(l, period) {
				continue
			}
			paper, err := press.print(l, period)
			if err != nil {
				return nil, err
			}
			sum := sha256.Sum256(paper.Bytes)
			list = append(list, evidence.SealedPrint{
				Print: l.ID, Lang: string(lang), Edition: paper.Content.Edition,
				Code: paper.Content.Code().String(), SHA256: hex.EncodeToString(sum[:]),
			})
		}
	}
	return list, nil
}

// press is what prints the papers of a snapshot as the command print does.
func (p *Project) press(then *past, policy redact.Policy, lang locale.Lang, faces *pdf.Faces) (*press, error) {
	source := p.Source(then.snapshot, then.measures)
	source.Policy = policy
	source.Policy.Paper = true
	return newPress(then.snapshot, portal.New(source, lang), faces)
}

// ofPeriod tells whether a layout has a paper of a period.
func (p *press) ofPeriod(l portal.Layout, period calendar.Period) bool {
	kind := p.snapshot.Kinds.Kind(l.Of)
	if kind == nil {
		grain := l.Grain
		if grain == "" {
			grain = calendar.Month
		}
		return l.Content == portal.ContentFigures && grain == period.Grain
	}
	if kind.Envelope != schema.Governed || kind.Date == "" || l.Shape == portal.FormShape {
		return false
	}
	span := period.In(p.snapshot.Config.Zone)
	for rec := range p.snapshot.Register.Of(kind.ID) {
		if at, ok := rec.Moment(kind.Date, p.snapshot.Config.Zone); ok && span.Contains(at) {
			return true
		}
	}
	return false
}

// Confirmation is the command that tags a seal with a signature. kept runs no
// other program.
type Confirmation struct {
	Tag    string
	Commit gitrepo.Hash // the mainline commit that brought the seal
	Where  gitrepo.Hash // where the tag leads already, "" for no tag
}

// Confirm finds what is to be tagged for a period's seal; findings say why there
// is nothing.
func (p *Project) Confirm(period calendar.Period) (*Confirmation, finding.List, error) {
	s, err := p.Snapshot(Moment{})
	if err != nil {
		return nil, nil, err
	}
	name := period.String()
	rec := s.Register.Get(name)
	seal, ok := evidence.ReadSeal(rec)
	life := s.History.Timeline(name)
	if !ok || life == nil || life.Created.MergedBy == nil {
		return nil, finding.List{refused(name, "evidence.not-committed", locale.A("path", (&evidence.Seal{Period: period}).Path()))}, nil
	}
	if len(life.Changes) > 1 {
		return nil, finding.List{refused(name, "evidence.confirm-changed")}, nil
	}
	c := &Confirmation{Tag: evidence.Tag(period), Commit: life.Created.MergedBy.Hash}
	state := evidence.SealState{Seal: seal, Record: name}
	p.sealTag(s, &state)
	c.Where = state.Tag
	return c, nil, nil
}
