package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
)

// Errors about the store of evidence.
var (
	ErrNoStore     = errors.New("kept.yaml names no evidence_store")
	ErrStoreInside = errors.New("the store lies in the repository and .gitignore does not name it")
)

// evidenceStore is the folder outside git that kept.yaml names, relative to the
// top; "" for none. Inside the repository it must be one that git ignores.
func (p *Project) evidenceStore(s *Snapshot) (string, error) {
	store := s.Config.EvidenceStore
	if store == "" && s.storeRefused() {
		return "", ErrStoreInside
	}
	if store == "" {
		return "", nil
	}
	if !filepath.IsAbs(store) {
		store = filepath.Join(p.Dir, filepath.FromSlash(store))
	}
	top, err := filepath.Abs(p.Dir)
	if err != nil {
		return "", fmt.Errorf("find the store: %w", err)
	}
	if store, err = filepath.Abs(store); err != nil {
		return "", fmt.Errorf("find the store: %w", err)
	}
	rel, err := filepath.Rel(resolved(top), resolved(store))
	if err == nil && filepath.IsLocal(rel) && !ignored(s.files, filepath.ToSlash(rel)) {
		return "", fmt.Errorf("%q: %w", s.Config.EvidenceStore, ErrStoreInside)
	}
	return store, nil
}

// storeRefused tells whether kept.yaml names a store that cannot be one, which has
// been reported there.
func (s *Snapshot) storeRefused() bool {
	return slices.ContainsFunc(s.Findings, func(f finding.Finding) bool {
		return f.Key == "config.outside" && slices.ContainsFunc(f.Args, func(a locale.Arg) bool { return a.Value == locale.Plain("evidence_store") })
	})
}

// resolved follows the symbolic links of the part of a path that is there.
func resolved(at string) string {
	rest := ""
	for dir := at; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return at
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// ignored tells whether .gitignore names a folder, or one above it, without
// patterns: "/evidence/", "evidence".
func ignored(files fs.FS, rel string) bool {
	data, err := fs.ReadFile(files, ".gitignore")
	if err != nil || rel == "." {
		return false
	}
	found := false
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		name, negated := strings.CutPrefix(line, "!")
		name = strings.TrimSuffix(name, "/")
		anchored := strings.Contains(name, "/")
		name = strings.TrimPrefix(name, "/")
		if name == "" || strings.HasPrefix(line, "#") || strings.ContainsAny(name, "*?[\\") {
			continue
		}
		for at := rel; at != "."; at = path.Dir(at) {
			if at == name || !anchored && path.Base(at) == name {
				found = !negated
			}
		}
	}
	return found
}

// Attach copies a file into the store of evidence and names it in a record; the
// path is "" where the record names it already. Findings say why not, before
// anything is copied where that can be told.
func (p *Project) Attach(s *Snapshot, file string, req intake.AttachRequest) (string, finding.List, error) {
	req.Kinds = s.Kinds
	store, err := p.evidenceStore(s)
	if err != nil {
		return "", nil, err
	}
	if store == "" {
		return "", nil, ErrNoStore
	}
	trial := req
	trial.Evidence.Digest = strings.Repeat("0", 64)
	if _, _, found := intake.Attach(trial); len(found) > 0 && (req.Record.Kind == nil || !holdsDigest(found)) {
		return "", found, nil
	}
	if req.Evidence, err = intake.Deposit(store, file); err != nil {
		return "", nil, err
	}
	plan, changed, found := intake.Attach(req)
	if len(found) > 0 || !changed {
		return "", found, nil
	}
	if req.Evidence.Size == 0 {
		found = finding.List{{
			Position: finding.Position{Path: plan.Path, Line: 1, Column: 1}, Rule: "evidence-empty", Severity: finding.Warning, Record: req.Record.ID,
			Key: "intake.evidence_empty", Args: []locale.Arg{locale.A("file", filepath.Base(file))},
		}}
	}
	return plan.Path, found, p.apply(plan)
}

// holdsDigest tells the one finding that depends on the file: the place is taken,
// perhaps by the same file.
func holdsDigest(found finding.List) bool {
	return len(found) == 1 && found[0].Key == "intake.attached"
}

// storeless tells that records name evidence and kept.yaml no store where it lies,
// so that nobody can look whether it is there.
func (s *Snapshot) storeless() finding.List {
	if s.Config.EvidenceStore != "" || s.storeRefused() {
		return nil
	}
	n := intake.Kept(s.Register)
	if n == 0 {
		return nil
	}
	return finding.List{{Position: finding.Position{Path: config.File}, Rule: "evidence-store", Severity: finding.Info, Key: "intake.evidence_no_store", Args: []locale.Arg{locale.N("n", n)}}}
}

// Evidence compares the store of evidence with the records that name its files. The
// error is [ErrNoStore] where kept.yaml names none.
func (p *Project) Evidence(s *Snapshot) (finding.List, error) {
	store, err := p.evidenceStore(s)
	if errors.Is(err, ErrStoreInside) {
		return finding.List{{Position: finding.Position{Path: config.File}, Rule: "evidence-store", Severity: finding.Error, Key: "intake.evidence_inside"}}, nil
	}
	if err != nil {
		return nil, err
	}
	if store == "" {
		return nil, ErrNoStore
	}
	return intake.CheckEvidence(s.Register, store)
}
