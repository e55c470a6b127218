package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// listCell is a list of objects as a table inside the form: the items with the
// members that the layout names, or those that any item has; empty rows in a blank
// form.
func (g *gridMaker) listCell(out PrintFormCell, f schema.Field, c LayoutCell) (PrintFormCell, bool) {
	out.Span = g.layout.gridOf()
	var items []yamldoc.Object
	if !g.blank {
		if g.v.src.Policy.TreatClass(f.Class) > redact.Masked { // hidden as a whole
			out.Value = g.value(c.Name)
			return out, out.Value != ""
		}
		items = g.r.rec.Items(c.Name)
	}
	if len(items) == 0 && !g.blank {
		return out, false
	}
	t := &Table{ID: g.r.rec.ID, Title: out.Label}
	members := g.members(f, c.Items, items)
	for _, m := range members {
		t.Columns = append(t.Columns, Column{Key: m.Name, Title: g.v.label(m), Align: alignOf(m), Weight: weightOf(m), Screen: true})
	}
	for _, item := range items {
		row := Row{ID: g.r.rec.ID}
		for _, m := range members {
			row.Cells = append(row.Cells, Cell{Text: g.v.spelled(g.v.value(m, item.Plain(m.Name)))})
		}
		t.Rows = append(t.Rows, row)
	}
	if g.blank {
		t.Rows = blankTable(c.Rows, len(members))
	}
	out.Table = t
	return out, true
}

// members are the fields of a list's items that its table shows.
func (g *gridMaker) members(f schema.Field, names []string, items []yamldoc.Object) []schema.Field {
	var out []schema.Field
	for _, m := range g.v.inside(f) {
		used := g.blank || slices.ContainsFunc(items, func(o yamldoc.Object) bool { return o.Has(m.Name) })
		if len(names) == 0 && used && !(m.Class == redact.Personal && g.blank) {
			out = append(out, m)
		}
	}
	for _, name := range names {
		if i := slices.IndexFunc(g.v.inside(f), func(m schema.Field) bool { return m.Name == name }); i >= 0 {
			out = append(out, g.v.inside(f)[i])
		}
	}
	return out
}

// weightOf is the share of a member's column: long texts get most.
func weightOf(f schema.Field) float64 {
	switch {
	case f.Long:
		return 5
	case f.Type == schema.TextField && f.Bounds.MaxLength > 60:
		return 3
	case f.Type == schema.TextField && f.Bounds.MaxLength <= 10 && f.Bounds.MaxLength > 0:
		return 1
	}
	return 1.6
}

// blankTable is n empty rows.
func blankTable(n, columns int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		rows[i].Cells = make([]Cell, columns)
	}
	return rows
}

// roster is the list of those present with room to sign: the people and contacts that
// fields name, each once, and spare rows.
func (g *gridMaker) roster(l *LayoutRoster) PrintFormCell {
	t := &Table{ID: g.r.rec.ID, Columns: []Column{
		{Key: "name", Title: g.v.p.Say("portal.roster-name"), Weight: 3},
		{Key: "unit", Title: g.v.p.Say("portal.roster-unit"), Weight: 4},
		{Key: "part", Title: g.v.p.Say("portal.roster-part"), Weight: 3},
		{Key: "sign", Title: g.v.p.Say("portal.roster-sign"), Weight: 4},
		{Key: "time", Title: g.v.p.Say("portal.roster-time"), Weight: 2.5},
	}}
	if !g.blank {
		t.Rows = g.present(l.Of)
	}
	t.Rows = append(t.Rows, blankTable(l.Spare, len(t.Columns))...)
	return PrintFormCell{Table: t, Span: g.layout.gridOf(), ToFill: true}
}

// present are the rows of those whom fields name.
func (g *gridMaker) present(names []string) []Row {
	var rows []Row
	for _, name := range names {
		f, _ := g.kind.Field(name)
		part := g.v.label(f)
		add := func(who, unit string) {
			i := slices.IndexFunc(rows, func(r Row) bool { return who != "" && r.Cells[0].Text == who && r.Cells[1].Text == unit })
			if i >= 0 {
				rows[i].Cells[2].Text += g.v.p.Say("portal.comma") + part
				return
			}
			rows = append(rows, Row{ID: g.r.rec.ID, Cells: []Cell{{Text: who}, {Text: unit}, {Text: part}, {}, {}}})
		}
		if f.Type != schema.ObjectField {
			for _, c := range g.v.value(f, g.r.rec.Plain(name)).Cells {
				add(c.Text, g.v.p.Text(g.v.src.Config.Organisation))
			}
			continue
		}
		for _, item := range g.r.rec.Items(name) {
			add(g.person(f, item))
		}
	}
	return rows
}

// person is who an item names and the rest of what it says.
func (g *gridMaker) person(f schema.Field, item yamldoc.Object) (who, unit string) {
	var names, rest []string
	for _, m := range g.v.inside(f) {
		text := g.v.spelled(g.v.value(m, item.Plain(m.Name)))
		if m.Class == redact.Personal {
			names = append(names, text)
		} else {
			rest = append(rest, text)
		}
	}
	return strings.Join(filled(names...), " "), strings.Join(filled(rest...), " ")
}

// questions are the items of a list as questions to answer by hand: boxes for options
// or for the numbers of a scale, else room to write.
func (g *gridMaker) questions(a *LayoutAsk) []PrintFormCell {
	words := g.numberWords(a.Words)
	var cells []PrintFormCell
	for i, item := range g.r.rec.Items(a.Of) {
		number := strconv.Itoa(i + 1)
		if a.Number != "" && item.Text(a.Number) != "" {
			number = item.Text(a.Number)
		}
		c := PrintFormCell{Label: number, Value: g.v.mask(g.inBoth(item, a.Text)), Span: g.layout.gridOf(), ToFill: true}
		for _, o := range item.Items(a.Options) {
			c.Ticks = append(c.Ticks, PrintTick{Text: g.v.mask(g.inBoth(o, "text"))})
		}
		if len(c.Ticks) == 0 && a.Scale != "" {
			c.Ticks = scaleTicks(item.Text(a.Scale), words)
		}
		if len(c.Ticks) == 0 {
			c.Lines = 1 + a.Lines
		} else if a.None != "" && item.Flag(a.None) {
			c.Ticks = append(c.Ticks, PrintTick{Text: g.v.p.Say("portal.ask-none")})
		}
		cells = append(cells, c)
	}
	return cells
}

// inBoth is a text of an item in the language of the paper, where it has both.
func (g *gridMaker) inBoth(o yamldoc.Object, name string) string {
	if english := o.Text(name + "_en"); g.v.Lang() == locale.English && english != "" {
		return english
	}
	return o.Text(name)
}

// numberWords are what the numbers of a scale mean, by number.
func (g *gridMaker) numberWords(list string) map[string]string {
	words := map[string]string{}
	if list == "" {
		return words
	}
	for _, item := range g.r.rec.Items(list) {
		if n, ok := item.Number("value"); ok {
			words[n.RatString()] = g.v.mask(g.inBoth(item, "text"))
		}
	}
	return words
}

// longestScale bounds the boxes of one question.
const longestScale = 21

// scaleTicks are the numbers of a scale, 1-5, with their words where all have some.
func scaleTicks(scale string, words map[string]string) []PrintTick {
	var low, high int
	if n, err := fmt.Sscanf(scale, "%d-%d", &low, &high); n != 2 || err != nil || high <= low || high-low >= longestScale {
		return nil
	}
	said := true
	for i := low; i <= high; i++ {
		said = said && words[strconv.Itoa(i)] != ""
	}
	var ticks []PrintTick
	for i := high; i >= low; i-- {
		text := strconv.Itoa(i)
		if said {
			text += " " + words[text]
		}
		ticks = append(ticks, PrintTick{Text: text})
	}
	if !said {
		slices.Reverse(ticks)
	}
	return ticks
}
