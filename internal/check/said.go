package check

import (
	"slices"
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/record"
)

// Said keeps what the rules about single records found, for a later request about the
// same register at the same moment: what is owed is no concern of theirs, and may be
// known later. It is safe for concurrent use; the zero Said is empty.
type Said struct {
	mutex sync.Mutex
	known bool
	of    saidOf
	found finding.List
}

type saidOf struct {
	register   *record.Register
	calendar   *calendar.Calendar
	zone       *time.Location
	future     time.Duration
	asOf, seen time.Time
}

// records are the findings of the rules about single records, before severities are
// set. A nil Said keeps nothing.
func (s *Said) records(j *judge) finding.List {
	if s == nil {
		return j.records()
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	of := saidOf{j.Register, j.Calendar, j.Zone, j.FutureTolerance, j.AsOf, j.Seen}
	if !s.known || s.of != of {
		s.known, s.of, s.found = true, of, j.records()
	}
	return slices.Clone(s.found)
}

// records runs the rules about single records.
func (j *judge) records() finding.List {
	j.found = nil
	for rec := range j.Register.All() {
		j.record(rec)
	}
	return j.found
}
