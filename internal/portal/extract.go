package portal

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// Extract is records, or what happened to them, for other programs: values with
// their types, as the edition shows them. Package export writes it.
type Extract struct {
	Name    string // stem of the file: complaint
	Title   string
	Columns []ExtractColumn
	Rows    [][]any // as many values as columns; their types are those of [ExtractType]
	Lang    locale.Lang
	Source  ExtractSource
	Facts   []SheetFact // the source in words
	Words   SheetWords
}

// ExtractSource is where an extract comes from.
type ExtractSource struct {
	Organisation string
	Tool         string    // version of kept
	Commit       string    // full id
	Created      time.Time // committer time of the newest commit behind it
	AsOf         time.Time // that judges what is late
	Period       string    // 2026-09; "" for everything
	Edition      string
	Zone         *time.Location // of the organisation; files for people are in it
}

// ExtractColumn is one column, or one member of an object.
type ExtractColumn struct {
	Key     string // letters, digits and underscores; the field's name
	Title   string
	Help    string
	Type    ExtractType
	List    bool // a list of Type
	Members []ExtractColumn
}

// ExtractType is what the values of a column are. A value that is not there is nil, a
// list is []any.
type ExtractType string

// The types of extracts, with the Go type of their values.
const (
	ExtractText    ExtractType = "text"    // string
	ExtractInteger ExtractType = "integer" // int64
	ExtractDecimal ExtractType = "decimal" // string: -12.50, at most 29 digits and 9 decimals
	ExtractFlag    ExtractType = "flag"    // bool
	ExtractDate    ExtractType = "date"    // string: 2026-09-24
	ExtractTime    ExtractType = "time"    // time.Time, UTC
	ExtractObject  ExtractType = "object"  // []any, one for each member
	ExtractJSON    ExtractType = "json"    // what encoding/json writes
)

// RecordExtract is every record of a kind, or those of a period by the kind's date:
// its fields, what is derived from them, its steps with their three times, and who
// changed it when. Broken records have a row.
func (v *View) RecordExtract(kind *schema.Kind, p calendar.Period) *Extract {
	x := extractor{v: v, kind: kind, taken: map[string]bool{}}
	e := &Extract{Name: kind.ID, Title: v.registerTitle(kind), Lang: v.p.Lang(), Words: v.sheetWords()}
	e.Columns = x.columns()
	var ids []string
	for rec := range v.src.Register.Of(kind.ID) {
		if v.inPeriod(rec, kind, p) {
			e.Rows = append(e.Rows, x.row(rec))
			ids = append(ids, rec.ID)
		}
	}
	v.sourced(e, p, v.Stamp(ids))
	return e
}

// sourced says where an extract comes from.
func (v *View) sourced(e *Extract, p calendar.Period, s PrintStamp) {
	e.Source = ExtractSource{
		Organisation: v.p.Text(v.src.Config.Organisation), Tool: v.src.Version, Commit: string(v.src.Commit), Created: s.Created.UTC(),
		AsOf: v.src.AsOf.UTC(), Edition: v.edition(), Zone: v.zone,
	}
	fact := func(key, text string) { e.Facts = append(e.Facts, SheetFact{v.p.Say(key), text}) }
	fact("portal.sheet-title", e.Title)
	fact("portal.sheet-organisation", e.Source.Organisation)
	if p != (calendar.Period{}) {
		e.Source.Period = p.String()
		fact("portal.sheet-period", v.period(p))
	}
	fact("portal.sheet-rows", strconv.Itoa(len(e.Rows)))
	fact("export.edition", e.Source.Edition)
	fact("export.commit", e.Source.Commit)
	fact("portal.sheet-created", v.moment(s.Created))
	fact("portal.sheet-as-of", v.moment(v.src.AsOf))
	fact("portal.sheet-zone", v.zone.String())
	fact("portal.sheet-tool", "kept "+e.Source.Tool)
}

// extractor reads the records of one kind.
type extractor struct {
	v       *View
	kind    *schema.Kind
	taken   map[string]bool
	fields  []schema.Field
	readers []func(*reader) any // of the columns behind the fields
}

// columns lists id, the fields in the order of the schema, derived names, limits, and
// what the history says.
func (x *extractor) columns() []ExtractColumn {
	columns := []ExtractColumn{x.own(record.IDField, ExtractText, x.v.p.Text(x.v.nameTitle(x.kind, record.IDField)), "")}
	for _, f := range x.kind.Fields {
		if f.Name != record.IDField && f.Name != schemaField && f.Name != identities {
			x.fields = append(x.fields, f)
			c := x.v.fieldColumn(f)
			c.Key = x.key(f.Name)
			columns = append(columns, c)
		}
	}
	add := func(c ExtractColumn, read func(*reader) any) {
		columns, x.readers = append(columns, c), append(x.readers, read)
	}
	x.status(add)
	for _, d := range x.kind.Derived {
		x.derived(d, add)
	}
	for _, l := range x.kind.Limits {
		x.limit(l.Name, add)
	}
	x.past(add)
	add(x.typed(), nil)
	return columns
}

// schemaField names the schema of a record, which an extract says by its name.
const schemaField = "schema"

func (x *extractor) own(key string, t ExtractType, title, help string) ExtractColumn {
	return ExtractColumn{Key: x.key(key), Type: t, Title: title, Help: help}
}

// key makes the name of a column that no other has, in letters that every engine
// takes without quotes.
func (x *extractor) key(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, name)
	key := name
	for n := 2; x.taken[strings.ToLower(key)]; n++ {
		key = name + "_" + strconv.Itoa(n)
	}
	x.taken[strings.ToLower(key)] = true
	return key
}

type addColumn func(ExtractColumn, func(*reader) any)

func (x *extractor) status(add addColumn) {
	add(x.own("status_title", ExtractText, x.v.p.Say("export.status"), ""), func(r *reader) any { return textOrNil(r.v.stateCell(r.rec).Text) })
}

func (x *extractor) derived(d schema.Derived, add addColumn) {
	title := x.v.p.Text(x.v.nameTitle(x.kind, d.Name))
	entry := func(r *reader) record.Transition {
		if r.steps == nil {
			r.steps = record.InTime(r.rec.Transitions())
		}
		t, _ := record.Entry(r.rec.Kind, d, r.steps)
		return t
	}
	if d.Actor {
		add(x.own(d.Name, ExtractText, title, ""), func(r *reader) any { return textOrNil(r.v.mask(entry(r).By)) })
		return
	}
	add(x.own(d.Name, ExtractTime, title, ""), func(r *reader) any { return timeOrNil(entry(r).At) })
}

func (x *extractor) limit(name string, add addColumn) {
	title := x.v.p.Text(x.v.nameTitle(x.kind, name))
	add(x.own(name, ExtractTime, title, ""), func(r *reader) any {
		c, _ := r.clock(name)
		return timeOrNil(c.Due)
	})
	add(x.own(name+schema.MetSuffix, ExtractFlag, x.v.p.Say("portal.met-of", locale.T("limit", x.v.nameTitle(x.kind, name))), x.v.p.Say("export.met-help")), func(r *reader) any {
		c, ok := r.clock(name)
		if !ok {
			return nil
		}
		switch c.verdict(r.v.src.AsOf, r.v.running(r.rec)) {
		case kept:
			return true
		case late, overdue:
			return false
		}
		return nil
	})
}

// typed is the column of values that are not what their column holds.
func (x *extractor) typed() ExtractColumn {
	c := x.own("kept_as_typed", ExtractObject, x.v.p.Say("export.typed"), x.v.p.Say("export.typed-help"))
	c.List, c.Members = true, []ExtractColumn{
		{Key: "field", Type: ExtractText, Title: x.v.p.Say("portal.sheet-key")},
		{Key: "text", Type: ExtractText, Title: x.v.p.Say("portal.sheet-text")},
	}
	return c
}

// row is one record. The clocks of a broken one do not run.
func (x *extractor) row(rec *record.Record) []any {
	r := &reader{v: x.v.of(rec.ID), rec: rec}
	cast := &caster{v: r.v}
	row := make([]any, 0, 2+len(x.fields)+len(x.readers))
	row = append(row, r.v.mask(rec.ID))
	for _, f := range x.fields {
		row = append(row, cast.value(f, f.Class, rec.Plain(f.Name)))
	}
	for _, read := range x.readers {
		if read != nil {
			row = append(row, read(r))
		}
	}
	return append(row, listOrNil(cast.odd))
}

// fieldColumn is the column of a field.
func (v *View) fieldColumn(f schema.Field) ExtractColumn {
	c := ExtractColumn{Key: f.Name, Title: v.p.Text(f.Title), Help: v.p.Text(f.Help), Type: extractType(f), List: f.List}
	if c.Title == "" {
		c.Title = f.Name
	}
	if c.Type == ExtractObject {
		x := extractor{taken: map[string]bool{}}
		for _, m := range f.Fields {
			member := v.fieldColumn(m)
			member.Key = x.key(m.Name)
			c.Members = append(c.Members, member)
		}
	}
	return c
}

func extractType(f schema.Field) ExtractType {
	switch f.Type {
	case schema.IntegerField:
		return ExtractInteger
	case schema.DecimalField, schema.NumberField:
		return ExtractDecimal
	case schema.FlagField:
		return ExtractFlag
	case schema.DateField:
		return ExtractDate
	case schema.InstantField:
		return ExtractTime
	case schema.ObjectField:
		if len(f.Fields) == 0 {
			return ExtractJSON
		}
		return ExtractObject
	}
	return ExtractText // of a moment, too: a day is not its first second
}

func textOrNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func timeOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

func listOrNil(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list
}

// omitsField tells whether nothing of a field is told.
func (v *View) omitsField(f schema.Field, class string) bool {
	return v.src.Policy.Omits(class) || f.Name == identities && slices.Contains([]string{redact.Personal, redact.Open}, class)
}
