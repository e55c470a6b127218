package portal

import (
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// RegisterTable is the register of one kind: the columns its kind file names,
// one row for each record present, in the order of ids. Screen and print draw
// the same table; the running number is the printer's. References are said by
// their label, times in the organisation's zone, empty cells are empty.
func (v *View) RegisterTable(kind *schema.Kind) Table {
	t, _ := v.readRegister(kind)
	return t
}

// readRegister makes the register with the readers of its rows, which know what they
// worked out.
func (v *View) readRegister(kind *schema.Kind) (Table, []*reader) {
	t := Table{ID: kind.PrintID, Title: v.registerTitle(kind), Empty: v.p.Say("portal.no-records")}
	if t.ID == "" {
		t.ID = kind.ID
	}
	columns := v.withContacts(kind, registerColumns(kind))
	for _, c := range columns {
		t.Columns = append(t.Columns, v.column(kind, c))
	}
	t.Rows = make([]Row, 0, v.src.Register.Count(kind.ID))
	readers := make([]*reader, 0, cap(t.Rows))
	for rec := range v.src.Register.Of(kind.ID) {
		r := v.reader(rec)
		t.Rows, readers = append(t.Rows, v.registerRow(r, columns)), append(readers, r)
	}
	return t, readers
}

func (v *View) registerTitle(kind *schema.Kind) string {
	if kind.Register.IsZero() {
		return v.p.Text(kind.Title)
	}
	return v.p.Text(kind.Register)
}

// registerColumns falls back on number, label and state for a kind without
// columns.
func registerColumns(kind *schema.Kind) []schema.Column {
	if len(kind.Columns) > 0 {
		return kind.Columns
	}
	return []schema.Column{
		{Name: record.IDField, Width: 1, Screen: true},
		{Name: record.TitleField, Width: 3, Screen: true},
		{Name: record.StatusField, Width: 1, Screen: true},
	}
}

func (v *View) column(kind *schema.Kind, c schema.Column) Column {
	col := Column{Key: c.Name, Title: v.columnTitle(kind, c), Align: Align(c.Align), Weight: c.Width, Screen: c.Screen, Type: columnType(kind, c.Name)}
	f, _ := kind.Field(c.Name)
	if col.Align == "" {
		col.Align = alignOf(f)
	}
	col.Help = v.p.Text(f.Help)
	return col
}

func (v *View) columnTitle(kind *schema.Kind, c schema.Column) string {
	if !c.Title.IsZero() {
		return v.p.Text(c.Title)
	}
	if id, ok := strings.CutPrefix(c.Name, "kpi."); ok && v.byKPI[id] != nil {
		return v.p.Text(v.byKPI[id].Title)
	}
	if limit, ok := strings.CutSuffix(c.Name, ".met"); ok {
		return v.p.Say("portal.met-of", locale.T("limit", v.nameTitle(kind, limit)))
	}
	return v.p.Text(v.nameTitle(kind, c.Name))
}

func (v *View) nameTitle(kind *schema.Kind, name string) locale.Text {
	if t := kind.NameTitle(name); !t.IsZero() {
		return t
	}
	return locale.Plain(name)
}

func (v *View) registerRow(r *reader, columns []schema.Column) Row {
	row := Row{ID: r.rec.ID, Cells: make([]Cell, len(columns))}
	for i, c := range columns {
		row.Cells[i] = v.registerCell(r, c.Name)
	}
	return row
}

func (v *View) registerCell(r *reader, name string) Cell {
	switch {
	case name == record.IDField:
		return Cell{Text: r.rec.ID, Link: linkTo(r.rec), Mark: v.Mark(r.rec.ID)}
	case r.rec.Broken && name == record.StatusField:
		return Cell{Text: v.p.Say("portal.broken"), Tone: Bad}
	case r.rec.Broken || r.rec.Kind == nil:
		return Cell{}
	}
	return v.shorten(r, v.inLanguage(r, name))
}

// inLanguage is the field that says in English what another says in Chinese, as
// title_en does of title, on English pages where the record has it.
func (v *View) inLanguage(r *reader, name string) string {
	f, own := r.rec.Kind.Field(name)
	english, ok := r.rec.Kind.Field(name + "_en")
	if v.p.Lang() != locale.English || !own || !ok || v.hides(f.Class) || v.hides(english.Class) || r.rec.Text(english.Name) == "" {
		return name
	}
	return english.Name
}

// shorten says references to records with numbers of their own by the number
// alone, so that a register stays narrow.
func (v *View) shorten(r *reader, name string) Cell {
	f, ok := r.rec.Kind.Field(name)
	if !ok || f.Type != schema.RefField || strings.Contains(name, ".") || v.hides(f.Class) {
		return v.joined(r.named(name))
	}
	var val Value
	for _, id := range r.rec.Texts(name) {
		val.Cells = append(val.Cells, v.refCell(id, shortName))
	}
	return v.joined(val)
}
