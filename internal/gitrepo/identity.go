package gitrepo

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-git/go-git/v5/plumbing/format/config"
)

// UserEmail is the address that git would put on a commit made here: user.email
// of the repository's own configuration, else of the first of the given files
// (the user's and the machine's) that has one. It is "" where none does; files
// that are not there count as empty.
func (r *Repo) UserEmail(files ...string) (string, error) {
	for _, name := range append([]string{filepath.Join(r.common, "config")}, files...) {
		email, err := userEmail(name)
		if err != nil || email != "" {
			return email, err
		}
	}
	return "", nil
}

func userEmail(name string) (string, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	c := config.New()
	if err := config.NewDecoder(f).Decode(c); err != nil {
		return "", err
	}
	return c.Section("user").Option("email"), nil
}
