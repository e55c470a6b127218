package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// InitRequest asks for a new repository of records.
type InitRequest struct {
	Schemas      fs.FS  // the kinds to start with
	Template     fs.FS  // kept.yaml, files/, records/, ci/ and what stands for them in English, en/
	Forge        string // whose CI is written, one of [Forges]; "" for none
	Organisation locale.Text
	Languages    []locale.Lang  // the first is the default, and that of the guides; none for both
	ZoneName     string         // as kept.yaml names it
	Zone         *time.Location // the same
	Branch       string         // protected branch
	People       []Founder      // the first is the one who founds
	Now          time.Time
}

// Places of the template of a repository.
const (
	filesFolder   = "files" // copied to the top, with the request's answers in them
	englishFolder = "en"    // in whose stead a file of the same path stands where English comes first
	dotPrefix     = "dot-"  // begins, in the template, a name that begins with a dot
)

// Init plans the files of a new repository: settings, kinds, the first records,
// guides, hook, the editor's settings, the forge's files, and the people with
// their roles from today. Same request, same bytes.
func Init(r InitRequest) ([]Plan, finding.List, error) {
	r.Languages = r.spoken()
	kinds, found := schema.Load(r.Schemas)
	if len(found) > 0 {
		return nil, found, nil
	}
	if found := r.answers(kinds); len(found) > 0 {
		return nil, found, nil
	}
	people, found, err := r.people(kinds)
	if len(found) > 0 || err != nil {
		return nil, found, err
	}
	plans, err := r.copied()
	if err != nil {
		return nil, nil, err
	}
	settings, err := r.settings()
	if err != nil {
		return nil, nil, err
	}
	editor, err := editorPlans(kinds)
	if err != nil {
		return nil, nil, err
	}
	ci, err := r.forge()
	if err != nil {
		return nil, nil, err
	}
	plans = slices.Concat(plans, []Plan{settings}, editor, people, ci)
	written, err := r.written(plans)
	return append(plans, written...), nil, err
}

// spoken are the languages of the records, both where none are named.
func (r InitRequest) spoken() []locale.Lang {
	if len(r.Languages) == 0 {
		return []locale.Lang{locale.Chinese, locale.English}
	}
	return r.Languages
}

// copied is the kinds and the starter records, where the request has kinds, and the
// template's other files.
func (r InitRequest) copied() ([]Plan, error) {
	var plans []Plan
	take := func(fsys fs.FS, under string, place func(string) string, fill func([]byte) []byte) error {
		return fs.WalkDir(fsys, under, func(p string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			if to := place(p); to != "" {
				data, err := r.read(fsys, p)
				if err != nil {
					return err
				}
				if data, err = r.remarked(to, data); err != nil {
					return err
				}
				plans = append(plans, Plan{Path: to, After: fill(Begun(to, data, r.day()))})
			}
			return nil
		})
	}
	as := func(data []byte) []byte { return data }
	var err error
	if r.Schemas != nil {
		err = errors.Join(
			take(r.Schemas, ".", func(p string) string {
				if strings.HasSuffix(p, ".json") || strings.HasSuffix(p, ".yaml") {
					return path.Join(schema.Folder, p)
				}
				return ""
			}, as),
			take(r.Template, record.Folder, func(p string) string { return p }, as),
		)
	}
	err = errors.Join(err, take(r.Template, filesFolder, r.place, func(data []byte) []byte {
		if !utf8.Valid(data) {
			return data // a picture
		}
		return r.fill(data, plainly)
	}))
	if err != nil {
		return nil, fmt.Errorf("read the template of a repository: %w", err)
	}
	return plans, nil
}

// place is where a file of the template goes, "" for a guide or a picture in a
// language that the company does not keep its records in.
func (r InitRequest) place(p string) string {
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		of := strings.Contains(path.Base(p), "."+string(lang)+".") || strings.HasPrefix(path.Base(p), string(lang)+"-")
		if of && !slices.Contains(r.Languages, lang) {
			return ""
		}
	}
	parts := strings.Split(strings.TrimPrefix(p, filesFolder+"/"), "/")
	for i, part := range parts {
		if rest, ok := strings.CutPrefix(part, dotPrefix); ok {
			parts[i] = "." + rest
		}
	}
	return path.Join(parts...)
}

// read is a file of the template, in the language that comes first.
func (r InitRequest) read(fsys fs.FS, p string) ([]byte, error) {
	if r.Languages[0] == locale.English {
		data, err := fs.ReadFile(fsys, path.Join(englishFolder, p))
		if !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return fs.ReadFile(fsys, p)
}

// day is the day of the founding.
func (r InitRequest) day() string { return r.Now.In(r.Zone).Format(time.DateOnly) }

// settings is kept.yaml with the request's answers in it.
func (r InitRequest) settings() (Plan, error) {
	data, err := r.read(r.Template, config.File)
	if err != nil {
		return Plan{}, fmt.Errorf("read the template of a repository: %w", err)
	}
	e, err := yamldoc.NewEdit(config.File, data)
	if err != nil {
		return Plan{}, err
	}
	err = errors.Join(
		r.names(e, data),
		e.Set("time_zone", r.ZoneName, "", nil),
		e.Set("branch", r.Branch, "", nil),
		e.Set("forge", r.Forge, "", nil),
	)
	text := e.Bytes()
	tags, err2 := json.Marshal(r.Languages)
	return Plan{Path: config.File, After: languagesLine.ReplaceAll(text, []byte("languages: "+strings.NewReplacer(`"`, "", ",", ", ").Replace(string(tags))+"${1}"))}, errors.Join(err, err2)
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
// is made where it is not there. The hook may be run.
func Establish(dir string, plans ...Plan) error {
	if err := Vacant(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make folder %q: %w", dir, err)
	}
	return Renew(dir, plans...)
}

// Renew writes files that [Init] and [Renewing] plan into a repository, whole or not at
// all. A hook may be run.
func Renew(dir string, plans ...Plan) error {
	if err := Apply(dir, plans...); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open %q: %w", dir, err)
	}
	defer root.Close()
	for _, p := range plans {
		if path.Dir(p.Path) != HookFolder || p.After == nil {
			continue
		}
		if err := root.Chmod(p.Path, 0o755); err != nil {
			return fmt.Errorf("make %q a program: %w", p.Path, err)
		}
	}
	return nil
}

// HookFolder holds the hooks of a repository, which git runs once its setting
// core.hooksPath names the folder.
const HookFolder = ".githooks"
