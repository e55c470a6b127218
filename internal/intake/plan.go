// Package intake makes and changes record files by rule: a new repository, a
// new record, the next step of a record. Each operation first makes a [Plan],
// which is checked as `kept check` would check it; only [Apply] writes. What
// hinders a plan is a list of findings, whose place is the option that was
// wrong, as "--set severity", or the file that would have been.
package intake

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Plan is one file as it is and as it shall be. Before is nil for a new file.
type Plan struct {
	Path          string // slash-separated, from the repository's root
	Before, After []byte
}

// Errors of [Apply].
var (
	ErrOutside = errors.New("path leads outside the repository, into .git or through a symbolic link")
	ErrChanged = errors.New("file changed meanwhile, nothing was written to it")
)

// Apply writes the plans below the folder dir, each as a whole or not at all. A
// file that is not as its plan found it is left alone. Symbolic links are not
// followed.
func Apply(dir string, plans ...Plan) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open %q: %w", dir, err)
	}
	defer root.Close()
	for _, p := range plans {
		if err := p.check(root); err != nil {
			return fmt.Errorf("write %q: %w", p.Path, err)
		}
	}
	for _, p := range plans {
		if err := p.write(root); err != nil {
			return fmt.Errorf("write %q: %w", p.Path, err)
		}
	}
	return nil
}

// check tells whether the file may be written and is as it was.
func (p Plan) check(root *os.Root) error {
	if !fs.ValidPath(p.Path) || p.Path == "." || strings.ContainsAny(p.Path, `\:`) || strings.EqualFold(strings.Split(p.Path, "/")[0], ".git") {
		return ErrOutside
	}
	parts := strings.Split(p.Path, "/")
	for i := range parts {
		info, err := root.Lstat(path.Join(parts[:i+1]...))
		last := i == len(parts)-1
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case !last && !info.IsDir(), last && !info.Mode().IsRegular():
			return ErrOutside
		}
	}
	now, err := root.ReadFile(p.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if p.Before != nil {
			return ErrChanged
		}
	case err != nil:
		return err
	case p.Before == nil || !bytes.Equal(now, p.Before):
		return ErrChanged
	}
	return nil
}

// write puts the file in place by a rename, so that no reader sees half of it.
func (p Plan) write(root *os.Root) error {
	folder := path.Dir(p.Path)
	if err := root.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	temporary := path.Join(folder, ".kept-"+rand.Text()+".tmp")
	if err := writeNew(root, temporary, p.After); err != nil {
		return errors.Join(err, remove(root, temporary))
	}
	if err := root.Rename(temporary, p.Path); err != nil {
		return errors.Join(err, remove(root, temporary))
	}
	return nil
}

func writeNew(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

func remove(root *os.Root, name string) error {
	if err := root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
