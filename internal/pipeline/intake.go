package pipeline

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"kept/internal/config"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/submit"
)

// UsedIDs lists every record id that the history of HEAD ever held, and [Project.FetchedIDs],
// so that a number does not come again after its record is gone, nor where somebody
// else took it. A repository without commits has none; an incomplete history is a
// [*gitrepo.HistoryError], beside which the ids of the other branches are returned.
func (p *Project) UsedIDs() ([]string, error) {
	if p.repo == nil {
		return nil, nil
	}
	head, err := p.repo.Resolve("HEAD", time.UTC)
	if errors.Is(err, gitrepo.ErrUnknownRevision) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	for advance, err := range p.repo.Mainline(head, record.Folder) {
		if err != nil {
			return p.FetchedIDs(), err
		}
		for _, c := range advance.Changes {
			ids[record.StemOf(c.Path)] = true
		}
	}
	for _, id := range p.FetchedIDs() {
		ids[id] = true
	}
	return slices.Sorted(maps.Keys(ids)), nil
}

// FetchedIDs lists the records that HEAD does not have and another branch does: the
// protected one as it was last fetched, or one that was handed in (kept/…), here or as
// last fetched. A number that is given there is given, whatever the branch at work
// knows of it.
func (p *Project) FetchedIDs() []string {
	c, _, err := config.Load(os.DirFS(p.Dir))
	if p.repo == nil || err != nil {
		return nil
	}
	head, err := p.resolve("HEAD")
	if err != nil {
		head = ""
	}
	ids := map[string]bool{}
	for _, name := range append(p.repo.Branches(submit.Prefix), "refs/remotes/origin/"+c.Branch) {
		tip, err := p.resolve(name)
		if err != nil || tip == head {
			continue
		}
		// What the history knows stands where an object is broken; it is told there.
		list, _ := p.repo.Between(head, tip, record.Folder)
		for _, file := range list {
			if file.After != "" {
				ids[record.StemOf(file.Path)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// Person is the id of the person whose git identity makes commits here, "" where
// no record names the address. files are git's configuration files of the user.
func (p *Project) Person(s *Snapshot, email string, files ...string) (string, error) {
	if email == "" && p.repo != nil {
		var err error
		if email, err = p.repo.UserEmail(files...); err != nil {
			return "", fmt.Errorf("read git identity: %w", err)
		}
	}
	return s.Register.Identity(email), nil
}

// New plans a record of a kind and writes it; errors say why not, and warnings
// come with it.
func (p *Project) New(s *Snapshot, req intake.NewRequest) (string, finding.List, error) {
	plan, found, err := p.planNew(s, req)
	if found.Count(finding.Error) > 0 || err != nil {
		return "", found, err
	}
	return plan.Path, found, p.apply(plan)
}

// planNew plans a record of a kind; where errors are found there is no plan.
func (p *Project) planNew(s *Snapshot, req intake.NewRequest) (intake.Plan, finding.List, error) {
	req.Register, req.Zone, req.Judge = s.Register, s.Config.Zone, s.foresight(req.Now)
	req, found, err := p.issued(s, req)
	if len(found) > 0 || err != nil {
		return intake.Plan{}, found, err
	}
	plan, found := intake.New(req)
	return plan, found, nil
}

// apply writes plans while no other kept writes here. Where there is no repository,
// or its folder cannot be written to, each file is still compared with what its plan
// found before it is replaced.
func (p *Project) apply(plans ...intake.Plan) error { return p.write(p.Progress, plans) }

func (p *Project) write(progress Progress, plans []intake.Plan) error {
	w := intake.Writing{Told: func(done int) { progress.tell(stageWrite, done, len(plans)) }}
	if p.repo != nil {
		if unlock, err := p.repo.Lock(); err == nil {
			defer unlock()
			w.Alone = true
		}
	}
	return w.Apply(p.Dir, plans...)
}

// Advance plans the next step of a record, or an operation, and writes it;
// errors say why not, and
// warnings come with it. The paths are those of the files written.
func (p *Project) Advance(s *Snapshot, req intake.AdvanceRequest) ([]string, finding.List, error) {
	plans, found := s.planStep(req)
	return p.carryOut(plans, found)
}

// planStep plans the next step of a record, or an operation.
func (s *Snapshot) planStep(req intake.AdvanceRequest) ([]intake.Plan, finding.List) {
	req.Register, req.Zone, req.Guard, req.Due = s.Register, s.Config.Zone, s.guard, s.due
	req.Judge = s.foresight(req.At)
	return intake.Advance(req)
}

// Choices lists what may be done to a record at a time.
func (p *Project) Choices(s *Snapshot, rec *record.Record, at time.Time) []intake.Choice {
	return intake.Choices(intake.AdvanceRequest{
		Record: rec, Register: s.Register, At: at, Zone: s.Config.Zone, Guard: s.guard, Due: s.due,
	})
}

// carryOut applies plans that no error hinders, and names their files.
func (p *Project) carryOut(plans []intake.Plan, found finding.List) ([]string, finding.List, error) {
	if found.Count(finding.Error) > 0 {
		return nil, found, nil
	}
	var paths []string
	for _, plan := range plans {
		if plan.After != nil {
			paths = append(paths, plan.Path)
		}
	}
	return paths, found, p.apply(plans...)
}

// guard tells whether a step's guard holds for a record as it would be.
func (s *Snapshot) guard(rec *record.Record, step schema.Step) (bool, error) {
	program, err := expr.Compile(step.Guard, record.Types(rec.Kind, s.Kinds))
	if err != nil {
		return false, err
	}
	asOf := s.AsOf // the step itself is known
	for _, t := range rec.Transitions() {
		if !t.At.Before(asOf) {
			asOf = t.At.Add(time.Second)
		}
	}
	return program.Bool(rec.Vars(record.Facts{Zone: s.Config.Zone, AsOf: asOf, Others: record.NewOthers(s.Register, s.Calendar, asOf), Due: func(l schema.TimeLimit) time.Time {
		d, _ := rec.Deadline(l, s.Calendar, rec.Text, asOf)
		return d.Due
	}}))
}

// due computes a limit for a record as it would be.
func (s *Snapshot) due(rec *record.Record, l schema.TimeLimit) (time.Time, bool) {
	d, ok := rec.Deadline(l, s.Calendar, rec.Text, s.AsOf)
	return d.Due, ok
}
