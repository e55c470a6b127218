package gitrepo

import (
	"errors"
	"fmt"
	"io"
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
	c, err := configuration(name)
	if err != nil {
		return "", err
	}
	return c.Section("user").Option("email"), nil
}

// maxConfiguration bounds what is read of a configuration file.
const maxConfiguration = 1 << 20

// configuration reads one file of settings; one that is not there is empty.
// Files that it includes are not read.
func configuration(name string) (*config.Config, error) {
	c := config.New()
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := config.NewDecoder(io.LimitReader(f, maxConfiguration)).Decode(c); err != nil {
		return nil, fmt.Errorf("read configuration %q: %w", name, err)
	}
	return c, nil
}
