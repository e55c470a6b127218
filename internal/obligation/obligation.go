// Package obligation tells what the process owes and when: the monthly report,
// the half-yearly survey, the yearly review of each customer, and what single
// records owe, such as an action, a follow-up, the renewal of a contract or the
// end of a retention. What is owed stands in records of the system kind
// obligation; what was done stands in the records that they name as evidence, and
// its proof in the history. A period in which nothing was done is a dated gap
// (domain.md §1.1, §9.4, E15 to E17, E20).
package obligation

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
)

// Definition is one obligation, from a record of the system kind obligation. It
// is compiled: conditions are typed against the kinds that they read.
type Definition struct {
	ID       string
	Title    locale.Text
	Owner    string         // role that answers for it
	Person   string         // id of the person who answers, "" where only the role is known
	Cadence  calendar.Grain // "" for what records owe themselves
	Report   string         // id of the report that it delivers, "" for none
	Clauses  []string       // ids of the clauses that ask for it
	Counted  bool           // in the share of obligations met in time (K21)
	Warn     calendar.Limit // how long before it is due it counts as coming
	Position finding.Position
	// From and Until bound what is owed: periods that end in them, and what records
	// owe by a day in them or, where it still is not done, before them. The zero
	// Until is no end.
	From, Until calendar.Day
	rule        rule
	record      *record.Record // that defines it
}

// rule works out what one sort of obligation asks for.
type rule interface {
	duties(in *inputs, d *Definition) []Duty
}

// State is how an obligation stands at the moment of judgement.
type State string

// The states.
const (
	Later   State = "later"   // not due for longer than Warn
	Coming  State = "coming"  // due within Warn
	Overdue State = "overdue" // due, and not done
	Done    State = "done"    // done in time
	Late    State = "late"    // done after it was due
	// Missed is a period that ended without it, when the next one is due, too: it
	// will not be made good and stays as a dated gap.
	Missed State = "missed"
)

// Met tells whether it was done, in time or late.
func (s State) Met() bool { return s == Done || s == Late }

// Duty is one thing owed: by a definition, for a period or by a record.
type Duty struct {
	Definition  *Definition
	Period      calendar.Period // zero for what a record owes
	Record      string          // the customer, the plan, the contract; "" where the company owes it
	Item        string          // id of the item in the record, "" for the record itself
	Owner       string          // person id, "" where only the role is known
	Title       locale.Text     // of the item, or of the record; zero where there is neither
	Due         time.Time       // an event at it is in time
	Original    time.Time       // the due time before it was moved; zero where it was not
	Provisional bool            // the calendar of a year it needs is not published
	Done        time.Time       // as declared; zero where it is not done
	Evidence    string          // id of the record that did it, "" where none did
	Submitted   time.Time       // when the proof was committed; zero without history
	Merged      time.Time       // when the proof reached the mainline; zero without history
	Commit      gitrepo.Hash    // the mainline commit that did it, "" without history
	State       State
}

// Days counts the local days from asOf until the duty is due, negative when it is
// over; for what was done, from the day it was done.
func (d *Duty) Days(asOf time.Time) int {
	from := asOf
	if !d.Done.IsZero() {
		from = d.Done
	}
	return calendar.DayOf(from.In(d.Due.Location())).Until(calendar.DayOf(d.Due))
}

// Request is what duties are worked out from.
type Request struct {
	Register *record.Register
	History  *history.History // nil: no proof is given
	Calendar *calendar.Calendar
	AsOf     time.Time
	// Until bounds what lies ahead; zero is one year after AsOf.
	Until time.Time
	// Memory spares what was worked out before of the same records; nil for none.
	// The duties are the same.
	Memory *Memory
}

// Definitions compiles the register's obligations in force, in the order of ids.
// Findings say which cannot be used and why, and which begin before any record.
func Definitions(reg *record.Register) ([]*Definition, finding.List) {
	var list []*Definition
	var found finding.List
	first := sync.OnceValue(func() calendar.Day { return firstDay(reg) })
	for rec := range reg.Of(record.ObligationKind) {
		if !inForce(rec) {
			continue
		}
		b := &builder{reg: reg, rec: rec, first: first}
		d := b.definition()
		found = append(found, b.found...)
		if d != nil && b.found.Count(finding.Error) == 0 {
			list = append(list, d)
		}
	}
	return list, found
}

// Duties lists what is owed up to Until, by due time, then definition, record and
// item. Every period since the obligation began is listed, done or not, for at
// most fifty years before AsOf. Steps declared, and commits merged, at or after
// AsOf are not known, and what is due at AsOf is not overdue (domain.md §0.18).
func Duties(req Request, definitions []*Definition) []Duty {
	list, _ := Judge(req, definitions)
	return list
}

// Judge is [Duties] with findings of what shows only in the records that an
// obligation reads: conditions that have no result, and more periods than are
// listed.
func Judge(req Request, definitions []*Definition) ([]Duty, finding.List) {
	if req.Until.IsZero() {
		req.Until = req.AsOf.AddDate(1, 0, 0)
	}
	var found finding.List
	var owed []*Duty
	for _, u := range unroll(req, definitions) {
		for i := range u.list {
			if d := &u.list[i]; !d.Due.After(req.Until) && d.asked() {
				owed = append(owed, d)
			}
		}
		found = append(found, u.found...)
	}
	slices.SortStableFunc(owed, compare)
	list := make([]Duty, len(owed))
	for i, d := range owed {
		list[i] = *d
	}
	return list, found
}

// most bounds the past periods that are listed of all obligations together which
// every record of a kind owes, each an equal share.
const most = 400_000

// many is how many records a kind has whose obligations share the bound: those of
// fewer stay far below it.
const many = 100

// repeated counts the obligations that every record of a large kind owes.
func repeated(reg *record.Register, definitions []*Definition) int {
	n := 0
	for _, d := range definitions {
		if r, ok := d.rule.(periodic); ok && r.each != nil && len(slices.Collect(reg.Of(r.each.kind.ID))) > many {
			n++
		}
	}
	return n
}

// asked tells whether the obligation was in force for what a record owes.
func (d *Duty) asked() bool {
	if d.Period.Grain != "" {
		return true
	}
	day, def := calendar.DayOf(d.Due), d.Definition
	return (d.Done.IsZero() || day.Compare(def.From) >= 0) && (def.Until == calendar.Day{} || day.Compare(def.Until) <= 0)
}

func compare(a, b *Duty) int {
	if c := a.Due.Compare(b.Due); c != 0 {
		return c
	}
	if c := cmp.Or(cmp.Compare(a.Definition.ID, b.Definition.ID), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Item, b.Item)); c != 0 {
		return c
	}
	return cmp.Compare(a.Period.String(), b.Period.String())
}

// judge sets the state. Next is when the next period is due, zero for none.
func (d *Duty) judge(in *inputs, next time.Time) {
	switch {
	case !d.Done.IsZero() && d.Done.After(d.Due):
		d.State = Late
	case !d.Done.IsZero():
		d.State = Done
	case d.Due.Before(in.AsOf) && !next.IsZero() && next.Before(in.AsOf):
		d.State = Missed
	case d.Due.Before(in.AsOf):
		d.State = Overdue
	case !d.Due.After(in.warning(d.Definition)):
		d.State = Coming
	default:
		d.State = Later
	}
}
