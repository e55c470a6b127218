package gitrepo

import (
	"fmt"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// lockFile lies in the folder that all work trees of a repository share.
const lockFile = "kept.lock"

// Lock waits until no other process holds the lock of the repository, and holds it
// until unlock is called. The system frees it when the process ends; the empty file
// stays. Programs other than kept do not know of it.
func (r *Repo) Lock() (unlock func(), err error) {
	unlock, err = lockedfile.MutexAt(r.path(lockFile)).Lock()
	if err != nil {
		return nil, fmt.Errorf("lock repository: %w", err)
	}
	return unlock, nil
}

// Moves are the files in which HEAD's going elsewhere shows: HEAD itself, which
// names a branch, and the log that git writes of it.
func (r *Repo) Moves() []string {
	return []string{r.gitDir + "/HEAD", r.gitDir + "/logs/HEAD", r.path("packed-refs")}
}
