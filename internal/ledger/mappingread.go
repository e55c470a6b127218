package ledger

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// RuleMapping is the rule of what a mapping names that is not there.
const RuleMapping = "import-mapping"

// MappingFolder is where a repository keeps its mappings, <kind>.yaml.
const MappingFolder = "templates/import"

// ReadMapping reads the mapping of a kind. What is wrong has its line and column:
// form by the meta-schema, then every field, state and option that it names, and
// words with two meanings. The mapping counts only where nothing was found.
func ReadMapping(name string, data []byte, k *schema.Kind) (Mapping, finding.List) {
	doc, found := yamldoc.Parse(name, data)
	if doc == nil {
		return Mapping{}, found
	}
	found = append(found, schema.CheckImport(doc)...)
	if len(found) > 0 {
		return Mapping{}, found
	}
	r := &mappingReader{doc: doc, kind: k}
	o := doc.Root()
	m := Mapping{Preset: map[string]string{}, Skip: o.Texts("skip"), Dates: o.Text("dates"), Personal: o.Text("personal")}
	for i, c := range o.Items("columns") {
		m.Columns = append(m.Columns, r.column(c, "/columns/"+strconv.Itoa(i)))
	}
	preset := o.Object("preset")
	for _, path := range preset.Keys() {
		m.Preset[path] = preset.Text(path)
		r.preset(path, m.Preset[path])
	}
	r.more(o, &m)
	return m, r.found.Sort()
}

type mappingReader struct {
	doc   *yamldoc.Document
	kind  *schema.Kind
	found finding.List
}

func (r *mappingReader) fault(pointer, key string, args ...locale.Arg) {
	r.found = append(r.found, finding.Finding{Position: r.doc.Position(pointer), Rule: RuleMapping, Severity: finding.Error, Key: key, Args: args})
}

func (r *mappingReader) column(o yamldoc.Object, pointer string) MappedColumn {
	c := MappedColumn{To: o.Text("to"), Headings: o.Texts("headings"), Else: o.Text("else"), Cut: o.Text("cut"), Unit: o.Text("unit"), Joins: o.Flag("joins"), Values: map[string][]string{}}
	f := r.target(c.To, pointer+"/to")
	values := o.Object("values")
	said := map[string]string{}
	for _, value := range values.Keys() {
		c.Values[value] = values.Texts(value)
		r.option(f, value, yamldoc.Pointer(pointer+"/values", value))
		for _, word := range c.Values[value] {
			if other, twice := said[Fold(word)]; twice && other != value {
				r.fault(yamldoc.Pointer(pointer+"/values", value), "ledger.mapping-twice", locale.A("word", word), locale.A("other", other))
			}
			said[Fold(word)] = value
		}
	}
	if c.Else != "" {
		r.option(f, c.Else, pointer+"/else")
	}
	return c
}

// target is the field that a column fills; of a target that is no field, one whose
// options are the kind's states, or nothing.
func (r *mappingReader) target(to, pointer string) schema.Field {
	state, isStep := strings.CutPrefix(to, StepTarget)
	switch {
	case isStep:
		if _, ok := r.kind.State(state); !ok {
			r.fault(pointer, "ledger.mapping-state", locale.A("name", state), locale.T("options", titles(optionsOf(r.kind))))
		}
		return schema.Field{}
	case to == StatusTarget:
		return schema.Field{Type: schema.EnumField, Options: optionsOf(r.kind)}
	case strings.HasPrefix(to, FileTarget):
		r.fileField(strings.TrimPrefix(to, FileTarget), pointer)
		return schema.Field{}
	case strings.HasPrefix(to, "$"):
		return schema.Field{}
	}
	f, ok := field(r.kind, to)
	if !ok {
		r.fault(pointer, "ledger.mapping-field", locale.A("name", to), locale.T("kind", r.kind.Title))
	}
	return f
}

// option demands that a value of an enumeration is one of its codes.
func (r *mappingReader) option(f schema.Field, value, pointer string) {
	if f.Type != schema.EnumField || slices.ContainsFunc(f.Options, func(o schema.Option) bool { return o.Value == value }) {
		return
	}
	r.fault(pointer, "ledger.mapping-option", locale.A("name", value), locale.T("options", codes(f.Options)))
}

// codes lists options with their codes.
func codes(options []schema.Option) locale.Text {
	list := make([]locale.Text, len(options))
	for i, o := range options {
		list[i] = locale.Text{ZH: o.Value + "（" + o.Title.ZH + "）", EN: o.Value + " (" + o.Title.EN + ")"}
	}
	return locale.Listed(list...)
}

func (r *mappingReader) preset(path, word string) {
	f := r.target(path, yamldoc.Pointer("/preset", path))
	if from, copied := strings.CutPrefix(word, "$"); copied {
		r.target(from, yamldoc.Pointer("/preset", path))
		return
	}
	r.option(f, word, yamldoc.Pointer("/preset", path))
}
