// Package gitrepo is the only door to git: it opens a repository, gives the
// files of one commit or of the work tree, and walks the history along first
// parents. Nothing here knows what a record is.
//
// It reads git's own files and runs no other program; it writes nothing but new
// repositories of one pack. The formats are go-git's: loose objects, pack
// indexes, references, configuration, git's index. Packs, trees and commits are
// read here, since through go-git a walk takes 4.8 times as long as git log, and
// here 2.6 to 2.9 times; so are revisions, which go-git does not refuse where a short id
// is ambiguous or a history is cut. Replace refs and grafts are not followed: a
// commit is what its object says. Repositories with SHA-1 object ids and files as
// references are read; others are refused with [ErrFormat].
package gitrepo

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Hash is an object id in lower-case hexadecimal.
type Hash string

// Short is the first twelve digits.
func (h Hash) Short() string { return string(h[:min(12, len(h))]) }

// Repo is an opened repository. Close frees its pack files. It is safe for
// concurrent use.
type Repo struct {
	layout
	objects *store
	shallow map[Hash]bool

	work     sync.Once
	workTree *diskFS
}

// Person is an author or a committer as the commit says.
type Person struct {
	Name, Email string
	// When is in the zone written in the commit; zero where the date is
	// malformed or lies outside the years 1 to 9999.
	When time.Time
}

// Commit is one commit object, its dates parsed from the raw bytes.
type Commit struct {
	Hash      Hash
	Tree      Hash
	Parents   []Hash
	Author    Person // the first, where the object names several
	Committer Person
	Message   string
	Trailers  []Trailer // of the message's last paragraph, in order
	Signed    bool      // carries a signature, which nobody has checked here
	Flaws     []Flaw    // what is odd about the object, in the order it was met
}

// Flaw is something that git would not write into a commit.
type Flaw string

// The flaws.
const (
	SecondAuthor    Flaw = "second_author"
	SecondCommitter Flaw = "second_committer"
	SecondTree      Flaw = "second_tree"
	LateParent      Flaw = "late_parent" // after the author, where git reads none
	NoAuthor        Flaw = "no_author"
	NoCommitter     Flaw = "no_committer"
	AuthorDate      Flaw = "author_date"    // cannot be read
	CommitterDate   Flaw = "committer_date" // cannot be read
)

// Trailer is one "Key: value" line at the end of a message.
type Trailer struct{ Key, Value string }

// Change is one file that differs between a commit and its first parent.
type Change struct {
	Path          string
	Before, After Hash // blob ids, "" where the file is not there
}

// Advance is one commit on the mainline with what it brought in.
type Advance struct {
	Commit  Commit
	Changes []Change // against the first parent, in path order
	// Side holds the commits M^1..M that a merge brought in, parents before
	// children, each with its changes against its own first parent.
	Side []SideCommit
}

// SideCommit is a commit that came in by a merge.
type SideCommit struct {
	Commit  Commit
	Changes []Change
}

// Open finds the repository that holds dir: a work tree, a linked work tree or
// a bare repository. Where there is none the error is [ErrNoRepository]; what
// lies in dir can then still be read by [Folder]. A repository whose history is
// incomplete opens; what needs the history says so with a [*HistoryError].
func Open(dir string) (*Repo, error) {
	l, err := find(dir)
	if err != nil {
		return nil, err
	}
	if err := l.readConfig(); err != nil {
		return nil, err
	}
	objects, err := openStore(l.common)
	var damaged *damagedError
	if errors.As(err, &damaged) {
		return nil, damagedHistory(damaged)
	}
	if err != nil {
		return nil, fmt.Errorf("open objects of %q: %w", dir, err)
	}
	return &Repo{layout: l, objects: objects, shallow: l.readShallow()}, nil
}

// Close frees the pack files and the work tree.
func (r *Repo) Close() error {
	r.work.Do(func() {})
	if r.workTree != nil {
		r.workTree.close()
	}
	return r.objects.close()
}

// Root is the top folder of the work tree, "" for a bare repository.
func (r *Repo) Root() string { return r.worktree }

// Commit reads one commit.
func (r *Repo) Commit(h Hash) (Commit, error) {
	data, err := r.object(plumbing.CommitObject, h)
	if err != nil {
		return Commit{}, err
	}
	return parseCommit(h, data), nil
}

// Blob reads one blob. The bytes are shared and must not be changed.
func (r *Repo) Blob(h Hash) ([]byte, error) { return r.object(plumbing.BlobObject, h) }

// object reads one object of a type and explains why it is not there.
func (r *Repo) object(t plumbing.ObjectType, h Hash) ([]byte, error) {
	id, err := parseHash(h)
	if err != nil {
		return nil, err
	}
	data, err := r.objects.get(t, id)
	if err != nil {
		return nil, r.explain(err)
	}
	return data, nil
}

// readShallow lists the commits at which a shallow clone was cut.
func (l *layout) readShallow() map[Hash]bool {
	data, err := os.ReadFile(l.path("shallow"))
	if err != nil {
		return nil
	}
	cut := map[Hash]bool{}
	for line := range strings.Lines(string(data)) {
		cut[Hash(strings.TrimSpace(line))] = true
	}
	return cut
}
