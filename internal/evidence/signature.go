package evidence

import (
	"io/fs"
	"slices"
	"time"

	"kept/internal/config"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/signature"
)

// Signatures says how the signature of each commit was found.
//
// The keys that count for a commit are those of the tree on which its mainline
// commit builds (the first parent), and whether it must be signed is what the
// kept.yaml there says: a commit admits neither its own key nor its own lack of
// one. The first commit builds on nothing, so that its key is known to nobody. An
// OpenPGP key that the newest tree says is compromised counts at no time.
type Signatures struct {
	// Keys are those of the newest tree, for people to see.
	Keys     *signature.Keys
	found    map[gitrepo.Hash]signature.Result
	required map[gitrepo.Hash]bool
	settles  map[gitrepo.Hash]bool
}

// Of is the verdict on a commit's signature.
func (s *Signatures) Of(h gitrepo.Hash) signature.Result {
	if s != nil {
		if r, ok := s.found[h]; ok {
			return r
		}
	}
	return signature.Result{Status: signature.None}
}

// Required tells whether a mainline commit had to be signed.
func (s *Signatures) Required(h gitrepo.Hash) bool { return s.required[h] }

// Settles tells that a merge which had to be signed and is not decides by itself
// about keys, settings or kinds: what it holds there is what none of its parents has.
func (s *Signatures) Settles(h gitrepo.Hash) bool { return s.settles[h] }

// Count counts the commits by the verdict on their signature; those without are
// not counted.
func (s *Signatures) Count() map[signature.Status]int {
	n := map[signature.Status]int{}
	for _, r := range s.found {
		n[r.Status]++
	}
	return n
}

// verifier checks the signatures of one history.
type verifier struct {
	repo     *gitrepo.Repo
	zone     *time.Location
	found    *Signatures
	keys     map[[2]gitrepo.Hash]*signature.Keys // by the ids of file and folder
	settings map[gitrepo.Hash][2]bool            // whether a kept.yaml requires signatures, and parses
	demanded bool                                // by the last that parses
}

// ReadSignatures verifies the signatures of all commits of a history. zone is that
// of times in allowed_signers that name none.
func ReadSignatures(repo *gitrepo.Repo, h *history.History, zone *time.Location) (*Signatures, error) {
	v := newVerifier(repo, zone)
	if h.Head != "" {
		files, err := repo.Files(h.Head)
		if err != nil {
			return nil, err
		}
		if v.found.Keys, err = signature.Load(files, zone); err != nil {
			return nil, err
		}
	}
	for _, m := range h.Commits() {
		if err := v.merge(m); err != nil {
			return nil, err
		}
	}
	return v.found, nil
}

func newVerifier(repo *gitrepo.Repo, zone *time.Location) *verifier {
	return &verifier{
		repo: repo, zone: zone, keys: map[[2]gitrepo.Hash]*signature.Keys{}, settings: map[gitrepo.Hash][2]bool{},
		found: &Signatures{Keys: &signature.Keys{}, found: map[gitrepo.Hash]signature.Result{}, required: map[gitrepo.Hash]bool{}, settles: map[gitrepo.Hash]bool{}},
	}
}

// merge verifies a mainline commit and those that it brought in.
func (v *verifier) merge(m history.Merge) error {
	base := gitrepo.Hash("")
	if len(m.Parents) > 0 {
		base = m.Parents[0]
		if err := v.require(m.Hash, base); err != nil {
			return err
		}
	}
	return v.verify(m, base)
}

// verify verifies a mainline commit and those that it brought in by the keys of a tree.
func (v *verifier) verify(m history.Merge, base gitrepo.Hash) error {
	proposed := m.Hash == "" // a merge that nobody has made yet has no tree of its own
	if v.found.required[m.Hash] && !m.Signed && len(m.Parents) > 1 && !proposed {
		if err := v.settle(m); err != nil {
			return err
		}
	}
	for i := -1; i < len(m.Side); i++ {
		c := m.Commit
		if i >= 0 {
			c = m.Side[i]
		}
		if !c.Signed {
			continue
		}
		keys, err := v.at(base)
		if err != nil {
			return err
		}
		signed, err := v.repo.Signature(c.Hash)
		if err != nil {
			return err
		}
		v.found.found[c.Hash] = v.verdict(keys, signed, c.Committer.When)
	}
	return nil
}

// settle compares what decides about others in a merge with its parents.
func (v *verifier) settle(m history.Merge) error {
	names := []string{config.File, signature.AllowedSigners, signature.Folder, "schemas", "templates", ".mailmap"}
	now, err := v.repo.Lookup(m.Hash, names...)
	if err != nil {
		return err
	}
	known := make([]bool, len(names))
	for _, p := range m.Parents {
		then, err := v.repo.Lookup(p, names...)
		if err != nil {
			return err
		}
		for i := range names {
			known[i] = known[i] || then[i] == now[i]
		}
	}
	v.found.settles[m.Hash] = slices.Contains(known, false)
	return nil
}

func (v *verifier) verdict(keys *signature.Keys, s gitrepo.Signed, at time.Time) signature.Result {
	if s.Several {
		return signature.Result{Status: signature.Bad, Reason: signature.Several}
	}
	if s.Signature == nil { // by ids of the other format alone
		return signature.Result{Status: signature.Unknown, Reason: signature.NotRead}
	}
	r := keys.Verify(s.Payload, s.Signature, at)
	if r.Status == signature.Good && v.found.Keys.Revoked(r.Fingerprint) {
		r.Status, r.Reason = signature.Expired, signature.Revoked
	}
	return r
}

// require notes whether the tree below a commit requires signatures. A kept.yaml
// that does not parse says nothing new.
func (v *verifier) require(h, base gitrepo.Hash) error {
	ids, err := v.repo.Lookup(base, config.File)
	if err != nil {
		return err
	}
	said, known := v.settings[ids[0]]
	if !known {
		var data []byte
		if ids[0] != "" {
			if data, err = v.repo.Blob(ids[0]); err != nil {
				return err
			}
		}
		said[0], said[1] = config.RequiresSignatures(data)
		said[1] = said[1] || ids[0] == "" // no file demands nothing
		v.settings[ids[0]] = said
	}
	if said[1] {
		v.demanded = said[0]
	}
	if v.demanded {
		v.found.required[h] = true
	}
	return nil
}

// at loads the keys of a commit's tree, once for all commits that share them.
func (v *verifier) at(base gitrepo.Hash) (*signature.Keys, error) {
	if base == "" {
		return nil, nil
	}
	ids, err := v.repo.Lookup(base, signature.AllowedSigners, signature.Folder)
	if err != nil {
		return nil, err
	}
	at := [2]gitrepo.Hash(ids)
	if keys, ok := v.keys[at]; ok {
		return keys, nil
	}
	var files fs.FS
	if files, err = v.repo.Files(base); err != nil {
		return nil, err
	}
	keys, err := signature.Load(files, v.zone)
	v.keys[at] = keys
	return keys, err
}
