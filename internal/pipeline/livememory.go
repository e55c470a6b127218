package pipeline

import (
	"slices"

	"kept/internal/calendar"
	"kept/internal/clause"
	"kept/internal/finding"
	"kept/internal/obligation"
	"kept/internal/record"
)

// memory is what the states of a work tree leave to later ones, so that a save costs
// what its record costs. A state is the same without it. A nil memory keeps nothing.
type memory struct {
	owed  obligation.Memory
	shown clause.Memory
}

func (m *memory) duties() *obligation.Memory {
	if m == nil {
		return nil
	}
	return &m.owed
}

func (m *memory) clauses() *clause.Memory {
	if m == nil {
		return nil
	}
	return &m.shown
}

// calendarOf is the working calendar of a state, the last one where none of its
// records changed: what is kept depends on it.
func (l *Live) calendarOf(s *Snapshot) (*calendar.Calendar, finding.List, error) {
	years := slices.Collect(s.Register.Of(record.CalendarKind))
	if c := l.calendar; c.calendar != nil && c.zone == s.Config.Zone.String() && slices.Equal(c.years, years) {
		return c.calendar, c.found, nil
	}
	cal, found, err := s.Register.Calendar(s.Config.Zone)
	if err == nil {
		l.calendar = yearsInView{s.Config.Zone.String(), years, cal, found}
	}
	return cal, found, err
}

// yearsInView is the calendar of the last state and what it was made from.
type yearsInView struct {
	zone     string
	years    []*record.Record
	calendar *calendar.Calendar
	found    finding.List
}
