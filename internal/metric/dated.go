package metric

import (
	"path"
	"time"

	"kept/internal/calendar"
	"kept/internal/record"
)

// dated is when a record belongs: by its kind, or by its folder where it cannot
// be read or does not say.
func dated(in *Inputs, rec *record.Record) (time.Time, bool) {
	if !rec.Broken {
		f := in.factsOf(rec)
		if f == nil {
			return time.Time{}, false // not known yet
		}
		if at, ok := record.MomentOf(rec.Object, rec.Kind.Date, in.Calendar.Zone()); ok {
			return at, at.Before(in.AsOf)
		}
		if at, ok := f.moment(rec.Kind.Date); ok {
			return at, true
		}
	}
	month := path.Dir(rec.Path)
	p, err := calendar.ParsePeriod(path.Base(path.Dir(month)) + "-" + path.Base(month))
	if err != nil {
		return time.Time{}, false
	}
	start := p.In(in.Calendar.Zone()).Start
	return start, start.Before(in.AsOf)
}
