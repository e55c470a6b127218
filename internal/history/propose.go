package history

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Proposal is a change that is not on the mainline yet.
type Proposal struct {
	Base gitrepo.Hash // end of the mainline
	Head gitrepo.Hash // of the branch; "" where nothing is committed
	Work fs.FS        // the files as they would be after the merge
	When time.Time    // stands for the time of the merge
}

// Propose reads the mainline of a proposal's base and adds its change as if it
// were merged at When: the last change of each record that it touches, recorded
// by a commit without id. Values that only the work tree holds are set by that
// commit, too. It returns the paths of the records' files that differ.
func Propose(repo *gitrepo.Repo, p Proposal) (*History, []gitrepo.Change, error) {
	r := newReader(repo)
	changes, err := p.changes(repo, r.blobs)
	if err != nil {
		return nil, nil, err
	}
	head := p.Head
	if head == "" {
		head = p.Base
	}
	for step, err := range repo.MainlineAnd(p.Base, head, record.Folder) {
		if err != nil {
			return nil, nil, err
		}
		if step.Commit.Hash == "" {
			step.Changes = changes
			step.Commit.Committer.When, step.Commit.Author.When = p.When, p.When
		}
		if err := r.advance(&step); err != nil {
			return nil, nil, err
		}
	}
	return r.history(p.Base), changes, nil
}

// changes compares the work tree with the base, and lends the texts that no
// object holds to the blobs.
func (p Proposal) changes(repo *gitrepo.Repo, blobs *blobs) ([]gitrepo.Change, error) {
	before, err := repo.Blobs(p.Base, record.Folder)
	if err != nil {
		return nil, err
	}
	old := map[string]gitrepo.Hash{}
	for _, b := range before {
		old[b.Path] = b.After
	}
	var list []gitrepo.Change
	blobs.lent = map[gitrepo.Hash][]byte{}
	err = fs.WalkDir(p.Work, record.Folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == record.Folder:
			return fs.SkipAll
		case err != nil:
			return err
		case !d.Type().IsRegular() || path.Ext(name) != ".yaml":
			return nil
		}
		data, err := fs.ReadFile(p.Work, name)
		if err != nil {
			return fmt.Errorf("read record %q: %w", name, err)
		}
		if h := gitrepo.BlobID(data); h != old[name] {
			blobs.lent[h] = data
			list = append(list, gitrepo.Change{Path: name, Before: old[name], After: h})
		}
		delete(old, name)
		return nil
	})
	for _, b := range before {
		if h, gone := old[b.Path]; gone && strings.HasSuffix(b.Path, ".yaml") {
			list = append(list, gitrepo.Change{Path: b.Path, Before: h})
		}
	}
	return list, err
}
