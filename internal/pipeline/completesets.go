package pipeline

import (
	"slices"
	"strings"

	"kept/internal/record"
	"kept/internal/schema"
)

// NewSets are the words for "--set" of a new record; typed is what stands there.
func (s *Suggestions) NewSets(kind, typed string) []Suggestion {
	k := schema.SketchFields(s.kinds, kind)
	if k != nil && k.IDs.Template != "" { // the number is given out
		k.Fields = slices.DeleteFunc(k.Fields, func(f schema.Field) bool { return f.Name == record.IDField })
	}
	return s.sets(k, nil, typed)
}

// NextSets are the words for "--set" of a step of a record, or of an operation: what
// it asks for stands first.
func (s *Suggestions) NextSets(id, to, typed string) []Suggestion {
	kind, status := s.find(id)
	if kind == nil {
		return nil
	}
	var wanted []string
	if step, ok := kind.Step(status, to); ok {
		wanted = step.Requires
	}
	if i := slices.IndexFunc(kind.Operations, func(op schema.Operation) bool { return op.ID == to }); i >= 0 && len(wanted) == 0 {
		op := kind.Operations[i]
		if f, ok := kind.Field(op.Add); ok {
			return s.sets(&schema.Kind{Fields: f.Fields}, nil, typed)
		}
		return s.sets(schema.SketchFields(s.kinds, op.Opens), nil, typed)
	}
	return s.sets(kind, wanted, typed)
}

// sets are the paths of a kind's fields, each with the sign that follows, or the values
// of the one that is named already.
func (s *Suggestions) sets(kind *schema.Kind, wanted []string, typed string) []Suggestion {
	if kind == nil {
		return nil
	}
	name, value, named := strings.Cut(typed, "=")
	if !named {
		var list []Suggestion
		for _, p := range paths(kind.Fields, "") {
			word, ok := suggested(p.path, p.field.Title)
			if !ok || len(wanted) > 0 && !slices.Contains(wanted, p.path) {
				continue
			}
			word.Word += p.sign()
			list = append(list, word)
		}
		if len(list) == 0 && len(wanted) > 0 {
			return s.sets(kind, nil, typed)
		}
		return list
	}
	f, ok := kind.Field(strings.TrimRight(name, ":+"))
	if !ok || strings.HasSuffix(name, ":") {
		return nil
	}
	values := s.values(f, value)
	for i := range values {
		values[i].Word = name + "=" + values[i].Word
	}
	return values
}

// values are what a field may hold, as far as that is a list.
func (s *Suggestions) values(f schema.Field, typed string) []Suggestion {
	var list suggestionList
	switch f.Type {
	case schema.EnumField:
		for _, o := range f.Options {
			list.add(o.Value, o.Title)
		}
	case schema.FlagField:
		list = suggestionList{{Word: "true"}, {Word: "false"}}
	case schema.RefField:
		return s.Records(typed, false, f.Refs...)
	}
	return list
}

// fieldPath is a field by its dotted path.
type fieldPath struct {
	path  string
	field schema.Field
}

// sign is what follows the path in "--set".
func (p fieldPath) sign() string {
	switch {
	case p.field.List && p.field.Type == schema.ObjectField:
		return "+:="
	case p.field.List:
		return "+="
	}
	return "="
}

// written are the fields of every record that kept writes itself.
var written = []string{record.SchemaField, record.StatusField, record.TransitionsField, record.ImportedField, record.RenumberedField}

func paths(fields []schema.Field, under string) []fieldPath {
	var list []fieldPath
	for _, f := range fields {
		switch {
		case under == "" && slices.Contains(written, f.Name):
		case f.Type == schema.ObjectField && !f.List:
			list = append(list, paths(f.Fields, under+f.Name+".")...)
		default:
			list = append(list, fieldPath{under + f.Name, f})
		}
	}
	return list
}
