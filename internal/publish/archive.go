package publish

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// BeginArchive opens a staging folder for a target that becomes one zip file. The
// target may be missing or an earlier archive of kept.
func BeginArchive(target string) (*Stage, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return nil, fmt.Errorf("name target: %w", err)
	}
	if inGit(target) {
		return nil, fmt.Errorf("write to %q: %w", target, ErrForeign)
	}
	if err := ourArchive(target); err != nil {
		return nil, fmt.Errorf("write to %q: %w", target, err)
	}
	s, err := begin(target)
	if err == nil {
		s.archive = true
	}
	return s, err
}

// ourArchive tells whether kept may replace a file: it must be a zip file that
// holds a manifest and its sums, and nothing that they do not name.
func ourArchive(target string) error {
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return ErrForeign
	}
	r, err := zip.OpenReader(target)
	if err != nil {
		return ErrForeign
	}
	defer r.Close()
	listed, err := readSums(r)
	if err != nil {
		return ErrForeign
	}
	for _, f := range r.File {
		if !listed[f.Name] && f.Name != ManifestFile && f.Name != SumsFile {
			return fmt.Errorf("%w (%q)", ErrForeign, f.Name)
		}
	}
	return nil
}

// zipped packs the staging folder beside the target and moves the file in.
// Entries are in the order of paths, not compressed, and of one date, so that no
// clock and no version of a compressor reaches them.
func (s *Stage) zipped() error {
	file, err := os.CreateTemp(filepath.Dir(s.target), "."+filepath.Base(s.target)+".staging-")
	if err != nil {
		return fmt.Errorf("make archive: %w", err)
	}
	defer os.Remove(file.Name())
	w := zip.NewWriter(file)
	names := append(slices.Collect(maps.Keys(s.digests)), SumsFile)
	slices.Sort(names)
	for _, name := range names {
		if err := s.entry(w, name); err != nil {
			_ = file.Close()
			return fmt.Errorf("write archive: %w", err)
		}
	}
	if err := errors.Join(w.Close(), file.Chmod(0o644), file.Close()); err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	if err := os.Rename(file.Name(), s.target); err != nil {
		return fmt.Errorf("put archive in place: %w", err)
	}
	return os.RemoveAll(s.staging)
}

func (s *Stage) entry(w *zip.Writer, name string) error {
	data, err := os.ReadFile(filepath.Join(s.staging, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	header := &zip.FileHeader{Name: name, Method: zip.Store, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	header.SetMode(0o644)
	entry, err := w.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = entry.Write(data)
	return err
}
