package evidence

import (
	"time"

	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/signature"
)

// ReadProposed verifies the signatures of the commits that a proposed change brings
// in, the last of a history from [history.Propose]. The keys that count are those of
// base, the tip of the branch that the change asks to enter, and so is whether the
// commits must be signed: a branch that parted from an older commit has no older rules.
// tip is the mainline of base, which says what holds where its kept.yaml does not parse.
func ReadProposed(repo *gitrepo.Repo, h *history.History, tip []gitrepo.Hash, zone *time.Location) (*Signatures, error) {
	v := newVerifier(repo, zone)
	commits := h.Commits()
	if len(commits) == 0 || len(tip) == 0 {
		return v.found, nil
	}
	base := tip[0]
	files, err := repo.Files(base)
	if err != nil {
		return nil, err
	}
	if v.found.Keys, err = signature.Load(files, zone); err != nil {
		return nil, err
	}
	for i := len(tip) - 1; i >= 0; i-- {
		if err := v.require("", tip[i]); err != nil {
			return nil, err
		}
	}
	if !v.demanded {
		clear(v.found.required)
	}
	return v.found, v.verify(commits[len(commits)-1], base)
}
