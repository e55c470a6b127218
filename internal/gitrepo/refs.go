package gitrepo

import (
	"bufio"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// reference reads a ref by its full name, through symbolic refs; "" where there
// is none.
func (l *layout) reference(name string) Hash {
	ref, err := storer.ResolveReference(l.refs, plumbing.ReferenceName(name))
	if err != nil || ref.Hash().IsZero() {
		return ""
	}
	return Hash(ref.Hash().String())
}

// openReferences gives the references to go-git, which knows which of them a
// linked work tree has for itself, and refuses names that lead elsewhere.
func openReferences(gitDir, common string) storer.ReferenceStorer {
	files := dotgit.NewRepositoryFilesystem(refFiles{osfs.New(gitDir)}, refFiles{osfs.New(common)})
	return filesystem.NewStorage(files, nil)
}

// refFiles shows no file that is too large for a reference, or that waits for
// somebody to write to it: go-git asks for the state of a file and then reads it
// to its end.
type refFiles struct{ billy.Filesystem }

// Stat implements [billy.Filesystem].
func (f refFiles) Stat(name string) (os.FileInfo, error) {
	info, err := f.Filesystem.Stat(name)
	if err == nil && !info.IsDir() && (!info.Mode().IsRegular() || info.Size() > maxReference) {
		return nil, os.ErrNotExist
	}
	return info, err
}

const maxReference = 4096

// packedReferences yields the lines of packed-refs.
func (l *layout) packedReferences() func(yield func(string, Hash) bool) {
	return func(yield func(string, Hash) bool) {
		f, err := os.Open(l.path("packed-refs"))
		if err != nil {
			return
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			h, name, ok := strings.Cut(lines.Text(), " ")
			if ok && h[0] != '#' && h[0] != '^' && !yield(name, Hash(h)) {
				return
			}
		}
	}
}

// Branches lists the branches of a folder, here and as last fetched from any remote,
// by the full names of their references in the order of names: for "kept/" those of
// refs/heads/kept/ and of refs/remotes/*/kept/. What does not lead to a commit's id is
// left out.
func (r *Repo) Branches(folder string) []string {
	names := map[string]bool{}
	take := func(name string) {
		rest, local := strings.CutPrefix(name, "refs/heads/")
		if remote, ok := strings.CutPrefix(name, "refs/remotes/"); ok {
			_, rest, local = strings.Cut(remote, "/")
		}
		if local && strings.HasPrefix(rest, folder) && r.reference(name) != "" {
			names[name] = true
		}
	}
	for _, top := range []string{"refs/heads", "refs/remotes"} {
		at := r.path(filepath.FromSlash(top))
		_ = filepath.WalkDir(at, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // what cannot be listed has no branches
			}
			if inside, err := filepath.Rel(at, file); err == nil {
				take(top + "/" + filepath.ToSlash(inside))
			}
			return nil
		})
	}
	for name := range r.packedReferences() {
		take(name)
	}
	return slices.Sorted(maps.Keys(names))
}

// Substitution is a standing order to git to show another history than the
// objects hold. This package does not follow any; an auditor wants to know.
type Substitution struct {
	Kind   string // replace or graft
	Object Hash   // the object that git would not show as it is
}

// Substitutions lists replace refs, then grafts.
func (r *Repo) Substitutions() []Substitution {
	var list []Substitution
	const folder = "refs/replace/"
	entries, _ := os.ReadDir(r.path(filepath.FromSlash(folder)))
	for _, e := range entries {
		list = append(list, Substitution{"replace", Hash(e.Name())})
	}
	for name := range r.packedReferences() {
		if h, ok := strings.CutPrefix(name, folder); ok {
			list = append(list, Substitution{"replace", Hash(h)})
		}
	}
	data, _ := os.ReadFile(r.path("info", "grafts"))
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0][0] != '#' {
			list = append(list, Substitution{"graft", Hash(fields[0])})
		}
	}
	return list
}
