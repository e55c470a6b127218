package metric

import (
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/schema"
)

// limitKept is the share of records that met a time limit of their kind, by the
// period of the original due time (domain.md §7.1.2, K01, K02).
type limitKept struct {
	cohort
	limit    schema.TimeLimit
	attempts attempts
}

func (b *builder) onTime() measure {
	if b.rec.Has("items") || b.rec.Has("sources") {
		return b.sources()
	}
	m := limitKept{cohort: b.cohort("")}
	if m.kind == nil {
		return nil
	}
	name := b.rec.Text("limit")
	i := slices.IndexFunc(m.kind.Limits, func(l schema.TimeLimit) bool { return l.Name == name })
	if i < 0 {
		b.fail("/limit", "metric.unknown-limit", locale.A("name", name), locale.T("kind", m.kind.Title))
		return nil
	}
	m.limit = m.kind.Limits[i]
	if b.rec.Has("attempts") {
		m.attempts = b.attemptsOf(m.kind)
	}
	return m
}

func (m limitKept) fill(in *Inputs, d *Definition, r *Result) {
	original := in.once(d, r.Basis, "", func() []member { return m.members(in, d, r.Basis, false) })
	counted := r.sort(in, original)
	r.share()
	if m.attempts.list != "" {
		r.Extra = append(r.Extra, m.attempts.extra(in, counted))
	}
	if m.limit.Extend == "" {
		return
	}
	extended := Result{Period: r.Period}
	extended.sort(in, in.once(d, r.Basis, "extended", func() []member { return m.members(in, d, r.Basis, true) }))
	extended.share()
	r.Extra = append(r.Extra, Extra{Title: in.say("metric.with-extensions"), Value: extended.Value, Unit: Percent})
}

// members judges every record whose clock runs; extended judges by the end of
// the last extension, in that date's period (domain.md §0.23).
func (m limitKept) members(in *Inputs, d *Definition, b Basis, extended bool) []member {
	var list []member
	for f, left := range m.facts(in) {
		due := f.deadline(m.limit)
		if !due.runs {
			continue
		}
		if extended && !due.Extended.IsZero() {
			due.Due = due.Extended
		}
		e := member{
			Evidence: Evidence{Record: f.rec.ID, Due: due.Due}, start: due.Start, when: due.Due,
			left: left, provisional: due.Provisional,
		}
		done, ok := f.done(m.limit.Done)
		switch {
		case ok:
			e.judge(in, d, b, done)
		case left.IsZero() && f.unknown(m.limit.Done):
			e.left = in.say("metric.import-unknown")
		}
		if last, tried := m.attempts.last(f, m.attempts.number); tried && !e.pass && !e.future {
			e.judge(in, d, b, last)
			e.attempted = e.pass
			if ok && !e.pass {
				e.judge(in, d, b, done)
			}
		}
		list = append(list, e)
	}
	return list
}

// done is when something took place, under a derived name or a field, by all
// three times.
func (f *facts) done(name string) (done3, bool) {
	if s, ok := f.derived(name); ok {
		return done3{s.At, s.recorded, s.imported}, true
	}
	at, ok := f.moment(name)
	if !ok {
		return done3{}, false
	}
	recorded, known := f.since("/"+strings.ReplaceAll(name, ".", "/"), f.rec.Text(name))
	return done3{at, recorded, f.broughtBy(recorded)}, known
}

// done3 is when something was done, by all three times.
type done3 struct {
	declared time.Time
	recorded history.Recorded
	imported bool
}

// by is the time on a basis, zero where there is none.
func (t done3) by(b Basis) time.Time {
	switch b {
	case Submitted:
		return t.recorded.Submitted
	case Merged:
		return t.recorded.Merged
	}
	return t.declared
}

// futureDated tells whether it was declared later than it was recorded.
func (t done3) futureDated(d *Definition) bool {
	return !t.imported && !t.recorded.IsZero() && t.declared.After(t.recorded.Submitted.Add(d.future))
}

// judge says whether a done member is in time on a basis. A future-dated step is
// in time on none; one recorded too late is flagged (domain.md §7.1.6, §0.21).
func (m *member) judge(in *Inputs, d *Definition, b Basis, t done3) {
	if t.imported && b != Declared {
		if m.left.IsZero() {
			m.left = in.say("metric.imported")
		}
		return
	}
	m.Done = t.by(b)
	if t.recorded.MergedBy != nil {
		m.Commit = t.recorded.MergedBy.Hash
	}
	switch {
	case t.futureDated(d):
		m.doubt, m.future = in.say("metric.future"), true
	case !t.imported && !t.recorded.IsZero() && late(in, t.declared, t.recorded.Submitted, d.tolerance):
		m.doubt = in.say("metric.recorded-late")
	}
	m.pass = !m.Done.IsZero() && !m.Done.After(m.Due) && !m.future
}

// late tells whether event comes after limit, counted from start, is used up.
func late(in *Inputs, start, event time.Time, limit calendar.Limit) bool {
	return event.After(in.Calendar.Due(start, limit, nil).At)
}
