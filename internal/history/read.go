package history

import (
	"kept/internal/gitrepo"
	"kept/internal/schema"
)

// Read walks the mainline of head once and builds every record's timeline. The
// kinds are those of the snapshot (they say which fields hold origin and
// transitions for every version alike). Errors are those of
// [gitrepo.Repo.Mainline].
func Read(repo *gitrepo.Repo, head gitrepo.Hash, kinds *schema.Registry) (*History, error) {
	panic("history")
}
