package check

import (
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
)

// joins reads the message that git and forges write on a merge: the branches that
// were merged, without the name of their remote, and the one that they went into, ""
// where the message does not say. Any other message names none.
func joins(message string) (from []string, into string) {
	line, _, _ := strings.Cut(message, "\n")
	rest, ok := strings.CutPrefix(line, "Merge ")
	if !ok || strings.HasPrefix(rest, "pull request ") {
		return nil, ""
	}
	if before, after, found := strings.Cut(rest, " into "); found {
		rest, into = before, branchName(strings.Trim(after, "'"), false)
	}
	remote := strings.HasPrefix(rest, "remote-tracking ")
	for i, part := range strings.Split(rest, "'") {
		if i%2 == 1 { // between two quotes
			from = append(from, branchName(part, remote))
		}
	}
	return from, into
}

func branchName(name string, remote bool) string {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "refs/heads/"), "refs/remotes/")
	if _, rest, ok := strings.Cut(name, "/"); ok && (remote || strings.HasPrefix(name, "origin/") || strings.HasPrefix(name, "upstream/")) {
		return rest
	}
	return name
}

// pullRequest tells the message of a forge on the merge of a request, which may
// have gone to any branch.
func pullRequest(message string) bool {
	return strings.HasPrefix(message, "Merge pull request ") || strings.Contains(message, "\nMerge pull request ") || strings.Contains(message, "\nSee merge request ")
}

// foxtrots finds merges by which the mainline changed sides: the former mainline
// is the second parent, and what was a private branch is the first. A commit does
// not say on which branch it was made; the messages of merges do, and so does
// their shape.
func foxtrots(a *auditor) {
	place := map[gitrepo.Hash]int{}
	for i, m := range a.History.Commits() {
		place[m.Hash] = i
		if len(m.Parents) < 2 {
			continue
		}
		from, into := joins(m.Message)
		switch {
		case a.anotherOrigin(m):
		case slices.Contains(from, a.Branch):
			a.about(m.Commit, "audit.foxtrot", locale.A("branch", a.Branch), locale.A("first", m.Parents[0].Short()), locale.A("second", m.Parents[1].Short()), a.at("when", m.Committer.When))
		case a.carried(m, place):
		case into != "" && into != a.Branch:
			a.about(m.Commit, "audit.foxtrot-elsewhere", locale.A("branch", a.Branch), locale.A("other", into), a.at("when", m.Committer.When)).Severity = finding.Info
		}
	}
}

// anotherOrigin finds a merge with a history that has a first commit of its own:
// whichever of both was the mainline, all times of merging hang on the choice.
func (a *auditor) anotherOrigin(m history.Merge) bool {
	i := slices.IndexFunc(m.Side, func(c *gitrepo.Commit) bool { return len(c.Parents) == 0 })
	if i < 0 {
		return false
	}
	a.about(m.Commit, "audit.foxtrot-root", locale.A("other", m.Side[i].Hash.Short()), locale.N("n", len(m.Side)), a.at("when", m.Committer.When))
	return true
}

// carried finds a merge on a branch that a merge brought in, which by its message
// or by its shape was made on the mainline. One of a pull request may have gone to
// another branch first, and is information.
func (a *auditor) carried(m history.Merge, place map[gitrepo.Hash]int) bool {
	side := map[gitrepo.Hash]*gitrepo.Commit{}
	for _, s := range m.Side {
		side[s.Hash] = s
	}
	for _, parent := range m.Parents[1:] {
		for at := side[parent]; at != nil && len(at.Parents) > 0; at = side[at.Parents[0]] {
			if len(at.Parents) < 2 {
				continue
			}
			from, into := joins(at.Message)
			request := pullRequest(at.Message)
			onMain := len(from) > 0 && !slices.Contains(from, a.Branch) && (into == "" || into == a.Branch)
			if !onMain && !request && (len(from) > 0 || !a.shaped(m, at, side, place)) {
				continue
			}
			f := a.about(m.Commit, "audit.foxtrot-merge", locale.A("branch", a.Branch), locale.A("other", at.Hash.Short()), a.at("when", m.Committer.When))
			if request {
				f.Severity = finding.Info
			}
			return true
		}
	}
	return false
}

// shaped tells by the shape of a history whose messages say nothing that a merge on
// a branch was made on the mainline: it took in a branch of its own, while what is
// the mainline now went on without any merge since the two parted.
func (a *auditor) shaped(m history.Merge, at *gitrepo.Commit, side map[gitrepo.Hash]*gitrepo.Commit, place map[gitrepo.Hash]int) bool {
	if side[at.Parents[1]] == nil {
		return false // it was brought up to date
	}
	for len(at.Parents) > 0 && side[at.Parents[0]] != nil {
		at = side[at.Parents[0]]
	}
	if len(at.Parents) == 0 {
		return true
	}
	parted, known := place[at.Parents[0]]
	since := a.History.Commits()[parted+1 : place[m.Hash]]
	return known && len(since) > 0 && !slices.ContainsFunc(since, func(c history.Merge) bool { return len(c.Parents) > 1 })
}

// mostPointers bounds how many values a message names.
const mostPointers = 6

// alteredByMerges finds merges that say of a record what neither of their parents
// says, or that leave out what the branch says. Where both sides had changed the
// record somebody had to choose: values of their own are information then, and so
// is all that was left out but steps.
func alteredByMerges(a *auditor) {
	for _, m := range a.History.Commits() {
		for i := range m.Altered {
			a.alteredByMerge(m, &m.Altered[i])
		}
	}
}

func (a *auditor) alteredByMerge(m history.Merge, alteration *history.Alteration) {
	key := "audit.merge-own"
	if alteration.Kind == history.LeftOut {
		key = "audit.merge-left"
	}
	names := make([]string, 0, len(alteration.Pointers))
	for _, p := range alteration.Pointers {
		if name := field(p); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > mostPointers {
		names = append(names[:mostPointers], "…")
	}
	f := finding.Finding{
		Position: finding.Position{Path: alteration.Path, Line: 1, Column: 1}, Rule: a.rule.ID, Severity: a.rule.Severity, Record: alteration.ID,
		Commit: string(m.Hash), Key: key, Args: []locale.Arg{
			locale.A("record", alteration.ID), locale.A("commit", m.Hash.Short()), locale.A("fields", strings.Join(names, ", ")),
			locale.A("side", alteration.Commit.Hash.Short()), a.at("when", m.Committer.When),
		},
	}
	if alteration.Kind == history.Own && alteration.Contested {
		f.Severity = finding.Info
	}
	a.found = append(a.found, f)
}
