package check

import (
	"strconv"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// retentionField may hold a period of the record's own: {years}.
const retentionField = "retention"

// retentionRuns finds records whose retention has ended (E26, domain.md §9.4).
func retentionRuns(j *judge, rec *record.Record) {
	end, years, ok := j.retentionEnd(rec)
	if !ok || j.AsOf.Before(end.Add(1).Start(j.Zone)) || j.Register.Disposed(rec.ID) {
		return
	}
	days := daysPast(end.Start(j.Zone), j.AsOf, j.Zone)
	j.report(rec, j.retentionPosition(rec), "check.retention-passed",
		locale.A("end", end.String()), locale.A("years", strconv.Itoa(years)), locale.N("days", days))
}

// retentionEnd is the last day for which the record is kept, false where it has
// no period or its period has not begun. A record in use is kept.
func (j *judge) retentionEnd(rec *record.Record) (calendar.Day, int, bool) {
	years, from := rec.Kind.Retention.Years, rec.Kind.Retention.From
	if n, ok := rec.Object.Object(retentionField).Number("years"); ok && n.IsInt() && n.Num().IsInt64() {
		years = int(n.Num().Int64())
	}
	if from == "" {
		from = rec.Kind.Date
	}
	state, _ := rec.State()
	if years <= 0 || years > 1000 || from == "" || len(rec.Kind.Steps) > 0 && state.Phase == schema.Open {
		return calendar.Day{}, 0, false
	}
	begun, ok := rec.MomentAsOf(from, j.Zone, j.until)
	if !ok {
		return calendar.Day{}, 0, false
	}
	begun = begun.In(j.Zone)
	return calendar.DayOf(time.Date(begun.Year()+years, begun.Month(), begun.Day(), 0, 0, 0, 0, time.UTC)), years, true
}

func (j *judge) retentionPosition(rec *record.Record) finding.Position {
	if rec.Has(retentionField) {
		return rec.Position("/" + retentionField)
	}
	return rec.Position("/" + record.StatusField)
}
