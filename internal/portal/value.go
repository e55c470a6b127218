package portal

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Field is one labelled value of a record.
type Field struct {
	Name  string // in the YAML file
	Label string
	Help  string
	Value
}

// Value is what a field holds, ready to read: single values, the members of an
// object, or a table of objects. Class rules are already applied.
type Value struct {
	Cells  []Cell
	Long   bool // text of several lines: keep its breaks
	Fields []Field
	Table  *Table
}

// IsZero tells that there is nothing to show.
func (val Value) IsZero() bool {
	return len(val.Cells) == 0 && len(val.Fields) == 0 && val.Table == nil
}

// value reads plain as f says. A value of another type than f's is shown as it
// was typed: the schema has already reported it.
func (v *View) value(f schema.Field, plain any) Value {
	switch {
	case plain == nil || plain == "":
		return Value{}
	case v.src.Policy.Omits(f.Class) || f.Name == identities && f.Class == redact.Personal:
		return Value{Cells: []Cell{v.omitted()}}
	}
	switch x := plain.(type) {
	case []any:
		return v.list(f, x)
	default:
		if o, ok := object(x); ok {
			if text, ok := bilingual(o); ok {
				return Value{Cells: []Cell{v.text(f, v.p.Text(text))}, Long: f.Long}
			}
			return Value{Fields: v.members(v.inside(f), o)}
		}
		return Value{Cells: []Cell{v.scalar(f, x)}, Long: f.Long}
	}
}

func (v *View) list(f schema.Field, items []any) Value {
	var val Value
	var rows []yamldoc.Object
	for _, item := range items {
		if o, ok := object(item); ok {
			rows = append(rows, o)
		} else {
			val.Cells = append(val.Cells, v.scalar(f, item))
		}
	}
	if len(rows) > 0 {
		val.Table = v.itemTable(f, rows)
	}
	return val
}

// itemTable shows a list of objects; columns that no item fills are left out.
func (v *View) itemTable(f schema.Field, rows []yamldoc.Object) *Table {
	t := &Table{ID: f.Name, Title: v.p.Text(f.Title)}
	var used []schema.Field
	for _, m := range v.inside(f) {
		if slices.ContainsFunc(rows, func(o yamldoc.Object) bool { return o.Has(m.Name) }) {
			used = append(used, m)
			t.Columns = append(t.Columns, Column{Key: m.Name, Title: v.label(m), Align: alignOf(m), Screen: true})
		}
	}
	for _, o := range rows {
		row := Row{Cells: make([]Cell, 0, len(used))}
		for _, m := range used {
			row.Cells = append(row.Cells, v.joined(v.value(m, o.Plain(m.Name))))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v *View) members(fields []schema.Field, o yamldoc.Object) []Field {
	var out []Field
	for _, m := range fields {
		if val := v.value(m, o.Plain(m.Name)); !val.IsZero() {
			out = append(out, Field{Name: m.Name, Label: v.label(m), Value: val})
		}
	}
	return out
}

// scalar is one single value as text.
func (v *View) scalar(f schema.Field, plain any) Cell {
	switch x := plain.(type) {
	case nil:
		return Cell{}
	case bool:
		if x {
			return Cell{Text: v.p.Say("portal.yes")}
		}
		return Cell{Text: v.p.Say("portal.no")}
	case json.Number:
		if v.hides(f.Class) {
			return v.text(f, x.String())
		}
		return Cell{Text: x.String()}
	case string:
		return v.text(f, x)
	}
	return Cell{Text: v.p.Say("portal.unreadable"), Tone: Warn}
}

func (v *View) text(f schema.Field, s string) Cell {
	switch {
	case v.hides(f.Class):
		return v.covered(f, s)
	case !v.quotable(f, s):
		return v.omitted()
	case f.Type == schema.RefField:
		return v.refCell(s, withID)
	case f.Type == schema.EnumField:
		return Cell{Text: v.option(f, s)}
	case f.Type == schema.TextField && isHash(s):
		return Cell{Text: gitrepo.Hash(s).Short(), Mono: true}
	case f.Type == schema.TextField && (strings.HasSuffix(s, "_days") || strings.HasSuffix(s, "_hours")):
		return Cell{Text: v.limitWords(s)}
	case f.Type == schema.InstantField || f.Type == schema.MomentField:
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return Cell{Text: v.moment(t)}
		}
	}
	return Cell{Text: v.mask(s)}
}

// covered is a text of a hidden class as the edition shows it.
func (v *View) covered(f schema.Field, s string) Cell {
	switch {
	case v.src.Policy.TreatClass(f.Class) == redact.Coded:
		return v.coded(f, s)
	case v.src.Policy.Omits(f.Class):
		return v.omitted()
	case redact.ItemOf(f.Class) == redact.Contact:
		if c, ok := v.src.Contacts[s]; ok {
			return Cell{Text: v.p.Say("redact.contact", locale.A("name", c.Name), locale.A("phone", c.Phone), locale.A("email", c.Email))}
		}
		return Cell{Text: v.src.Policy.Value(s)}
	}
	return Cell{Text: v.p.Say("redact.text-covered", locale.N("n", utf8.RuneCountInString(s))), Tone: Muted}
}

// inside are the fields of an object with the class of what encloses them.
func (v *View) inside(f schema.Field) []schema.Field {
	if !v.hides(f.Class) {
		return f.Fields
	}
	fields := slices.Clone(f.Fields)
	for i := range fields {
		fields[i].Class = stricter(v.src.Policy, f.Class, fields[i].Class)
	}
	return fields
}

// isHash tells whether a text is a whole commit id.
func isHash(s string) bool {
	return len(s) == 40 && strings.Trim(s, "0123456789abcdef") == ""
}

// limitWords says an amount of time, written as 5 working_days, in words; one with
// a minus lies before an event. Any other text stands as it is.
func (v *View) limitWords(s string) string {
	span, before := strings.CutPrefix(s, "-")
	l, err := calendar.ParseLimit(span)
	if err != nil {
		return v.mask(s)
	}
	if before {
		return v.p.Say("portal.ahead", locale.A("span", v.limitWords(span)))
	}
	n := locale.N("n", l.Amount)
	switch l.Unit {
	case calendar.WorkingDays:
		return v.p.Say("portal.working-days", n)
	case calendar.CalendarDays:
		return v.p.Say("portal.calendar-days", n)
	case calendar.WorkingHours:
		return v.p.Say("portal.working-hours", n)
	}
	return v.p.Say("portal.elapsed-hours", n)
}

func (v *View) option(f schema.Field, value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return v.p.Text(o.Title)
		}
	}
	return v.mask(value)
}

func (v *View) label(f schema.Field) string {
	if f.Title.IsZero() {
		return f.Name
	}
	return v.p.Text(f.Title)
}

// naming says how much of a referenced record is said.
type naming int

const (
	shortName naming = iota // the number of what has a life of its own, else the title
	withID                  // number and title
)

// refCell names another record by its label and leads to its page.
func (v *View) refCell(id string, n naming) Cell {
	rec := v.src.Register.Get(id)
	v.ground.names(id, rec)
	if rec == nil {
		return Cell{Text: id, Tone: Muted}
	}
	c := Cell{Text: v.title(rec), Link: linkTo(rec)}
	switch {
	case !governs(rec.Kind) || c.Text == rec.ID:
	case n == shortName:
		c.Text = rec.ID
	default:
		c.Text = rec.ID + " " + c.Text
	}
	return c
}

// title is a record's label in the view's language, with the class of the
// label's field applied.
func (v *View) title(rec *record.Record) string {
	text := v.p.Text(rec.Title())
	if rec.Kind == nil || text == rec.ID {
		return text
	}
	name := rec.Kind.Label
	if name == "" {
		name = record.TitleField
	}
	f, _ := rec.Kind.Field(name)
	switch {
	case !v.hides(f.Class):
	case redact.ItemOf(f.Class) == redact.Contact:
		return v.src.Policy.Value(text)
	default:
		return rec.ID
	}
	return v.mask(text)
}

// joined puts a value into one cell of a table.
func (v *View) joined(val Value) Cell {
	if len(val.Cells) == 1 && val.Table == nil && len(val.Fields) == 0 {
		return val.Cells[0]
	}
	c := Cell{Text: v.flat(val)}
	if val.Table != nil && len(val.Cells) == 0 && len(val.Fields) == 0 {
		c.Sort = strconv.Itoa(len(val.Table.Rows)) // 3 for 3 items
	}
	return c
}

// flat says a value in one line.
func (v *View) flat(val Value) string {
	var parts []string
	for _, c := range val.Cells {
		parts = append(parts, c.Text)
	}
	for _, f := range val.Fields {
		parts = append(parts, v.p.Say("portal.pair", locale.A("label", f.Label), locale.A("value", v.flat(f.Value))))
	}
	if val.Table != nil {
		parts = append(parts, v.p.Say("portal.items", locale.N("n", len(val.Table.Rows))))
	}
	return strings.Join(parts, v.p.Say("portal.comma"))
}

func alignOf(f schema.Field) Align {
	switch f.Type {
	case schema.IntegerField, schema.DecimalField, schema.NumberField:
		return Right
	}
	return Left
}

// bilingual reads an object that holds nothing but languages.
func bilingual(o yamldoc.Object) (locale.Text, bool) {
	for _, key := range o.Keys() {
		if _, err := locale.ParseLang(key); err != nil {
			return locale.Text{}, false
		}
	}
	text := locale.Text{ZH: o.Text(string(locale.Chinese)), EN: o.Text(string(locale.English))}
	return text, !text.IsZero()
}

// object reads a plain mapping.
func object(plain any) (yamldoc.Object, bool) {
	m, ok := plain.(map[string]any)
	return yamldoc.NewObject(m), ok
}
