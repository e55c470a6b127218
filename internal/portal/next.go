package portal

import (
	"net/url"
	"slices"

	"kept/internal/record"
	"kept/internal/schema"
)

// Next is a step that may come next, or an operation that leaves the state as it
// is.
type Next struct {
	Title    string
	To       string   // title of the state, "" for an operation
	Roles    []string // who may do it; none is anyone
	Requires []string // labels of the fields it needs
	Command  string   // kept advance …
	Form     Link     // the form that writes it, zero where there are no forms
}

// next lists the steps that may be taken from where the record stands, then the
// operations; of a kind without steps the change of its fields.
func (v *View) next(rec *record.Record) []Next {
	var out []Next
	for i, s := range rec.Kind.Steps {
		if !slices.Contains(s.From, rec.Status()) {
			continue
		}
		to, _ := rec.Kind.State(s.To)
		n := v.nextThing(rec, s.To, s.Roles, FormKey{rec.Kind.ID, i, -1})
		n.Title, n.To, n.Form = v.p.Text(s.Title), v.p.Text(to.Title), v.handed(n.Form, rec, s)
		for _, name := range s.Requires {
			n.Requires = append(n.Requires, v.p.Text(v.nameTitle(rec.Kind, name)))
		}
		out = append(out, n)
	}
	for i, op := range rec.Kind.Operations {
		if v.may(rec, op) {
			n := v.nextThing(rec, op.ID, op.Roles, FormKey{rec.Kind.ID, -1, i})
			n.Title = v.p.Text(op.Title)
			out = append(out, n)
		}
	}
	if change := v.formOf(rec, FormKey{rec.Kind.ID, -1, -1}); len(rec.Kind.Steps) == 0 && change.Page != "" {
		out = append(out, Next{Title: v.p.Say("form.change"), Form: change})
	}
	return out
}

func (v *View) nextThing(rec *record.Record, what string, roles []string, form FormKey) Next {
	n := Next{Command: "kept advance " + rec.ID + " " + what, Form: v.formOf(rec, form)}
	for _, role := range roles {
		n.Roles = append(n.Roles, v.role(role))
	}
	return n
}

// may tells whether an operation may be done in a record's state.
func (v *View) may(rec *record.Record, op schema.Operation) bool {
	if len(op.States) > 0 {
		return slices.Contains(op.States, rec.Status())
	}
	s, ok := rec.State()
	return ok && s.Phase == schema.Open
}

// formOf is a form with the record in its address, zero where there is none.
func (v *View) formOf(rec *record.Record, key FormKey) Link {
	if v.src.Policy.Edition.Leaves() || rec.Kind.ID == record.SealKind {
		return Link{}
	}
	page := v.formPath(key)
	if page == "" {
		return Link{}
	}
	return Link{Page: page, Hash: "id=" + url.QueryEscape(rec.ID)}
}
