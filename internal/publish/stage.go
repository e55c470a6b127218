// Package publish writes a build's output. Files go to a staging folder beside
// the target; only when all of them are there is a manifest written and the
// folder swapped in. A failed build leaves the previous output as it was, and a
// folder that kept did not make is never replaced.
package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrForeign is returned for a target that holds files kept did not make.
var ErrForeign = errors.New("target holds files that kept did not make; name another folder or empty it")

// Stage is an output being written. It is not safe for concurrent use.
type Stage struct {
	target  string
	staging string
	digests map[string]string // SHA-256 in hexadecimal, by slash-separated path
	folders map[string]bool   // those made, by full path
	archive bool              // target is a zip file
}

// Begin opens a staging folder for target. The target may be missing, empty or
// an earlier output of kept.
func Begin(target string) (*Stage, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return nil, fmt.Errorf("name target: %w", err)
	}
	if inGit(target) {
		return nil, fmt.Errorf("write to %q: %w", target, ErrForeign)
	}
	if err := ours(target); err != nil {
		return nil, fmt.Errorf("write to %q: %w", target, err)
	}
	return begin(target)
}

// inGit tells whether a path leads into git's own folder.
func inGit(target string) bool {
	return slices.Contains(strings.Split(strings.ToLower(filepath.ToSlash(target)), "/"), ".git")
}

// begin makes the staging folder of a target that may be replaced.
func begin(target string) (*Stage, error) {
	parent := filepath.Dir(target)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("make output folder: %w", err)
	}
	staging, err := os.MkdirTemp(parent, "."+filepath.Base(target)+".staging-")
	if err != nil {
		return nil, fmt.Errorf("make staging folder: %w", err)
	}
	return &Stage{target: target, staging: staging, digests: map[string]string{}, folders: map[string]bool{}}, nil
}

// ours tells whether kept may replace target: its manifest must be there and the
// folder must hold nothing beside what the manifest lists.
func ours(target string) error {
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return ErrForeign
	}
	present, err := list(target)
	if err != nil || len(present) == 0 {
		return err
	}
	listed, err := readSums(os.DirFS(target))
	if err != nil {
		return ErrForeign
	}
	for _, p := range present {
		if !listed[p] && p != ManifestFile && p != SumsFile {
			return fmt.Errorf("%w (%q)", ErrForeign, p)
		}
	}
	return nil
}

func list(dir string) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		paths = append(paths, filepath.ToSlash(rel))
		return err
	})
	return paths, err
}

// Write adds a file at a slash-separated path inside the output. A path that
// leads outside, or stands twice, is an error.
func (s *Stage) Write(path string, data []byte) error {
	if !filepath.IsLocal(filepath.FromSlash(path)) || strings.Contains(path, "\\") {
		return fmt.Errorf("write output: path %q leads outside", path)
	}
	if _, twice := s.digests[path]; twice {
		return fmt.Errorf("write output: path %q stands twice", path)
	}
	sum := sha256.Sum256(data)
	s.digests[path] = hex.EncodeToString(sum[:])
	return s.put(path, data)
}

func (s *Stage) put(path string, data []byte) error {
	full := filepath.Join(s.staging, filepath.FromSlash(path))
	if folder := filepath.Dir(full); !s.folders[folder] {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return fmt.Errorf("make output folder: %w", err)
		}
		s.folders[folder] = true
	}
	if err := os.WriteFile(full, data, 0o644); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// Abort removes the staging folder. It is harmless after Commit.
func (s *Stage) Abort() { _ = os.RemoveAll(s.staging) }
