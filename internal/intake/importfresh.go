package intake

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// fresh plans a new record.
func (i *importer) fresh(out Imported, content string) Imported {
	fields := i.complete(&out, content, nil)
	if out.refused() {
		return out
	}
	date, ok := i.Now, true
	if i.Kind.Dated {
		if date, ok = i.began(out.Entry, fields); !ok {
			return i.refuseAt(out, []string{i.Kind.Date, ledger.StepTarget + i.Kind.Initial}, "intake.import-date", locale.T("field", i.Kind.NameTitle(i.Kind.Date)))
		}
	}
	out.ID = i.number(out.Entry.Key, date)
	if out.ID == "" {
		return i.refuseAt(out, []string{ledger.KeyTarget}, "intake.import-id", locale.A("pattern", i.Kind.IDs.Pattern.String()))
	}
	fields[record.IDField] = out.ID
	where := path.Join(record.Folder, i.Kind.ID, out.ID+".yaml")
	if i.Kind.Dated {
		where = NewRequest{Kind: i.Kind, Zone: i.Zone}.monthly(date, out.ID)
	}
	out.Plan, out.Verdict, out.values = Plan{Path: where}, NewRow, fields // its text is written by validate
	return out
}

// complete is the record that a row makes, without its id, as far as its cells can be
// read; rec is what the row is already, nil for nothing. All that is wrong with the row
// itself is told at once: one who mends one fault must not be shown the next.
func (i *importer) complete(out *Imported, content string, rec *record.Record) map[string]any {
	fields := i.fields(out, content)
	if rec == nil {
		i.missing(out, fields)
	}
	if out.refused() {
		out.Verdict, out.values = RefusedRow, fields
	}
	return fields
}

// refused tells that something is wrong with a row.
func (r *Imported) refused() bool { return r.Found.Count(finding.Error) > 0 }

// missing tells the required fields that the row leaves empty, but for those that the
// mapping takes from another that is empty, too, and is told. A column that the ledger
// does not have is told at the header.
func (i *importer) missing(out *Imported, fields map[string]any) {
	var lacking []schema.Field
	told := map[string]bool{}
	for _, f := range i.Kind.Fields {
		if !f.Required || fields[f.Name] != nil || record.Fixed(f.Name) || out.faulty(f.Name) {
			continue
		}
		from := i.Ledger.Copied[f.Name]
		own, other := i.columned(out.Entry, f.Name), i.columned(out.Entry, from)
		if from != "" && (fields[from] == nil || out.faulty(from)) && (told[from] || !own && other || i.Ledger.Copied[from] != f.Name) {
			continue
		}
		told[f.Name] = true
		if !own && !other {
			lacking = append(lacking, f)
			continue
		}
		*out = i.refuseAt(*out, []string{f.Name}, "intake.import-missing", locale.T("field", f.Title))
	}
	if len(lacking) == 0 {
		return
	}
	head := 0
	for _, t := range i.Ledger.Tables {
		if t.Sheet == out.Entry.Sheet {
			head = t.Row
		}
	}
	out.Found = append(out.Found, finding.Finding{
		Position: ledger.Place(i.File, out.Entry.Sheet, head, 0), Rule: ledger.RuleImport, Severity: finding.Error, Key: "intake.import-column",
		Args: []locale.Arg{locale.T("fields", fieldTitles(lacking)), locale.A("name", lacking[0].Name)},
	})
}

// faulty tells a field that a cell of the row wants to fill and cannot.
func (r *Imported) faulty(name string) bool {
	return slices.ContainsFunc(r.Entry.Faulty, func(target string) bool {
		return target == name || strings.HasPrefix(target, name+".")
	})
}

// fields is a record as the row has it, without its id.
func (i *importer) fields(out *Imported, content string) map[string]any {
	e := out.Entry
	d := newDraft(i.Kind, i.Zone, e.Fields)
	d.fields[record.SchemaField] = i.Kind.ID + "/v" + strconv.Itoa(i.Kind.Version)
	d.fill("form_no", i.Kind.FormNo)
	d.fields[record.StatusField] = i.Kind.Initial
	if i.Kind.Envelope == schema.Governed {
		d.fill("owner", i.By)
		d.fill("registered_by", i.By)
		d.fields[record.OriginField] = record.OriginImported
		log, undated := i.log(out, d.fields)
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
		i.reference(out, d.fields, content)
	}
	return d.fields
}
