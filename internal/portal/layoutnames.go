package portal

import (
	"fmt"
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// register reads what a register adds: columns, order, groups and totals.
func (r *layoutReader) register(l *Layout, o yamldoc.Object) {
	r.idle(l, o)
	if r.kind == nil || l.Shape != RegisterShape {
		return
	}
	l.Filter = r.condition("/filter", o.Text("filter"))
	if l.Each = o.Text("each"); l.Each != "" && !r.listed("/each", l.Each) {
		l.Each, r.unfit = "", true
	}
	r.columns(l, o)
	if l.Sort = o.Text("sort"); l.Sort != "" && !r.printed(l, "/sort", strings.TrimPrefix(l.Sort, "-")) {
		l.Sort = ""
	}
	if l.Dated = o.Text("dated"); l.Dated != "" && !r.knows("/dated", l.Dated) {
		l.Dated = ""
	}
	if l.Group = o.Text("group"); l.Group != "" && !r.knows("/group", l.Group) {
		l.Group = ""
	}
	for i, t := range o.Items("totals") {
		one := LayoutTotal{Name: t.Text("name"), Take: TotalKind(t.Text("take"))}
		if r.printed(l, fmt.Sprintf("/totals/%d/name", i), one.Name) {
			l.Totals = append(l.Totals, one)
		}
	}
}

func (r *layoutReader) columns(l *Layout, o yamldoc.Object) {
	seen := map[string]bool{}
	for i, c := range o.Items("columns") {
		at := fmt.Sprintf("/columns/%d", i)
		width, _ := c.Number("width")
		col := LayoutColumn{Items: c.Texts("items"), Day: c.Flag("day")}
		col.Name, col.Title, col.Align = c.Text("name"), textOf(c.Object("title")), c.Text("align")
		if width != nil {
			col.Width, _ = width.Float64()
		}
		if seen[col.Name] {
			r.fault(at+"/name", "portal.layout-twice", locale.A("name", col.Name))
			continue
		}
		seen[col.Name] = true
		if r.knows(at+"/name", col.Name) {
			col.Items = r.members(at+"/items", col.Name, col.Items)
			l.Columns = append(l.Columns, col)
		}
	}
	if len(l.Columns) == 0 && o.Has("columns") {
		r.unfit = true
	}
}

// printed tells whether a name is one of the columns.
func (r *layoutReader) printed(l *Layout, pointer, name string) bool {
	var names []string
	for _, c := range l.Columns {
		names = append(names, c.Name)
	}
	if len(l.Columns) == 0 {
		for _, c := range registerColumns(r.kind) {
			names = append(names, c.Name)
		}
	}
	if slices.Contains(names, name) {
		return true
	}
	return r.fault(pointer, "portal.layout-column", locale.A("name", name), locale.A("near", orDash(schema.Nearest(name, names))))
}

// listed tells whether a name is a list of objects.
func (r *layoutReader) listed(pointer, name string) bool {
	if !r.knows(pointer, name) {
		return false
	}
	if f, _ := r.kind.Field(name); f.List && f.Type == schema.ObjectField {
		return true
	}
	return r.fault(pointer, "portal.layout-list", locale.A("name", name))
}

// members keeps those of names that items of a list have.
func (r *layoutReader) members(pointer, list string, names []string) []string {
	var out []string
	for i, name := range names {
		if r.knows(fmt.Sprintf("%s/%d", pointer, i), list+"."+name) {
			out = append(out, name)
		}
	}
	return out
}

// knows tells whether the kind has a field, derived name or limit of a name, also
// one with .met, or the name is a KPI's.
func (r *layoutReader) knows(pointer, name string) bool {
	if r.kind == nil {
		return r.fault(pointer, "portal.layout-no-kind")
	}
	if _, ok := r.kind.Field(name); ok {
		return true
	}
	if _, ok := r.kind.DerivedName(name); ok {
		return true
	}
	if _, ok := r.kind.Limit(strings.TrimSuffix(name, schema.MetSuffix)); ok || strings.HasPrefix(name, schema.KPIPrefix) {
		return true
	}
	near := schema.Nearest(name, r.names(name))
	return r.fault(pointer, "portal.layout-name", locale.A("name", name), locale.T("kind", r.kind.Title), locale.A("near", orDash(near)))
}

// names are those of the kind that a misspelt one may mean: of a dotted name, the
// members of what it begins with.
func (r *layoutReader) names(of string) []string {
	var names []string
	if head, _, dotted := strings.Cut(of, "."); dotted {
		f, _ := r.kind.Field(head)
		for _, m := range f.Fields {
			names = append(names, head+"."+m.Name)
		}
		if len(names) > 0 {
			return names
		}
	}
	for _, f := range r.kind.Fields {
		names = append(names, f.Name)
	}
	for _, d := range r.kind.Derived {
		names = append(names, d.Name)
	}
	for _, l := range r.kind.Limits {
		names = append(names, l.Name, l.Name+schema.MetSuffix)
	}
	return names
}
