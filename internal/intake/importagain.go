package intake

import (
	"bytes"
	"encoding/json"
	"slices"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

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
	fields := i.complete(&out, content, rec)
	if out.refused() {
		return out
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
	if len(out.Fields) == 0 { // the row says it otherwise, and says the same
		out.Verdict = UnchangedRow
		return out
	}
	out.Plan, out.Verdict = Plan{Path: rec.Path, Before: rec.Source, After: edit.Bytes()}, ChangedRow
	return out
}

func sameValue(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}
