package gitrepo

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// Unmerged is a file at which a merge stopped: what it was, what it is on the
// branch that was at work and on the other. "" where it is not there.
type Unmerged struct {
	Path               string
	Base, Ours, Theirs Hash
}

// maxIndex bounds git's index, which is read into memory.
const maxIndex = 256 << 20

// Unmerged lists the files that git's index holds in several stages, in the order
// of their paths. A work tree without an index has none.
func (r *Repo) Unmerged() ([]Unmerged, error) {
	f, err := os.Open(filepath.Join(r.gitDir, "index"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > maxIndex {
		return nil, fmt.Errorf("read index: %w", ErrTooLarge)
	}
	var idx index.Index
	if err := index.NewDecoder(bufio.NewReader(io.LimitReader(f, maxIndex))).Decode(&idx); err != nil {
		return nil, fmt.Errorf("read index: %w: %w", ErrFormat, err)
	}
	return stages(idx.Entries), nil
}

// stages gathers the entries of one path that are not merged.
func stages(entries []*index.Entry) []Unmerged {
	byPath := map[string]*Unmerged{}
	for _, e := range entries {
		if e.Stage == 0 {
			continue // merged; go-git's name for it is the number of a base
		}
		u := byPath[e.Name]
		if u == nil {
			u = &Unmerged{Path: e.Name}
			byPath[e.Name] = u
		}
		blob := Hash(e.Hash.String())
		switch e.Stage {
		case index.AncestorMode:
			u.Base = blob
		case index.OurMode:
			u.Ours = blob
		case index.TheirMode:
			u.Theirs = blob
		}
	}
	list := make([]Unmerged, 0, len(byPath))
	for _, u := range byPath {
		list = append(list, *u)
	}
	slices.SortFunc(list, func(a, b Unmerged) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// Joining is the commit that is being joined to HEAD, by a merge, a cherry-pick or
// a rebase that stopped, and the name under which git keeps it; "" where none is.
func (r *Repo) Joining() (name string, commit Hash) {
	for _, name := range []string{"MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD"} {
		if h := r.reference(name); h != "" {
			return name, h
		}
	}
	return "", ""
}
