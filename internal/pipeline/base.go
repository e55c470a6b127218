package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/signature"
	"kept/internal/yamldoc"
)

// Propose judges the work tree as a change of the commit at which HEAD and a base
// part: the records as they would stand, by the base's kinds and configuration,
// and what the change does to them. now is the clock that files on disk obey. In a bare repository HEAD is the change.
func (p *Project) Propose(base string, asOf, now time.Time) (*check.Verdict, error) {
	if p.problem != nil {
		return nil, p.problem
	}
	at, head, err := p.parting(base)
	if err != nil {
		return nil, err
	}
	before, err := p.baseOf(at)
	if err != nil {
		return nil, err
	}
	after := &Snapshot{AsOf: asOf, Now: now, files: p.workTree(), substitutions: p.repo.Substitutions()}
	if p.repo.Root() == "" {
		if after.files, err = p.repo.Files(head); err != nil {
			return nil, fmt.Errorf("read tree: %w", err)
		}
	}
	if after.AsOf.IsZero() {
		merged, err := p.merged(head)
		if err != nil {
			return nil, err
		}
		after.AsOf = merged.Add(commitSpan)
	}
	if err := after.readBy(before); err != nil {
		return nil, err
	}
	after.Judge()
	h, _, err := history.Propose(p.repo, history.Proposal{Base: at, Head: head, Work: after.files, When: after.AsOf})
	if err != nil {
		return nil, err
	}
	request := check.ChangeRequest{HistoryRequest: after.historyRequest(h), Base: before.Register}
	if request.Before, err = governing(before.files); err != nil {
		return nil, err
	}
	if request.After, err = governing(after.files); err != nil {
		return nil, err
	}
	verdict := check.Change(request)
	verdict.Findings = slices.Concat(after.Findings, verdict.Findings).Sort()
	return &verdict, nil
}

// Why a base cannot be compared with.
var (
	// ErrNoBase says that no commit has the name.
	ErrNoBase = errors.New("no such base")
	// ErrForeignBase says that it has no commit in common with HEAD.
	ErrForeignBase = errors.New("base has no commit in common with HEAD")
)

// parting finds the commit at which HEAD and a revision part, and HEAD.
func (p *Project) parting(base string) (at, head gitrepo.Hash, err error) {
	other, err := p.resolve(base)
	if errors.Is(err, gitrepo.ErrUnknownRevision) || errors.Is(err, gitrepo.ErrAmbiguous) {
		return "", "", fmt.Errorf("%w: %w", ErrNoBase, err)
	}
	if err != nil {
		return "", "", err
	}
	if head, err = p.resolve("HEAD"); err != nil {
		return "", "", err
	}
	at, err = p.repo.MergeBase(other, head)
	if err == nil && at == "" {
		err = ErrForeignBase
	}
	return at, head, err
}

// baseOf reads the records of a commit without their history.
func (p *Project) baseOf(at gitrepo.Hash) (*Snapshot, error) {
	c, err := p.repo.Commit(at)
	if err != nil {
		return nil, fmt.Errorf("read commit: %w", err)
	}
	s := &Snapshot{Commit: c, AsOf: c.Committer.When.Add(commitSpan)} // nothing is judged at it
	if s.files, err = p.repo.Files(at); err != nil {
		return nil, fmt.Errorf("read tree: %w", err)
	}
	return s, s.read()
}

// readBy fills the snapshot's records by the configuration of another, and by its
// kinds; kinds that the other does not have are its own.
func (s *Snapshot) readBy(base *Snapshot) error {
	var found finding.List
	var err error
	s.Config = base.Config
	s.Kinds, found = schema.Load(layered{kindFiles(base.files), kindFiles(s.files)})
	s.Findings = append(s.Findings, found...)
	if s.Register, found, err = record.Load(s.files, s.Kinds); err != nil {
		return err
	}
	s.Findings = append(s.Findings, found...)
	s.compile()
	s.Calendar, found, err = s.Register.Calendar(s.Config.Zone)
	s.Findings = append(s.Findings, found...)
	return err
}

// deciding are the places of files that are no records and decide about them.
func deciding() []string {
	return []string{config.File, "schemas", "templates", "site", ".github", ".gitlab-ci.yml", ".gitlab", ".gitea", ".gitee", ".workflow", "ci", "CODEOWNERS", signature.AllowedSigners, signature.Folder, ".mailmap"}
}

// largest bounds a file that is compared.
const largest = 1 << 20

// governing reads what rules the records of a tree.
func governing(files fs.FS) (check.Governing, error) {
	g := check.Governing{Schemas: map[string]yamldoc.Object{}, Files: map[string]string{}}
	g.Kinds, _ = schema.Load(kindFiles(files))
	for _, root := range deciding() {
		err := fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil && name == root:
				return fs.SkipAll
			case err != nil:
				return err
			case name == "site/public":
				return fs.SkipDir
			case !d.Type().IsRegular():
				return nil
			}
			data, err := fs.ReadFile(files, name)
			g.Files[name] = string(data[:min(len(data), largest)])
			return err
		})
		if err != nil {
			return g, fmt.Errorf("read %q: %w", root, err)
		}
	}
	g.Config, _ = yamldoc.ParseValue([]byte(g.Files[config.File]))
	own := kindFiles(files)
	names, err := fs.Glob(own, "*.schema.json")
	if err != nil {
		return g, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(own, name)
		if err != nil {
			return g, fmt.Errorf("read schema %q: %w", name, err)
		}
		if o, ok := yamldoc.ParseValue(data); ok {
			g.Schemas[path.Join("schemas", name)] = o
		}
	}
	return g, nil
}
