package portal

import (
	"slices"

	"kept/internal/record"
	"kept/internal/schema"
)

// holders are those who hold roles on the day of the view, by role; anybody where
// none is asked for.
func (w *formWriter) holders(roles []string) []FormGroup {
	if len(roles) == 0 {
		return w.anybody()
	}
	groups := make([]FormGroup, len(roles))
	for i, role := range roles {
		groups[i].Title = w.v.role(role)
	}
	w.v.staff(func(rec *record.Record, held []string) {
		for i, role := range roles {
			if slices.Contains(held, role) {
				groups[i].Options = append(groups[i].Options, FormOption{role + " " + rec.ID, w.v.title(rec)})
			}
		}
	})
	return slices.DeleteFunc(groups, func(g FormGroup) bool { return len(g.Options) == 0 })
}

// anybody is everyone under each role held, in the order in which the kind of
// people lists the roles, and those who hold none.
func (w *formWriter) anybody() []FormGroup {
	kind := w.v.src.Register.Kinds().Kind(record.PersonKind)
	if kind == nil {
		return nil
	}
	field, _ := kind.Field("roles.role")
	var roles []string
	for _, o := range field.Options {
		roles = append(roles, o.Value)
	}
	if len(roles) == 0 {
		roles = []string{""}
	}
	groups := w.holders(roles)
	none := FormGroup{Title: w.v.p.Say("form.no-role")}
	w.v.staff(func(rec *record.Record, held []string) {
		if !slices.ContainsFunc(held, func(r string) bool { return slices.Contains(roles, r) }) {
			none.Options = append(none.Options, FormOption{" " + rec.ID, w.v.title(rec)})
		}
	})
	if len(none.Options) > 0 {
		groups = append(groups, none)
	}
	return groups
}

// staff calls f for everyone who has not left, with the roles of the day.
func (v *View) staff(f func(*record.Record, []string)) {
	reg := v.src.Register
	for rec := range reg.Of(record.PersonKind) {
		if state, ok := rec.State(); rec.Broken || ok && state.Phase == schema.Void {
			continue
		}
		f(rec, reg.Roles(rec.ID, v.src.AsOf, v.zone))
	}
}
