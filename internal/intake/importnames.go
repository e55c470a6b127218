package intake

import (
	"cmp"
	"slices"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// named is a record that has a name, in a row of this file or on record.
type named struct {
	id string
	at finding.Position // zero for one on record
}

// names warns of rows that are called as another record is, of kinds that other
// records name: a ledger that writes such a name cannot say which one it means.
func (i *importer) names(rows []Imported) {
	if i.Kind.Envelope != schema.Reference || !i.isNamed() {
		return
	}
	label := cmp.Or(i.Kind.Label, record.TitleField)
	known := map[string]named{}
	here := map[string]bool{}
	for _, row := range rows {
		here[row.ID] = row.ID != ""
	}
	for rec := range i.Register.Of(i.Kind.ID) {
		for _, name := range []string{rec.Title().ZH, rec.Title().EN} {
			if key := ledger.Fold(name); key != "" && !here[rec.ID] && known[key].id == "" {
				known[key] = named{id: rec.ID}
			}
		}
	}
	for n := range rows {
		row := &rows[n]
		name, _ := row.Entry.Fields[label].(string)
		key := ledger.Fold(name)
		if key == "" || row.ID == "" || !i.columned(row.Entry, label) {
			continue
		}
		at := i.Ledger.Place(i.File, row.Entry, label)
		other, twice := known[key]
		if !twice {
			known[key] = named{row.ID, at}
			continue
		}
		if row.Verdict == NewRow || row.Verdict == ChangedRow && slices.Contains(row.Fields, label) {
			row.Found = append(row.Found, i.namesake(at, name, other))
		}
	}
}

// isNamed tells that records of some kind name those of this one.
func (i *importer) isNamed() bool {
	var names func(fields []schema.Field) bool
	names = func(fields []schema.Field) bool {
		return slices.ContainsFunc(fields, func(f schema.Field) bool {
			return slices.Contains(f.Refs, i.Kind.ID) || names(f.Fields)
		})
	}
	for k := range i.Register.Kinds().All() {
		if names(k.Fields) {
			return true
		}
	}
	return false
}

func (i *importer) namesake(at finding.Position, name string, other named) finding.Finding {
	key, args := "intake.import-name-record", []locale.Arg{locale.A("name", name), locale.A("id", other.id)}
	if other.at.Path != "" {
		key, args = "intake.import-name-row", append(args, locale.A("cell", ledger.CellName(other.at, i.File)))
	}
	return finding.Finding{Position: at, Rule: ledger.RuleImport, Severity: finding.Warning, Key: key, Args: args}
}
