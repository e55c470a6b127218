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
	"slices"
	"strings"
)

// Plan is one file as it is and as it shall be. Before is nil for a new file,
// After for one that goes.
type Plan struct {
	Path          string // slash-separated, from the repository's root
	Before, After []byte
}

// Errors of [Apply].
var (
	ErrOutside = errors.New("path leads outside the repository, into .git or through a symbolic link")
	ErrChanged = errors.New("file changed meanwhile, nothing was written to it")
)

// Apply carries the plans out below the folder dir, all of them or none: every
// text lies whole beside its place before the first is put there, and what was
// put there is taken back where a later one fails. A file that is not as its plan
// found it is left alone. Symbolic links are not followed.
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
	staged := make([]string, len(plans))
	defer func() {
		for _, name := range staged {
			if name != "" {
				_ = remove(root, name)
			}
		}
	}()
	for i, p := range plans {
		if staged[i], err = p.stage(root); err != nil {
			return fmt.Errorf("write %q: %w", p.Path, err)
		}
	}
	for i, p := range plans {
		if err := p.settle(root, staged[i]); err != nil {
			return errors.Join(fmt.Errorf("write %q: %w", p.Path, err), undo(root, plans[:i]))
		}
		staged[i] = ""
	}
	return nil
}

// undo puts back what plans found, the last first.
func undo(root *os.Root, plans []Plan) error {
	var failed error
	for _, p := range slices.Backward(plans) {
		back := Plan{Path: p.Path, After: p.Before}
		name, err := back.stage(root)
		if err == nil {
			err = back.settle(root, name)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("put %q back: %w", p.Path, err))
		}
	}
	return failed
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

// stage writes the text beside its place and gives the name it has there, ""
// for a file that goes.
func (p Plan) stage(root *os.Root) (string, error) {
	if p.After == nil {
		return "", nil
	}
	folder := path.Dir(p.Path)
	if err := root.MkdirAll(folder, 0o777); err != nil {
		return "", err
	}
	name := path.Join(folder, ".kept-"+rand.Text()+".tmp")
	return name, writeNew(root, name, p.After)
}

// settle puts the staged text in its place by a rename, so that no reader sees
// half of it, or takes the file away.
func (p Plan) settle(root *os.Root, staged string) error {
	if p.After == nil {
		return remove(root, p.Path)
	}
	return root.Rename(staged, p.Path)
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
