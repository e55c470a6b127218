package record

import (
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/schema"
)

// Others finds the records that lookups of kind files name, and gives what they
// take of them. It remembers both, so use one for all records of a snapshot at
// one moment. It is not safe for concurrent use.
type Others struct {
	register *Register
	calendar *calendar.Calendar
	asOf     time.Time
	alike    map[alikeKey]map[string][]*Record
	taken    map[takenKey]map[string]any
	grouped  map[groupKey]*group
}

type alikeKey struct{ kind, field string }

// groupKey names the rows of all records that hold a value, as a lookup takes them.
type groupKey struct{ kind, lookup, value string }

type takenKey struct{ kind, lookup, id string }

// NewOthers looks at the register as it stands. Steps declared at or after asOf
// are not known to derived names, and clocks run to it.
func NewOthers(reg *Register, cal *calendar.Calendar, asOf time.Time) *Others {
	return &Others{
		register: reg, calendar: cal, asOf: asOf,
		alike: map[alikeKey]map[string][]*Record{}, taken: map[takenKey]map[string]any{},
		grouped: map[groupKey]*group{},
	}
}

// Records lists the records that a lookup of rec's kind finds, each once, in the
// order of their ids.
func (o *Others) Records(rec *Record, l schema.Lookup) []*Record {
	if o == nil {
		return nil
	}
	if l.Match != "" || l.All {
		return o.matching(rec, l)
	}
	var found []*Record
	add := func(id string) {
		if to := o.register.Get(id); to != nil && to.Kind != nil && to.Kind.ID == l.Kind && !to.Broken && !slices.Contains(found, to) {
			found = append(found, to)
		}
	}
	from := o.register.From(rec.ID)
	if rec != o.register.Get(rec.ID) {
		from = rec.refs // a version that is not in the register yet
	}
	for _, ref := range from {
		if l.From != "" && ref.Field == l.From && (l.Rel == "" || ref.Rel == l.Rel) {
			add(ref.To)
		}
	}
	for _, ref := range o.register.To(rec.ID) {
		if l.Back != "" && ref.Field == l.Back && (l.Rel == "" || ref.Rel == l.Rel) {
			add(ref.From)
		}
	}
	slices.SortFunc(found, func(a, b *Record) int { return strings.Compare(a.ID, b.ID) })
	return found
}

// matching lists the records of a kind that hold the same value in a field; all
// of them hold the same where no field is named.
func (o *Others) matching(rec *Record, l schema.Lookup) []*Record {
	same, from, to := o.same(rec, l)
	return slices.Concat(same[:from], same[to:])
}

// same lists the records that hold rec's value in a field, in the order of their
// ids, and where among them stand rec itself and versions of it.
func (o *Others) same(rec *Record, l schema.Lookup) (records []*Record, from, to int) {
	key := alikeKey{l.Kind, l.Match}
	index, ok := o.alike[key]
	if !ok {
		index = map[string][]*Record{}
		for other := range o.register.Of(l.Kind) {
			if other.Kind == nil || other.Broken {
				continue
			}
			if value := other.Text(l.Match); value != "" || l.All {
				index[value] = append(index[value], other)
			}
		}
		o.alike[key] = index
	}
	records = index[rec.Text(l.Match)]
	from, _ = slices.BinarySearchFunc(records, rec.ID, func(r *Record, id string) int { return strings.Compare(r.ID, id) })
	for to = from; to < len(records) && records[to].ID == rec.ID; to++ {
	}
	return records, from, to
}

// group is what a lookup takes of all records that share a value, and the same
// without the record that asked last.
type group struct {
	rows, rest []map[string]any
	left       int // which of the rows the rest leaves out
}

// without is the rows but for one, in a list that the next call changes: whoever asks
// one after the other moves few of them, where copies would grow with the square.
func (g *group) without(at int) []map[string]any {
	if g.rest == nil {
		g.rest, g.left = slices.Clone(g.rows[1:]), 0
	}
	if at > g.left {
		copy(g.rest[g.left:at], g.rows[g.left:at])
	} else {
		copy(g.rest[at:g.left], g.rows[at+1:g.left+1])
	}
	g.left = at
	return g.rest
}

// rows are the lookup's records as its types describe them. Passing lists hold until
// the next record asks.
func (o *Others) rows(rec *Record, l schema.Lookup, passing bool) []map[string]any {
	if o == nil {
		return []map[string]any{}
	}
	if l.Match == "" && !l.All {
		return o.each(rec, l, o.Records(rec, l))
	}
	// Many records share a value: what is taken of all of them is listed once.
	same, from, to := o.same(rec, l)
	key := groupKey{rec.Kind.ID, l.Name, rec.Text(l.Match)}
	g, ok := o.grouped[key]
	if !ok {
		g = &group{rows: o.each(rec, l, same)}
		o.grouped[key] = g
	}
	switch {
	case !passing || to > from+1:
		return slices.Concat(g.rows[:from], g.rows[to:])
	case to == from:
		return slices.Clip(g.rows)
	}
	return g.without(from)
}

// each takes what a lookup wants of records, of each one once.
func (o *Others) each(rec *Record, l schema.Lookup, records []*Record) []map[string]any {
	rows := make([]map[string]any, len(records))
	for i, other := range records {
		key := takenKey{rec.Kind.ID, l.Name, other.ID}
		row, ok := o.taken[key]
		if !ok {
			row = o.take(other, l)
			o.taken[key] = row
		}
		rows[i] = row
	}
	return rows
}

func (o *Others) take(other *Record, l schema.Lookup) map[string]any {
	vars := make(expr.Vars, len(l.Take)+1)
	other.Fill(vars, l.Take, Facts{Zone: o.calendar.Zone(), AsOf: o.asOf, Due: func(limit schema.TimeLimit) time.Time {
		d, _ := other.Deadline(limit, o.calendar, nil, o.asOf)
		return d.Due
	}})
	delete(vars, AsOfName)
	return vars
}
