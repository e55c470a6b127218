package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

const (
	// ciFolder holds, in the template of a repository, one folder of files for each
	// forge, and sharedForge those that all forges have.
	ciFolder    = "ci"
	sharedForge = "shared"
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
	}
	return names, nil
}

// forge is the files of the request's forge, none where it names none: they go to
// the top of the repository, with the branch and the first person in them.
func (r InitRequest) forge() ([]Plan, error) {
	if r.Forge == "" {
		return nil, nil
	}
	forges, err := Forges(r.Template)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(forges, r.Forge) {
		return nil, fmt.Errorf("%q: %w", r.Forge, ErrNoForge)
	}
	var plans []Plan
	for _, folder := range []string{sharedForge, r.Forge} {
		from, err := fs.Sub(r.Template, path.Join(ciFolder, folder))
		if err != nil {
			return nil, err
		}
		err = fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := fs.ReadFile(from, name)
			if err != nil {
				return err
			}
			filled, err := r.fill(string(data))
			plans = append(plans, Plan{Path: name, After: []byte(filled)})
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read the template of a forge: %w", err)
		}
	}
	return plans, nil
}

// ErrNoForge is a forge for which there is no CI.
var ErrNoForge = errors.New("there is no CI for this forge")

// The places that a forge's files leave open: {{branch}} is the protected branch
// in quotes, {{name ROLE}} who holds a role, and {{owner ROLE}}, at the end of a
// line, the e-mail address of whoever does.
var (
	nameOf  = regexp.MustCompile(`\{\{name ([a-z_]+)\}\}`)
	ownerOf = regexp.MustCompile(`(?m)^(.*) \{\{owner ([a-z_]+)\}\}$`)
	address = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$`)
)

// fill writes the request's answers into a file of a forge. A line whose owner has
// no address is left as a comment that says who is meant: kept does not know what
// the forge calls people.
func (r InitRequest) fill(text string) (string, error) {
	branch, err := json.Marshal(r.Branch)
	if err != nil {
		return "", err
	}
	text = strings.ReplaceAll(text, "{{branch}}", string(branch))
	text = ownerOf.ReplaceAllStringFunc(text, func(line string) string {
		part := ownerOf.FindStringSubmatch(line)
		if slices.Contains(r.Roles, part[2]) && address.MatchString(r.Email) {
			return part[1] + " " + r.Email
		}
		return "# " + part[1] + " @ " + r.holder(part[2])
	})
	return nameOf.ReplaceAllStringFunc(text, func(place string) string { return r.holder(nameOf.FindStringSubmatch(place)[1]) }), nil
}

// holder names a role and the first person, who may hold it.
func (r InitRequest) holder(role string) string {
	if !slices.Contains(r.Roles, role) {
		return role
	}
	return role + ": " + strings.Join(strings.Fields(r.Name+" "+r.Person), " ")
}
