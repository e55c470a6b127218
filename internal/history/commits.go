package history

import (
	"strings"

	"kept/internal/gitrepo"
)

// Merge is one commit of the mainline, a merge or not, with the commits that it
// brought in. Commits are without tree and trailers; their trailers can be read
// from the message by [gitrepo.Trailers].
type Merge struct {
	*gitrepo.Commit
	Side []*gitrepo.Commit // parents before children; none for a direct commit
	// Touched tells that the commit changed records.
	Touched bool
	// Altered is what a merge made of records beside what its parents say.
	Altered []Alteration
}

// Commits lists the mainline, oldest first.
func (h *History) Commits() []Merge { return h.commits }

// mainline notes a mainline commit.
func (r *reader) mainline(step *gitrepo.Advance) Merge {
	m := Merge{Commit: r.slim(&step.Commit), Touched: len(step.Changes) > 0}
	for i := range step.Side {
		m.Side = append(m.Side, r.slim(&step.Side[i].Commit))
	}
	return m
}

// slim copies what a timeline tells of a commit, without the object's bytes, since
// a history is long. The same commit is copied once while one step is read.
func (r *reader) slim(c *gitrepo.Commit) *gitrepo.Commit {
	if known := r.copied[c.Hash]; known != nil {
		return known
	}
	slim := &gitrepo.Commit{
		Hash: gitrepo.Hash(strings.Clone(string(c.Hash))), Message: strings.Clone(c.Message), Signed: c.Signed, Flaws: c.Flaws,
		Author: r.person(c.Author), Committer: r.person(c.Committer),
	}
	for _, p := range c.Parents {
		slim.Parents = append(slim.Parents, gitrepo.Hash(strings.Clone(string(p))))
	}
	r.copied[slim.Hash] = slim
	return slim
}

// person shares names and addresses.
func (r *reader) person(p gitrepo.Person) gitrepo.Person {
	p.Name, p.Email = r.word(p.Name), r.word(p.Email)
	return p
}

func (r *reader) word(s string) string {
	known, ok := r.words[s]
	if !ok {
		known = strings.Clone(s)
		r.words[known] = known
	}
	return known
}
