package check

import (
	"slices"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// timesPast finds steps, and times of what has happened, that lie after the
// moment at which the files were written (E6). What is planned may lie ahead: the
// times that count are those of steps, and the fields that date the record or
// stand in its order of events and in no limit.
func timesPast(j *judge, rec *record.Record) {
	latest := j.Seen.Add(j.FutureTolerance)
	for _, t := range j.steps {
		if t.At.After(latest) {
			j.future(rec, stepPosition(rec, t, "/at"), rec.Kind.NameTitle(record.TransitionsField), t.At)
		}
	}
	for _, name := range append(slices.Clone(rec.Kind.Order), rec.Kind.Date) {
		at, instant := rec.Instant(name)
		if !instant || !at.After(latest) || planned(rec.Kind, name) {
			continue
		}
		j.future(rec, rec.Position("/"+name), rec.Kind.NameTitle(name), at)
	}
}

func (j *judge) future(rec *record.Record, pos finding.Position, name locale.Text, at time.Time) {
	j.report(rec, pos, "check.time-future", locale.T("field", name), locale.A("seen", momentIn(j.Seen, j.Zone)), locale.A("at", momentIn(at, j.Zone)))
}

// momentIn writes a time in the organisation's zone.
func momentIn(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02 15:04") }

// planned tells whether a field holds a due time.
func planned(kind *schema.Kind, name string) bool {
	return slices.ContainsFunc(kind.Limits, func(l schema.TimeLimit) bool { return l.Typed == name })
}
