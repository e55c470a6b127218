package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kept/internal/config"
)

const (
	// ciFolder holds, in the template of a repository, one folder of files for each
	// forge, and sharedForge those that all forges have.
	ciFolder    = "ci"
	sharedForge = "shared"
	forgejo     = "forgejo"
)

// Forges lists the forges for which a template has CI.
func Forges(template fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(template, ciFolder)
	if err != nil {
		return nil, fmt.Errorf("list forges: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != sharedForge {
			names = append(names, e.Name())
		}
		if e.Name() == string(config.Gitea) {
			names = append(names, forgejo)
		}
	}
	slices.Sort(names)
	return names, nil
}

// forge is the files of the request's forge, none where it names none: they go to
// the top of the repository, with the branch and the people in them.
func (r InitRequest) forge() ([]Plan, error) {
	if r.Forge == "" {
		return nil, nil
	}
	forges, err := Forges(r.Template)
	if err != nil {
		return nil, err
	}
	own := r.Forge
	if own == forgejo {
		own = string(config.Gitea) // whose files Forgejo reads
	}
	if !slices.Contains(forges, r.Forge) {
		return nil, fmt.Errorf("%q: %w", r.Forge, ErrNoForge)
	}
	var plans []Plan
	for _, folder := range []string{sharedForge, own} {
		under := path.Join(ciFolder, folder)
		err := fs.WalkDir(r.Template, under, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := r.read(r.Template, name)
			plans = append(plans, Plan{Path: strings.TrimPrefix(name, under+"/"), After: r.fill(data, quoted)})
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read the template of a forge: %w", err)
		}
	}
	forms, err := r.forms(own)
	return append(plans, forms...), err
}

// ErrNoForge is a forge for which there is no CI.
var ErrNoForge = errors.New("there is no CI for this forge")
