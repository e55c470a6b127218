// Package pipeline joins the stages for one request: it opens a repository,
// takes a snapshot of a commit or of the work tree, and from there checks,
// measures and builds. Everything that varies arrives as an argument; only what
// it asks of gitrepo and publish touches the world.
package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/schemas"
	"kept/site"
	"kept/templates"
)

// Project is one opened folder of records. Without a git repository the files on
// disk can be checked, and nothing else.
type Project struct {
	Dir      string // top of the work tree
	repo     *gitrepo.Repo
	problem  error // why there is no history to read, nil where there is
	Messages *locale.Catalogue
	Version  string // of kept
}

// Open finds the repository that holds dir.
func Open(dir, version string) (*Project, error) {
	messages, err := Messages()
	if err != nil {
		return nil, err
	}
	p := &Project{Dir: dir, Messages: messages, Version: version}
	repo, err := gitrepo.Open(dir)
	var incomplete *gitrepo.HistoryError
	switch {
	case errors.Is(err, gitrepo.ErrNoRepository):
		p.problem = err
		return p, nil
	case errors.As(err, &incomplete) && repo != nil:
		p.problem = err
	case err != nil:
		return nil, fmt.Errorf("open repository: %w", err)
	}
	p.repo = repo
	if root := repo.Root(); root != "" {
		p.Dir = root
	}
	return p, nil
}

// Messages loads the catalogue that the program carries.
func Messages() (*locale.Catalogue, error) {
	i18n, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		return nil, err
	}
	return locale.Load(i18n)
}

// Moment is which commit to read and which moment judges what is late.
type Moment struct {
	At   string    // revision or date; "" is HEAD
	AsOf time.Time // zero is the commit's committer time
}

// workTree is the files on disk.
func (p *Project) workTree() fs.FS {
	if p.repo == nil {
		return os.DirFS(p.Dir)
	}
	return p.repo.WorkTree()
}

// overlay gives a folder of the repository's files, or the one the program
// carries where the repository has none.
func overlay(files fs.FS, folder string, carried fs.FS) fs.FS {
	if info, err := fs.Stat(files, folder); err != nil || !info.IsDir() {
		return carried
	}
	sub, err := fs.Sub(files, folder)
	if err != nil {
		return carried
	}
	return sub
}

func kindFiles(files fs.FS) fs.FS { return overlay(files, "schemas", schemas.FS) }

// layered opens a file from the first layer that has it.
type layered []fs.FS

// Open implements [fs.FS].
func (l layered) Open(name string) (fs.File, error) {
	for _, layer := range l {
		if f, err := layer.Open(name); err == nil {
			return f, nil
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// carried is a folder that a repository's files may override one by one. The
// names are those that the program carries.
func carried(files fs.FS, path string, own fs.FS, inside string) (fs.FS, error) {
	sub, err := fs.Sub(own, inside)
	if err != nil {
		return nil, err
	}
	mine, err := fs.Sub(files, path)
	if err != nil {
		return nil, err
	}
	return overlaid{layered{mine, sub}, sub}, nil
}

// overlaid lists the folders of the program and opens files from the repository
// first.
type overlaid struct {
	layered
	names fs.FS
}

// ReadDir implements [fs.ReadDirFS].
func (o overlaid) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.names, name) }

func pageTemplates(files fs.FS) (fs.FS, error) {
	return carried(files, "templates/html", templates.FS, "html")
}

func printLayouts(files fs.FS) (fs.FS, error) {
	return carried(files, "templates/print", templates.FS, "print")
}

func assets(files fs.FS) (fs.FS, error) {
	return carried(files, "site/assets", site.FS, "assets")
}

// content is the repository's own documents. A repository without any shows
// none: the procedure is the company's, not the program's.
func content(files fs.FS) fs.FS { return overlay(files, "site/content", nil) }
