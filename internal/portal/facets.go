package portal

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Facet is one thing by which the rows of a register are chosen, with its values.
// A row says in Picks which of them it has.
type Facet struct {
	Key     string // in the address: f.<key>; also that of the column it speaks of, where there is one
	Title   string
	Ranked  bool // its values stand in an order of their own, which is also the column's
	Options []FacetOption
}

// FacetOption is one value of a facet.
type FacetOption struct {
	Key   string // in the address, the same in every language; [noOption] for rows without a value
	Text  string
	Tone  Tone
	Count int // of rows
}

// noOption is the key of the option for rows without a value.
const noOption = "-"

// choice is one value that a row has, before it is known which values there are.
type choice struct {
	key, text string
	tone      Tone
	rank      int
}

// facetReader gathers the values of one facet row by row.
type facetReader struct {
	name    string
	facet   Facet
	limited bool // dropped where nearly every row has a value of its own
	byText  bool // options in the order of the language, not of their ranks
	found   map[string]*choice
	count   map[string]int
	rows    [][]string // keys of each row
}

// facets fills Picks of the rows of a kind's register, each with its reader, and
// gives the facets that tell rows apart. What the edition hides is
// none.
func (v *View) facets(kind *schema.Kind, rows []Row, known []*reader) []Facet {
	var readers []*facetReader
	for _, name := range kind.RegisterFacets() {
		if v.hidesName(kind, name) {
			continue
		}
		readers = append(readers, &facetReader{
			name: name, limited: len(kind.Facets) == 0, found: map[string]*choice{}, count: map[string]int{},
			facet: Facet{Key: name, Title: v.facetTitle(kind, name), Ranked: ranked(kind, name)}, byText: refers(kind, name),
		})
	}
	for i := range rows {
		// What is hidden is no facet, so that the reader need not know it.
		r := known[i]
		if r.v != v {
			r = &reader{v: v, rec: r.rec}
		}
		for _, f := range readers {
			f.take(r.choices(f.name))
		}
	}
	return finishFacets(v, rows, readers...)
}

// finishFacets keeps the facets that tell rows apart and fills Picks.
func finishFacets(v *View, rows []Row, readers ...*facetReader) []Facet {
	var list []Facet
	for _, f := range readers {
		if !f.tells() {
			continue
		}
		at := f.finish(v)
		for i := range rows {
			rows[i].Picks = append(rows[i].Picks, indexes(f.rows[i], at))
		}
		list = append(list, f.facet)
	}
	return list
}

func (f *facetReader) take(list []choice) {
	var keys []string
	for _, c := range list {
		if slices.Contains(keys, c.key) {
			continue
		}
		if f.found[c.key] == nil {
			f.found[c.key] = &c
		}
		f.count[c.key]++
		keys = append(keys, c.key)
	}
	if len(keys) == 0 {
		f.count[noOption]++
		keys = []string{noOption}
	}
	f.rows = append(f.rows, keys)
}

// fewOptions is how many values a facet may have whatever the rows are.
const fewOptions = 8

// tells tells whether the facet chooses: it has two values, and of those that
// nobody asked for not one for every other row.
func (f *facetReader) tells() bool {
	return len(f.count) > 1 && !(f.limited && len(f.count) > fewOptions && 2*len(f.count) > len(f.rows))
}

// finish puts the options in order and says where each key stands.
func (f *facetReader) finish(v *View) map[string]int {
	var list []choice
	for _, c := range f.found {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b choice) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return strings.Compare(a.key, b.key)
	})
	if f.byText {
		locale.SortBy(v.Lang(), list, func(c choice) string { return c.text })
	}
	if f.count[noOption] > 0 {
		list = append(list, choice{key: noOption, text: v.p.Say("portal.facet-none"), tone: Muted})
	}
	at := make(map[string]int, len(list))
	for i, c := range list {
		at[c.key] = i
		f.facet.Options = append(f.facet.Options, FacetOption{Key: c.key, Text: c.text, Tone: c.tone, Count: f.count[c.key]})
	}
	return at
}

func indexes(keys []string, at map[string]int) []int {
	list := make([]int, len(keys))
	for i, k := range keys {
		list[i] = at[k]
	}
	return list
}

// hidesName tells whether the edition hides the field that a name stands for, or
// what encloses it.
func (v *View) hidesName(kind *schema.Kind, name string) bool {
	path := ""
	for part := range strings.SplitSeq(name, ".") {
		path = strings.TrimPrefix(path+"."+part, ".")
		if f, ok := kind.Field(path); ok && v.hides(f.Class) {
			return true
		}
	}
	return false
}

// refers tells whether the values of a name are records.
func refers(kind *schema.Kind, name string) bool {
	if f, ok := kind.Field(name); ok {
		return f.Type == schema.RefField
	}
	d, ok := kind.DerivedName(name)
	return ok && d.Actor
}

// ranked tells whether the values of a name have an order of their own that its
// column follows; of times a facet has only the years.
func ranked(kind *schema.Kind, name string) bool {
	t := columnType(kind, name)
	return !refers(kind, name) && t != DateColumn && t != TimeColumn
}

// facetTitle is the title of the name's column or of the name. A time says that it
// counts by years.
func (v *View) facetTitle(kind *schema.Kind, name string) string {
	i := slices.IndexFunc(kind.Columns, func(c schema.Column) bool { return c.Name == name })
	c := schema.Column{Name: name}
	if i >= 0 {
		c = kind.Columns[i]
	}
	title := v.columnTitle(kind, c)
	switch {
	case columnType(kind, name) != DateColumn && columnType(kind, name) != TimeColumn:
		return title
	case name == kind.Date:
		return v.p.Say("portal.facet-year")
	}
	return v.p.Say("portal.facet-year-of", locale.A("name", title))
}

// choices are the values of a name in the record; of a broken record only its
// state, which is that it is broken.
func (r *reader) choices(name string) []choice {
	switch {
	case r.rec == nil || r.rec.Kind == nil:
		return nil
	case r.rec.Broken && name == record.StatusField:
		return []choice{{key: "!", text: r.v.p.Say("portal.broken"), tone: Bad, rank: len(r.rec.Kind.States)}}
	case r.rec.Broken:
		return nil
	case name == record.StatusField:
		return r.v.stateChoice(r.rec)
	case strings.HasSuffix(name, schema.MetSuffix):
		return metChoice(r.met(strings.TrimSuffix(name, schema.MetSuffix)))
	}
	if t := columnType(r.rec.Kind, name); t == DateColumn || t == TimeColumn {
		return yearChoices(r.named(name))
	}
	if f, ok := r.rec.Kind.Field(name); ok {
		return r.v.fieldChoices(r.rec, f, name)
	}
	if d, ok := r.rec.Kind.DerivedName(name); ok && d.Actor {
		if t, ok := record.Entry(r.rec.Kind, d, record.InTime(r.rec.Transitions())); ok && t.By != "" {
			return []choice{r.v.refChoice(t.By)}
		}
	}
	return nil
}

func (v *View) stateChoice(rec *record.Record) []choice {
	if rec.Status() == "" {
		return nil
	}
	c := v.stateCell(rec)
	rank := slices.IndexFunc(rec.Kind.States, func(s schema.State) bool { return s.ID == rec.Status() })
	if rank < 0 {
		rank = len(rec.Kind.States)
	}
	return []choice{{key: rec.Status(), text: v.mask(c.Text), tone: c.Tone, rank: rank}}
}

// metChoice is whether a limit was kept: yes, no, not due yet.
func metChoice(c Cell) []choice {
	switch c.Tone {
	case Good:
		return []choice{{key: "yes", text: c.Text, tone: c.Tone, rank: 0}}
	case Bad:
		return []choice{{key: "no", text: c.Text, tone: c.Tone, rank: 1}}
	case Muted:
		return []choice{{key: "running", text: c.Text, tone: c.Tone, rank: 2}}
	}
	return nil
}

// yearChoices are the years of times, the latest first.
func yearChoices(val Value) []choice {
	var list []choice
	for _, c := range val.Cells {
		if len(c.Text) < 5 || c.Text[4] != '-' {
			continue
		}
		if year, err := strconv.Atoi(c.Text[:4]); err == nil {
			list = append(list, choice{key: c.Text[:4], text: c.Text[:4], rank: -year})
		}
	}
	return list
}

func (v *View) fieldChoices(rec *record.Record, f schema.Field, name string) []choice {
	var list []choice
	for _, plain := range plainAt(rec.Object.Plain, name) {
		c := choice{text: v.scalar(f, plain).Text}
		switch x := plain.(type) {
		case string:
			if f.Type == schema.RefField {
				list = append(list, v.refChoice(x))
				continue
			}
			c.key = v.mask(x)
			if c.rank = slices.IndexFunc(f.Options, func(o schema.Option) bool { return o.Value == x }); c.rank < 0 {
				c.rank = len(f.Options)
			}
		case bool:
			c.key, c.rank = "no", 1
			if x {
				c.key, c.rank = "yes", 0
			}
		default:
			c.key = c.text
			c.rank, _ = strconv.Atoi(c.text)
		}
		if c.key != "" {
			list = append(list, c)
		}
	}
	return list
}

// plainAt gathers the single values at a dotted path, through lists.
func plainAt(get func(string) any, path string) []any {
	head, rest, deeper := strings.Cut(path, ".")
	var list []any
	var add func(plain any)
	add = func(plain any) {
		switch x := plain.(type) {
		case nil:
		case []any:
			for _, item := range x {
				add(item)
			}
		case map[string]any:
			if deeper {
				list = append(list, plainAt(func(key string) any { return x[key] }, rest)...)
			}
		default:
			if !deeper {
				list = append(list, x)
			}
		}
	}
	add(get(head))
	return list
}

// refChoice is a record that others name: number and title of what has a life of
// its own, the title of what has none.
func (v *View) refChoice(id string) choice {
	return choice{key: v.mask(id), text: v.refCell(id, withID).Text}
}
