package clause

import (
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/record"
	"kept/internal/schema"
)

// Memory keeps what conditions of clauses say of single records between the states
// of a work tree. It is safe for concurrent use; the zero Memory is empty.
type Memory struct {
	mutex   sync.Mutex
	basis   basis
	shelves map[*record.Record]shelves // by the clause's record
}

// basis is what everything kept depends on beside the records.
type basis struct {
	calendar *calendar.Calendar
	kinds    *schema.Registry
	zone     *time.Location
}

// shelves are those of one clause, by the pointer of the part of its evidence.
type shelves map[string]*shelf

// shelf holds whether a condition is fulfilled. A nil shelf keeps nothing.
type shelf struct{ memory record.Memory[bool] }

// of gives the shelves of a request. Parts without one are not kept.
func (m *Memory) of(req Request) map[*record.Record]shelves {
	if m == nil {
		return nil
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if b := (basis{req.Calendar, req.Register.Kinds(), req.Zone}); m.basis != b {
		m.basis, m.shelves = b, nil
	}
	kept := make(map[*record.Record]shelves, len(m.shelves))
	for rec := range req.Register.Of(record.ClauseKind) {
		if kept[rec] = m.shelves[rec]; kept[rec] == nil {
			kept[rec] = shelves{}
			for i := range rec.Items("evidence") {
				kept[rec][partAt(i)] = &shelf{}
			}
		}
	}
	m.shelves = kept
	return kept
}

// shelf is where a part of the evidence keeps what its condition says.
func (r *reader) shelf(at string, program *expr.Program, kind *schema.Kind) *shelf {
	if program == nil || !record.Alone(program, kind) {
		return nil
	}
	return r.shelves[at]
}

// holds asks the condition only where the answer is not known.
func (s *shelf) holds(rec *record.Record, asOf time.Time, ask func() bool) bool {
	if s == nil {
		return ask()
	}
	yes, known := s.memory.Get(rec, asOf)
	if !known {
		yes = ask()
		s.memory.Put(rec, asOf, yes)
	}
	return yes
}

// forget empties the shelf: that a condition has no result is told each time.
func (s *shelf) forget() {
	if s != nil {
		s.memory.Forget()
	}
}
