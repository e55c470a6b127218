package intake_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kept/internal/config"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
	"kept/templates"
)

func initRequest(t *testing.T) intake.InitRequest {
	t.Helper()
	template, err := fs.Sub(templates.FS, "init")
	if err != nil {
		t.Fatal(err)
	}
	return intake.InitRequest{
		Schemas: schemas.FS, Template: template, Organisation: locale.Text{ZH: "甲: 乙公司", EN: "A # B"}, ZoneName: "Asia/Tokyo", Zone: shanghai, Branch: "trunk",
		People: []intake.Founder{{ID: "u-zhangw", Name: "张伟", Email: "zhangw@example.com", Roles: []string{"brm", "doc_controller"}}}, Now: at(t, "2026-04-05 10:20"),
	}
}

// What init makes is a repository that has no findings.
func TestInitMakesACleanRepository(t *testing.T) {
	plans, found, err := intake.Init(initRequest(t))
	if err != nil || len(found) > 0 {
		t.Fatal(err, tell(t, found))
	}
	dir := filepath.Join(t.TempDir(), "new")
	if err := errors.Join(intake.Vacant(dir), os.Mkdir(dir, 0o777), intake.Vacant(dir), intake.Apply(dir, plans...)); err != nil {
		t.Fatal(err)
	}
	made := os.DirFS(dir)
	c, found, err := config.Load(made)
	if err != nil || len(found) > 0 || c.Organisation.ZH != "甲: 乙公司" || c.Organisation.EN != "A # B" || c.Branch != "trunk" || c.Zone.String() != "Asia/Tokyo" || c.Sample {
		t.Errorf("settings are %+v, %v, %s", c, err, tell(t, found))
	}
	sub, err := fs.Sub(made, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	kinds, found := schema.Load(sub)
	if len(found) > 0 || kinds.Kind("person") == nil {
		t.Error(tell(t, found))
	}
	reg, found, err := record.Load(made, kinds)
	if err != nil || len(found) > 0 {
		t.Error(err, tell(t, found))
	}
	if got := reg.Roles("u-zhangw", at(t, "2026-04-05 00:00"), shanghai); !slices.Equal(got, []string{"brm", "doc_controller"}) {
		t.Errorf("roles are %v", got)
	}
	if reg.Count("calendar") == 0 {
		t.Error("there is no calendar")
	}
	for _, name := range []string{".gitignore", ".vscode/settings.json", "README.md", "schemas/meta/kind.schema.json"} {
		if !slices.Contains(paths(plans), name) {
			t.Errorf("%s was not planned", name)
		}
	}
	readme, err := fs.ReadFile(made, "README.md")
	if err != nil || strings.Contains(string(readme), "{{") || !strings.Contains(string(readme), "合并到 trunk") {
		t.Errorf("README: %v\n%s", err, readme)
	}
	settings, err := fs.ReadFile(made, ".vscode/settings.json")
	if err != nil || !strings.Contains(string(settings), `"./schemas/person.schema.json": "/records/person/**/*.yaml"`) {
		t.Errorf("settings: %v\n%s", err, settings)
	}
	if err := intake.Vacant(dir); !errors.Is(err, intake.ErrOccupied) {
		t.Errorf("the folder is still vacant: %v", err)
	}
}

func TestInitRefusesAnOddPerson(t *testing.T) {
	r := initRequest(t)
	r.People[0].ID = "../x"
	if _, found, err := intake.Init(r); err != nil || !strings.HasPrefix(tell(t, found), "--person ../x: the id must have the form") {
		t.Error(err, tell(t, found))
	}
	r.People[0].ID, r.People[0].Roles = "u-a", []string{"bmr"}
	if _, found, err := intake.Init(r); err != nil || !strings.Contains(tell(t, found), "did you mean brm") {
		t.Error(err, tell(t, found))
	}
}

func TestVacantAllowsGit(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, ".git"), 0o777), intake.Vacant(dir)); err != nil {
		t.Error(err)
	}
}
