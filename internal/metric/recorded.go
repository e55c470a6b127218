package metric

import (
	"math/big"
	"time"

	"kept/internal/calendar"
	"kept/internal/history"
	"kept/internal/schema"
)

// firstRecorded is the share of native records whose first mainline commit, ever,
// came within a limit from a declared time; by the period in which the limit
// ends, so that each record is judged once (K22, domain.md §0.18, §0.20).
type firstRecorded struct {
	cohort
	within calendar.Limit
}

func (m firstRecorded) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		for f, e := range m.placed(in) {
			due := in.Calendar.Due(e.when, m.within, nil)
			e.start, e.when, e.Due, e.provisional = e.when, due.At, due.At, due.Provisional
			if f.imported() && e.left.IsZero() {
				e.left = in.say("metric.imported")
			}
			if f.timeline != nil {
				e.record(done3{recorded: f.timeline.Created}, r.Basis)
			}
			list = append(list, e)
		}
		return list
	}))
	r.share()
	r.importedExtra(in)
}

// record judges by when the history holds something.
func (m *member) record(t done3, b Basis) {
	if t.recorded.IsZero() {
		return
	}
	m.Done, m.Commit = t.by(b), t.recorded.MergedBy.Hash
	m.pass = !m.Done.After(m.Due)
}

// importedExtra prints beside K22 and K23 how many members git times do not
// apply to (domain.md §0.4).
func (r *Result) importedExtra(in *Inputs) {
	n, reason := 0, in.say("metric.imported")
	for _, e := range r.Excluded {
		if e.Reason == reason {
			n++
		}
	}
	r.Extra = append(r.Extra, Extra{Title: in.say("metric.imported-number"), Value: big.NewRat(int64(n), 1), Unit: Count})
}

// recordedLag is the share of the steps declared in a period that were recorded
// later than a limit allows; less is better. Steps recorded before they were
// declared are counted apart and stay in the denominator (K23, domain.md §0.21,
// §0.23).
type recordedLag struct{ within calendar.Limit }

func (m recordedLag) fill(in *Inputs, d *Definition, r *Result) {
	counted := r.sort(in, in.once(d, r.Basis, "", func() []member { return m.members(in, d, r.Basis) }))
	r.share()
	future := 0
	for _, c := range counted {
		if c.future {
			future++
		}
	}
	r.Extra = append(r.Extra, Extra{Title: in.say("metric.future-number"), Value: big.NewRat(int64(future), 1), Unit: Count})
	r.importedExtra(in)
}

func (m recordedLag) members(in *Inputs, d *Definition, b Basis) []member {
	var list []member
	for kind := range in.Register.Kinds().All() {
		if kind.Envelope != schema.Governed {
			continue
		}
		for f := range in.of(kind.ID) {
			for _, s := range f.allSteps() {
				if s.At.Before(in.AsOf) {
					list = append(list, m.member(in, d, b, f, s))
				}
			}
		}
	}
	return list
}

func (m recordedLag) member(in *Inputs, d *Definition, b Basis, f *facts, s step) member {
	due := in.Calendar.Due(s.At, m.within, nil)
	e := member{Evidence: Evidence{Record: f.rec.ID, Item: itemOf(s), Due: due.At}, when: s.At, provisional: due.Provisional}
	if !s.recorded.IsZero() && !s.recorded.Merged.Before(in.AsOf) {
		s.recorded = history.Recorded{} // not known yet
	}
	switch t := (done3{s.At, s.recorded, s.imported}); {
	case s.imported:
		e.left = in.say("metric.imported")
	case s.recorded.IsZero():
		// Late as soon as the limit has passed; before that it is not yet due.
		e.ripe, e.pass = due.At, true
	default:
		e.record(t, b)
		e.pass = !e.pass
		if t.futureDated(d) {
			e.future, e.doubt = true, in.say("metric.future")
		}
	}
	return e
}

// itemOf names a step inside its record.
func itemOf(s step) string { return s.To + "@" + s.At.Format(time.RFC3339) }
