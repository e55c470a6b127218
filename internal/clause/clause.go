// Package clause holds the matrix of a standard: for each clause the records, the
// indicators, the obligations and the documents that show it, and where nothing
// does, the gap (domain.md §2). Clauses are records of the system kind clause;
// they paraphrase the standard and never quote it.
package clause

import (
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
)

// Clause is one clause with what shows it.
type Clause struct {
	ID, Number  string // C-8.3.2, 8.3.2
	Standard    string // ISO/IEC 20000-1:2018
	Title       locale.Text
	Requirement locale.Text // paraphrased
	Question    locale.Text // what an auditor asks; may be zero
	Evidence    []Evidence
	Indicators  []string // KPI ids that measure it, as far as they are in force
	Documents   []string // ids of controlled documents
	Gap         bool     // any part of Evidence is a gap
}

// Evidence is one sort of proof that a clause asks for.
type Evidence struct {
	Title      locale.Text
	Kind       string    // of the records
	Obligation string    // id; "" for none
	Records    []string  // ids, newest first
	Wanted     int       // the least number
	Since      time.Time // records dated earlier do not count; zero for any
	Missed     int       // duties of the obligation that are missed or overdue
	Gap        bool
}

// Request is what a matrix is made from.
type Request struct {
	Register *record.Register
	Others   *record.Others // for conditions
	Duties   []obligation.Duty
	AsOf     time.Time
	Zone     *time.Location
}

// Matrix evaluates the clauses in force in the order of their numbers. Findings
// say which clause records cannot be used and why.
func Matrix(req Request) ([]Clause, finding.List) { return nil, nil }
