package pipeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/templates"
)

// ImportRequest asks for a file of another tool to become records.
type ImportRequest struct {
	Kind    *schema.Kind
	File    string // its name without folder
	Data    []byte
	Sheets  []string // to be read alone; empty is every sheet that is not hidden
	MapName string   // of the mapping given, for findings; "" takes the repository's own
	Map     []byte
	Used    []string
	// Sets is what every row gets, by a field's path; Scale what bare numbers of answers
	// mean, as "1=非常满意"; Scans the folder of the files that rows name, "" for none.
	Sets  map[string]string
	Scale []string
	Scans string
	// EndedBy is a day, as 2026-03-31, by which the rows had ended whose file says that they
	// have and not when; "" where nobody knows.
	EndedBy string
	By      string
	Now     time.Time
	// Progress hears how far the import is; nil is the project's.
	Progress Progress
	// Stopped tells that nobody waits for the import any more, which then ends with
	// [ErrStopped]; nil is never.
	Stopped  func() bool
	template bool // it is a template of kept, which has many columns
}

// Import is what an import would do, row by row.
type Import struct {
	Ledger ledger.Ledger
	Sheets []ImportSheet // of a workbook, read or not
	Rows   []intake.Imported
	Found  finding.List      // what is wrong with file and mapping as a whole
	scans  map[string]string // evidence files that rows name, by digest
	store  string            // where they go
	pages  []ledger.Page     // the file as it was read
	file   string            // its name, for findings

	progress Progress
}

// ImportSheet is a sheet of a workbook.
type ImportSheet struct {
	Name         string
	Read, Hidden bool
}

// Count is how many rows have a verdict.
func (i *Import) Count(v intake.Verdict) int {
	n := 0
	for _, r := range i.Rows {
		if r.Verdict == v {
			n++
		}
	}
	return n
}

// Refused tells that nothing may be written.
func (i *Import) Refused() bool {
	return i.Found.Count(finding.Error) > 0 || i.Count(intake.RefusedRow) > 0
}

// PlanImport reads a workbook or a text file and plans its records. What hinders
// it is in the import, with the place in the file.
func (p *Project) PlanImport(s *Snapshot, req ImportRequest) (*Import, error) {
	if req.Progress == nil {
		req.Progress = p.Progress
	}
	out := &Import{file: req.File, progress: req.Progress}
	req.Progress.tell(stageLedger, 0, 0)
	mapping, found, err := s.mapping(req)
	if err != nil || len(found) > 0 {
		out.Found = found
		return out, err
	}
	pages, found := readPages(req.File, req.Data)
	if len(found) > 0 {
		out.Found = found
		return out, nil
	}
	if req.stopped() {
		return nil, ErrStopped
	}
	out.pages = pages
	pages, mapping, told := s.template(&req, pages, mapping)
	if told.Count(finding.Error) > 0 {
		out.Found = told
		return out, nil
	}
	for _, page := range pages {
		if page.Name != "" {
			read := slices.Contains(req.Sheets, page.Name) || len(req.Sheets) == 0 && !page.Hidden
			out.Sheets = append(out.Sheets, ImportSheet{page.Name, read, page.Hidden})
		}
	}
	scales(&mapping, req.Scale)
	l := ledger.Request{
		File: req.File, Pages: pages, Sheets: req.Sheets, Mapping: mapping, Kind: req.Kind, Zone: s.Config.Zone, Lookup: s.named(), Set: req.Sets,
	}
	ended, found := req.ended(s.Config.Zone)
	if out.Found = append(req.constants(), found...); len(out.Found) > 0 {
		return out, nil
	}
	other, err := s.otherKind(req, l)
	if out.Found = other; err != nil || other.Count(finding.Error) > 0 {
		return out, err
	}
	told = append(told, other...)
	if l.Questions, out.Found = s.asked(req, l); len(out.Found) > 0 {
		return out, nil
	}
	out.Ledger = ledger.ReadAll(l)
	if req.template {
		out.Ledger.Used(pages)
		ledger.Short(req.File, req.Kind, out.Ledger.Entries)
	}
	if out.Found = out.Ledger.Found; out.Found.Count(finding.Error) > 0 {
		return out, nil
	}
	if err := p.scans(s, req, out); err != nil {
		return nil, err
	}
	if req.stopped() {
		return nil, ErrStopped
	}
	sum := sha256.Sum256(req.Data)
	out.Rows, found = intake.Import(intake.ImportRequest{
		Kind: req.Kind, Register: s.Register, Used: req.Used, Ledger: out.Ledger, File: req.File, Digest: hex.EncodeToString(sum[:]),
		By: req.By, Now: req.Now, Zone: s.Config.Zone,
		Mapping: mapping, MapName: cmp.Or(req.MapName, path.Join(ledger.MappingFolder, req.Kind.ID+".yaml")), Others: record.NewOthers(s.Register, s.Calendar, req.Now),
		EndedBy: ended, Told: req.Progress.of(stageImport),
	})
	out.Found = slices.Concat(told, out.Found, found)
	s.foresee(out, req)
	if req.stopped() {
		return nil, ErrStopped
	}
	return out, nil
}

// WriteImport writes the records of an import of which no row was refused.
func (p *Project) WriteImport(i *Import) error {
	var plans []intake.Plan
	for _, r := range i.Rows {
		if r.Verdict == intake.NewRow || r.Verdict == intake.ChangedRow {
			plans = append(plans, r.Plan)
		}
	}
	if err := i.deposit(); err != nil {
		return err
	}
	return p.write(i.progress, plans)
}

// mapping is the mapping that was given, the repository's own for the kind, or the
// one that the program carries; a kind without any is known by its fields' titles.
func (s *Snapshot) mapping(req ImportRequest) (ledger.Mapping, finding.List, error) {
	name, data := req.MapName, req.Map
	if name == "" {
		name = path.Join(ledger.MappingFolder, req.Kind.ID+".yaml")
		files, err := carried(s.files, ledger.MappingFolder, templates.FS, "import")
		if err != nil {
			return ledger.Mapping{}, nil, err
		}
		data, err = fs.ReadFile(files, req.Kind.ID+".yaml")
		if errors.Is(err, fs.ErrNotExist) {
			return ledger.Mapping{}, nil, nil
		}
		if err != nil {
			return ledger.Mapping{}, nil, fmt.Errorf("read import mapping %q: %w", name, err)
		}
	}
	m, found := ledger.ReadMapping(name, data, req.Kind)
	return m, found, nil
}

// foresee lets the rules judge the records as they would be, all of them at once.
// Errors refuse a row. Of rows that are refused already only what hangs on one value
// is judged.
func (s *Snapshot) foresee(i *Import, req ImportRequest) {
	at := map[string]int{}
	list := make([]*record.Record, 0, s.Register.Len()+len(i.Rows))
	var apart []int
	for n := range i.Rows {
		switch row := &i.Rows[n]; {
		case row.Record == nil:
		case row.Verdict == intake.RefusedRow:
			apart = append(apart, n)
		case row.Verdict == intake.NewRow, row.Verdict == intake.ChangedRow:
			at[row.Record.Path] = n
			list = append(list, row.Record)
		}
	}
	defer s.apart(i, req, apart)
	if len(list) == 0 {
		return
	}
	for rec := range s.Register.All() {
		if _, planned := at[rec.Path]; !planned {
			list = append(list, rec)
		}
	}
	slices.SortFunc(list, func(a, b *record.Record) int { return cmp.Compare(a.Path, b.Path) })
	reg, _ := record.Gather(list, s.Kinds)
	planned := slices.DeleteFunc(list, func(rec *record.Record) bool {
		_, planned := at[rec.Path]
		return !planned
	})
	for _, f := range judged(s.foreseen(reg, req.Now), planned, req.Progress.of(stageRules), req.stopped) {
		if n, planned := at[f.Position.Path]; planned {
			i.Rows[n].Tell(i.Ledger, req.File, finding.List{f})
		}
	}
}

// valueRules are the rules that hang on one value of a record, whatever else it lacks.
var valueRules = []string{"personal-data", "time-future"}

// apart judges what could be read of the rows that are refused.
func (s *Snapshot) apart(i *Import, req ImportRequest, rows []int) {
	if len(rows) == 0 {
		return
	}
	judge, _ := check.NewSingle(s.foreseen(s.Register, req.Now))
	for _, n := range rows {
		row := &i.Rows[n]
		found := judge.Record(row.Record)
		row.TellApart(i.Ledger, req.File, slices.DeleteFunc(found, func(f finding.Finding) bool { return !slices.Contains(valueRules, f.Rule) }))
	}
}

// judgeParts is into how many parts the records of an import are cut, which are judged
// side by side: a number of its own, since what conditions may cost is counted by part
// and must not depend on the machine.
const judgeParts = 2

// judged is what the rules find in some records of a register, and in the register; of
// a judging that is stopped it is what was found by then.
func judged(req check.Request, records []*record.Record, told func(done, total int), stopped func() bool) finding.List {
	parts := make([]finding.List, judgeParts)
	var wg sync.WaitGroup
	var done atomic.Int64
	for n := range parts {
		of := records[n*len(records)/judgeParts : (n+1)*len(records)/judgeParts]
		wg.Go(func() {
			judge, _ := check.NewSingle(req)
			if n == 0 {
				parts[n] = judge.Register()
			}
			for _, rec := range of {
				if stopped() {
					return
				}
				parts[n] = append(parts[n], judge.Record(rec)...)
				if told != nil {
					told(int(done.Add(1)), len(records))
				}
			}
		})
	}
	wg.Wait()
	return slices.Concat(parts...)
}

// MappingText is the mapping that the program carries for a kind, as a file to copy
// and edit; of a kind without one, a beginning made of its fields.
func MappingText(k *schema.Kind) ([]byte, error) {
	data, err := fs.ReadFile(templates.FS, "import/"+k.ID+".yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return ledger.Skeleton(k), nil
	}
	return data, err
}

// ImportTitle is what a column of a ledger fills, in words.
func ImportTitle(k *schema.Kind, target string) locale.Text { return ledger.TargetTitle(k, target) }
