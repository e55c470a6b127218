package portal

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// fewRecords is how many records of a kind a form lists for choice; ids of more are
// offered while typing.
const fewRecords = 40

// momentForm is how a date, or a time, may be typed.
const momentForm = `^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(Z|[+\-]\d{2}:\d{2})?)?)?$`

// digestField is the member that tells a list of evidence (domain.md §0.11).
const digestField = "sha256"

// formField makes the field at a dotted path, under an id for its control.
func (v *View) formField(f schema.Field, id string) FormField {
	out := FormField{Key: f.Name, ID: id, Label: v.label(f), Help: v.p.Text(f.Help), Required: f.Required, Default: plainDefault(f.Default)}
	if f.List && f.Type != schema.EnumField {
		item := f
		item.List, item.Help, item.Default = false, locale.Text{}, nil
		out.Control = ListControl
		out.Bounds.MinItems, out.Bounds.MaxItems = bound(f.Bounds.MinItems), bound(f.Bounds.MaxItems)
		one := v.formField(item, id+"~")
		one.Key, one.Required = "", false
		out.Item = &one
		return out
	}
	v.control(&out, f)
	return out
}

// control says how a single value, or a set of options, is filled in.
func (v *View) control(out *FormField, f schema.Field) {
	b := f.Bounds
	out.Bounds = FormBounds{Pattern: b.Pattern, MinLength: bound(b.MinLength), MaxLength: bound(b.MaxLength), Minimum: b.Minimum, Maximum: b.Maximum}
	switch f.Type {
	case schema.ObjectField:
		out.Control, out.Bounds = ObjectControl, FormBounds{}
		for _, m := range f.Fields {
			out.Fields = append(out.Fields, v.formField(m, out.ID+"."+m.Name))
		}
	case schema.EnumField:
		out.Control, out.Bounds = ChoiceControl, FormBounds{}
		if f.List {
			out.Control, out.Bounds = ManyControl, FormBounds{MinItems: bound(b.MinItems), MaxItems: bound(b.MaxItems)}
		}
		for _, o := range f.Options {
			out.Options = append(out.Options, FormOption{o.Value, v.p.Text(o.Title)})
		}
	case schema.FlagField:
		out.Control = FlagControl
		out.Options = []FormOption{{"true", v.p.Say("portal.yes")}, {"false", v.p.Say("portal.no")}}
	case schema.RefField:
		out.Control = LineControl
		v.offer(out, f.Refs)
	case schema.DateField:
		out.Control = DateControl
	case schema.InstantField:
		out.Control = InstantControl
	case schema.MomentField:
		out.Control, out.Bounds, out.Holder = MomentControl, FormBounds{Pattern: momentForm}, v.p.Say("form.moment")
	case schema.IntegerField, schema.NumberField:
		out.Control, out.Mode = NumberControl, DecimalMode
		if f.Type == schema.IntegerField {
			out.Bounds.Pattern = `^-?[0-9]+$`
		}
	case schema.DecimalField:
		out.Control, out.Mode = LineControl, DecimalMode
	default:
		out.Control = LineControl
		if f.Long {
			out.Control = AreaControl
		}
	}
}

// offer lists the records that a reference may name: all of them where the kinds
// are basic data and hold few, else while typing.
func (v *View) offer(out *FormField, kinds []string) {
	reg, n := v.src.Register, 0
	for _, id := range kinds {
		kind := reg.Kinds().Kind(id)
		if kind == nil {
			continue
		}
		if n += reg.Count(id); governs(kind) {
			n = fewRecords + 1
		}
	}
	if len(kinds) == 0 {
		return
	}
	if n > fewRecords {
		out.Refs = "of:" + strings.Join(kinds, ":")
		return
	}
	out.Control = ChoiceControl
	for _, id := range kinds {
		out.Options = append(out.Options, v.offered(id)...)
	}
}

// offered are the records of a kind that are still of use, with their labels.
func (v *View) offered(kind string) []FormOption {
	var list []FormOption
	for rec := range v.src.Register.Of(kind) {
		if state, ok := rec.State(); rec.Broken || ok && state.Phase == schema.Void {
			continue
		}
		text := v.title(rec)
		switch {
		case text == rec.ID:
		case kind == record.PersonKind:
			text += " " + rec.ID
		default:
			text = rec.ID + " " + text
		}
		list = append(list, FormOption{rec.ID, text})
	}
	return list
}

// FormData is a script that gives a form the ids of kinds with many records.
type FormData struct {
	Path string // from the language's folder
	Kind string
}

// FormData lists the scripts that the forms ask for.
func (v *View) FormData() []FormData {
	if v.src.Policy.Edition.Leaves() {
		return nil
	}
	wanted := map[string]bool{}
	var look func(fields []schema.Field)
	look = func(fields []schema.Field) {
		for _, f := range fields {
			var out FormField
			if v.offer(&out, f.Refs); out.Refs != "" {
				for _, kind := range f.Refs {
					wanted[kind] = true
				}
			}
			look(f.Fields)
		}
	}
	for _, kind := range v.formKinds() {
		look(kind.Fields)
		for _, step := range kind.Steps {
			if step.Link != "" {
				wanted[kind.ID] = true
			}
		}
	}
	var list []FormData
	for kind := range v.src.Register.Kinds().All() {
		if wanted[kind.ID] {
			list = append(list, FormData{formFolder + "/" + pageName(kind.ID) + ".js", kind.ID})
		}
	}
	return list
}

// Script is the text of one of them: a call with the ids and labels.
func (v *View) Script(d FormData) ([]byte, error) {
	rows := [][2]string{}
	for _, o := range v.offered(d.Kind) {
		rows = append(rows, [2]string{o.Value, strings.TrimPrefix(o.Text, o.Value+" ")})
	}
	name, err := json.Marshal("ref." + d.Kind)
	if err != nil {
		return nil, fmt.Errorf("write ids of %q: %w", d.Kind, err)
	}
	data, err := json.Marshal(rows)
	if err != nil {
		return nil, fmt.Errorf("write ids of %q: %w", d.Kind, err)
	}
	return slices.Concat([]byte("kept.give("), name, []byte(","), data, []byte(");\n")), nil
}

func bound(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// plainDefault is a schema's default as a control holds it.
func plainDefault(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return v.String()
	}
	return ""
}
