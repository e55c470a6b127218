package pipeline

import (
	"io/fs"
	"time"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/schemas"
	"kept/templates"
)

// InitRequest asks for a new repository of records.
type InitRequest struct {
	Dir          string
	Organisation locale.Text
	Person       string // id of the first person
	Name, Email  string
	Roles        []string
	Branch       string
	Forge        string // whose CI is written, one of [Forges]; "" for none
	Now          time.Time
}

// Forges lists the forges for which kept has CI.
func Forges() ([]string, error) {
	template, err := fs.Sub(templates.FS, "init")
	if err != nil {
		return nil, err
	}
	return intake.Forges(template)
}

// Init writes a new repository's files into a vacant folder; findings say why
// not. Git is the user's to set up.
func Init(r InitRequest) (finding.List, error) {
	template, err := fs.Sub(templates.FS, "init")
	if err != nil {
		return nil, err
	}
	plans, found, err := intake.Init(intake.InitRequest{
		Schemas: schemas.FS, Template: template, Organisation: r.Organisation, ZoneName: config.DefaultZone, Zone: config.Default().Zone,
		Branch: r.Branch, Forge: r.Forge, Person: r.Person, Name: r.Name, Email: r.Email, Roles: r.Roles, Now: r.Now,
	})
	if err != nil || len(found) > 0 {
		return found, err
	}
	return nil, intake.Establish(r.Dir, plans...)
}
