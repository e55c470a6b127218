package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// EvidenceFolder is the store of evidence files beside a demo, as its kept.yaml
// names it.
const EvidenceFolder = "demo-evidence"

// evidence keeps a file for the store and gives its digest.
func (s *scope) evidence(name string) any {
	text, ok := s.variable(name).(string)
	if !ok {
		s.fail("placeholder makes evidence of %q, which is no text", name)
		return nil
	}
	data := []byte(s.text(text))
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	s.stage.evidence[digest+".txt"] = data
	return digest
}

// store writes the evidence files into the folder beside the repository. Their
// names are their digests: what is there is left alone.
func (s *stage) store() error {
	if len(s.evidence) == 0 {
		return nil
	}
	dir := filepath.Join(filepath.Dir(s.req.Dir), EvidenceFolder)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make evidence store: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(s.evidence)) {
		if err := os.WriteFile(filepath.Join(dir, name), s.evidence[name], 0o666); err != nil {
			return fmt.Errorf("write evidence: %w", err)
		}
	}
	return nil
}

// issue is a field of the life's record, an issue of a report, as it is computed
// from the history; in a rehearsal it is asked for and not there yet.
func (s *scope) issue(field string) any {
	id, _ := s.vars["id"].(string)
	if s.stage.figures == nil {
		if n := len(s.stage.asks); n == 0 || s.stage.asks[n-1].ID != id {
			fields, _ := s.vars["rec"].(mapping)
			s.stage.asks = append(s.stage.asks, Ask{ID: id, Fields: maps.Clone(fields), At: s.now})
		}
		return nil
	}
	return s.stage.figures[id][field]
}
