package pipeline

import (
	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/gitrepo"
	"kept/internal/history"
)

// governedChanges lists the mainline commits that changed settings or kinds, oldest
// first. One whose files cannot be read is left out: reading it for its own sake says
// why.
func (p *Project) governedChanges(h *history.History) []check.Governed {
	var list []check.Governed
	for _, m := range h.Commits() {
		if len(m.Parents) == 0 || m.Hash == "" {
			continue
		}
		now, err := p.repo.Lookup(m.Hash, config.File, "schemas")
		then, err2 := p.repo.Lookup(m.Parents[0], config.File, "schemas")
		if err != nil || err2 != nil || now[0] == then[0] && now[1] == then[1] {
			continue
		}
		before, ok := p.governingAt(m.Parents[0])
		after, ok2 := p.governingAt(m.Hash)
		if ok && ok2 {
			list = append(list, check.Governed{Commit: m.Hash, Before: before, After: after})
		}
	}
	return list
}

func (p *Project) governingAt(commit gitrepo.Hash) (check.Governing, bool) {
	files, err := p.repo.Files(commit)
	if err != nil {
		return check.Governing{}, false
	}
	g, err := governing(files)
	return g, err == nil
}
