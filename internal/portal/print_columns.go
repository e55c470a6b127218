package portal

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/calendar"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// layoutTable is a register with the columns and the records of its layout, a row for
// each record or for each item of a list of theirs.
func (v *View) layoutTable(l *Layout, kind *schema.Kind, p calendar.Period) *Table {
	t := &Table{ID: kind.PrintID, Title: v.registerTitle(kind), Empty: v.p.Say("portal.no-records")}
	if t.ID == "" {
		t.ID = kind.ID
	}
	columns := v.layoutColumns(l, kind)
	for _, c := range columns {
		col := v.column(kind, c.Column)
		if c.Day && col.Type == TimeColumn {
			col.Type = DateColumn
		}
		if f, _ := kind.Field(c.Name); f.List && c.Align == string(Right) {
			col.Type = NumberColumn
		}
		if len(c.Items) > 0 {
			col.Type, col.Align = TextColumn, Left
		}
		t.Columns = append(t.Columns, col)
	}
	wanted := v.picks(l, kind)
	for rec := range v.src.Register.Of(kind.ID) {
		if !v.within(l, rec, kind, p) || !wanted(rec) {
			continue
		}
		if r := v.reader(rec); l.Each == "" || rec.Broken || rec.Kind == nil {
			t.Rows = append(t.Rows, v.layoutRow(r, columns, "", yamldoc.Object{}))
		} else {
			for _, item := range rec.Items(l.Each) {
				t.Rows = append(t.Rows, v.layoutRow(r, columns, l.Each, item))
			}
		}
	}
	return t
}

// layoutColumns are the layout's columns, or the kind's; those of contacts are added
// where the paper carries them.
func (v *View) layoutColumns(l *Layout, kind *schema.Kind) []LayoutColumn {
	columns := slices.Clone(l.Columns)
	if len(columns) == 0 {
		for _, c := range registerColumns(kind) {
			columns = append(columns, LayoutColumn{Column: c})
		}
	}
	plain := make([]schema.Column, len(columns))
	for i, c := range columns {
		plain[i] = c.Column
	}
	for _, c := range v.withContacts(kind, plain)[len(plain):] {
		columns = append(columns, LayoutColumn{Column: c})
	}
	return columns
}

// within tells whether a record belongs to the period of a paper.
func (v *View) within(l *Layout, rec *record.Record, kind *schema.Kind, p calendar.Period) bool {
	if q, err := calendar.ParsePeriod(rec.Text(l.Dated)); l.Dated != "" && err == nil {
		return p == (calendar.Period{}) || p.In(v.zone).Contains(q.In(v.zone).Start)
	}
	if at, known := rec.Moment(l.Dated, v.zone); l.Dated != "" && known {
		return p == (calendar.Period{}) || p.In(v.zone).Contains(at)
	}
	return v.inPeriod(rec, kind, p)
}

// inPeriod tells whether a record's date lies in p. A record without a date is in
// every period, so that it is not lost.
func (v *View) inPeriod(rec *record.Record, kind *schema.Kind, p calendar.Period) bool {
	if p == (calendar.Period{}) || kind.Date == "" {
		return true
	}
	at, known := rec.Moment(kind.Date, v.zone)
	return !known || p.In(v.zone).Contains(at)
}

// layoutRow is the row of a record, or of an item of its list each.
func (v *View) layoutRow(r *reader, columns []LayoutColumn, each string, item yamldoc.Object) Row {
	row := Row{ID: r.rec.ID, Cells: make([]Cell, len(columns))}
	for i, c := range columns {
		member, ofItem := strings.CutPrefix(c.Name, each+".")
		if ofItem && each != "" {
			row.Cells[i] = r.itemCell(each, member, item)
		} else {
			row.Cells[i] = v.layoutCell(r, c)
		}
		if c.Day {
			row.Cells[i].Text, _, _ = strings.Cut(row.Cells[i].Text, " ")
		}
	}
	return row
}

func (v *View) layoutCell(r *reader, c LayoutColumn) Cell {
	if r.rec.Broken || r.rec.Kind == nil {
		return v.registerCell(r, c.Name)
	}
	f, _ := r.rec.Kind.Field(c.Name)
	if len(c.Items) == 0 {
		return counted(v.registerCell(r, c.Name), f, c)
	}
	items := r.rec.Items(c.Name)
	if v.src.Policy.TreatClass(f.Class) > redact.Masked || len(items) == 0 {
		return v.registerCell(r, c.Name)
	}
	return Cell{Text: r.v.spelledItems(f, items, c.Items), Sort: strconv.Itoa(len(items))}
}

// counted is a list's cell without the word after the number, where the column is one
// of numbers: its title says what is counted.
func counted(cell Cell, f schema.Field, c LayoutColumn) Cell {
	if f.List && c.Align == string(Right) && cell.Sort != "" {
		cell.Text = cell.Sort
	}
	return cell
}

// spelledItems says the items of a list by some of their members, one below the other.
func (v *View) spelledItems(f schema.Field, items []yamldoc.Object, members []string) string {
	t := Table{Rows: make([]Row, len(items))}
	inside := v.inside(f)
	for i, item := range items {
		for _, name := range members {
			if at := slices.IndexFunc(inside, func(m schema.Field) bool { return m.Name == name }); at >= 0 {
				t.Rows[i].Cells = append(t.Rows[i].Cells, Cell{Text: v.spelled(v.value(inside[at], item.Plain(name)))})
			}
		}
	}
	return v.spelledRows(&t)
}

// itemCell is a member of an item as a cell of its row.
func (r *reader) itemCell(list, member string, item yamldoc.Object) Cell {
	f, _ := r.rec.Kind.Field(list)
	inside := r.v.inside(f)
	at := slices.IndexFunc(inside, func(m schema.Field) bool { return m.Name == member })
	if at < 0 || r.v.src.Policy.TreatClass(f.Class) > redact.Masked {
		return Cell{}
	}
	m := inside[at]
	c := r.v.joined(r.v.value(m, item.Plain(member)))
	if yesOrNo(m) {
		c.Tone = map[string]Tone{"yes": Good, "no": Bad}[item.Text(member)]
	}
	return c
}

// yesOrNo tells whether a choice is one of yes and no, perhaps neither.
func yesOrNo(f schema.Field) bool {
	has := func(value string) bool {
		return slices.ContainsFunc(f.Options, func(o schema.Option) bool { return o.Value == value })
	}
	return has("yes") && has("no")
}
