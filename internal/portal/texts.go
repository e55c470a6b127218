package portal

import (
	"slices"
	"strings"
	"time"

	"kept/internal/expr"
	"kept/internal/record"
	"kept/internal/schema"
)

// SaidText is a text about a record that people send: to be copied as it stands.
type SaidText struct {
	ID    string
	Title string
	Text  string
}

// letter is a text of a kind with its condition ready to run.
type letter struct {
	schema.Letter
	when *expr.Program // nil for always
}

// findTexts compiles the conditions of texts; one that does not compile is a finding
// of the check and its text is never offered. What leaves the company holds none.
func (v *View) findTexts() {
	v.letters = map[string][]letter{}
	if v.src.Policy.Edition.Leaves() {
		return
	}
	for kind := range v.src.Register.Kinds().All() {
		for _, l := range kind.Texts {
			one := letter{Letter: l}
			if l.When != "" {
				program, err := expr.Compile(l.When, v.types[kind.ID]())
				if err != nil {
					continue
				}
				one.when = program
			}
			v.letters[kind.ID] = append(v.letters[kind.ID], one)
		}
	}
}

// texts are the texts of a record's kind whose condition holds, filled in.
func (v *View) texts(r *reader) []SaidText {
	var out []SaidText
	for _, l := range v.letters[r.rec.Kind.ID] {
		if !v.applies(l, r.rec) {
			continue
		}
		text := l.Fill(v.Lang(), func(name string) string {
			if name == schema.OrganisationName {
				return v.p.Text(v.src.Config.Organisation)
			}
			return r.sayable(name)
		})
		if text != "" {
			out = append(out, SaidText{ID: l.ID, Title: v.p.Text(l.Title), Text: text})
		}
	}
	return out
}

func (v *View) applies(l letter, rec *record.Record) bool {
	if l.when == nil {
		return true
	}
	return v.satisfies(l.when, rec)
}

// satisfies evaluates a condition about a record; it is false where it has no result.
func (v *View) satisfies(p *expr.Program, rec *record.Record) bool {
	facts := record.Facts{Zone: v.zone, AsOf: v.src.AsOf, Until: v.src.AsOf}
	if v.src.Calendar != nil {
		facts.Due = func(limit schema.TimeLimit) time.Time {
			d, _ := rec.Deadline(limit, v.src.Calendar, v.firstValue(rec), v.src.AsOf)
			return d.Due
		}
		if slices.ContainsFunc(rec.Kind.Lookups, func(look schema.Lookup) bool { return slices.Contains(p.Names(), look.Name) }) {
			facts.Others = record.NewOthers(v.src.Register, v.src.Calendar, v.src.AsOf)
		}
	}
	vars := expr.Vars{}
	rec.Fill(vars, p.Names(), facts)
	return (&expr.Meter{}).Holds(p, vars, rec.ID)
}

// sayable is what a text may say of a name: nothing where the edition hides the
// field or what encloses it.
func (r *reader) sayable(name string) string {
	class, path := "", ""
	for part := range strings.SplitSeq(name, ".") {
		path = strings.TrimPrefix(path+"."+part, ".")
		if f, ok := r.rec.Kind.Field(path); ok {
			class = stricter(r.v.src.Policy, class, f.Class)
		}
	}
	if r.v.hides(class) {
		return ""
	}
	return r.v.flat(r.named(name))
}
