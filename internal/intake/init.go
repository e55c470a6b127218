package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// InitRequest asks for a new repository of records.
type InitRequest struct {
	Schemas      fs.FS  // the kinds to start with
	Template     fs.FS  // kept.yaml, README.md, gitignore, records/ and ci/
	Forge        string // whose CI is written, one of [Forges]; "" for none
	Organisation locale.Text
	ZoneName     string // as kept.yaml names it
	Zone         *time.Location
	Branch       string
	Person       string // id of the first person, u-…
	Name, Email  string // of that person
	Roles        []string
	Now          time.Time
}

// Init plans the files of a new repository: settings, kinds, the first records,
// the editor's settings, and the first person with the given roles from today.
// Git itself is the user's to set up, as the README says.
func Init(r InitRequest) ([]Plan, finding.List, error) {
	plans, err := r.copied()
	if err != nil {
		return nil, nil, err
	}
	kinds, found := schema.Load(r.Schemas)
	if len(found) > 0 {
		return nil, found, nil
	}
	for _, make := range []func(*schema.Registry) (Plan, finding.List, error){r.settings, r.readme, r.editor, r.person} {
		plan, found, err := make(kinds)
		if len(found) > 0 || err != nil {
			return nil, found, err
		}
		plans = append(plans, plan)
	}
	ci, err := r.forge()
	return append(plans, ci...), nil, err
}

// copied is the files that go over as they are.
func (r InitRequest) copied() ([]Plan, error) {
	var plans []Plan
	take := func(fsys fs.FS, under string, rename func(string) string) error {
		return fs.WalkDir(fsys, under, func(p string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			if to := rename(p); to != "" {
				data, err := fs.ReadFile(fsys, p)
				if err != nil {
					return err
				}
				plans = append(plans, Plan{Path: to, After: Begun(to, data, r.Now.In(r.Zone).Format(time.DateOnly))})
			}
			return nil
		})
	}
	err := errors.Join(
		take(r.Schemas, ".", func(p string) string {
			if strings.HasSuffix(p, ".json") || strings.HasSuffix(p, ".yaml") {
				return path.Join(schema.Folder, p)
			}
			return ""
		}),
		take(r.Template, "gitignore", func(string) string { return ".gitignore" }),
		take(r.Template, record.Folder, func(p string) string { return p }),
	)
	if err != nil {
		return nil, fmt.Errorf("read the template of a repository: %w", err)
	}
	return plans, nil
}

// settings is kept.yaml with the request's answers in it.
func (r InitRequest) settings(*schema.Registry) (Plan, finding.List, error) {
	const name = "kept.yaml"
	data, err := fs.ReadFile(r.Template, name)
	if err != nil {
		return Plan{}, nil, fmt.Errorf("read the template of a repository: %w", err)
	}
	e, err := yamldoc.NewEdit(name, data)
	if err != nil {
		return Plan{}, nil, err
	}
	organisation := map[string]any{string(locale.Chinese): r.Organisation.ZH, string(locale.English): r.Organisation.EN}
	err = errors.Join(
		e.Set("organisation", organisation, "", []string{string(locale.Chinese), string(locale.English)}),
		e.Set("time_zone", r.ZoneName, "", nil),
		e.Set("branch", r.Branch, "", nil),
	)
	return Plan{Path: name, After: e.Bytes()}, nil, err
}

// readme is the quick start.
func (r InitRequest) readme(*schema.Registry) (Plan, finding.List, error) {
	const name = "README.md"
	data, err := fs.ReadFile(r.Template, name)
	if err != nil {
		return Plan{}, nil, fmt.Errorf("read the template of a repository: %w", err)
	}
	filled := strings.NewReplacer("{{organisation}}", r.Organisation.ZH, "{{branch}}", r.Branch, "{{person}}", r.Person).Replace(string(data))
	return Plan{Path: name, After: []byte(filled)}, nil, nil
}

// editor names for each kind the schema that the editor checks its records by.
func (r InitRequest) editor(kinds *schema.Registry) (Plan, finding.List, error) {
	byFile := map[string]string{}
	for k := range kinds.All() {
		byFile["./"+path.Join(schema.Folder, k.ID+".schema.json")] = "/" + path.Join(record.Folder, k.ID) + "/**/*.yaml"
	}
	settings := struct {
		Schemas  map[string]string `json:"yaml.schemas"`
		Tags     []string          `json:"yaml.customTags"`
		Encoding string            `json:"files.encoding"`
		Spaces   bool              `json:"editor.insertSpaces"`
		Width    int               `json:"editor.tabSize"`
	}{byFile, []string{}, "utf8", true, 2}
	data, err := json.MarshalIndent(settings, "", "  ")
	return Plan{Path: ".vscode/settings.json", After: append(data, '\n')}, nil, err
}

// person is the first person's record.
func (r InitRequest) person(kinds *schema.Registry) (Plan, finding.List, error) {
	kind := kinds.Kind(record.PersonKind)
	if kind == nil {
		return Plan{}, nil, fmt.Errorf("read kinds: no kind %q", record.PersonKind)
	}
	register, found, err := record.Load(r.Template, kinds)
	if len(found) > 0 || err != nil {
		return Plan{}, found, err
	}
	roles := make([]any, len(r.Roles))
	for i, role := range r.Roles {
		roles[i] = map[string]any{"role": role, "from": r.Now.In(r.Zone).Format(time.DateOnly)}
	}
	held, err := json.Marshal(roles)
	if err != nil {
		return Plan{}, nil, err
	}
	sets := []Set{{Path: record.IDField, Value: r.Person}, {Path: record.TitleField, Value: r.Name}}
	if len(roles) > 0 {
		sets = append(sets, Set{Path: "roles", Value: string(held), JSON: true})
	}
	if r.Email != "" {
		sets = append(sets, Set{Path: "identities", Value: r.Email})
	}
	plan, found := New(NewRequest{Kind: kind, Register: register, Sets: sets, By: r.Person, Now: r.Now, Zone: r.Zone})
	return plan, found, nil
}

// ErrOccupied is a folder that already holds something.
var ErrOccupied = errors.New("the folder is not empty; choose another, or an empty one")

// Vacant tells whether a repository may be made in dir: it is not there, empty,
// or holds nothing but .git.
func Vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look into %q: %w", dir, err)
	}
	for _, entry := range entries {
		if entry.Name() != ".git" {
			return fmt.Errorf("%q: %w", dir, ErrOccupied)
		}
	}
	return nil
}

// Establish writes a new repository's files into dir, which must be vacant and
// is made where it is not there.
func Establish(dir string, plans ...Plan) error {
	if err := Vacant(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make folder %q: %w", dir, err)
	}
	return Apply(dir, plans...)
}
