package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// MostImport bounds the size of a ledger, in bytes.
const MostImport = 200 << 20

// ImportEntry asks for the rows of a file, as a page gives it.
type ImportEntry struct {
	Kind   string
	By     string // person; "" is who the git identity belongs to
	File   string // its name without folder
	Data   []byte
	Sheets []string          // to be read alone; empty is every sheet that is not hidden
	Sets   map[string]string // what every row gets, by a field's path
	Scale  []string          // what bare numbers mean, as "1=…"
	Ended  string            // day by which rows had ended that do not say when, "" for none
	Scans  string            // folder of the files that rows name, "" for none
	// Base is the digest of what was previewed; a preview does not look at it.
	Base string
	// Progress hears how far it is, and Stopped tells that nobody waits for it any more:
	// until records are being written it ends with [ErrStopped]. Nil is neither.
	Progress Progress
	Stopped  func() bool
}

// ErrStopped says that nobody waited for an import any more, and nothing was written.
var ErrStopped = errors.New("import stopped")

func (req *ImportRequest) stopped() bool { return req.Stopped != nil && req.Stopped() }

// ImportPlan is an import as it would be now.
type ImportPlan struct {
	*Import
	Kind    *schema.Kind
	File    string // as findings name it
	Digest  string // of all that would be written; another preview has another
	Written bool
}

// PlanImport tells what an import would do, and writes nothing.
func (l *Live) PlanImport(e ImportEntry) (ImportPlan, error) {
	if err := l.Look(); err != nil {
		return ImportPlan{}, err
	}
	return l.planImport(l.Present(), e)
}

// WriteImport does what was previewed. Where the plan has become another one since,
// or errors hinder it, nothing is written and the plan says what would be now.
func (l *Live) WriteImport(e ImportEntry) (ImportPlan, error) {
	plan, err := l.PlanImport(e)
	if err != nil || plan.Refused() || plan.Digest != e.Base {
		return plan, err
	}
	err = l.Project().WriteImport(plan.Import)
	if looked := l.Look(record.Folder + "/" + plan.Kind.ID); err == nil {
		err = looked
	}
	if errors.Is(err, intake.ErrChanged) {
		return l.PlanImport(e)
	}
	plan.Written = err == nil
	return plan, err
}

func (l *Live) planImport(p *Present, e ImportEntry) (ImportPlan, error) {
	s, err := l.desk(p)
	if err != nil {
		return ImportPlan{}, err
	}
	kind := s.Kinds.Kind(e.Kind)
	if kind == nil || kind.ID == record.SealKind || kind.ID == record.PublicationKind {
		return ImportPlan{}, ErrUnknownKind
	}
	if e.By == "" && kind.Envelope == schema.Governed {
		if e.By, err = l.Project().Person(s, l.request.Email, l.request.GitFiles...); err == nil && e.By == "" {
			err = ErrNobody
		}
		if err != nil {
			return ImportPlan{}, err
		}
	}
	used, err := l.used(p)
	if err != nil {
		return ImportPlan{}, err
	}
	file := baseName(e.File)
	plan, err := l.Project().PlanImport(s, ImportRequest{
		Kind: kind, File: file, Data: e.Data, Sheets: e.Sheets, Sets: e.Sets, Scale: e.Scale, EndedBy: e.Ended, Scans: e.Scans,
		Used: used, By: e.By, Now: s.Now, Progress: e.Progress, Stopped: e.Stopped,
	})
	if err != nil {
		return ImportPlan{}, err
	}
	return ImportPlan{Import: plan, Kind: kind, File: file, Digest: plan.digest()}, nil
}

// baseName is the last part of a file's name, whatever system named it.
func baseName(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// digest is one for each outcome: what becomes of each row, and every byte of the
// files.
func (i *Import) digest() string {
	h := sha256.New()
	for _, r := range i.Rows {
		fmt.Fprintf(h, "%s %q %q %d %d\n", r.Verdict, r.ID, r.Plan.Path, len(r.Plan.Before), len(r.Plan.After))
		h.Write(r.Plan.Before)
		h.Write(r.Plan.After)
	}
	fmt.Fprintf(h, "%d", i.Found.Count(finding.Error))
	return hex.EncodeToString(h.Sum(nil))
}

// Template is the workbook in which staff fill in records of a kind.
func (l *Live) Template(kind string, lang locale.Lang, sets []intake.Set) (*TemplateFile, error) {
	s, err := l.desk(l.Present())
	if err != nil {
		return nil, err
	}
	k := s.Kinds.Kind(kind)
	if k == nil {
		return nil, ErrUnknownKind
	}
	return l.Project().Template(s, TemplateRequest{Kind: k, Lang: lang, Sets: sets})
}
