package pipeline

import (
	"fmt"
	"slices"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/record"
)

// Collision is how a number that two branches took was settled, and what is left
// for people to do.
type Collision struct {
	intake.Collision
	Paths []string // files that were written
	// Published tells that the number stays with the other branch, since its record
	// is on the protected branch.
	Published bool
	Joining   string   // MERGE_HEAD, CHERRY_PICK_HEAD or REBASE_HEAD
	Unclear   []string // records of both branches that name the number
	Left      []string // other files at which the merge stopped
	// Later are records that commits which a rebase has yet to replay change or make,
	// and that are the moved record or name its old number.
	Later []string
}

// Collided finds the file at which a merge stopped because both branches made it;
// false where it is none. One that was there before has a base and is a record
// that both changed.
func (p *Project) Collided(path string) (gitrepo.Unmerged, bool, error) {
	if p.repo == nil {
		return gitrepo.Unmerged{}, false, nil
	}
	list, err := p.repo.Unmerged()
	if err != nil {
		return gitrepo.Unmerged{}, false, err
	}
	at := slices.IndexFunc(list, func(u gitrepo.Unmerged) bool {
		return u.Path == path && u.Base == "" && u.Ours != "" && u.Theirs != ""
	})
	if at < 0 {
		return gitrepo.Unmerged{}, false, nil
	}
	return list[at], true, nil
}

// Settle gives one of the two records of a collision another number, or that of
// to, and writes every file that this changes; findings say why not. The branch at
// work keeps its number, unless the other one is on the protected branch and it is
// not: what was published does not move.
func (p *Project) Settle(s *Snapshot, u gitrepo.Unmerged, used []string, to string) (Collision, finding.List, error) {
	var c Collision
	rec := s.Register.Get(record.StemOf(u.Path))
	if rec == nil {
		return c, nil, fmt.Errorf("read record %q: %w", u.Path, gitrepo.ErrUnknownRevision)
	}
	head, err := p.resolve("HEAD")
	if err != nil {
		return c, nil, err
	}
	name, mover := p.repo.Joining()
	keeper, kept, moved := head, u.Ours, u.Theirs
	if c.Published = mover != "" && p.published(s, mover) && !p.published(s, head); c.Published {
		keeper, mover, kept, moved = mover, head, u.Theirs, u.Ours
	}
	req := intake.CollisionRequest{Path: u.Path, Now: rec.Source, Register: s.Register, Kinds: s.Kinds, To: to}
	if req.Kept, err = p.repo.Blob(kept); err != nil {
		return c, nil, err
	}
	if req.Moved, err = p.repo.Blob(moved); err != nil {
		return c, nil, err
	}
	side, err := p.sideOf(s, mover, keeper, rec)
	if err != nil {
		return c, nil, err
	}
	req.Following, req.Used = side.following, append(side.used, used...)
	settled, found := intake.Collide(req)
	c.Collision, c.Joining, c.Unclear = settled, name, side.unclear
	if c.Paths, found, err = p.carryOut(settled.Plans, found); err != nil || found.Count(finding.Error) > 0 {
		return c, found, err
	}
	if c.Left, err = p.left(u.Path); err != nil {
		return c, found, err
	}
	c.Later, err = p.later(s, mover, rec)
	return c, found, err
}

// later lists the records that commits after the one at hand change or make, in a
// rebase or a series of cherry-picks, where they are the moved record or name its old
// number: git will bring them over as they are.
func (p *Project) later(s *Snapshot, now gitrepo.Hash, about *record.Record) ([]string, error) {
	last := p.repo.Replaying()
	if last == "" || last == now || now == "" {
		return nil, nil
	}
	was, err := p.blobsAt(now)
	if err != nil {
		return nil, err
	}
	to, err := p.repo.Blobs(last, record.Folder)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range to {
		if was[c.Path] == c.After {
			continue
		}
		names, err := p.named(c.After, c.Path, s, about.ID)
		if err != nil {
			return nil, err
		}
		if names || c.Path == about.Path {
			ids = append(ids, record.StemOf(c.Path))
		}
	}
	return ids, nil
}

// published tells whether the protected branch, here or as it was last fetched,
// holds a commit.
func (p *Project) published(s *Snapshot, commit gitrepo.Hash) bool {
	for _, name := range []string{s.Config.Branch, "origin/" + s.Config.Branch} {
		tip, err := p.resolve(name)
		if err != nil {
			continue
		}
		if base, err := p.repo.MergeBase(tip, commit); err == nil && base == commit {
			return true
		}
	}
	return false
}

// left lists the other files at which the merge stopped.
func (p *Project) left(path string) ([]string, error) {
	list, err := p.repo.Unmerged()
	var paths []string
	for _, u := range list {
		if u.Path != path {
			paths = append(paths, u.Path)
		}
	}
	return paths, err
}

// side is what a branch brings whose record gets another number.
type side struct {
	used      []string         // ids of its records
	following []*record.Record // that only it lets name the number
	unclear   []string         // ids of those that both branches let name it
}

// sideOf looks at the records that a branch changed since it and the one that
// keeps the number parted: where that one's version names the number, too, nobody
// can tell which record is meant.
func (p *Project) sideOf(s *Snapshot, mover, keeper gitrepo.Hash, about *record.Record) (side, error) {
	var side side
	if mover == "" || keeper == "" {
		return side, nil
	}
	base, err := p.repo.MergeBase(keeper, mover)
	if err != nil {
		return side, err
	}
	was, err := p.blobsAt(base)
	if err != nil {
		return side, err
	}
	kept, err := p.blobsAt(keeper)
	if err != nil {
		return side, err
	}
	moved, err := p.repo.Blobs(mover, record.Folder)
	if err != nil {
		return side, err
	}
	for _, c := range moved {
		side.used = append(side.used, record.StemOf(c.Path))
		rec := s.Register.Get(record.StemOf(c.Path))
		if was[c.Path] == c.After || c.Path == about.Path || rec == nil || rec.Path != c.Path || !intake.Names(rec, about.ID) {
			continue
		}
		before, err := p.named(kept[c.Path], c.Path, s, about.ID)
		switch {
		case err != nil:
			return side, err
		case before:
			side.unclear = append(side.unclear, rec.ID)
		default:
			side.following = append(side.following, rec)
		}
	}
	return side, nil
}

func (p *Project) blobsAt(commit gitrepo.Hash) (map[string]gitrepo.Hash, error) {
	blobs := map[string]gitrepo.Hash{}
	if commit == "" {
		return blobs, nil
	}
	list, err := p.repo.Blobs(commit, record.Folder)
	for _, c := range list {
		blobs[c.Path] = c.After
	}
	return blobs, err
}

// named tells whether a version of a record names an id.
func (p *Project) named(blob gitrepo.Hash, path string, s *Snapshot, id string) (bool, error) {
	if blob == "" {
		return false, nil
	}
	data, err := p.repo.Blob(blob)
	if err != nil {
		return false, err
	}
	rec, _ := record.Parse(path, data, s.Kinds)
	return intake.Names(rec, id), nil
}
