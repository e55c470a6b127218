package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
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
	values  map[string]any // of a new row
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
	i.validate(rows)
	return rows, nil
}

// importer gives out numbers and knows which rows came in before.
type importer struct {
	ImportRequest
	earlier
	marker *marker
	// natives are the records that were not imported, by the fields of the mapping's keys.
	natives map[string]*record.Record
	byKey   map[string]*record.Record // by the ledger's own number
	byRow   map[string]*record.Record // by file, sheet and row
	taken   map[string]bool           // ids in lower case
	last    map[int]int               // sequence, by year
	order   []string
	seen    map[string]ledger.Entry // rows of this file, by their number
}

func newImporter(r ImportRequest) *importer {
	i := &importer{
		ImportRequest: r, byKey: map[string]*record.Record{}, byRow: map[string]*record.Record{},
		taken: map[string]bool{}, last: map[int]int{}, order: KeyOrder(r.Kind.Fields), seen: map[string]ledger.Entry{},
	}
	for _, id := range r.Used {
		i.take(id)
	}
	for rec := range r.Register.All() {
		i.take(rec.ID)
		if rec.Kind == nil || rec.Kind.ID != r.Kind.ID {
			continue
		}
		from := rec.Object.Object(record.ImportedField)
		if key := from.Text("key"); key != "" {
			i.byKey[key] = rec
		}
		if sum := from.Text("sha256"); sum != "" {
			row, _ := from.Number("row")
			i.byRow[origin(sum, from.Text("sheet"), row)] = rec
		}
	}
	return i
}

// origin names a row of a file.
func origin(sum, sheet string, row *big.Rat) string {
	if row == nil {
		return ""
	}
	return sum + "\n" + sheet + "\n" + row.RatString()
}

// take notes that an id is in use.
func (i *importer) take(id string) {
	i.taken[strings.ToLower(id)] = true
	if !strings.Contains(i.Kind.IDs.Template, "{year}") {
		if n, ok := i.Kind.IDs.Sequence(id, 0); ok {
			i.last[0] = max(i.last[0], n)
		}
		return
	}
	for _, year := range yearsIn(id) {
		if n, ok := i.Kind.IDs.Sequence(id, year); ok {
			i.last[year] = max(i.last[year], n)
		}
	}
}

// yearsIn are the years that an id may be counted by.
func yearsIn(id string) []int {
	var years []int
	for _, part := range strings.FieldsFunc(id, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(part); err == nil && len(part) == 4 {
			years = append(years, n)
		}
	}
	return years
}

// row plans one entry, the nth.
func (i *importer) row(n int, e ledger.Entry) Imported {
	out := Imported{Entry: e, Verdict: RefusedRow, Found: e.Found}
	if len(out.Found) > 0 {
		return out
	}
	if e.Key != "" {
		if other, twice := i.seen[e.Key]; twice {
			return i.twice(out, other)
		}
		i.seen[e.Key] = e
	}
	content := i.content[n]
	rec := i.known(n, e)
	twin := i.twin(e)
	switch {
	case rec == nil && twin != nil:
		out.ID, out.Verdict = twin.ID, UnchangedRow
		f := refusal("", ledger.RuleImport, "intake.import-twin", locale.A("id", twin.ID))
		f.Position, f.Severity = ledger.Place(i.File, e.Sheet, e.Row, 1), finding.Warning
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

func (i *importer) refuse(out Imported, key string, args ...locale.Arg) Imported {
	at := ledger.Place(i.File, out.Entry.Sheet, out.Entry.Row, 1)
	out.Verdict = RefusedRow
	out.Found = append(out.Found, finding.Finding{Position: at, Rule: ledger.RuleImport, Severity: finding.Error, Key: key, Args: args})
	return out
}

// known is the record that the nth row has become before, nil for none.
func (i *importer) known(n int, e ledger.Entry) *record.Record {
	if e.Key != "" {
		if rec := i.byKey[e.Key]; rec != nil {
			return rec
		}
		if rec := i.Register.Get(e.Key); rec != nil && rec.Kind == i.Kind && rec.Object.Object(record.ImportedField).Text("key") == "" {
			return rec
		}
		return nil
	}
	return i.claims[n]
}

// contentOf is a digest of what a row says, so that a later file with the same row
// is known to say nothing new.
func contentOf(e ledger.Entry) string {
	steps := map[string]string{}
	for state, at := range e.At {
		steps[state] = at.Format(time.RFC3339)
	}
	text, _ := json.Marshal([]any{e.Fields, e.Status, steps}) // maps are written in the order of keys
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// fresh plans a new record.
func (i *importer) fresh(out Imported, content string) Imported {
	fields, key, args := i.fields(&out, content)
	if key != "" {
		return i.refuseAt(out, i.blamed(out.Entry, key), key, args...)
	}
	if missing := i.missing(fields); len(missing) > 0 {
		return i.refuseAt(out, fieldNames(missing), "intake.import-missing", locale.T("fields", fieldTitles(missing)))
	}
	date, ok := i.Now, true
	if i.Kind.Dated {
		if date, ok = record.MomentOf(yamldoc.NewObject(fields), i.Kind.Date, i.Zone); !ok {
			return i.refuseAt(out, []string{i.Kind.Date}, "intake.import-date", locale.T("field", i.Kind.NameTitle(i.Kind.Date)))
		}
	}
	out.ID = i.number(out.Entry.Key, date)
	if out.ID == "" {
		return i.refuse(out, "intake.import-id", locale.A("pattern", i.Kind.IDs.Pattern.String()))
	}
	fields[record.IDField] = out.ID
	where := path.Join(record.Folder, i.Kind.ID, out.ID+".yaml")
	if i.Kind.Dated {
		where = NewRequest{Kind: i.Kind, Zone: i.Zone}.monthly(date, out.ID)
	}
	out.Plan, out.Verdict, out.values = Plan{Path: where}, NewRow, fields // its text is written by validate
	return out
}

// missing are the required fields that the row leaves empty, but for those
// that the mapping takes from another that is empty, too, and that is named.
func (i *importer) missing(fields map[string]any) []schema.Field {
	var list []schema.Field
	for _, f := range i.Kind.Fields {
		if !f.Required || fields[f.Name] != nil || fixed(f.Name) {
			continue
		}
		from := i.Ledger.Copied[f.Name]
		if from == "" || fields[from] != nil || i.Ledger.Copied[from] == f.Name {
			list = append(list, f)
		}
	}
	return list
}

// number is the ledger's own number where it is one of the kind's and free, else
// the next of the record's year.
func (i *importer) number(key string, date time.Time) string {
	if key != "" && i.Kind.IDs.Pattern.MatchString(key) && !strings.ContainsAny(key, `/\:`) && !i.taken[strings.ToLower(key)] {
		i.take(key)
		return key
	}
	if i.Kind.IDs.Template == "" {
		return ""
	}
	year := date.In(i.Zone).Year()
	if !strings.Contains(i.Kind.IDs.Template, "{year}") {
		year = 0
	}
	i.last[year]++
	id := i.Kind.IDs.ID(year, i.last[year])
	i.taken[strings.ToLower(id)] = true
	return id
}

// fields is a record as the row has it, without its id. A key of the catalogue
// says why there is none.
func (i *importer) fields(out *Imported, content string) (map[string]any, string, []locale.Arg) {
	e := out.Entry
	d := newDraft(i.Kind, i.Zone, e.Fields)
	d.fields[record.SchemaField] = i.Kind.ID + "/v" + strconv.Itoa(i.Kind.Version)
	d.fill("form_no", i.Kind.FormNo)
	d.fields[record.StatusField] = i.Kind.Initial
	if i.Kind.Envelope == schema.Governed {
		d.fill("owner", i.By)
		d.fill("registered_by", i.By)
		d.fields[record.OriginField] = record.OriginImported
		log, undated, key, args := i.log(e, d.fields)
		if key != "" {
			return nil, key, args
		}
		d.fields[record.TransitionsField] = log
		last := log[len(log)-1].(map[string]any)["to"]
		d.fields[record.StatusField] = last
		if _, has := i.Kind.Field(record.ImportedField); has {
			from := i.from(e, content, last.(string))
			if undated {
				from[record.UndatedMember], out.Undated = true, true
			}
			d.fields[record.ImportedField] = from
		}
	}
	for _, f := range i.Kind.Fields {
		d.fill(f.Name, f.Default)
	}
	if i.Kind.Envelope == schema.Reference {
		return i.reference(out, d.fields, content)
	}
	return d.fields, "", nil
}

// given are the fields of a record with a log that say who imports.
func given() []string { return []string{"owner", "registered_by"} }

// again plans what a changed row changes. A record that people went on with is
// not changed behind their backs.
func (i *importer) again(out Imported, rec *record.Record, content string) Imported {
	out.ID = rec.ID
	from := rec.Object.Object(record.ImportedField)
	if len(from.Keys()) == 0 {
		return i.refuse(out, "intake.import-native", locale.A("id", rec.ID))
	}
	if rec.Brought() < len(rec.Transitions()) {
		return i.refuse(out, "intake.import-worked", locale.A("id", rec.ID))
	}
	if i.Kind.Envelope == schema.Reference && i.said(rec.Object.Fields()) != from.Text("record") {
		return i.refuse(out, "intake.import-edited", locale.A("id", rec.ID))
	}
	fields, key, args := i.fields(&out, content)
	if key != "" {
		return i.refuseAt(out, i.blamed(out.Entry, key), key, args...)
	}
	i.kept(out, rec, fields)
	if gone := i.gone(rec, fields); len(gone) > 0 {
		fields[record.IDField] = rec.ID
		out.Plan, out.Verdict, out.values, out.Cleared = Plan{Path: rec.Path, Before: rec.Source}, ChangedRow, fields, gone
		for _, name := range i.changes(rec, fields) {
			if !slices.Contains(gone, name) {
				out.Fields = append(out.Fields, name)
			}
		}
		return out
	}
	edit, err := yamldoc.NewEdit(rec.Path, rec.Source)
	if err != nil {
		return i.refuse(out, "intake.layout")
	}
	fields[record.IDField] = rec.ID
	for _, f := range i.Kind.Fields {
		value, said := fields[f.Name]
		if !said || sameValue(rec.Plain(f.Name), value) || i.Kind.Envelope == schema.Governed && slices.Contains(given(), f.Name) {
			continue
		}
		if err := edit.Set(f.Name, value, "", i.order); err != nil {
			return i.refuse(out, "intake.layout")
		}
		if f.Name != record.ImportedField {
			out.Fields = append(out.Fields, f.Name)
		}
	}
	out.Plan, out.Verdict = Plan{Path: rec.Path, Before: rec.Source, After: edit.Bytes()}, ChangedRow
	return out
}

func sameValue(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}
