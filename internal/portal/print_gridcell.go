package portal

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Options are printed as boxes where there are few: more of them in a blank form,
// which cannot be filled in otherwise.
const (
	tickedOptions = 6
	blankOptions  = 20
	wideTicks     = 8 // more of them take a whole row
)

// longLines is the room for a text of several lines in a blank form.
const longLines = 3

// cell is one label with its value, and whether it says anything.
func (g *gridMaker) cell(c LayoutCell) (PrintFormCell, bool) {
	out := PrintFormCell{Label: g.v.labelOf(g.r, c), Span: c.Span}
	if g.blank {
		out.Lines = c.Lines
	}
	if c.Plain {
		out.Label, out.Span = "", g.layout.gridOf()
	}
	if len(c.Marks) > 0 {
		out.Ticks = g.marks(c.Marks)
		return out, true
	}
	if c.Name == "" {
		out.Lines, out.ToFill = max(c.Lines, 1), true
		return out, true
	}
	f, _ := g.kind.Field(c.Name)
	if f.List && f.Type == schema.ObjectField {
		return g.listCell(out, f, c)
	}
	if g.ticked(f, c) {
		var said bool
		if out.Ticks, said = g.ticks(f, c.Name); len(out.Ticks) > wideTicks && c.Span == 0 {
			out.Span = g.layout.gridOf()
		}
		if said || g.blank {
			return out, true
		}
		if c.Ticks == Yes || !g.auto {
			return out, false
		}
	}
	out.Ticks = nil
	out.Value = g.value(c.Name)
	if f.Long && c.Span == 0 {
		out.Span = g.layout.gridOf()
	}
	if f.Long && g.blank {
		out.Lines = cmp.Or(c.Lines, longLines)
	}
	return out, out.Value != ""
}

// value is what the record says under a name, in the language of the paper.
func (g *gridMaker) value(name string) string {
	if g.blank {
		return ""
	}
	return g.v.spelled(g.r.named(g.v.inLanguage(g.r, name)))
}

// marks are boxes of which those are ticked whose condition holds.
func (g *gridMaker) marks(list []LayoutMark) []PrintTick {
	ticks := make([]PrintTick, len(list))
	for i, m := range list {
		ticks[i] = PrintTick{Text: g.v.p.Text(m.Title), On: m.When != nil && g.holds(m.When)}
	}
	return ticks
}

// ticked tells whether a field is printed as boxes. What the edition hides is not,
// nor is a value inside a list.
func (g *gridMaker) ticked(f schema.Field, c LayoutCell) bool {
	most := tickedOptions
	if g.blank {
		most = blankOptions
	}
	head, _, nested := strings.Cut(c.Name, ".")
	outer, _ := g.kind.Field(head)
	switch {
	case c.Ticks == No || c.Name == record.StatusField || g.v.hidesName(g.kind, c.Name) || nested && outer.List:
		return false
	case f.Type == schema.FlagField:
		return true
	}
	return f.Type == schema.EnumField && len(f.Options) > 0 && (len(f.Options) <= most || c.Ticks == Yes)
}

// ticks are the options of a field as boxes, and whether the record's values are
// among them: a value that is none of them is said as it stands.
func (g *gridMaker) ticks(f schema.Field, name string) ([]PrintTick, bool) {
	if f.Type == schema.FlagField {
		on, known := g.plain(name).(bool)
		return []PrintTick{{g.v.p.Say("portal.yes"), known && on}, {g.v.p.Say("portal.no"), known && !on}}, known
	}
	var values []string
	switch x := g.plain(name).(type) {
	case string:
		values = []string{x}
	case []any:
		for _, one := range x {
			s, _ := one.(string)
			values = append(values, s)
		}
	}
	ticks := make([]PrintTick, len(f.Options))
	for i, o := range f.Options {
		ticks[i] = PrintTick{Text: g.v.p.Text(o.Title), On: slices.Contains(values, o.Value)}
	}
	strange := func(s string) bool {
		return !slices.ContainsFunc(f.Options, func(o schema.Option) bool { return o.Value == s })
	}
	return ticks, len(values) > 0 && !slices.ContainsFunc(values, strange)
}

// plain is the value as it was typed, also one inside an object.
func (g *gridMaker) plain(name string) any {
	if g.blank {
		return nil
	}
	head, rest, nested := strings.Cut(name, ".")
	if !nested {
		return g.r.rec.Plain(name)
	}
	return g.r.rec.Object.Object(head).Plain(rest)
}

// spelled says a value for paper: lists of objects item by item, not by their number.
func (v *View) spelled(val Value) string {
	var parts []string
	for _, c := range val.Cells {
		parts = append(parts, c.Text)
	}
	for _, f := range val.Fields {
		parts = append(parts, v.p.Say("portal.pair", locale.A("label", f.Label), locale.A("value", v.spelled(f.Value))))
	}
	text := strings.Join(parts, v.p.Say("portal.comma"))
	if val.Table == nil {
		return text
	}
	return strings.Join(filled(text, v.spelledRows(val.Table)), "\n")
}

// spelledRows says each row of a table on a line of its own.
func (v *View) spelledRows(t *Table) string {
	lines := make([]string, len(t.Rows))
	for i, row := range t.Rows {
		var parts []string
		for _, c := range row.Cells {
			parts = append(parts, c.Text)
		}
		lines[i] = strings.Join(filled(parts...), v.p.Say("portal.member-comma"))
		if len(t.Rows) > 1 {
			lines[i] = strconv.Itoa(i+1) + ". " + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}
