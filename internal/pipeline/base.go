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
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/signature"
	"kept/internal/yamldoc"
)

// Propose judges the work tree as a change that asks to enter a base: the records as
// they would stand, and what the change does to them since HEAD and the base parted.
// What rules are the base's own kinds, configuration, people and keys, as they stand at
// its tip: who parts from an older commit has no older rules. now is the clock that
// files on disk obey. In a bare repository HEAD is the change.
func (p *Project) Propose(base string, asOf, now time.Time) (*check.Verdict, error) {
	if p.problem != nil {
		return nil, p.problem
	}
	if err := p.whole(); err != nil {
		return nil, err
	}
	line, err := p.parting(base)
	if err != nil {
		return nil, err
	}
	before, err := p.baseOf(line.at)
	if err != nil {
		return nil, err
	}
	ruling := before
	if line.tip != line.at {
		if ruling, err = p.baseOf(line.tip); err != nil {
			return nil, err
		}
	}
	after := &Snapshot{AsOf: asOf, Now: now, files: p.workTree(), substitutions: p.repo.Substitutions()}
	if p.repo.Root() == "" {
		if after.files, err = p.repo.Files(line.head); err != nil {
			return nil, fmt.Errorf("read tree: %w", err)
		}
	}
	if after.AsOf.IsZero() {
		merged, err := p.merged(line.head)
		if err != nil {
			return nil, err
		}
		after.AsOf = merged.Add(commitSpan)
	}
	if err := after.readBy(ruling); err != nil {
		return nil, err
	}
	after.Judge()
	request, err := p.changeRequest(line, before, ruling, after)
	if err != nil {
		return nil, err
	}
	verdict := check.Change(request)
	verdict.Findings = slices.Concat(after.Findings, verdict.Findings).Sort()
	return &verdict, nil
}

// changeRequest gathers what judging a change reads.
func (p *Project) changeRequest(line parting, before, ruling, after *Snapshot) (check.ChangeRequest, error) {
	var request check.ChangeRequest
	h, _, err := history.Propose(p.repo, history.Proposal{Base: line.at, Head: line.head, Work: after.files, When: after.AsOf})
	if err != nil {
		return request, err
	}
	tip, err := p.repo.FirstParents(line.tip)
	if err != nil {
		return request, err
	}
	if after.Signatures, err = evidence.ReadProposed(p.repo, h, tip, ruling.Config.Zone); err != nil {
		return request, fmt.Errorf("read signatures: %w", err)
	}
	request = check.ChangeRequest{HistoryRequest: after.historyRequest(h), Base: ruling.Register, Parted: before.Register}
	request.Held = func(rec *record.Record) bool { return p.held(line, rec) }
	if request.Rehearsal, err = p.rehearsal(line); err != nil {
		return request, err
	}
	if request.Before, err = governing(before.files); err != nil {
		return request, err
	}
	request.After, err = governing(after.files)
	return request, err
}

// Why a base cannot be compared with.
var (
	// ErrNoBase says that no commit has the name.
	ErrNoBase = errors.New("no such base")
	// ErrForeignBase says that it has no commit in common with HEAD.
	ErrForeignBase = errors.New("base has no commit in common with HEAD")
)

// parting is where a change and the branch that it asks to enter part.
type parting struct {
	at   gitrepo.Hash // newest commit of both
	tip  gitrepo.Hash // of the base
	head gitrepo.Hash // of the change
}

// parting finds the commit at which HEAD and a revision part.
func (p *Project) parting(base string) (line parting, err error) {
	line.tip, err = p.resolve(base)
	if errors.Is(err, gitrepo.ErrUnknownRevision) || errors.Is(err, gitrepo.ErrAmbiguous) {
		return line, fmt.Errorf("%w: %w", ErrNoBase, err)
	}
	if err != nil {
		return line, err
	}
	if line.head, err = p.resolve("HEAD"); err != nil {
		return line, err
	}
	line.at, err = p.repo.MergeBase(line.tip, line.head)
	if err == nil && line.at == "" {
		err = ErrForeignBase
	}
	return line, err
}

// rehearsal is HEAD where it is the merge of the base and a branch as a forge makes it
// to try them: each file as one side has it, unless both changed it.
func (p *Project) rehearsal(line parting) (gitrepo.Hash, error) {
	c, err := p.repo.Commit(line.head)
	if err != nil || len(c.Parents) != 2 || c.Parents[0] != line.tip {
		return "", err
	}
	fork, err := p.repo.MergeBase(c.Parents[0], c.Parents[1])
	if err != nil {
		return "", err
	}
	var trees [4]map[string]gitrepo.Hash // merge, base, branch, fork
	for i, at := range []gitrepo.Hash{line.head, c.Parents[0], c.Parents[1], fork} {
		if trees[i], err = p.tree(at); err != nil {
			return "", err
		}
	}
	for _, tree := range trees[:3] {
		for name := range tree {
			made, ours, theirs, was := trees[0][name], trees[1][name], trees[2][name], trees[3][name]
			both := ours != was && theirs != was && ours != theirs
			if !both && (made != ours || theirs != was) && (made != theirs || ours != was) && (made != ours || ours != theirs) {
				return "", nil
			}
		}
	}
	return line.head, nil
}

// held tells whether a commit of a change has a record as its base has it, as after a
// merge that made one commit of a branch (squash) that went on.
func (p *Project) held(line parting, rec *record.Record) bool {
	at, err := p.tree(line.tip)
	if err != nil {
		return false
	}
	for advance, err := range p.repo.Mainline(line.head, path.Dir(rec.Path)) {
		if err != nil {
			return false
		}
		for _, c := range advance.Changes {
			if c.Path == rec.Path && c.After == at[rec.Path] {
				return true
			}
		}
	}
	return false
}

// tree is the files of a commit by their paths; none for "".
func (p *Project) tree(at gitrepo.Hash) (map[string]gitrepo.Hash, error) {
	files := map[string]gitrepo.Hash{}
	if at == "" {
		return files, nil
	}
	list, err := p.repo.Blobs(at, "")
	for _, c := range list {
		files[c.Path] = c.After
	}
	return files, err
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
