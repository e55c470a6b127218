package portal

import (
	"encoding/json"
	"slices"
	"strings"

	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// mask takes out of a text what looks personal, as the edition asks.
func (v *View) mask(s string) string { return v.src.Policy.Text(s) }

// hides tells whether a field of a class may not stand as it was typed.
func (v *View) hides(class string) bool { return v.src.Policy.Hides(class) }

// hidden is what the pages of one record must not say.
type hidden struct {
	secrets redact.Secrets // values of hidden fields, now and ever
	codes   map[string]int // of people who are said by a code, from 1 in the order of their first mention
	few     bool           // so few records are about the same that words tell whose they are
}

// of is the view of what one record says: it knows that record's hidden values.
func (v *View) of(id string) *View {
	if id == "" || v.about == id {
		return v
	}
	w := *v
	w.about, w.hidden = id, v.hiddenIn(id)
	return &w
}

// saying is the view for the values of a record, which looks into its history only
// where codes or words of respondents ask for it: registers hold thousands.
func (v *View) saying(rec *record.Record) *View {
	if !v.src.Policy.Edition.Leaves() && (rec.Kind == nil || !quotes(rec.Kind.Fields)) {
		return v
	}
	return v.of(rec.ID)
}

// hiddenIn gathers the hidden values of a record from its history and from what
// it holds now.
func (v *View) hiddenIn(id string) hidden {
	g := gatherer{view: v}
	rec := v.src.Register.Get(id)
	if v.src.History != nil {
		if t := v.src.History.Timeline(id); t != nil {
			for i := range t.Changes {
				kind := record.KindOf(t.Changes[i].Path)
				for _, e := range t.Changes[i].Events {
					g.event(kind, e.Pointer, e.Before, e.After)
				}
			}
		}
	}
	if rec != nil && rec.Kind != nil {
		for _, f := range rec.Kind.Fields {
			g.value(f, f.Class, rec.Plain(f.Name))
		}
	}
	return hidden{redact.NewSecrets(g.values), g.codes, v.fewWith(rec)}
}

// fewest is how many records about the same it takes for the words of a respondent
// to be nobody's (domain.md §10).
const fewest = 5

// fewWith tells whether fewer records than that share the first reference of a
// record that is no person's. It is asked only of kinds that hold words of
// respondents.
func (v *View) fewWith(rec *record.Record) bool {
	if rec == nil || rec.Kind == nil {
		return true
	}
	if !quotes(rec.Kind.Fields) {
		return false
	}
	i := slices.IndexFunc(rec.Kind.Fields, func(f schema.Field) bool {
		return f.Type == schema.RefField && !f.List && f.Class == redact.Open
	})
	if i < 0 {
		return true
	}
	name, n := rec.Kind.Fields[i].Name, 0
	for _, ref := range v.src.Register.To(rec.Text(name)) {
		if from := v.src.Register.Get(ref.From); ref.Field == name && from != nil && from.Kind == rec.Kind {
			if n++; n == fewest {
				return false
			}
		}
	}
	return true
}

func quotes(fields []schema.Field) bool {
	return slices.ContainsFunc(fields, func(f schema.Field) bool { return f.Class == redact.ClassComment || quotes(f.Fields) })
}

// quoted names the fields that hold words of respondents.
func quoted(fields []schema.Field) []string {
	var names []string
	for _, f := range fields {
		if f.Class == redact.ClassComment {
			names = append(names, f.Name)
		}
		names = append(names, quoted(f.Fields)...)
	}
	return names
}

// quotable tells whether a text may be shown: words of a respondent among few, or
// with what looks personal in them, may not.
func (v *View) quotable(f schema.Field, s string) bool {
	return redact.ItemOf(f.Class) != redact.Verbatim || !v.hidden.few && v.about != "" && len(redact.Scan(s)) == 0
}

// gatherer collects hidden values.
type gatherer struct {
	view   *View
	values []string
	codes  map[string]int
}

func (g *gatherer) event(folder, pointer string, values ...any) {
	kind := g.view.src.Register.Kinds().Kind(folder)
	if kind == nil {
		return
	}
	if f, known := fieldAt(kind, pointer, g.view.src.Policy); known {
		for _, plain := range values {
			g.value(f, f.Class, plain)
		}
	}
}

// value takes in what is hidden of a value; class holds for what encloses it.
func (g *gatherer) value(f schema.Field, class string, plain any) {
	switch x := plain.(type) {
	case []any:
		for _, item := range x {
			g.value(f, class, item)
		}
	case map[string]any:
		for _, m := range f.Fields {
			g.value(m, stricter(g.view.src.Policy, class, m.Class), x[m.Name])
		}
	case string:
		g.text(f, class, x)
	case json.Number:
		g.text(f, class, x.String())
	}
}

func (g *gatherer) text(f schema.Field, class, s string) {
	if !g.view.hides(class) || s == "" {
		return
	}
	g.values = append(g.values, s)
	if f.Type != schema.RefField || g.view.src.Policy.TreatClass(class) != redact.Coded {
		return
	}
	if g.codes == nil {
		g.codes = map[string]int{}
	}
	if g.codes[s] == 0 {
		g.codes[s] = len(g.codes) + 1
	}
}

// stricter is that of two classes which shows less.
func stricter(p redact.Policy, outer, inner string) string {
	if p.Hides(outer) && p.TreatClass(outer) >= p.TreatClass(inner) {
		return outer
	}
	return inner
}

// fieldAt finds the field that a pointer of the history names, with the class of
// what encloses it.
func fieldAt(kind *schema.Kind, pointer string, p redact.Policy) (schema.Field, bool) {
	fields, current, known := kind.Fields, schema.Field{}, false
	class := redact.Open
	for s := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		i := slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == s })
		if i < 0 {
			if !known {
				return schema.Field{}, false
			}
			continue // the key of an item
		}
		current, known = fields[i], true
		fields, class = current.Fields, stricter(p, class, current.Class)
	}
	current.Class = class
	return current, known
}

// coded says a person by the code that stands for them throughout the record.
func (v *View) coded(f schema.Field, s string) Cell {
	if n := v.hidden.codes[s]; n > 0 && f.Type == schema.RefField {
		return Cell{Text: v.p.Say("redact.coded", locale.N("n", n))}
	}
	return v.omitted()
}

func (v *View) omitted() Cell { return Cell{Text: v.p.Say("portal.omitted"), Tone: Muted} }

// message is a finding in words: without the hidden values of the record that it
// is about, and with people in place of the addresses that commits carry.
func (v *View) message(id, s string) string {
	var b strings.Builder
	last := 0
	for _, h := range redact.Scan(s) {
		if h.Sort != redact.Email {
			continue
		}
		b.WriteString(s[last:h.Start])
		b.WriteString(v.author(gitrepo.Person{Email: s[h.Start:h.End]}).Text)
		last = h.End
	}
	b.WriteString(s[last:])
	return v.of(id).hidden.secrets.Cover(v.mask(b.String()))
}
