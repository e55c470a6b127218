package intake

import (
	"math/big"
	"slices"

	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// earlier knows what rows without a number have become before. Such a row has
// nothing of its own that stays: the file's digest changes with any cell, the row
// with any line above. So it is known by file, sheet and row, or by saying the very
// same; what is left and begins alike is asked about and not taken twice.
type earlier struct {
	claims  []*record.Record          // what each row of this file is, nil for none
	alike   map[string]*record.Record // what no row is, by what it begins with
	says    map[string]*record.Record // likewise, by what it is about without its date
	files   map[string]bool           // digests of the files that rows of this one came with before
	content []string                  // of each row of this file
}

// recall matches the rows of this file with what was imported without a number:
// first by file, sheet and row, then by content, each record once.
func (i *importer) recall() earlier {
	e := earlier{claims: make([]*record.Record, len(i.Ledger.Entries)), alike: map[string]*record.Record{}, says: map[string]*record.Record{}, files: map[string]bool{}, content: make([]string, len(i.Ledger.Entries))}
	said := map[string][]*record.Record{}
	var nameless []*record.Record
	for rec := range i.Register.Of(i.Kind.ID) {
		from := rec.Object.Object(record.ImportedField)
		if text := from.Text("content"); text != "" && from.Text("key") == "" {
			said[text] = append(said[text], rec)
			nameless = append(nameless, rec)
		}
	}
	claimed := map[*record.Record]bool{}
	take := func(n int, rec *record.Record) {
		e.claims[n], claimed[rec] = rec, true
		e.files[rec.Object.Object(record.ImportedField).Text("sha256")] = true
	}
	for n, entry := range i.Ledger.Entries {
		e.content[n] = contentOf(entry)
		if rec := i.byRow[origin(i.Digest, entry.Sheet, big.NewRat(int64(entry.Row), 1))]; entry.Key == "" && rec != nil && !claimed[rec] {
			take(n, rec)
		}
	}
	for n, entry := range i.Ledger.Entries {
		list := said[e.content[n]]
		if at := slices.IndexFunc(list, func(rec *record.Record) bool { return !claimed[rec] }); entry.Key == "" && e.claims[n] == nil && at >= 0 {
			take(n, list[at])
		}
	}
	for _, rec := range nameless {
		if begin := i.begins(rec.Object); begin != "" && !claimed[rec] && e.alike[begin] == nil {
			e.alike[begin] = rec
		}
		if about := i.about(rec.Object); about != "" && !claimed[rec] && e.says[about] == nil {
			e.says[about] = rec
		}
	}
	return e
}

// begins is the date and the records that a record with a log names when it begins,
// "" where it has none: two rows that share them may be one, corrected.
func (i *importer) begins(o yamldoc.Object) string {
	if i.Kind.Envelope != schema.Governed || !i.Kind.Dated {
		return ""
	}
	text := o.Text(i.Kind.Date)
	if text == "" {
		return ""
	}
	for _, f := range i.Kind.Fields {
		if f.Type == schema.RefField && f.Required && !slices.Contains(given(), f.Name) {
			text += "\n" + o.Text(f.Name)
		}
	}
	return text
}

// about is what a record with a log is about, whenever it was: the records that it must
// name and the long texts it must have; "" where it has none.
func (i *importer) about(o yamldoc.Object) string {
	if i.Kind.Envelope != schema.Governed || !i.Kind.Dated {
		return ""
	}
	said, long := "", false
	for _, f := range i.Kind.Fields {
		switch {
		case !f.Required || record.Fixed(f.Name) || slices.Contains(given(), f.Name):
		case f.Type == schema.RefField, f.Type == schema.TextField && f.Long && !f.List:
			said += "\n" + o.Text(f.Name)
			long = long || f.Long && o.Text(f.Name) != ""
		}
	}
	if !long {
		return ""
	}
	return said
}

// corrected refuses a new row without a number that begins as an earlier one which
// this file does not have any more, or says the same of another day: only people know
// whether it is that one. The same words on another day are no more than like, so the
// earlier one must have come with this file before, or from the same row.
func (i *importer) corrected(out Imported) (Imported, bool) {
	if out.Entry.Key != "" {
		return out, false
	}
	row := yamldoc.NewObject(out.Entry.Fields)
	if rec := i.alike[i.begins(row)]; rec != nil {
		return i.refuseAt(out, []string{ledger.KeyTarget}, "intake.import-alike", locale.A("id", rec.ID)), true
	}
	rec := i.says[i.about(row)]
	if rec == nil {
		return out, false
	}
	from := rec.Object.Object(record.ImportedField)
	place, _ := from.Number("row")
	if !i.files[from.Text("sha256")] && (place == nil || from.Text("sheet") != out.Entry.Sheet || place.Cmp(big.NewRat(int64(out.Entry.Row), 1)) != 0) {
		return out, false
	}
	return i.refuseAt(out, []string{i.Kind.Date}, "intake.import-alike-date", locale.A("id", rec.ID)), true
}
