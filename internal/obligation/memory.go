package obligation

import (
	"slices"
	"sync"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
)

// Memory keeps what single records owe between the states of a work tree: what a
// definition says of a record that is the same, by the same history and calendar,
// is not worked out again. It is safe for concurrent use; the zero Memory is empty.
type Memory struct {
	mutex   sync.Mutex
	basis   basis
	shelves map[*record.Record]*shelf // by the record of the definition
}

// basis is what everything kept depends on beside the records.
type basis struct {
	history  *history.History
	calendar *calendar.Calendar
	kinds    *schema.Registry
}

// shelf holds what one definition makes of each record, without its state.
type shelf = record.Memory[[]Duty]

// shelves are those of a request; nil where nothing may be kept, since commits lie
// at the moment of judgement or after it.
func (m *Memory) of(req Request) map[*record.Record]*shelf {
	if m == nil || !merged(req) {
		return nil
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if b := (basis{req.History, req.Calendar, req.Register.Kinds()}); m.basis != b {
		m.basis, m.shelves = b, nil
	}
	kept := make(map[*record.Record]*shelf, len(m.shelves))
	for rec := range req.Register.Of(record.ObligationKind) {
		if kept[rec] = m.shelves[rec]; kept[rec] == nil {
			kept[rec] = &shelf{}
		}
	}
	m.shelves = kept
	return kept
}

// merged tells whether every commit of the history was there before the moment of
// judgement.
func merged(req Request) bool {
	return req.History == nil || !slices.ContainsFunc(req.History.Commits(), func(m history.Merge) bool {
		return !m.Committer.When.Before(req.AsOf)
	})
}

// shelf is where the definition at hand keeps what it makes of records; nil where a
// condition of its asks for the moment or for other records.
func (in *inputs) shelf(d *Definition, kind *schema.Kind, conditions ...*expr.Program) *shelf {
	for _, p := range conditions {
		if p != nil && !record.Alone(p, kind) {
			return nil
		}
	}
	return in.shelves[d.record]
}

// recall appends what is known of a record, judged anew.
func (in *inputs) recall(list []Duty, s *shelf, d *Definition, rec *record.Record) ([]Duty, bool) {
	if s == nil {
		return list, false
	}
	known, ok := s.Get(rec, in.AsOf)
	for i := range known {
		list = append(list, known[i])
		duty := &list[len(list)-1]
		duty.Definition = d
		duty.judge(in, noTime)
	}
	return list, ok
}

// keep notes what a record owes, unless a condition had no result: that is told each
// time.
func (in *inputs) keep(s *shelf, rec *record.Record, owed []Duty) {
	if s != nil && len(in.found) == 0 {
		s.Put(rec, in.AsOf, slices.Clone(owed))
	}
}
