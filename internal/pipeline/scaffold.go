package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/submit"
	"kept/internal/yamldoc"
)

// UpdateRequest asks for the files beside the records anew: by the roles that people
// hold now, the forge and the languages of kept.yaml, and this version of kept.
type UpdateRequest struct {
	Dir, Version string
	Forge        *string          // another one, "" for none; nil leaves it
	People       []intake.Founder // accounts of people that are told anew
	Take, Keep   []string         // as of [intake.Renewing]
	Environment  []string
	Now          time.Time
}

// Update is what becomes of the files beside the records.
type Update struct {
	Dir   string
	Files []intake.Renewal
	plans []intake.Plan
}

// PlanUpdate tells what an update would write; findings say why it cannot.
func PlanUpdate(ctx context.Context, r UpdateRequest) (*Update, finding.List, error) {
	project, err := Open(r.Dir, r.Version)
	if err != nil {
		return nil, nil, err
	}
	if project.repo != nil {
		defer project.repo.Close()
	}
	s := &Snapshot{files: project.workTree(), AsOf: r.Now}
	if err := s.read(); err != nil {
		return nil, nil, err
	}
	if found := deciders(s.Findings); len(found) > 0 {
		return nil, found, nil
	}
	n, settings, err := r.renewing(ctx, s, project.Dir)
	if err != nil {
		return nil, nil, err
	}
	u := &Update{Dir: project.Dir}
	if u.Files, u.plans, err = n.Plan(); err != nil {
		return nil, nil, err
	}
	for _, name := range slices.Concat(r.Take, r.Keep) {
		if !slices.ContainsFunc(u.Files, func(f intake.Renewal) bool { return f.Path == name }) {
			return nil, nil, fmt.Errorf("%q: %w", name, ErrNoSuchFile)
		}
	}
	u.plans = append(u.plans, settings...)
	return u, nil, nil
}

// ErrNoSuchFile is a path that names no file which kept init writes.
var ErrNoSuchFile = errors.New("kept init writes no such file")

// Write carries the update out.
func (u *Update) Write() error {
	return intake.Renew(u.Dir, u.plans...)
}

// deciders are the errors of what rules records: with them nobody knows what to write.
func deciders(found finding.List) finding.List {
	var list finding.List
	for _, f := range found {
		if f.Severity == finding.Error && (f.Position.Path == config.File || strings.HasPrefix(f.Position.Path, "schemas/") || strings.HasPrefix(f.Position.Path, record.Folder+"/"+record.PersonKind+"/")) {
			list = append(list, f)
		}
	}
	return list
}

// renewing is the request with what the repository says, and the plan of kept.yaml
// where it names another forge.
func (r UpdateRequest) renewing(ctx context.Context, s *Snapshot, dir string) (intake.Renewing, []intake.Plan, error) {
	template, err := starter()
	if err != nil {
		return intake.Renewing{}, nil, err
	}
	c := s.Config
	request := intake.InitRequest{
		Template: template, Organisation: c.Organisation, Languages: c.Languages, ZoneName: c.Zone.String(), Zone: c.Zone, Branch: c.Branch, Now: r.Now,
	}
	if c.Forge != config.OtherForge {
		request.Forge = string(c.Forge)
	}
	var settings []intake.Plan
	if r.Forge != nil && *r.Forge != request.Forge {
		request.Forge = *r.Forge
		if settings, err = renamedForge(s.files, *r.Forge); err != nil {
			return intake.Renewing{}, nil, err
		}
	}
	was := writtenIn(s.files)
	request.People = holders(s, was.People, r.People)
	return intake.Renewing{
		Request: request, Kinds: s.Kinds, Files: s.files, Written: was, Take: r.Take, Keep: r.Keep,
		Blob: func(id string) ([]byte, error) { return submit.Blob(ctx, dir, r.Environment, id) },
		Merge: func(ours, base, theirs []byte) ([]byte, bool, error) {
			return submit.Merge(ctx, r.Environment, ours, base, theirs)
		},
	}, settings, nil
}

func writtenIn(files fs.FS) intake.Written {
	data, err := fs.ReadFile(files, intake.WrittenFile)
	if err != nil {
		data = nil // made before there was one
	}
	return intake.ReadWritten(data)
}

// renamedForge plans kept.yaml with another forge.
func renamedForge(files fs.FS, forge string) ([]intake.Plan, error) {
	data, err := fs.ReadFile(files, config.File)
	if err != nil {
		return nil, err
	}
	e, err := yamldoc.NewEdit(config.File, data)
	if err != nil {
		return nil, err
	}
	if err := e.Set("forge", forge, "", nil); err != nil {
		return nil, err
	}
	return []intake.Plan{{Path: config.File, Before: data, After: e.Bytes()}}, nil
}

// holders are the people at work with the roles that they hold now: those of the
// founding in its order, then the others by id.
func holders(s *Snapshot, founders, told []intake.Founder) []intake.Founder {
	var people []intake.Founder
	for rec := range s.Register.Of(record.PersonKind) {
		if state, ok := rec.State(); rec.Broken || ok && state.Phase == schema.Void {
			continue
		}
		p := intake.Founder{ID: rec.ID, Name: rec.Text(record.TitleField), Roles: s.Register.Roles(rec.ID, s.AsOf, s.Config.Zone)}
		if emails := rec.Texts("identities"); len(emails) > 0 {
			p.Email = emails[0]
		}
		for _, list := range [][]intake.Founder{founders, told} {
			for _, o := range list {
				if o.ID == p.ID && o.Account != "" {
					p.Account = o.Account
				}
			}
		}
		people = append(people, p)
	}
	place := func(id string) int {
		if i := slices.IndexFunc(founders, func(o intake.Founder) bool { return o.ID == id }); i >= 0 {
			return i
		}
		return len(founders)
	}
	slices.SortFunc(people, func(a, b intake.Founder) int {
		if d := place(a.ID) - place(b.ID); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return people
}

// strays are the lines of code owners that do not fit the roles of the people at work.
func (s *Snapshot) strays(file string, have []byte) []intake.Stray {
	n, _, err := UpdateRequest{Now: s.AsOf}.renewing(context.Background(), s, "")
	if err != nil {
		return nil
	}
	plans, err := intake.Scaffold(n.Request, n.Kinds)
	i := slices.IndexFunc(plans, func(p intake.Plan) bool { return p.Path == file })
	if err != nil || i < 0 {
		return nil
	}
	return intake.Strays(have, plans[i].After, n.Request.People)
}
