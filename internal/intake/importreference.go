package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// twin is a record that was not imported and has the fields by which a row without a
// number is known, nil for none: it is left alone.
func (i *importer) twin(e ledger.Entry) *record.Record {
	if i.natives == nil {
		i.natives = map[string]*record.Record{}
		for rec := range i.Register.Of(i.Kind.ID) {
			if rec.Kind == nil || rec.Broken || len(rec.Object.Object(record.ImportedField).Keys()) > 0 {
				continue
			}
			for _, set := range i.Mapping.Key {
				if key, ok := keyed(set, rec.Object); ok && i.natives[key] == nil {
					i.natives[key] = rec
				}
			}
		}
	}
	if len(e.Keyed) == 0 || len(i.Mapping.Marks.List) > 0 { // who marks duplicates keeps them
		return nil
	}
	key, _ := keyed(e.Keyed, yamldoc.NewObject(e.Fields))
	return i.natives[key]
}

// keyed is what a record says in the fields of a key; false where one is empty.
func keyed(set []string, o yamldoc.Object) (string, bool) {
	key := strings.Join(set, "\n")
	for _, path := range set {
		text := ledger.Fold(o.Text(path))
		if text == "" {
			return "", false
		}
		key += "\n" + text
	}
	return key, true
}

// reference completes a record without a log: its state, what lists of others have
// of it, why it does not count, and where it comes from with a digest of what was
// imported.
func (i *importer) reference(out *Imported, fields map[string]any, content string) {
	preset, _ := out.Entry.Fields[record.StatusField].(string)
	fields[record.StatusField] = cmp.Or(out.Entry.Status, preset, i.Kind.Initial)
	if out.refused() { // it is not written, so later rows repeat nothing
		return
	}
	i.marker.fill(fields)
	var err error
	id := cmp.Or(out.ID, out.Entry.Sheet+"!"+strconv.Itoa(out.Entry.Row))
	if out.Marked, err = i.marker.mark(id, fields); err != nil {
		*out = i.refuseAt(*out, nil, "intake.import-unjudged")
		return
	}
	i.marker.remember(id, fields)
	if f, has := i.Kind.Field(record.ImportedField); has {
		from := i.from(out.Entry, content, i.said(fields))
		if slices.ContainsFunc(f.Fields, func(f schema.Field) bool { return f.Name == codesMember }) && len(i.Ledger.Codes) > 0 {
			from[codesMember] = locale.Within(strings.Join(i.Ledger.Codes, "; "), 200)
		}
		fields[record.ImportedField] = from
	}
}

// codesMember says how bare numbers were read.
const codesMember = "codes"

// said is a digest of what a record says but for its number and origin, by which one
// that was changed here is known.
func (i *importer) said(fields map[string]any) string {
	rest := maps.Clone(fields)
	for _, name := range []string{record.IDField, record.ImportedField, record.RenumberedField} {
		delete(rest, name)
	}
	text, _ := json.Marshal(rest)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// kept puts back what a record imported before says in fields that the file has no
// column for: the file says nothing of them.
func (i *importer) kept(out Imported, rec *record.Record, fields map[string]any) {
	if i.Kind.Envelope != schema.Reference {
		return
	}
	for _, f := range i.Kind.Fields {
		if f.Name == record.StatusField && out.Entry.Status != "" || f.Name == record.ImportedField || f.Name == record.IDField || !rec.Has(f.Name) {
			continue
		}
		if _, set := i.Mapping.Preset[f.Name]; (fields[f.Name] == nil || set || f.Name == record.StatusField) && !i.columned(out.Entry, f.Name) && len(i.Mapping.Marks.List) == 0 {
			fields[f.Name] = rec.Plain(f.Name)
		}
	}
	if from, ok := fields[record.ImportedField].(map[string]any); ok {
		from["record"] = i.said(fields)
	}
}

// columned tells that the sheet of a row has a column for a field or a part of it.
func (i *importer) columned(e ledger.Entry, name string) bool {
	if name == record.StatusField {
		name = ledger.StatusTarget
	}
	for _, t := range i.Ledger.Tables {
		if t.Sheet == e.Sheet && slices.ContainsFunc(t.Columns, func(c ledger.Read) bool {
			return !c.Beaten && (c.To == name || strings.HasPrefix(c.To, name+"."))
		}) {
			return true
		}
	}
	return false
}

// changes are the fields, but for number and origin, in which a row differs from its
// record.
func (i *importer) changes(rec *record.Record, fields map[string]any) (names []string) {
	for _, f := range i.Kind.Fields {
		if f.Name != record.IDField && f.Name != record.ImportedField && !sameValue(rec.Plain(f.Name), fields[f.Name]) {
			names = append(names, f.Name)
		}
	}
	return names
}

// gone are the fields of a reference record that its row does not have any more; the
// record, which nobody changed since, is then written anew.
func (i *importer) gone(rec *record.Record, fields map[string]any) (names []string) {
	for _, f := range i.Kind.Fields {
		if _, stays := fields[f.Name]; i.Kind.Envelope == schema.Reference && !stays && rec.Has(f.Name) && f.Name != record.IDField {
			names = append(names, f.Name)
		}
	}
	return names
}
