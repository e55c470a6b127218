package check

import (
	"time"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
)

// about reports a commit: at the record that it touched first, or at the
// configuration where it touched none.
func (a *auditor) about(c *gitrepo.Commit, key string, args ...locale.Arg) *finding.Finding {
	f := finding.Finding{
		Position: finding.Position{Path: config.File, Line: 1, Column: 1}, Rule: a.rule.ID, Severity: a.rule.Severity,
		Commit: string(c.Hash), Key: key, Args: append([]locale.Arg{locale.A("commit", c.Hash.Short())}, args...),
	}
	if t := a.touched()[c.Hash]; t != nil {
		f.Record, f.Position = t.ID, a.position(t, "")
	}
	a.found = append(a.found, f)
	return &a.found[len(a.found)-1]
}

// touched maps commits to the first record that each of them set something in.
func (a *auditor) touched() map[gitrepo.Hash]*history.Timeline {
	if a.records != nil {
		return a.records
	}
	a.records = map[gitrepo.Hash]*history.Timeline{}
	note := func(c *gitrepo.Commit, t *history.Timeline) {
		if c != nil && a.records[c.Hash] == nil {
			a.records[c.Hash] = t
		}
	}
	for t := range a.History.All() {
		for i := range t.Changes {
			note(t.Changes[i].MergedBy, t)
			note(t.Changes[i].SetBy, t)
			for n := range t.Changes[i].Events {
				note(t.Changes[i].Events[n].SetBy, t)
			}
		}
	}
	return a.records
}

// clocks finds dates that go back along the mainline or from a side commit's parent
// to it, that lie ahead of the moment of judgement, or after the merge; that an
// author wrote long before the commit is information, since a rebase does it, too.
func clocks(a *auditor) {
	var latest *gitrepo.Commit
	dates := map[gitrepo.Hash]*gitrepo.Commit{}
	ahead := false
	for _, m := range a.History.Commits() {
		when := m.Committer.When
		dates[m.Hash] = m.Commit
		if latest != nil && when.Add(a.Future).Before(latest.Committer.When) {
			a.about(m.Commit, "audit.clock-back", a.at("before", latest.Committer.When), a.at("after", when))
		}
		if latest == nil || when.After(latest.Committer.When) {
			latest = m.Commit
		}
		if late := when.After(a.AsOf.Add(a.Future)); late && !ahead {
			a.about(m.Commit, "audit.clock-ahead", a.at("when", when), a.at("as_of", a.AsOf))
			ahead = true
		} else if !late {
			ahead = false
		}
		a.apart(m.Commit)
		for _, s := range m.Side {
			a.apart(s)
			a.behind(s, dates)
			dates[s.Hash] = s
			if s.Committer.When.After(when.Add(a.Future)) {
				a.about(s, "audit.clock-merge", a.at("when", s.Committer.When), a.at("merged", when))
			}
		}
	}
}

// behind compares a side commit with those on which it builds: a commit cannot be
// older than its parents, so that a branch is no place for a date of one's choice.
func (a *auditor) behind(c *gitrepo.Commit, known map[gitrepo.Hash]*gitrepo.Commit) {
	for _, p := range c.Parents {
		parent := known[p]
		if parent == nil || c.Committer.When.IsZero() || !c.Committer.When.Add(a.Future).Before(parent.Committer.When) {
			continue
		}
		a.about(c, "audit.clock-parent", a.at("when", c.Committer.When), locale.A("parent", p.Short()), a.at("before", parent.Committer.When))
		return
	}
}

// apart compares the two dates of one commit.
func (a *auditor) apart(c *gitrepo.Commit) {
	author, committer := c.Author.When, c.Committer.When
	if author.IsZero() || committer.IsZero() {
		return // reported as malformed
	}
	if author.After(committer.Add(a.Future)) || committer.Sub(author) > time.Hour && committer.After(a.Calendar.Due(author, a.Tolerance, nil).At) {
		a.about(c, "audit.clock-author", a.at("author", author), a.at("committer", committer)).Severity = finding.Info
	}
}

// fastForwards tells of direct commits on a mainline that is otherwise made of
// merges: nobody but their author stands for them.
func fastForwards(a *auditor) {
	merges := false
	for _, m := range a.History.Commits() {
		merges = merges || len(m.Parents) > 1
		if merges && len(m.Parents) == 1 && m.Touched {
			a.about(m.Commit, "audit.fast-forward", a.at("when", m.Committer.When))
		}
	}
}

// malformed finds commits that git would not have written.
func malformed(a *auditor) {
	for _, m := range a.History.Commits() {
		for _, c := range append([]*gitrepo.Commit{m.Commit}, m.Side...) {
			for _, flaw := range c.Flaws {
				a.about(c, flawKey(flaw))
			}
		}
	}
}

func flawKey(f gitrepo.Flaw) string {
	switch f {
	case gitrepo.SecondAuthor:
		return "audit.malformed.second-author"
	case gitrepo.SecondCommitter:
		return "audit.malformed.second-committer"
	case gitrepo.SecondTree:
		return "audit.malformed.second-tree"
	case gitrepo.LateParent:
		return "audit.malformed.late-parent"
	case gitrepo.NoAuthor:
		return "audit.malformed.no-author"
	case gitrepo.NoCommitter:
		return "audit.malformed.no-committer"
	case gitrepo.AuthorDate:
		return "audit.malformed.author-date"
	}
	return "audit.malformed.committer-date"
}

// replaced tells of replace refs and grafts, which are not followed here but
// change what git shows to others.
func replaced(a *auditor) {
	for _, s := range a.Substitutions {
		key := "audit.replaced"
		if s.Kind == "graft" {
			key = "audit.grafted"
		}
		a.about(&gitrepo.Commit{Hash: s.Object}, key)
	}
}
