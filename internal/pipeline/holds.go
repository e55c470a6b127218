package pipeline

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kept/internal/config"
	"kept/internal/record"
)

// NoRecordsError says that a folder belongs to no repository of records.
type NoRecordsError struct {
	Dir  string // absolute folder from which the search began
	Root string // top of the git repository that holds it, "" for none
	// Below is a folder with kept.yaml between Dir and Root, which git takes for a
	// part of a larger repository; "" for none.
	Below string
}

// Error is for logs; people are told by whoever speaks their language.
func (e *NoRecordsError) Error() string {
	return fmt.Sprintf("look for records from %q upwards: there are neither %s nor %s", e.Dir, config.File, record.Folder)
}

// Key is the message that says it.
func (e *NoRecordsError) Key() string {
	switch {
	case e.Below != "":
		return "cli.no-records-below"
	case e.Root != "":
		return "cli.no-records-in-git"
	}
	return "cli.no-records"
}

// Holds tells whether the project has records or settings for them, on disk or in the
// commit of HEAD. The error is a [*NoRecordsError]: without it a command would take a
// wrong folder for a company without records, which is clean.
func (p *Project) Holds() error {
	if p.repo == nil || p.repo.Root() != "" {
		if holdRecords(os.DirFS(p.Dir)) {
			return nil
		}
	}
	dir, err := filepath.Abs(p.from)
	if err != nil {
		return err
	}
	none := &NoRecordsError{Dir: dir}
	if p.repo == nil {
		return none
	}
	none.Root = p.repo.Root()
	head, err := p.repo.Resolve("HEAD", time.UTC)
	if err == nil {
		files, err := p.repo.Files(head)
		if err != nil || holdRecords(files) { // what cannot be read says so itself
			return nil
		}
	}
	if below, ok := nearest(dir, config.File); ok && within(none.Root, below) {
		none.Below = below
	}
	return none
}

// holdRecords tells whether files have settings of records, or records, at their top.
func holdRecords(files fs.FS) bool {
	return slices.ContainsFunc([]string{config.File, record.Folder}, func(name string) bool {
		_, err := fs.Stat(files, name)
		return err == nil
	})
}

// nearest is the nearest folder, dir or one above it, that holds one of the names.
func nearest(dir string, names ...string) (string, bool) {
	for at := dir; ; at = filepath.Dir(at) {
		for _, name := range names {
			if _, err := os.Stat(filepath.Join(at, name)); err == nil {
				return at, true
			}
		}
		if at == filepath.Dir(at) {
			return "", false
		}
	}
}

// within tells whether a folder lies below another, as git found it: links followed.
func within(root, dir string) bool {
	if root == "" {
		return false
	}
	if lies, err := filepath.EvalSymlinks(dir); err == nil {
		dir = lies
	}
	rel, err := filepath.Rel(root, dir)
	return err == nil && filepath.IsLocal(rel)
}

// openFolder opens a folder outside git: itself where it has records, else the nearest
// with settings above it.
func (p *Project) openFolder(problem error) {
	p.problem = problem
	if holdRecords(os.DirFS(p.Dir)) {
		return
	}
	if at, ok := SettingsFolder(p.Dir); ok {
		p.Dir = at
	}
}

// SettingsFolder is the nearest folder with settings, dir or one above it; ok is false
// where there is none.
func SettingsFolder(dir string) (at string, ok bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", false
	}
	return nearest(dir, config.File)
}
