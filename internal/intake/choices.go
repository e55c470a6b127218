package intake

import (
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Choice is one thing that may be done to a record now: a step or an operation.
type Choice struct {
	ID        string // the state, or the operation, to name
	Title     locale.Text
	Operation bool
	Free      bool      // a state that may be set at any time, by anyone
	Roles     []Holding // who may do it today; empty is anyone
	Requires  []Asked   // must be there once it is done
	Allows    []Asked   // may be given with it
	Opens     locale.Text
	Guard     locale.Text // the condition in words, empty for none
	Holds     bool        // the condition, as the record is
}

// Asked is a field by the path that an option gives it.
type Asked struct {
	Path    string
	Title   locale.Text
	Options []schema.Option
	Example string
	There   bool   // the record holds it already
	Preset  string // what it gets where no option says else, "" for nothing
}

// Choices lists the steps out of the record's state and the operations that it
// allows, in the kind's order. Of the request, Sets, To and Note are not looked
// at.
func Choices(r AdvanceRequest) []Choice {
	rec := r.Record
	if rec.Broken || rec.Kind == nil || rec.Doc == nil {
		return nil
	}
	list := freeStates(rec)
	for _, step := range rec.Kind.StepsFrom(rec.Status()) {
		list = append(list, r.stepChoice(step))
	}
	state, _ := rec.Kind.State(rec.Status())
	for _, op := range OperationsIn(rec.Kind, state) {
		list = append(list, r.operationChoice(op))
	}
	return list
}

// freeStates are the other states of a record whose kind has no steps.
func freeStates(rec *record.Record) []Choice {
	if len(rec.Kind.Steps) > 0 {
		return nil
	}
	var list []Choice
	for _, s := range rec.Kind.States {
		if s.ID != rec.Status() {
			list = append(list, Choice{ID: s.ID, Title: s.Title, Free: true, Holds: true})
		}
	}
	return list
}

func (r AdvanceRequest) stepChoice(step schema.Step) Choice {
	kind := r.Record.Kind
	c := Choice{ID: step.To, Title: step.Title, Roles: Holders(r.Register, r.Record, step.Roles, r.At, r.Zone), Guard: step.GuardText}
	for _, name := range step.Requires {
		if name == record.LinksField && step.Link != "" {
			continue
		}
		c.Requires = append(c.Requires, r.asked(name))
	}
	if step.Link != "" {
		c.Requires = append(c.Requires, Asked{Path: step.Link, Title: r.linkTitle(step.Link), Example: "--set " + step.Link + "=…", There: links(r.Record.Object, step.Link)})
	}
	if f, ok := kind.Field(step.Opens); ok {
		c.Allows = append(c.Allows, parts(f, step.Opens+".", "from", "to")...)
	}
	for _, block := range kind.Blocks {
		if !slices.ContainsFunc(step.Requires, func(name string) bool { return slices.Contains(block.Fields, name) }) {
			continue
		}
		for _, name := range block.Fields {
			if _, isField := kind.Field(name); isField && !slices.Contains(step.Requires, name) && !record.Fixed(name) {
				c.Allows = append(c.Allows, r.asked(name))
			}
		}
	}
	c.Holds = r.wouldHold(step)
	return c
}

func (r AdvanceRequest) asked(name string) Asked {
	kind := r.Record.Kind
	f, _ := kind.Field(name)
	return Asked{Path: name, Title: kind.NameTitle(name), Options: f.Options, Example: setExample(kind, name), There: r.Record.Present(name)}
}

// linkTitle is a rel's name as the kind has it.
func (r AdvanceRequest) linkTitle(rel string) locale.Text {
	f, _ := r.Record.Kind.Field(record.LinksField + ".rel")
	for _, o := range f.Options {
		if o.Value == rel {
			return o.Title
		}
	}
	return locale.Plain(rel)
}

// parts lists the members of a list's items but some.
func parts(f schema.Field, prefix string, without ...string) []Asked {
	var list []Asked
	for _, inner := range f.Fields {
		if !slices.Contains(without, inner.Name) {
			list = append(list, Asked{Path: prefix + inner.Name, Title: inner.Title, Options: inner.Options, Example: setField(inner, prefix+inner.Name)})
		}
	}
	return list
}

// wouldHold tells whether the step's guard holds if the step were done now.
func (r AdvanceRequest) wouldHold(step schema.Step) bool {
	if r.Guard == nil || step.Guard == "" {
		return true
	}
	r.To = step.To
	plan, err := r.edit(newDraft(r.Record.Kind, r.Zone, r.Record.Fields()), true)
	if err != nil {
		return false
	}
	after, _ := record.Parse(plan.Path, plan.After, r.Register.Kinds())
	ok, err := r.Guard(after, step)
	return ok && err == nil
}

// operationChoice lists what an operation's item, or the record that it opens,
// asks for beyond what kept fills in.
func (r AdvanceRequest) operationChoice(op schema.Operation) Choice {
	c := Choice{ID: op.ID, Title: op.Title, Operation: true, Roles: Holders(r.Register, r.Record, op.Roles, r.At, r.Zone), Holds: true}
	var fields []schema.Field
	filled, preset := []string{}, map[string]string{}
	for _, s := range op.Set {
		if strings.HasPrefix(s.Value, "$") {
			filled = append(filled, s.Field)
		} else {
			preset[s.Field] = s.Value
		}
	}
	if kind := r.Register.Kinds().Kind(op.Opens); kind != nil {
		c.Opens = kind.Title
		d := newDraft(kind, r.Zone, map[string]any{})
		r.backlink(d)
		r.count(d)
		for name := range d.fields {
			if preset[name] != "" {
				continue
			}
			filled = append(filled, name)
		}
		for _, f := range kind.Fields {
			if f.Required && f.Default == nil && !record.Fixed(f.Name) && !slices.Contains([]string{"owner", "registered_by", "form_no"}, f.Name) {
				fields = append(fields, f)
			}
		}
	} else if f, ok := r.Record.Kind.Field(op.Add); ok {
		fields = f.Fields
		filled = append(filled, record.IDField)
		if op.Moves != "" {
			filled = append(filled, "from")
		}
	}
	for _, f := range fields {
		a := Asked{Path: f.Name, Title: f.Title, Options: f.Options, Example: setField(f, f.Name), Preset: preset[f.Name]}
		switch {
		case a.Preset != "":
			c.Allows = append(c.Allows, a)
		case slices.Contains(filled, f.Name):
		case f.Required:
			c.Requires = append(c.Requires, a)
		default:
			c.Allows = append(c.Allows, a)
		}
	}
	return c
}
