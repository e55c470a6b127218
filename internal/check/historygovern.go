package check

import (
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
)

// Governed is a mainline commit that changed what governs the records.
type Governed struct {
	Commit        gitrepo.Hash
	Before, After Governing
}

// weakened finds commits that loosened kinds, schemas or settings: an audit judges the
// whole history by those of its end, so that who loosens them loosens the past. The
// comparison is that of a proposed change. Where another than the authors merged it,
// or stands for it by a trailer, it is information.
func weakened(a *auditor) {
	if a.Governed == nil {
		return
	}
	merges := map[gitrepo.Hash]history.Merge{}
	for _, m := range a.History.Commits() {
		merges[m.Hash] = m
	}
	for _, g := range a.Governed() {
		m, ok := merges[g.Commit]
		if !ok {
			continue
		}
		judged := governance{request: ChangeRequest{Before: g.Before, After: g.After}, rules: ChangeRules()}
		judged.judge()
		var paths []string
		n := 0
		for i := range judged.found {
			f := &judged.found[i]
			if f.Position.Path == config.File && !loosens(f, g) {
				continue
			}
			n++
			if !slices.Contains(paths, f.Position.Path) {
				paths = append(paths, f.Position.Path)
			}
		}
		if n == 0 {
			continue
		}
		f := a.about(m.Commit, "audit.weakened", locale.N("n", n), locale.A("paths", strings.Join(shortened(paths), ", ")),
			locale.A("author", orDash(m.Author.Email)), a.at("when", m.Committer.When))
		f.Record, f.Position = "", finding.Position{Path: paths[0], Line: 1, Column: 1}
		if a.seconded(m) {
			f.Severity = finding.Info
		}
	}
}

// loosens tells a changed setting that lets pass what did not before.
func loosens(f *finding.Finding, g Governed) bool {
	if _, had := g.Before.Files[config.File]; !had {
		return false // the first settings take the place of none
	}
	i := slices.IndexFunc(f.Args, func(arg locale.Arg) bool { return arg.Name == "key" })
	if i < 0 {
		return true
	}
	switch f.Args[i].Value.EN {
	case "evidence_store", "contacts":
		return false
	case "signatures":
		return g.After.Config.Text("signatures") != "required"
	}
	return true
}

// seconded tells that a known person who is none of its authors had a hand in a merge.
func (a *auditor) seconded(m history.Merge) bool {
	var authors []string
	for _, c := range m.Side {
		authors = append(authors, a.authors(c)...)
	}
	if len(m.Side) == 0 {
		authors = a.authors(m.Commit)
	}
	hands := []string{a.person(m.Author.Email), a.person(m.Committer.Email)}
	for _, key := range []string{"Approved-by", "Reviewed-by", "Merged-by"} {
		hands = append(hands, a.named(m.Commit, key)...)
	}
	return slices.ContainsFunc(hands, func(person string) bool { return person != "" && !slices.Contains(authors, person) })
}
