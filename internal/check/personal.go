package check

import (
	"strconv"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// textField is a field whose words are looked through, or an object that has some.
type textField struct {
	name  string
	list  bool
	scan  bool
	items []textField
}

// textsOf are the fields that hold free text: those that say so, text of several
// lines, and titles. Names of staff and contacts have fields of their own class.
func textsOf(fields []schema.Field, label string) []textField {
	var texts []textField
	for _, f := range fields {
		t := textField{name: f.Name, list: f.List}
		switch f.Type {
		case schema.ObjectField:
			t.items = textsOf(f.Fields, "")
		case schema.TextField:
			titled := f.Name == record.TitleField || f.Name == record.TitleField+"_en" || f.Name == label
			t.scan = f.Class == redact.ClassText || f.Class == redact.ClassComment || f.Class == "" && (f.Long || titled && f.Name != record.IDField)
		}
		if t.scan || len(t.items) > 0 {
			texts = append(texts, t)
		}
	}
	return texts
}

// noPersonalData finds what looks like personal data in free text (E22). What was
// found is never quoted.
func noPersonalData(j *judge, rec *record.Record) { j.look(rec, j.kind.texts, rec.Object, "", "") }

func (j *judge) look(rec *record.Record, texts []textField, o yamldoc.Object, path, pointer string) {
	for _, f := range texts {
		if !o.Has(f.name) {
			continue
		}
		name, at := path+f.name, pointer+"/"+f.name
		switch {
		case f.scan && f.list:
			for i, text := range o.Texts(f.name) {
				j.suspect(rec, name, at+"/"+strconv.Itoa(i), text)
			}
		case f.scan:
			j.suspect(rec, name, at, o.Text(f.name))
		case f.list:
			for i, item := range o.Items(f.name) {
				j.look(rec, f.items, item, name+".", at+"/"+strconv.Itoa(i))
			}
		default:
			j.look(rec, f.items, o.Object(f.name), name+".", at)
		}
	}
}

func (j *judge) suspect(rec *record.Record, name, pointer, text string) {
	hits := redact.Scan(text)
	if len(hits) == 0 {
		return
	}
	pos := rec.Position(pointer)
	for _, h := range hits {
		line, column := redact.Place(text, h.Start)
		j.found = append(j.found, finding.Finding{
			Position: pos, Rule: j.rule.ID, Severity: j.rule.Severity, Record: rec.ID, Key: h.Sort.Key(),
			Args: []locale.Arg{j.fieldArg(rec, name), locale.N("line", line), locale.N("column", column)},
		})
	}
}
