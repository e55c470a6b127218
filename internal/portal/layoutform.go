package portal

import (
	"cmp"
	"fmt"

	"kept/internal/yamldoc"
)

// Rows that are left to write in where a layout says nothing.
const (
	spareRows = 4 // of a list of those present
	blankRows = 3 // of a list in a blank form
	askLines  = 3 // below a question without options
)

// form reads what a form adds: its blocks.
func (r *layoutReader) form(l *Layout, o yamldoc.Object) {
	if r.kind == nil || l.Shape != FormShape {
		return
	}
	if n, ok := o.Number("grid"); ok {
		l.Grid = int(n.Num().Int64())
	}
	l.Bare = o.Has("steps") && !o.Flag("steps")
	for i, b := range o.Items("blocks") {
		at := fmt.Sprintf("/blocks/%d", i)
		block := LayoutBlock{Title: textOf(b.Object("title")), When: r.condition(at+"/when", b.Text("when"))}
		for j, c := range b.Items("cells") {
			if cell, ok := r.cell(fmt.Sprintf("%s/cells/%d", at, j), c); ok {
				block.Cells = append(block.Cells, cell)
			}
		}
		if b.Has("roster") {
			block.Roster = r.roster(at+"/roster", b.Object("roster"))
		}
		if b.Has("ask") {
			block.Ask = r.ask(at+"/ask", b.Object("ask"))
		}
		if len(block.Cells) == 0 && block.Roster == nil && block.Ask == nil {
			r.fault(at, "portal.layout-empty")
			continue
		}
		l.Blocks = append(l.Blocks, block)
	}
}

func whole(o yamldoc.Object, key string, otherwise int) int {
	if n, ok := o.Number(key); ok {
		return int(n.Num().Int64())
	}
	return otherwise
}

func (r *layoutReader) cell(at string, o yamldoc.Object) (LayoutCell, bool) {
	c := LayoutCell{
		Name: o.Text("name"), Title: textOf(o.Object("title")), Span: whole(o, "span", 0), Lines: whole(o, "lines", 0),
		Plain: o.Flag("plain"), Rows: whole(o, "rows", blankRows),
	}
	if o.Has("ticks") {
		c.Ticks = No
		if o.Flag("ticks") {
			c.Ticks = Yes
		}
	}
	for i, m := range o.Items("marks") {
		program := r.condition(fmt.Sprintf("%s/marks/%d/when", at, i), m.Text("when"))
		c.Marks = append(c.Marks, LayoutMark{Title: textOf(m.Object("title")), When: program})
	}
	switch {
	case c.Name != "" && len(c.Marks) > 0:
		return c, r.fault(at, "portal.layout-cell")
	case c.Name != "":
		if !r.knows(at+"/name", c.Name) {
			return c, false
		}
		c.Items = r.members(at+"/items", c.Name, o.Texts("items"))
		return c, true
	}
	// Without a name it is boxes to tick, or a label with room to write.
	if c.Title.IsZero() {
		return c, r.fault(at, "portal.layout-cell")
	}
	return c, true
}

func (r *layoutReader) roster(at string, o yamldoc.Object) *LayoutRoster {
	roster := &LayoutRoster{Spare: whole(o, "spare", spareRows)}
	for i, name := range o.Texts("of") {
		if r.knows(fmt.Sprintf("%s/of/%d", at, i), name) {
			roster.Of = append(roster.Of, name)
		}
	}
	return roster
}

func (r *layoutReader) ask(at string, o yamldoc.Object) *LayoutAsk {
	a := &LayoutAsk{Of: o.Text("of"), Lines: whole(o, "lines", askLines)}
	if !r.listed(at+"/of", a.Of) {
		return nil
	}
	for _, to := range []struct {
		key string
		at  *string
	}{{"number", &a.Number}, {"text", &a.Text}, {"options", &a.Options}, {"scale", &a.Scale}, {"none", &a.None}} {
		if name := o.Text(to.key); name != "" && r.knows(at+"/"+to.key, a.Of+"."+name) {
			*to.at = name
		}
	}
	if words := o.Text("words"); words != "" && r.listed(at+"/words", words) {
		a.Words = words
	}
	return a
}

// gridOf is how many labels with their values stand beside each other.
func (l *Layout) gridOf() int { return cmp.Or(l.Grid, 2) }

// labelOf is what a cell is called.
func (v *View) labelOf(r *reader, c LayoutCell) string {
	if !c.Title.IsZero() {
		return v.p.Text(c.Title)
	}
	return v.p.Text(v.nameTitle(r.rec.Kind, c.Name))
}
