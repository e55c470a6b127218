package gitrepo

import (
	"bufio"
	"bytes"
	"crypto/sha1"
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
	idx, err := r.gitIndex()
	if err != nil || idx == nil {
		return nil, err
	}
	return stages(idx.Entries), nil
}

// Whole tells whether the work tree holds what the index does in the named files and
// folders; where a sparse checkout left something out it is a [*WorkTreeError].
func (r *Repo) Whole(places []string) error {
	if !r.sparse || r.worktree == "" {
		return nil
	}
	left := &WorkTreeError{Reason: "sparse", Mend: "git sparse-checkout disable"}
	idx, err := r.gitIndex()
	if err != nil || idx == nil {
		return left // an index of folders is that of a sparse checkout, too
	}
	for _, e := range idx.Entries {
		first, _, _ := strings.Cut(e.Name, "/")
		if !e.SkipWorktree || !slices.Contains(places, first) {
			continue
		}
		if _, err := os.Lstat(filepath.Join(r.worktree, filepath.FromSlash(e.Name))); err != nil {
			return left
		}
	}
	return nil
}

// gitIndex reads git's index; nil where there is none.
func (r *Repo) gitIndex() (*index.Index, error) {
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
	data, err := io.ReadAll(io.LimitReader(f, maxIndex))
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	var idx index.Index
	err = index.NewDecoder(bytes.NewReader(summed(data))).Decode(&idx)
	if errors.Is(err, index.ErrUnknownExtension) {
		return nil, &WorkTreeError{Reason: "split", Mend: "git update-index --no-split-index"}
	}
	if err != nil {
		return nil, fmt.Errorf("read index: %w: %w", ErrFormat, err)
	}
	return &idx, nil
}

// summed gives an index without a sum (index.skipHash) the one that go-git asks for.
func summed(data []byte) []byte {
	n := len(data) - sha1.Size
	if n < 0 || !bytes.Equal(data[n:], make([]byte, sha1.Size)) {
		return data
	}
	sum := sha1.Sum(data[:n])
	return append(slices.Clone(data[:n]), sum[:]...)
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

// Replaying is the last commit that a rebase or a series of cherry-picks, which
// stopped, has yet to bring over; "" where none is under way.
func (r *Repo) Replaying() Hash {
	for _, name := range []string{"rebase-merge/orig-head", "rebase-apply/orig-head"} {
		if text, ok := pointer(filepath.Join(r.gitDir, filepath.FromSlash(name)), ""); ok {
			return Hash(strings.TrimSpace(text))
		}
	}
	f, err := os.Open(filepath.Join(r.gitDir, "sequencer", "todo"))
	if err != nil {
		return ""
	}
	defer f.Close()
	last := ""
	for lines := bufio.NewScanner(io.LimitReader(f, maxConfiguration)); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) > 1 && words[0] == "pick" {
			last = words[1]
		}
	}
	if h, err := r.Resolve(last, nil); err == nil && last != "" {
		return h
	}
	return ""
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
