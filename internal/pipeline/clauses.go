package pipeline

import (
	"time"

	"kept/internal/clause"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
)

// Clauses is the matrix of the clauses in force, over duties that were worked out
// before. Findings say what in clause records cannot be used.
func (s *Snapshot) Clauses(duties []obligation.Duty) ([]clause.Clause, finding.List) {
	return clause.Matrix(clause.Request{
		Register: s.Register, Others: record.NewOthers(s.Register, s.Calendar, s.AsOf), Duties: duties,
		Calendar: s.Calendar, AsOf: s.AsOf, Zone: s.Config.Zone, Memory: s.memory.clauses(),
	})
}

// shown is what the process owes and how its clauses stand, for pages and papers.
func (s *Snapshot) shown() ([]obligation.Duty, []clause.Clause) {
	_, duties, _ := s.Owed(time.Time{})
	clauses, _ := s.Clauses(duties)
	return duties, clauses
}

// ClauseObject is one clause in JSON. Its keys are a public interface.
type ClauseObject struct {
	Clause    string         `json:"clause"` // record id
	Standard  string         `json:"standard"`
	Number    string         `json:"number"`
	Title     string         `json:"title"`
	Gap       bool           `json:"gap"`
	Evidence  []EvidencePart `json:"evidence"`
	KPIs      []string       `json:"indicators"`
	Documents []string       `json:"documents"`
	AsOf      string         `json:"as_of"`
}

// EvidencePart is one part of a clause's evidence in JSON.
type EvidencePart struct {
	Title      string   `json:"title"`
	Kind       string   `json:"kind,omitempty"`
	Obligation string   `json:"obligation,omitempty"`
	Records    []string `json:"records"`
	Wanted     int      `json:"at_least"`
	Since      string   `json:"since,omitempty"`
	Missed     int      `json:"missed"`
	Gap        bool     `json:"gap"`
}

// ClauseForMachines writes a clause with its words in the printer's language.
func ClauseForMachines(c *clause.Clause, asOf time.Time, p *locale.Printer) ClauseObject {
	o := ClauseObject{
		Clause: c.ID, Standard: c.Standard, Number: c.Number, Title: p.Text(c.Title), Gap: c.Gap, Evidence: []EvidencePart{},
		KPIs: append([]string{}, c.Indicators...), Documents: append([]string{}, c.Documents...), AsOf: instant(asOf),
	}
	for _, e := range c.Evidence {
		o.Evidence = append(o.Evidence, EvidencePart{
			Title: p.Text(e.Title), Kind: e.Kind, Obligation: e.Obligation, Records: append([]string{}, e.Records...),
			Wanted: e.Wanted, Since: instant(e.Since), Missed: e.Missed, Gap: e.Gap,
		})
	}
	return o
}
