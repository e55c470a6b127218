// Package obligation tells what the process owes and when: the monthly report,
// the half-yearly survey, the yearly review of each customer, and what single
// records owe, such as an action, a follow-up, the renewal of a contract or the
// end of a retention. What is owed stands in records of the system kind
// obligation; what was done stands in the records that they name as evidence, and
// its proof in the history. A period in which nothing was done is a dated gap
// (domain.md §1.1, §9.4, E15 to E17, E20).
package obligation

import (
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
	ID      string
	Title   locale.Text
	Owner   string         // role that answers for it
	Cadence calendar.Grain // "" for what records owe themselves
	Report  string         // id of the report that it delivers, "" for none
	Counted bool           // in the share of obligations met in time (K21)
	Warn    calendar.Limit // how long before it is due it counts as coming
	rule    rule
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

// Duty is one thing owed: by a definition, for a period or by a record.
type Duty struct {
	Definition  *Definition
	Period      calendar.Period // zero for what a record owes
	Record      string          // the customer, the plan, the contract; "" where the company owes it
	Item        string          // id of the item in the record, "" for the record itself
	Owner       string          // person id, "" where only the role is known
	Title       locale.Text     // of the item, or of the record; zero where there is neither
	Due         time.Time       // an event at it is in time
	Provisional bool            // the calendar of a year it needs is not published
	Done        time.Time       // as declared; zero where it is not done
	Evidence    string          // id of the record that did it, "" where none did
	Merged      time.Time       // when the proof reached the mainline; zero without history
	Commit      gitrepo.Hash    // the mainline commit that did it, "" without history
	State       State
}

// Request is what duties are worked out from.
type Request struct {
	Register *record.Register
	History  *history.History // nil: no proof is given
	Calendar *calendar.Calendar
	AsOf     time.Time
	// Until bounds what lies ahead; zero is one year after AsOf.
	Until time.Time
}

// Definitions compiles the register's obligations in force, in the order of ids.
// Findings say which cannot be used and why.
func Definitions(reg *record.Register) ([]*Definition, finding.List) { return nil, nil }

// Duties lists what is owed up to Until, by due time, then definition, record and
// item. Every period since the obligation began is listed, done or not.
func Duties(req Request, definitions []*Definition) []Duty { return nil }

type rule interface{}
