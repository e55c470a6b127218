package pipeline

import (
	"errors"
	"fmt"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
)

// errScanChanged is about a file that was looked at and then changed.
var errScanChanged = errors.New("the file changed since it was looked at")

// scanClass is how an evidence file that a ledger names is kept, unless somebody says
// otherwise, as with attach.
const scanClass = "internal"

// scans puts the digests of the files that rows name into their fields. Nothing is
// copied before the records are written.
func (p *Project) scans(s *Snapshot, req ImportRequest, out *Import) error {
	out.scans = map[string]string{}
	named := false
	for _, e := range out.Ledger.Entries {
		named = named || len(e.Files) > 0
	}
	if !named {
		return nil
	}
	store, err := p.evidenceStore(s)
	if err != nil && !errors.Is(err, ErrStoreInside) {
		return err
	}
	out.store = store
	for n := range out.Ledger.Entries {
		e := &out.Ledger.Entries[n]
		for _, f := range e.Files {
			digest, file, key := "", "", ""
			switch {
			case err != nil:
				key = "intake.evidence_inside"
			case store == "":
				key = "intake.scan-no-store"
			case req.Scans == "":
				key = "intake.scan-nowhere"
			default:
				digest, file, key = intake.Scan(req.Scans, f.Name)
			}
			if key != "" {
				e.Found = append(e.Found, finding.Finding{
					Position: f.At, Rule: ledger.RuleImport, Severity: finding.Error, Key: key,
					Args: []locale.Arg{locale.A("file", f.Name), locale.A("heading", f.Heading)},
				})
				continue
			}
			out.scans[digest] = file
			list, _ := e.Fields[f.Field].([]any)
			item := map[string]any{record.TitleField: ledger.ScanTitle(f.Heading), intake.DigestField: digest, "class": scanClass}
			e.Fields[f.Field] = append(list, any(item))
		}
	}
	return nil
}

// deposit copies the evidence of the rows that are written into the store, which
// keeps a file once.
func (i *Import) deposit() error {
	for _, r := range i.Rows {
		if r.Verdict != intake.NewRow && r.Verdict != intake.ChangedRow {
			continue
		}
		for _, f := range r.Entry.Files {
			list, _ := r.Entry.Fields[f.Field].([]any)
			for _, item := range list {
				digest, _ := item.(map[string]any)[intake.DigestField].(string)
				if err := i.keep(digest); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (i *Import) keep(digest string) error {
	file, ok := i.scans[digest]
	if !ok {
		return nil
	}
	e, err := intake.Deposit(i.store, file)
	if err == nil && e.Digest != digest {
		err = fmt.Errorf("keep %q: %w", file, errScanChanged)
	}
	delete(i.scans, digest)
	return err
}
