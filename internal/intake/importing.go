package intake

import (
	"slices"
	"time"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// ImportRequest asks for the rows of a ledger to become records.
type ImportRequest struct {
	Kind     *schema.Kind
	Register *record.Register
	Used     []string // ids that history knows
	Ledger   ledger.Ledger
	File     string // the ledger's name, for findings
	Digest   string // SHA-256 of the ledger's file, in hex
	By       string // person who imports
	Now      time.Time
	Zone     *time.Location
	Mapping  ledger.Mapping // its fills and marks
	MapName  string         // for findings
	Others   *record.Others // what conditions of marks ask about
	// EndedBy is when, at the latest, the rows had ended whose ledger says that they have and
	// not when, as somebody states it; zero where nobody does.
	EndedBy time.Time
	// Told hears how many rows are made into records, from several goroutines. Nil hears
	// nothing.
	Told func(done, total int)
}

// Verdict is what an import does with a row.
type Verdict string

// The verdicts.
const (
	NewRow       Verdict = "new"
	ChangedRow   Verdict = "changed"
	UnchangedRow Verdict = "unchanged"
	RefusedRow   Verdict = "refused"
)

// Imported is one row of an import.
type Imported struct {
	Entry   ledger.Entry
	ID      string
	Verdict Verdict
	Fields  []string // that change, of a changed row, as titles' keys
	Plan    Plan     // of a new or a changed row
	Cleared []string // fields that a changed row empties
	// Record is what the plan makes, of a row that may be written.
	Record *record.Record
	Found  finding.List
	// Marked is why the record does not count, zero where it does.
	Marked locale.Text
	// Undated tells that the ledger does not say since when the record is in its state.
	Undated bool
	values  map[string]any // that a row makes, until its record is made of them
	told    map[told]string
}

// Import plans a record for each row of a ledger. A row is known again by the
// ledger's own number or, where it has none, by file, sheet and row or by saying the
// very same; one whose content has not changed since is left alone, whatever has become of its record.
// Nothing may be written where a row is refused.
func Import(r ImportRequest) ([]Imported, finding.List) {
	if r.Kind.Envelope == schema.Governed && !isPerson(r.Register, r.By) {
		return nil, finding.List{refusal("--by", actorRule, "intake.person")}
	}
	i := newImporter(r)
	i.earlier = i.recall()
	var found finding.List
	if i.marker, found = newMarker(&i.ImportRequest); len(found) > 0 {
		return nil, found
	}
	rows := make([]Imported, len(r.Ledger.Entries))
	for _, n := range i.sequence() {
		rows[n] = i.row(n, r.Ledger.Entries[n])
	}
	i.names(rows)
	i.validate(rows)
	return rows, nil
}

// row plans one entry, the nth.
func (i *importer) row(n int, e ledger.Entry) Imported {
	out := Imported{Entry: e, Verdict: RefusedRow, Found: slices.Clone(e.Found)}
	if e.Key != "" {
		if other, twice := i.seen[e.Key]; twice {
			out = i.twice(out, other)
		} else {
			i.seen[e.Key] = e
		}
	}
	content := i.content[n]
	rec := i.known(n, e)
	if out.refused() {
		i.complete(&out, content, rec)
		return out
	}
	twin := i.twin(e)
	switch {
	case rec == nil && twin != nil:
		out.ID, out.Verdict = twin.ID, UnchangedRow
		f := refusal("", ledger.RuleImport, "intake.import-twin", locale.A("id", twin.ID))
		f.Position, f.Severity = i.Ledger.Place(i.File, e, ledger.KeyTarget), finding.Warning
		out.Found = append(out.Found, f)
		return out
	case rec == nil:
		if asked, yes := i.corrected(out); yes {
			return asked
		}
		return i.fresh(out, content)
	case rec.Object.Object(record.ImportedField).Text("content") == content:
		out.ID, out.Verdict = rec.ID, UnchangedRow
		return out
	}
	return i.again(out, rec, content)
}

// refuse refuses a row as a whole.
func (i *importer) refuse(out Imported, key string, args ...locale.Arg) Imported {
	return i.refuseAt(out, []string{ledger.KeyTarget}, key, args...)
}
