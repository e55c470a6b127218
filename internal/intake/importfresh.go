package intake

import (
	"path"
	"strconv"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

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
