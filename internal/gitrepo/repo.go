// Package gitrepo is the only door to git: it opens a repository, gives the
// files of one commit or of the work tree, and walks the history along first
// parents. Nothing here knows what a record is.
package gitrepo

import (
	"io/fs"
	"iter"
	"time"
)

// Hash is an object id in lower-case hexadecimal.
type Hash string

// Short is the first twelve digits.
func (h Hash) Short() string { return string(h[:min(12, len(h))]) }

// Repo is an opened repository. Close frees its pack files.
type Repo struct {
	dir string
}

// Person is an author or a committer as the commit says.
type Person struct {
	Name, Email string
	When        time.Time // in the zone written in the commit
}

// Commit is one commit object, its dates parsed from the raw bytes.
type Commit struct {
	Hash      Hash
	Tree      Hash
	Parents   []Hash
	Author    Person
	Committer Person
	Message   string
	Trailers  []Trailer // of the message's last paragraph, in order
	Signed    bool
}

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

// Open finds the repository that holds dir. Errors of type [*HistoryError] say
// what hinders history; the work tree can still be read.
func Open(dir string) (*Repo, error) { panic("gitrepo") }

// Root is the top folder of the work tree, "" for a bare repository.
func (r *Repo) Root() string { panic("gitrepo") }

// Resolve turns a revision (branch, tag, abbreviated id, HEAD~2) or a date
// (2026-06-30: the last mainline commit of HEAD merged before the next local
// midnight in zone) into a commit id.
func (r *Repo) Resolve(rev string, zone *time.Location) (Hash, error) { panic("gitrepo") }

// Files is the tree of a commit. Symbolic links and submodules are not there.
func (r *Repo) Files(commit Hash) (fs.FS, error) { panic("gitrepo") }

// WorkTree is the files on disk, without .git, symbolic links and what leads
// outside.
func (r *Repo) WorkTree() fs.FS { panic("gitrepo") }

// Commit reads one commit.
func (r *Repo) Commit(h Hash) (Commit, error) { panic("gitrepo") }

// Blob reads one blob.
func (r *Repo) Blob(h Hash) ([]byte, error) { panic("gitrepo") }

// Mainline yields the first-parent line of head, oldest first, with the changes
// below the folder named in under. A shallow or partial clone or a missing
// object ends it with a [*HistoryError].
func (r *Repo) Mainline(head Hash, under string) iter.Seq2[Advance, error] { panic("gitrepo") }

// HistoryError says that the history is not all there.
type HistoryError struct {
	Reason string // shallow, partial, missing
	Mend   string // the command that mends it
	Object Hash
}

func (e *HistoryError) Error() string {
	return "history is incomplete (" + e.Reason + "): run " + e.Mend
}
