package check

import (
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// moment is one dated name of a record.
type moment struct {
	name    string
	at      time.Time
	dayOnly bool
	// where is asked only for what is reported: finding a place parses the file.
	where func() finding.Position
}

// timesInOrder finds times that go backwards along the kind's order (E5). A date
// without time is compared by its day.
func timesInOrder(j *judge, rec *record.Record) {
	var earlier moment
	for _, name := range rec.Kind.Order {
		later, ok := j.moment(rec, name)
		if !ok {
			continue
		}
		if earlier.name != "" && before(later, earlier, j.Zone) {
			j.report(rec, later.where(), "check.time-order",
				locale.T("later", rec.Kind.NameTitle(later.name)), locale.T("earlier", rec.Kind.NameTitle(earlier.name)))
			continue // the one that stands out is reported, not all that follow
		}
		earlier = later
	}
}

func before(a, b moment, zone *time.Location) bool {
	if a.dayOnly || b.dayOnly {
		return a.at.In(zone).Format(time.DateOnly) < b.at.In(zone).Format(time.DateOnly)
	}
	return a.at.Before(b.at)
}

// moment reads a field or a derived name.
func (j *judge) moment(rec *record.Record, name string) (moment, bool) {
	for _, d := range rec.Kind.Derived {
		if d.Name != name {
			continue
		}
		t, ok := record.Entry(rec.Kind, d, j.steps)
		return moment{name: name, at: t.At, where: func() finding.Position { return stepPosition(rec, t, "/at") }}, ok && !t.At.IsZero()
	}
	at, ok := record.MomentOf(rec.Object, name, j.Zone)
	_, instant := rec.Instant(name)
	return moment{name: name, at: at, dayOnly: !instant, where: func() finding.Position { return rec.Position("/" + name) }}, ok
}

// dueAsComputed finds due times that people typed otherwise than the limit gives
// and that no extension explains.
func dueAsComputed(j *judge, rec *record.Record) {
	for _, limit := range rec.Kind.Limits {
		if limit.Typed == "" || !rec.Has(limit.Typed) {
			continue
		}
		typed, ok := record.MomentOf(rec.Object, limit.Typed, j.Zone)
		deadline, runs := rec.Deadline(limit, j.Calendar, nil, j.until)
		if !ok || !runs || typed.Equal(deadline.Due) || typed.Equal(j.unpaused(rec, limit)) || extendedTo(rec, limit, typed, j.Zone) {
			continue
		}
		j.report(rec, rec.Position("/"+limit.Typed), "check.due-typed", j.fieldArg(rec, limit.Typed),
			locale.A("due", deadline.Due.In(j.Zone).Format(time.RFC3339)))
	}
}

// unpaused is the due time as it was before any pause moved it: what people typed
// when the clock began.
func (j *judge) unpaused(rec *record.Record, limit schema.TimeLimit) time.Time {
	limit.Pauses = ""
	deadline, _ := rec.Deadline(limit, j.Calendar, nil, j.until)
	return deadline.Due
}

// extendedTo tells whether one of the record's extensions leads to typed.
func extendedTo(rec *record.Record, limit schema.TimeLimit, typed time.Time, zone *time.Location) bool {
	if limit.Extend == "" {
		return false
	}
	for _, item := range rec.Items(limit.Extend) {
		if to, ok := record.MomentOf(item, "to", zone); ok && to.Equal(typed) {
			return true
		}
	}
	return false
}
