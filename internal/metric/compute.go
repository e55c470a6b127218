package metric

import (
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
)

// Definition is one KPI, from a record of the system kind kpi. It is compiled:
// filters are typed against the kind that is measured.
type Definition struct {
	ID      string
	Version int
	Title   locale.Text
	Formula locale.Text
	Cadence calendar.Grain
	Unit    Unit
	Digits  int // decimals in print
	Targets []Target
	// what is measured stands in unexported fields
}

// Inputs is what every computation reads.
type Inputs struct {
	Register *record.Register
	History  *history.History // nil: only the declared basis can be computed
	Calendar *calendar.Calendar
	Commit   gitrepo.Hash
	AsOf     time.Time
}

// Definitions compiles the register's KPI records, in the order of ids.
// Findings say which definition cannot be used and why.
func Definitions(reg *record.Register) ([]*Definition, finding.List) { panic("metric") }

// Compute works out one KPI for one period on one basis.
func (d *Definition) Compute(in *Inputs, p calendar.Period, b Basis) Result { panic("metric") }

// Bases lists the bases on which the KPI has a meaning, the headline first.
func (d *Definition) Bases() []Basis { panic("metric") }

// Balance is the backlog identity of one kind in one period (domain.md §0.21):
// open at the start + registered + reopened − closed = open at the end.
type Balance struct {
	Basis                                             Basis // Declared or Merged ("recorded")
	Start, Registered, Reopened, Closed, Deleted, End int
}

// Closes tells whether the identity holds.
func (b Balance) Closes() bool { panic("metric") }

// Backlog counts both bases.
func Backlog(in *Inputs, kind string, p calendar.Period) []Balance { panic("metric") }
