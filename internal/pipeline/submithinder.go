package pipeline

import (
	"errors"
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/record"
)

// hinder finds the errors that keep records from being handed in: those of the records
// that are taken, those of records that the branch's own commits changed, since a push
// hands these in as well, and those elsewhere that were not there where the branch
// parted.
func (p *Project) hinder(d *Submitted, s *Snapshot) error {
	own, err := p.ownLine(s.Config)
	if err != nil {
		return err
	}
	taken, ids := map[string]bool{}, map[string]bool{}
	for _, f := range d.Files {
		taken[f.Path], ids[record.StemOf(f.Path)] = true, true
	}
	hidden := false // a committed version that is pushed and lies on disk otherwise
	for _, file := range own.files {
		hidden = hidden || slices.Contains(d.Left, file)
		if !slices.Contains(d.Left, file) {
			taken[file], ids[record.StemOf(file)] = true, true
		}
	}
	var elsewhere finding.List
	for _, f := range s.Findings {
		switch {
		case f.Severity != finding.Error:
		case taken[f.Position.Path] || ids[f.Record]:
			d.Findings = append(d.Findings, f)
		default:
			elsewhere = append(elsewhere, f)
		}
	}
	if hidden {
		if err := p.hinderHidden(d, s, own); err != nil {
			return err
		}
	}
	fresh := slices.Clone(elsewhere)
	if len(elsewhere) > 0 && own.from != "" {
		before, err := p.judgedAt(own.from, s)
		if err != nil {
			return err
		}
		fresh = beyond(fresh, before)
	}
	d.Elsewhere = len(elsewhere) - len(fresh)
	d.Findings = append(d.Findings, fresh...).Sort()
	return nil
}

// hinderHidden finds the errors of files that are pushed as HEAD has them, while others
// lie on disk and are not taken.
func (p *Project) hinderHidden(d *Submitted, s *Snapshot, own ownLine) error {
	found, err := p.judgedAt(own.head, s)
	for _, f := range found {
		if f.Severity == finding.Error && slices.Contains(own.files, f.Position.Path) && slices.Contains(d.Left, f.Position.Path) {
			d.Findings = append(d.Findings, f)
		}
	}
	return err
}

// judgedAt judges the records of a commit as a snapshot of the work tree is.
func (p *Project) judgedAt(at gitrepo.Hash, s *Snapshot) (finding.List, error) {
	then, err := p.baseOf(at)
	if err != nil {
		return nil, err
	}
	then.AsOf, then.Now = s.AsOf, s.Now
	then.Commit = gitrepo.Commit{}
	then.Judge()
	return then.Findings, nil
}

// ownLine is what the commits of the branch at work did since it and the protected one
// parted.
type ownLine struct {
	from, head gitrepo.Hash // "" for none
	files      []string     // records that they made or changed
}

// ownLine compares HEAD with the protected branch as last fetched, else the one here.
// Where neither is there, or the history does not reach to where they part, HEAD itself
// is where it parts: nothing of it is known to be the branch's own.
func (p *Project) ownLine(c config.Config) (ownLine, error) {
	own := ownLine{head: headOf(p)}
	own.from = own.head
	if own.head == "" {
		return own, nil
	}
	tip := p.protectedTip(c)
	if tip == "" || tip == own.head {
		return own, nil
	}
	base, err := p.repo.MergeBase(tip, own.head)
	var incomplete *gitrepo.HistoryError
	if errors.As(err, &incomplete) || err == nil && base == "" {
		return own, nil
	}
	if err != nil {
		return own, err
	}
	own.from = base
	list, err := p.repo.Between(base, own.head, record.Folder)
	for _, file := range list {
		if file.After != "" {
			own.files = append(own.files, file.Path)
		}
	}
	return own, err
}

// protectedTip is where the protected branch was when it was last fetched, from origin
// before any other remote, else the one here; "" for none.
func (p *Project) protectedTip(c config.Config) gitrepo.Hash {
	names := []string{"refs/remotes/origin/" + c.Branch}
	for _, name := range p.repo.Branches(c.Branch) {
		if remote, ok := strings.CutPrefix(name, "refs/remotes/"); ok && strings.HasSuffix(remote, "/"+c.Branch) {
			names = append(names, name)
		}
	}
	for _, name := range append(names, "refs/heads/"+c.Branch) {
		if tip, err := p.resolve(name); err == nil {
			return tip
		}
	}
	return ""
}

// passed is the name that a new branch was to have and that another one holds, here or
// on the remote, which is not merged as far as is known here; "" for none.
func (p *Project) passed(d *Submitted, wanted string) string {
	if !d.NewBranch || d.Branch == wanted {
		return ""
	}
	known, head := 0, headOf(p)
	for _, name := range []string{"refs/heads/" + wanted, "refs/remotes/" + d.Remote + "/" + wanted} {
		tip, err := p.resolve(name)
		if err != nil {
			continue
		}
		known++
		if base, err := p.repo.MergeBase(tip, head); err != nil || base != tip {
			return wanted
		}
	}
	if known == 0 {
		return wanted // the push met it
	}
	return ""
}
