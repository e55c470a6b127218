package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/record"
)

// Named finds a record by its id, or by its file where another file holds the
// same id; nil where there is none.
func (s *Snapshot) Named(name string) (*record.Record, error) {
	at := path.Clean(filepath.ToSlash(name))
	if !strings.HasPrefix(at, record.Folder+"/") || path.Ext(at) != ".yaml" {
		return s.Register.Get(name), nil
	}
	if rec := s.Register.Get(record.StemOf(at)); rec != nil && rec.Path == at {
		return rec, nil
	}
	data, err := fs.ReadFile(s.files, at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read record %q: %w", at, err)
	}
	rec, _ := record.Parse(at, data, s.Kinds)
	return rec, nil
}

// Renumber gives a record another number and writes every file that this
// changes; findings say why not. It returns the number and the files.
func (p *Project) Renumber(s *Snapshot, req intake.RenumberRequest) (string, []string, finding.List, error) {
	req.Register = s.Register
	to, plans, found := intake.Renumber(req)
	paths, found, err := p.carryOut(plans, found)
	return to, paths, found, err
}
