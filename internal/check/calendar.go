package check

import (
	"strconv"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// calendarsPublished finds limits of records that still wait and that reach into
// a year whose calendar is not there: their due time may be wrong (E23).
func calendarsPublished(j *judge, rec *record.Record) {
	state, _ := rec.State()
	if state.Phase != schema.Open && state.Phase != schema.Draft {
		return
	}
	for _, limit := range rec.Kind.Limits {
		deadline, runs := rec.Deadline(limit, j.Calendar, nil, j.until)
		if !runs || !deadline.Provisional {
			continue
		}
		if done, _ := j.moment(rec, limit.Done); !done.at.IsZero() {
			continue
		}
		day := calendar.DayOf(deadline.Due.In(j.Zone))
		if _, known := j.Calendar.IsWorkday(day); known {
			day = calendar.DayOf(deadline.Start.In(j.Zone))
		}
		j.report(rec, j.limitPosition(rec, limit), "check.calendar-missing",
			locale.T("limit", limit.Title), locale.A("due", momentIn(deadline.Due, j.Zone)), locale.A("year", strconv.Itoa(day.Year)))
	}
}

// limitPosition is the place where the due time is typed, else where the clock
// begins.
func (j *judge) limitPosition(rec *record.Record, limit schema.TimeLimit) finding.Position {
	if limit.Typed != "" && rec.Has(limit.Typed) {
		return rec.Position("/" + limit.Typed)
	}
	if start, ok := j.moment(rec, limit.Start); ok {
		return start.where()
	}
	return rec.Position("/" + record.StatusField)
}
