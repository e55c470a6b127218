// Package metric computes KPIs: a closed set of measures over records, their
// deadlines and their history, in exact rationals. A result keeps the evidence
// behind it. Nothing here knows a kind's name or prints a number.
package metric

import (
	"math/big"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/locale"
)

// Basis is which of the three times a result judges by.
type Basis string

// The bases (domain.md §0.3).
const (
	Declared  Basis = "declared"
	Submitted Basis = "submitted"
	Merged    Basis = "merged"
)

// Status is the verdict on a result.
type Status string

// The verdicts.
const (
	Met         Status = "met"
	Missed      Status = "missed"
	NoData      Status = "no_data"     // zero denominator
	NoTarget    Status = "no_target"   // information only
	Provisional Status = "provisional" // cohort not mature, or due times in an unpublished year
	TooFew      Status = "too_few"     // sample below 5 (domain.md §0.12)
)

// Evidence is one member of a numerator, a denominator or a list of exclusions.
type Evidence struct {
	Record string       // record id
	Item   string       // id inside the record (an action, a transition "to@at"), or ""
	Reason locale.Text  // why excluded, late or flagged; may be zero
	Due    time.Time    // zero where the measure has none
	Done   time.Time    // zero where not done
	Commit gitrepo.Hash // the mainline commit behind Done, "" where none
}

// Range is a confidence interval in the result's unit.
type Range struct{ Low, High float64 }

// Result is one KPI in one period on one basis.
type Result struct {
	KPI     string
	Version int // of the definition
	Period  calendar.Period
	AsOf    time.Time
	Commit  gitrepo.Hash
	Basis   Basis

	Value *big.Rat // nil where there is none; a percentage is 0…100
	// Ratio is what the value divides where that is no number of members, as
	// hours, or a volume of services; nil where it is.
	Ratio       *Ratio
	Unit        Unit
	Numerator   []Evidence
	Denominator []Evidence // includes the numerator where the measure is a share
	Excluded    []Evidence
	NotYetDue   []Evidence
	Flagged     []Evidence // shown as doubtful (tolerance, future-dated), or as what a KPI record flags
	Target      *Target    // in force at the period's end; nil for none
	Status      Status
	Unfinished  bool // the period is not over at AsOf
	Interval    *Range
	Small       bool // 5 to 29 answers
	Extra       []Extra
}

// Ratio is a part and a whole that are not counted by members. Whole is nil where
// it is not known.
type Ratio struct{ Part, Whole *big.Rat }

// Extra is a figure beside the headline: median, P90, response-weighted CSAT.
type Extra struct {
	Title   locale.Text
	Value   *big.Rat
	Unit    Unit
	Members []Evidence // the records that it counts; nil where they are the headline's
}

// Unit is what a value counts.
type Unit string

// The units.
const (
	Percent Unit = "percent"
	Points  Unit = "points"
	Hours   Unit = "hours"
	Count   Unit = "count"
	Score   Unit = "score" // of 100
)
