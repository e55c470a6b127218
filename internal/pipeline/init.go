package pipeline

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"time"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/submit"
	"kept/schemas"
	"kept/templates"
)

// InitRequest asks for a new repository of records.
type InitRequest struct {
	Dir          string
	Organisation locale.Text
	Languages    []locale.Lang // the first is the default; none for both, Chinese first
	Zone         *time.Location
	Branch       string
	Forge        string           // whose CI is written, one of [Forges]; "" for none
	People       []intake.Founder // with their roles, as of [Interview.Cast]
	Now          time.Time
}

// starter is the template of a new repository.
func starter() (fs.FS, error) { return fs.Sub(templates.FS, "init") }

// Interview is what a new repository's questions are asked with.
type Interview struct {
	Forges []string        // for which there is CI
	Roles  []schema.Option // that people may hold
	Usual  [][]string      // roles of the first, the second and every later person where none are named
	kinds  *schema.Registry
	// words that head the columns of a list of people
	headings map[string]string
}

// NewInterview reads what kept ships.
func NewInterview() (*Interview, error) {
	template, err := starter()
	if err != nil {
		return nil, err
	}
	v := &Interview{}
	if v.Forges, err = intake.Forges(template); err != nil {
		return nil, err
	}
	v.kinds, _ = schema.Load(schemas.FS)
	v.Roles = intake.Roles(v.kinds)
	if v.headings, err = intake.Headings(template); err != nil {
		return nil, err
	}
	v.Usual, err = intake.StarterRoles(template)
	return v, err
}

// Fault is the message that says what is wrong with an answer, "" for nothing.
func (v *Interview) Fault(a intake.Answer, value string) (key string, args []locale.Arg) {
	return a.Fault(v.kinds, value)
}

// People reads a list of people; name tells findings where they are.
func (v *Interview) People(name string, data []byte) ([]intake.Founder, finding.List) {
	return intake.ReadFounders(name, data, v.headings)
}

// Cast gives people the roles that are usual where none are named, and ids for
// titles of roles.
func (v *Interview) Cast(people []intake.Founder) []intake.Founder {
	people = slices.Clone(people)
	for i := range people {
		if len(people[i].Roles) == 0 && len(v.Usual) > 0 {
			people[i].Roles = v.Usual[min(i, len(v.Usual)-1)]
		}
		people[i].Complete(v.kinds)
	}
	return people
}

// Init writes a new repository's files into a vacant folder; findings say why
// not. Git is left alone: [BeginRepository] sets it up.
func Init(r InitRequest) (finding.List, error) {
	template, err := starter()
	if err != nil {
		return nil, err
	}
	if r.Zone == nil {
		r.Zone = config.Default().Zone
	}
	plans, found, err := intake.Init(intake.InitRequest{
		Schemas: schemas.FS, Template: template, Organisation: r.Organisation, Languages: r.Languages, ZoneName: r.Zone.String(), Zone: r.Zone,
		Branch: r.Branch, Forge: r.Forge, People: r.People, Now: r.Now,
	})
	if err != nil || len(found) > 0 {
		return found, err
	}
	if err := helpEditors(plans, r.Languages); err != nil {
		return nil, err
	}
	return nil, intake.Establish(r.Dir, plans...)
}

// BeginRequest says how git takes a new repository over.
type BeginRequest struct {
	Dir, Branch string
	Environment []string
	Hook        bool   // the hook that checks before each commit runs from now on
	Message     string // of a first commit, "" for none
}

// BeginRepository sets git up in a new repository with the user's own program; made
// tells whether there was none before. Errors are those of [submit.Begin].
func BeginRepository(ctx context.Context, r BeginRequest) (made bool, err error) {
	req := submit.BeginRequest{Dir: r.Dir, Environment: r.Environment, Branch: r.Branch, Message: r.Message, Programs: []string{HookFile}}
	if r.Hook {
		req.Hooks = intake.HookFolder
	}
	return submit.Begin(ctx, req)
}

// HookFile is the hook that a new repository offers.
const HookFile = intake.HookFolder + "/pre-commit"

// Identity is what git knows of whoever works here: name and e-mail address, "" for
// what it does not know.
func Identity(ctx context.Context, environment []string) (name, email string) {
	return strings.TrimSpace(submit.Setting(ctx, environment, "user.name")), strings.TrimSpace(submit.Setting(ctx, environment, "user.email"))
}
