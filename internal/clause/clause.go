// Package clause holds the matrix of a standard: for each clause the records, the
// indicators, the obligations and the documents that show it, and where nothing
// does, the gap (domain.md §2). Clauses are records of the system kind clause;
// they paraphrase the standard and never quote it.
package clause

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
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
	Gap         bool     // any part of Evidence is a gap, or there is no part
}

// Evidence is one sort of proof that a clause asks for.
type Evidence struct {
	Title      locale.Text
	Kind       string    // of the records; "" where only an obligation is asked for
	Obligation string    // id; "" for none
	Records    []string  // ids, newest first
	Wanted     int       // the least number
	Since      time.Time // what is dated earlier does not count; zero for any
	Missed     int       // duties of the obligation that are missed or overdue
	Gap        bool
}

// Request is what a matrix is made from.
type Request struct {
	Register *record.Register
	Others   *record.Others // for conditions
	Duties   []obligation.Duty
	Calendar *calendar.Calendar // for limits in conditions; nil leaves them zero
	AsOf     time.Time
	Zone     *time.Location
	// Memory spares what was worked out before of the same records; nil for none. The
	// matrix is the same.
	Memory *Memory
}

// Matrix evaluates the clauses in force in the order of their numbers, one
// standard after the other by the first of their ids. Findings say what in clause records cannot be used and why; such a
// part stays in the matrix, as a gap.
func Matrix(req Request) ([]Clause, finding.List) {
	var list []Clause
	var found finding.List
	shelves := req.Memory.of(req)
	for rec := range req.Register.Of(record.ClauseKind) {
		if !inForce(rec) {
			continue
		}
		r := &reader{Request: req, rec: rec, shelves: shelves[rec], meters: map[*expr.Program]*expr.Meter{}}
		list = append(list, r.clause())
		found = append(found, r.found...)
	}
	first := map[string]string{} // by standard: the id of its first record
	for _, c := range list {
		if id, ok := first[c.Standard]; !ok || c.ID < id {
			first[c.Standard] = c.ID
		}
	}
	slices.SortStableFunc(list, func(a, b Clause) int {
		return cmp.Or(cmp.Compare(first[a.Standard], first[b.Standard]), compareNumbers(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	})
	return list, found
}

// inForce tells whether a record of a reference kind counts: it can be read and
// stands in a state of phase done.
func inForce(rec *record.Record) bool {
	if rec == nil || rec.Broken {
		return false
	}
	state, ok := rec.State()
	return ok && state.Phase == schema.Done
}

// compareNumbers orders 8.3.2 before 8.3.10 before 10.1.
func compareNumbers(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		m, err := strconv.Atoi(x)
		n, wrong := strconv.Atoi(y)
		if err != nil || wrong != nil {
			return cmp.Compare(x, y)
		}
		return cmp.Compare(m, n)
	})
}

// partAt is the pointer of a part of the evidence.
func partAt(i int) string { return "/evidence/" + strconv.Itoa(i) }

func (r *reader) clause() Clause {
	c := Clause{
		ID: r.rec.ID, Number: r.rec.Text("number"), Standard: r.rec.Text("standard"), Title: r.rec.Title(),
		Requirement: textOf(r.rec.Object.Object("requirement")), Question: textOf(r.rec.Object.Object("question")),
		Documents: r.rec.Texts("documents"),
	}
	for _, id := range r.rec.Texts("indicators") {
		if inForce(r.Register.Get(id)) {
			c.Indicators = append(c.Indicators, id)
		}
	}
	for i, item := range r.rec.Items("evidence") {
		c.Evidence = append(c.Evidence, r.evidence(partAt(i), item))
	}
	c.Gap = len(c.Evidence) == 0 || slices.ContainsFunc(c.Evidence, func(e Evidence) bool { return e.Gap })
	return c
}
