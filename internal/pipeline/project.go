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
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"kept/internal/config"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/schemas"
	"kept/site"
	"kept/templates"
)

// Project is one opened folder of records. Without a git repository the files on
// disk can be checked, and nothing else.
type Project struct {
	Dir      string // top of the work tree
	repo     *gitrepo.Repo
	problem  error  // why there is no history to read, nil where there is
	from     string // the folder that Open was given
	Messages *locale.Catalogue
	Version  string // of kept
	Progress Progress
}

// Open finds the repository that holds dir.
func Open(dir, version string) (*Project, error) {
	messages, err := Messages()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	p := &Project{Dir: dir, from: dir, Messages: messages, Version: version}
	repo, err := gitrepo.Open(dir)
	var incomplete *gitrepo.HistoryError
	switch {
	case errors.Is(err, gitrepo.ErrNoRepository):
		p.openFolder(err)
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
func Messages() (*locale.Catalogue, error) { return messages() }

var messages = sync.OnceValues(func() (*locale.Catalogue, error) {
	i18n, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		return nil, err
	}
	return locale.Load(i18n)
})

// Governs tells whether a path lies in a folder of the project that people keep:
// an output there would be taken for records or kinds.
func (p *Project) Governs(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return true
	}
	dir, err := filepath.Abs(p.Dir)
	if err != nil {
		return true
	}
	rel, err := filepath.Rel(dir, path)
	if err != nil || !filepath.IsLocal(rel) {
		return false
	}
	switch first, _, _ := strings.Cut(filepath.ToSlash(rel), "/"); first {
	case record.Folder, "schemas", "templates", ".git", ".":
		return true
	}
	return false
}

// Moment is which commit to read and which moment judges what is late.
type Moment struct {
	At string // revision or date; "" is HEAD
	// AsOf is zero for the end of the day where At is a date, else for the first
	// moment after the commit, by its committer time.
	AsOf time.Time
	// Ledger is a reference or a file that says what CI has seen, "" for none.
	Ledger string
	// Anchors are commits whose ids are kept elsewhere, beside those of seals.
	Anchors []string
}

// placesRead are the files and folders at the top that records are read from.
func placesRead() []string {
	return append([]string{config.File}, sealedFolders[:]...)
}

// whole refuses a work tree that lacks files by intent: a record that is not there would
// seem deleted.
func (p *Project) whole() error {
	if p.repo == nil {
		return nil
	}
	return p.repo.Whole(placesRead())
}

// onDisk tells whether there is a work tree, and all of it.
func (p *Project) onDisk() error {
	if p.repo != nil && p.repo.Root() == "" {
		return &gitrepo.WorkTreeError{Reason: "bare", Mend: "git clone"}
	}
	return p.whole()
}

// workTree is the files on disk.
func (p *Project) workTree() fs.FS {
	if p.repo == nil {
		return gitrepo.Folder(p.Dir)
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

// layered reads the repository's own files before those that the program
// carries.
type layered struct{ own, carried fs.FS }

// Open implements [fs.FS].
func (l layered) Open(name string) (fs.File, error) {
	f, err := l.own.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return l.carried.Open(name)
	}
	return f, err
}

// ReadDir implements [fs.ReadDirFS] with the names of both layers in order.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(l.carried, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	mine, err := fs.ReadDir(l.own, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range mine {
		if !slices.ContainsFunc(entries, func(o fs.DirEntry) bool { return o.Name() == e.Name() }) {
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// carried joins a folder of the repository with one that the program carries.
func carried(files fs.FS, path string, own fs.FS, inside string) (fs.FS, error) {
	sub, err := fs.Sub(own, inside)
	if err != nil {
		return nil, err
	}
	mine, err := fs.Sub(files, path)
	if err != nil {
		return nil, err
	}
	return layered{mine, sub}, nil
}

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

// localFiles is a folder outside any repository.
func localFiles(dir string) fs.FS { return os.DirFS(dir) }
