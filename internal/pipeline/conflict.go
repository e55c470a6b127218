package pipeline

import (
	"slices"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// explainConflicts tells apart the files at which a merge stopped, for each has its own
// way out: both branches made it, so that two records have one number; both took steps
// of one record, of which the published ones stand; or both changed a value.
func (p *Project) explainConflicts(s *Snapshot) error {
	if p.repo == nil || !slices.ContainsFunc(s.Findings, marked) {
		return nil
	}
	unmerged, err := p.repo.Unmerged()
	if err != nil {
		return err
	}
	files := map[string]gitrepo.Unmerged{}
	for _, u := range unmerged {
		if u.Ours != "" && u.Theirs != "" {
			files[u.Path] = u
		}
	}
	told := map[string]bool{}
	var list finding.List
	for _, f := range s.Findings {
		u, stopped := files[f.Position.Path]
		if key, more := p.wayOut(s, u); marked(f) && stopped && key != "" {
			if told[u.Path] {
				continue // one command settles the whole file
			}
			told[u.Path] = true
			f.Key, f.Args = key, append(slices.Clone(f.Args), more...)
		}
		list = append(list, f)
	}
	s.Findings = list
	return nil
}

// marked tells a place that a merge left to people.
func marked(f finding.Finding) bool { return f.Key == "yamldoc.conflict" }

// wayOut is the message that leads out of a conflict, "" for the one that always holds.
func (p *Project) wayOut(s *Snapshot, u gitrepo.Unmerged) (string, []locale.Arg) {
	id := locale.A("id", record.StemOf(u.Path))
	if u.Base == "" {
		return "intake.conflict_number", []locale.Arg{id}
	}
	base := p.steps(u.Base)
	if p.steps(u.Ours) <= base || p.steps(u.Theirs) <= base {
		return "", nil
	}
	side := "--ours"
	name, mover := p.repo.Joining()
	if head, err := p.resolve("HEAD"); err == nil && mover != "" && p.published(s, mover) && !p.published(s, head) {
		side = "--theirs"
	}
	return "intake.conflict_steps", []locale.Arg{id, locale.A("side", side), locale.A("finish", finishOf(name))}
}

// steps counts what the log of a version holds, 0 where it cannot be read.
func (p *Project) steps(version gitrepo.Hash) int {
	data, err := p.repo.Blob(version)
	if err != nil {
		return 0
	}
	o, ok := yamldoc.ParseValue(data)
	if !ok {
		return 0
	}
	return len(o.Items(record.TransitionsField))
}

// finishOf is the command that ends what git is at.
func finishOf(joining string) string {
	switch joining {
	case "CHERRY_PICK_HEAD":
		return "git cherry-pick --continue"
	case "REBASE_HEAD":
		return "git rebase --continue"
	}
	return "git commit --no-edit"
}
