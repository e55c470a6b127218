package intake

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// same tells whether two plain values are equal.
func same(a, b any) bool { return reflect.DeepEqual(a, b) }

// below is the order of the keys inside a top-level key.
func below(order []string, key string) []string {
	var inner []string
	for _, name := range order {
		if rest, ok := strings.CutPrefix(name, key+"."); ok {
			inner = append(inner, rest)
		}
	}
	return inner
}

// span begins and ends the entries of the lists that a step opens and closes, at
// the step's own time. Options below the opened list, as "pauses.reason", are
// parts of the new entry; the step's note is its reason where that is a text and
// none is given. It
// gives the options that are left.
func (r AdvanceRequest) span(d *draft, step schema.Step) []Set {
	at := r.At.In(r.Zone).Truncate(time.Second).Format(time.RFC3339)
	if step.Closes != "" {
		list, _ := d.fields[step.Closes].([]any)
		if i := lastOpen(list); i >= 0 {
			list = slices.Clone(list)
			entry := maps.Clone(list[i].(map[string]any))
			entry["to"] = at
			list[i] = entry
			d.fields[step.Closes] = list
			d.touch(step.Closes)
		}
	}
	if step.Opens == "" {
		return r.Sets
	}
	var rest, parts []Set
	for _, s := range r.Sets {
		inside, ok := strings.CutPrefix(s.Path, step.Opens+".")
		head, _, _ := strings.Cut(inside, ".")
		switch {
		case ok && !isIndex(head):
			s.Path = inside
			parts = append(parts, s)
		case s.Path == step.Opens:
			return r.Sets // written out by the user
		default:
			rest = append(rest, s)
		}
	}
	field, _ := d.kind.Field(step.Opens)
	item := newDraft(itemKind(d.kind, field), r.Zone, map[string]any{})
	item.apply(parts)
	item.fill("from", at)
	if f, ok := item.kind.Field("reason"); ok && f.Type == schema.TextField {
		item.fill("reason", r.Note)
	}
	without := refused(item.found)
	for _, f := range item.kind.Fields {
		if f.Required && item.fields[f.Name] == nil && !slices.Contains(without, f.Name) {
			path := step.Opens + "." + f.Name
			d.found = append(d.found, refusal("--set "+path, "intake-requires", "intake.requires", locale.T("field", f.Title), locale.A("example", setField(f, path)), locale.T("step", step.Title)))
		}
	}
	d.adopt(item, step.Opens)
	d.add(step.Opens, item.fields)
	return rest
}

// lastOpen is the last entry without an end, -1 where there is none.
func lastOpen(list []any) int {
	for i, item := range slices.Backward(list) {
		if entry, ok := item.(map[string]any); ok && entry["to"] == nil {
			return i
		}
	}
	return -1
}

// itemKind makes the items of a list field readable as a record's fields are.
func itemKind(kind *schema.Kind, field schema.Field) *schema.Kind {
	title := field.Title
	if title.IsZero() {
		title = kind.Title
	}
	return &schema.Kind{ID: kind.ID, Title: title, Fields: field.Fields}
}

// adopt takes over what an item's options were refused for, under their full
// paths.
func (d *draft) adopt(item *draft, list string) {
	for _, f := range item.found {
		if p, ok := strings.CutPrefix(f.Position.Path, "--set "); ok {
			f.Position.Path = "--set " + list + "." + p
		}
		d.found = append(d.found, f)
	}
}

// add appends an item to a list.
func (d *draft) add(list string, item any) {
	items, _ := d.fields[list].([]any)
	d.fields[list] = append(items[:len(items):len(items)], item)
	d.touch(list)
}

// linked writes the link that a step makes: the option of the rel's name holds
// the id of the other record. It gives the options that are left.
func (r AdvanceRequest) linked(d *draft, step schema.Step, sets []Set) []Set {
	if step.Link == "" {
		return sets
	}
	if _, isField := d.kind.Field(step.Link); isField {
		return sets
	}
	var rest []Set
	for _, s := range sets {
		if s.Path != step.Link {
			rest = append(rest, s)
			continue
		}
		other := r.Register.Get(s.Value)
		switch {
		case other == nil || s.JSON:
			d.refuse(s, "intake.no_record")
		case other == r.Record || other.ID == r.Record.ID:
			d.refuse(s, "intake.link_self")
		default:
			d.add(record.LinksField, map[string]any{"rel": step.Link, "id": other.ID})
		}
	}
	return rest
}

// links tells whether a record names another under a rel.
func links(o yamldoc.Object, rel string) bool {
	return slices.ContainsFunc(o.Items(record.LinksField), func(item yamldoc.Object) bool {
		return item.Text("rel") == rel && item.Text("id") != ""
	})
}

// operationText names an operation by its id and title.
func operationText(op schema.Operation) locale.Text {
	return locale.Text{ZH: op.ID + "（" + op.Title.ZH + "）", EN: op.ID + " (" + op.Title.EN + ")"}
}
