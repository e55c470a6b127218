package pipeline

import (
	"slices"
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/metric"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
)

// maxPeriods bounds how far back a trend goes: ten years of months.
const maxPeriods = 120

// Measures computes KPI results of one snapshot and remembers them. It is safe
// for concurrent use.
type Measures struct {
	inputs *metric.Inputs
	since  time.Time
	mutex  sync.Mutex
	known  map[measureKey]metric.Result
}

type measureKey struct {
	kpi    string
	period calendar.Period
	basis  metric.Basis
}

// Measures prepares the snapshot's KPIs.
func (p *Project) Measures(s *Snapshot) *Measures {
	duties := sync.OnceValue(s.duties)
	return &Measures{
		inputs: &metric.Inputs{
			Register: s.Register, History: s.History, Calendar: s.Calendar, Commit: s.Commit.Hash, AsOf: s.AsOf,
			Duties: duties, Faulty: s.faults(duties), Messages: p.Messages,
		},
		since: s.earliest(),
		known: map[measureKey]metric.Result{},
	}
}

// Result computes one figure, once.
func (m *Measures) Result(d *metric.Definition, p calendar.Period, b metric.Basis) metric.Result {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	key := measureKey{d.ID, p, b}
	if r, ok := m.known[key]; ok {
		return r
	}
	r := d.Compute(m.inputs, p, b)
	m.known[key] = r
	return r
}

// Backlog counts how the open records of a kind came about in a period.
func (m *Measures) Backlog(kind string, p calendar.Period) []metric.Balance {
	return metric.Backlog(m.inputs, kind, p)
}

// Periods lists the periods of a grain from the first dated record to AsOf,
// oldest first, at most ten years of months.
func (m *Measures) Periods(g calendar.Grain) []calendar.Period {
	var periods []calendar.Period
	p := calendar.PeriodAt(g, m.inputs.AsOf)
	for range maxPeriods {
		periods = append(periods, p)
		if !p.In(m.inputs.Calendar.Zone()).Start.After(m.since) {
			break
		}
		p = p.Shift(-1)
	}
	slices.Reverse(periods)
	return periods
}

// faults tells whether the rules find an error in a record. They are asked about a
// record when the first figure counts it, unless the snapshot has been judged. It is
// not safe for concurrent use, as [metric.Inputs] wants.
func (s *Snapshot) faults(duties func() []obligation.Duty) func(id string) bool {
	var known, whole map[string]bool // by those asked for, or of all at once
	var single *check.Single
	return func(id string) bool {
		if s.errors != nil {
			return s.errors[id]
		}
		if whole != nil {
			return whole[id]
		}
		if single == nil {
			var alone bool
			if single, alone = check.NewSingle(s.checkRequest(s.erringDuties(duties))); !alone {
				judged := *s
				judged.Findings = slices.Clone(s.Findings)
				judged.Judge()
				whole = judged.errors
				return whole[id]
			}
			known = erring(s.Register, slices.Concat(s.Findings, s.unusable(), single.Register()))
		}
		wrong, ok := known[id]
		if rec := s.Register.Get(id); !ok && rec != nil {
			wrong = single.Record(rec).Count(finding.Error) > 0
			known[id] = wrong
		}
		return wrong
	}
}

// erringDuties are the duties where a setting makes an error of those that are not
// met; else no error comes of them.
func (s *Snapshot) erringDuties(duties func() []obligation.Duty) []obligation.Duty {
	if !check.DutiesErr(s.Config.Rules) {
		return nil
	}
	return duties()
}

// erring names the records that a list finds errors in, also where it knows only
// the file.
func erring(reg *record.Register, found finding.List) map[string]bool {
	files := map[string]bool{}
	ids := map[string]bool{}
	for _, f := range found {
		if f.Severity == finding.Error {
			ids[f.Record], files[f.Position.Path] = true, true
		}
	}
	for rec := range reg.All() {
		if files[rec.Path] {
			ids[rec.ID] = true
		}
	}
	return ids
}

// earliest is the first moment at which a governed record lies; AsOf where there
// is none.
func (s *Snapshot) earliest() time.Time {
	first := s.AsOf
	for rec := range s.Register.All() {
		if rec.Kind == nil || rec.Broken || rec.Kind.Envelope != schema.Governed || rec.Kind.Date == "" {
			continue
		}
		if t, ok := rec.Moment(rec.Kind.Date, s.Config.Zone); ok && t.Before(first) {
			first = t
		}
	}
	return first.In(s.Config.Zone)
}
