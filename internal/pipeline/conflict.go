package pipeline

import (
	"slices"

	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// explainConflicts tells apart, of the files at which a merge stopped, those that both
// branches made: two records have one number there, and a command settles it.
func (p *Project) explainConflicts(s *Snapshot) error {
	var unmerged []gitrepo.Unmerged
	for i, f := range s.Findings {
		if f.Rule != yamldoc.ConflictRule || p.repo == nil {
			continue
		}
		if unmerged == nil {
			var err error
			if unmerged, err = p.repo.Unmerged(); err != nil || len(unmerged) == 0 {
				return err
			}
		}
		both := slices.ContainsFunc(unmerged, func(u gitrepo.Unmerged) bool {
			return u.Path == f.Position.Path && u.Base == "" && u.Ours != "" && u.Theirs != ""
		})
		if both && f.Key == "yamldoc.conflict" {
			s.Findings[i].Key = "intake.conflict_number"
			s.Findings[i].Args = append(slices.Clone(f.Args), locale.A("id", record.StemOf(f.Position.Path)))
		}
	}
	return nil
}
