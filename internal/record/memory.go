package record

import (
	"slices"
	"strings"
	"sync"
	"time"

	"kept/internal/expr"
	"kept/internal/schema"
)

// Memory keeps what was worked out of single records at one moment, for a program
// that asks again at later ones. It is safe for concurrent use; the zero Memory is
// empty.
type Memory[T any] struct {
	mutex sync.Mutex
	known map[string]remembered[T] // by id
}

type remembered[T any] struct {
	record      *Record
	value       T
	from, until time.Time
}

// Get is what was put of the very same record, where it still holds at asOf.
func (m *Memory[T]) Get(rec *Record, asOf time.Time) (T, bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	k := m.known[rec.ID]
	if k.record != rec || asOf.Before(k.from) || !asOf.Before(k.until) {
		var none T
		return none, false
	}
	return k.value, true
}

// Put keeps what was worked out at asOf from a record and from nothing that changes
// but the moment, as long as [Record.Still] says. The value is shared.
func (m *Memory[T]) Put(rec *Record, asOf time.Time, value T) {
	until := rec.Still(asOf)
	if !asOf.Before(until) {
		return
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.known == nil {
		m.known = map[string]remembered[T]{}
	}
	m.known[rec.ID] = remembered[T]{rec, value, asOf, until}
}

// Forget empties the memory.
func (m *Memory[T]) Forget() {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.known = nil
}

// forever is later than any moment of judgement.
var forever = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)

// Still is until when nothing that the record says begins or ends, so that its known
// steps, its events and the due times of its limits stay as they are at asOf; it is
// asOf where they may change at any time, because a pause is open or a time that the
// record names is near. It errs on the early side, by at most four days.
func (r *Record) Still(asOf time.Time) time.Time {
	if r.Kind != nil {
		for _, l := range r.Kind.Limits {
			for _, item := range r.Items(l.Pauses) {
				if _, ends := MomentOf(item, "to", time.UTC); !ends {
					return asOf
				}
			}
		}
	}
	c := stillness{asOf: asOf, until: forever}
	for _, value := range r.Fields() {
		c.look(value)
	}
	return c.until
}

type stillness struct{ asOf, until time.Time }

// near is more than a zone and the end of a day are away from the day that a time
// names.
const near = 48 * time.Hour

func (c *stillness) look(value any) {
	switch x := value.(type) {
	case map[string]any:
		for _, inner := range x {
			c.look(inner)
		}
	case []any:
		for _, inner := range x {
			c.look(inner)
		}
	case string:
		day, ok := dayOf(x)
		switch {
		case !ok || !day.Add(near+24*time.Hour).After(c.asOf):
		case !day.Add(-near).After(c.asOf):
			c.until = c.asOf
		case day.Add(-near).Before(c.until):
			c.until = day.Add(-near)
		}
	}
}

// dayOf is the day that a date or a time begins with, whether it exists or not.
func dayOf(s string) (time.Time, bool) {
	if len(s) < len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return time.Time{}, false
	}
	n := 0
	for i := range len(time.DateOnly) {
		switch c := s[i]; {
		case i == 4 || i == 7:
		case c < '0' || c > '9':
			return time.Time{}, false
		default:
			n = n*10 + int(c-'0')
		}
	}
	return time.Date(n/10000, time.Month(n/100%100), n%100, 0, 0, 0, 0, time.UTC), true
}

// Alone tells whether a condition about records of a kind reads nothing but the
// record, so that its result may be kept in a [Memory]; one that counts in what all
// evaluations together may cost is none.
func Alone(p *expr.Program, kind *schema.Kind) bool {
	return !strings.Contains(p.String(), "{") && !slices.ContainsFunc(p.Names(), func(name string) bool {
		return name == AsOfName || slices.ContainsFunc(kind.Lookups, func(l schema.Lookup) bool { return l.Name == name })
	})
}
