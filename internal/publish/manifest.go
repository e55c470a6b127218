package publish

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// The files that tell what an output is made of.
const (
	ManifestFile = "manifest.json"
	SumsFile     = "SHA256SUMS"
)

// Manifest says which inputs an output was made from. Same manifest inputs, same
// bytes.
type Manifest struct {
	Tool      string   `json:"tool"`              // version of kept
	Commit    string   `json:"commit"`            // full id of the commit built
	AsOf      string   `json:"as_of"`             // RFC 3339, the moment of judgement
	Ledger    string   `json:"ledger,omitempty"`  // object id of what CI has seen
	Anchors   []string `json:"anchors,omitempty"` // full ids of commits kept elsewhere
	Edition   string   `json:"edition"`
	Period    string   `json:"period,omitempty"` // of an audit pack
	Sample    *Sample  `json:"sample,omitempty"` // of an audit pack
	Picked    []string `json:"picked,omitempty"` // ids that an audit pack was asked for
	Languages []string `json:"languages"`
	Findings  Counts   `json:"findings"`
	Files     []File   `json:"files"` // in path order
}

// Sample says how records were drawn: those of the smallest SHA-256 of the seed
// followed by the id.
type Sample struct {
	Kind       string   `json:"kind"`
	Seed       string   `json:"seed"`
	Size       int      `json:"size"` // asked for
	Population int      `json:"population"`
	Drawn      []string `json:"drawn"`
}

// Counts tells how many findings the build shows.
type Counts struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

// File is one file of an output.
type File struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Commit writes the manifest and SHA256SUMS (as sha256sum -c reads it, the manifest
// last) and swaps
// the staging folder in. On an error the earlier output still stands.
func (s *Stage) Commit(m Manifest) error {
	var sums strings.Builder
	m.Files = []File{}
	for _, path := range slices.Sorted(maps.Keys(s.digests)) {
		m.Files = append(m.Files, File{Path: path, SHA256: s.digests[path]})
		fmt.Fprintf(&sums, "%s  %s\n", s.digests[path], path)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	if err := s.Write(ManifestFile, append(text, '\n')); err != nil {
		return err
	}
	fmt.Fprintf(&sums, "%s  %s\n", s.digests[ManifestFile], ManifestFile)
	if err := s.put(SumsFile, []byte(sums.String())); err != nil {
		return err
	}
	if s.archive {
		return s.zipped()
	}
	if err := os.Chmod(s.staging, 0o755); err != nil {
		return fmt.Errorf("open output: %w", err)
	}
	return s.swap()
}

// swap puts the new folder where the old one was. The old one is moved aside
// first and comes back if the new one cannot take its place.
func (s *Stage) swap() error {
	old := s.staging + ".old"
	_, err := os.Lstat(s.target)
	replaced := err == nil
	if replaced {
		if err := os.Rename(s.target, old); err != nil {
			return fmt.Errorf("move earlier output aside: %w", err)
		}
	}
	if err := os.Rename(s.staging, s.target); err != nil {
		if replaced {
			_ = os.Rename(old, s.target)
		}
		return fmt.Errorf("put output in place: %w", err)
	}
	if replaced {
		if err := os.RemoveAll(old); err != nil {
			return fmt.Errorf("remove earlier output: %w", err)
		}
	}
	return nil
}

// readSums lists the paths that an earlier output's SHA256SUMS names.
func readSums(files fs.FS) (map[string]bool, error) {
	data, err := fs.ReadFile(files, SumsFile)
	if err != nil {
		return nil, err
	}
	paths := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		_, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok {
			return nil, fmt.Errorf("read %q: line %q", SumsFile, line)
		}
		paths[path] = true
	}
	return paths, nil
}
