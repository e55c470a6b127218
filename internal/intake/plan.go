// Package intake makes and changes record files by rule: a new repository, a
// new record, the next step of a record. Each operation first makes a [Plan],
// which is checked as `kept check` would check it; only [Apply] writes. What
// hinders a plan is a list of findings, whose place is the option that was
// wrong, as "--set severity", or the file that would have been.
package intake

import (
	"bytes"
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
// found it is left alone. Symbolic links are not followed. A program that is killed
// meanwhile leaves whole files: the old ones, or the first of the new ones.
func Apply(dir string, plans ...Plan) error { return Writing{}.Apply(dir, plans...) }

// Writing is how plans are carried out.
type Writing struct {
	// Alone tells that no other writer of kept is at work below dir: what a killed one
	// left beside the places of these plans is taken away.
	Alone bool
	// Told hears how many of the texts lie ready, from one goroutine at a time. Nil hears
	// nothing.
	Told func(done int)
}

// Apply is [Apply].
func (w Writing) Apply(dir string, plans ...Plan) error {
	s, err := newStage(dir, w.Alone, len(plans))
	if err != nil {
		return err
	}
	defer s.close()
	for _, p := range plans {
		if err := s.check(p); err != nil {
			return fmt.Errorf("write %q: %w", p.Path, err)
		}
	}
	staged, at, err := s.putAll(plans, w.Told)
	defer func() {
		for i, name := range staged {
			if name != "" {
				s.drop(plans[i], name)
			}
		}
	}()
	if err != nil {
		return fmt.Errorf("write %q: %w", plans[at].Path, err)
	}
	if err := s.flush(); err != nil {
		return fmt.Errorf("write %q: %w", dir, err)
	}
	for i, p := range plans {
		if err := s.settle(p, staged[i]); err != nil {
			return errors.Join(fmt.Errorf("write %q: %w", p.Path, err), s.undo(plans[:i]))
		}
		staged[i] = ""
	}
	return nil
}

// undo puts back what plans found, the last first.
func (s *stage) undo(plans []Plan) error {
	var failed error
	for _, p := range slices.Backward(plans) {
		back := Plan{Path: p.Path, After: p.Before}
		name, err := s.put(back)
		if err == nil {
			err = errors.Join(s.flush(), s.settle(back, name))
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("put %q back: %w", p.Path, err))
		}
	}
	return failed
}

// check tells whether the file may be written and is as it was.
func (s *stage) check(p Plan) error {
	if !fs.ValidPath(p.Path) || p.Path == "." || strings.ContainsAny(p.Path, `\:`) || strings.EqualFold(strings.Split(p.Path, "/")[0], ".git") {
		return ErrOutside
	}
	folder, err := s.folder(path.Dir(p.Path), false)
	if err != nil {
		return err
	}
	if folder == nil {
		return p.asFound(nil, fs.ErrNotExist)
	}
	name := path.Base(p.Path)
	switch info, err := folder.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
		return p.asFound(nil, err)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return ErrOutside
	case p.Before == nil:
		return ErrChanged
	}
	now, err := folder.ReadFile(name)
	return p.asFound(now, err)
}

// asFound compares what reading a file gives with what the plan found.
func (p Plan) asFound(now []byte, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && p.Before == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return ErrChanged
	case err != nil:
		return err
	case p.Before == nil || !bytes.Equal(now, p.Before):
		return ErrChanged
	}
	return nil
}

func remove(root *os.Root, name string) error {
	if err := root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
