package pipeline

import (
	"kept/internal/clause"
	"kept/internal/finding"
	"kept/internal/obligation"
	"kept/internal/record"
)

// owed is what the process owes and how its clauses stand, worked out once for a
// snapshot.
type owed struct {
	duties  []obligation.Duty
	clauses []clause.Clause
	found   finding.List // definitions and clauses that cannot be used
}

// owed works the obligations and the matrix out. Without history duties have no
// proof.
func (s *Snapshot) owed() owed {
	definitions, found := obligation.Definitions(s.Register)
	o := owed{found: found}
	o.duties = obligation.Duties(obligation.Request{
		Register: s.Register, History: s.History, Calendar: s.Calendar, AsOf: s.AsOf,
	}, definitions)
	o.clauses, found = clause.Matrix(clause.Request{
		Register: s.Register, Others: record.NewOthers(s.Register, s.Calendar, s.AsOf), Duties: o.duties,
		Calendar: s.Calendar, AsOf: s.AsOf, Zone: s.Config.Zone,
	})
	o.found = append(o.found, found...)
	return o
}

// Clauses is the matrix of the clauses in force. Findings say what in clause and
// obligation records cannot be used.
func (s *Snapshot) Clauses() ([]clause.Clause, finding.List) {
	o := s.owed()
	return o.clauses, o.found
}
