package metric

import (
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Definition is one KPI, from a record of the system kind kpi. It is compiled:
// conditions are typed against the kind that is measured.
type Definition struct {
	ID      string
	Version int
	Title   locale.Text
	Purpose locale.Text
	Formula locale.Text
	Kind    string // id of the kind that is measured
	Cadence calendar.Grain
	Unit    Unit
	Digits  int // decimals in print
	Targets []Target

	bases     []Basis
	tolerance calendar.Limit // |recorded − declared| beyond which a member is flagged
	future    time.Duration  // how far declared may lie after recorded
	measure   measure
	besides   []beside
}

// measure is one of the closed set of ways to work out a figure: it fills the
// evidence and the value of a result whose heading is written.
type measure interface {
	fill(in *Inputs, d *Definition, r *Result)
}

// Bases lists the bases on which the KPI has a meaning, the headline first.
func (d *Definition) Bases() []Basis { return d.bases }

// Definitions compiles the register's KPI records in force, in the order of ids.
// Findings say which definition cannot be used and why.
func Definitions(reg *record.Register) ([]*Definition, finding.List) {
	var list []*Definition
	var found finding.List
	for rec := range reg.Of(record.KPIKind) {
		if state, ok := rec.State(); rec.Broken || !ok || state.Phase != schema.Done {
			continue
		}
		if refused(reg, rec) {
			continue // reported at the kind's own files
		}
		b := &builder{reg: reg, rec: rec}
		d := b.definition()
		if len(b.found) > 0 {
			found = append(found, b.found...)
			continue
		}
		list = append(list, d)
	}
	return list, append(found, analyses(reg)...)
}

// refused tells whether a kind that the KPI measures cannot be used.
func refused(reg *record.Register, rec *record.Record) bool {
	return reg.Kinds().Refused(rec.Text("of")) || slices.ContainsFunc(rec.Items("sources"), func(o yamldoc.Object) bool {
		return reg.Kinds().Refused(o.Text("of"))
	})
}

// Compute works out one KPI for one period on one basis. A basis that needs the
// history has no value where there is none.
func (d *Definition) Compute(in *Inputs, p calendar.Period, b Basis) Result {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	span := p.In(in.Calendar.Zone())
	r := Result{
		KPI: d.ID, Version: d.Version, Period: p, AsOf: in.AsOf, Commit: in.Commit, Basis: b,
		Unit: d.Unit, Target: targetAt(d.Targets, calendar.DayOf(span.End.Add(-time.Nanosecond))),
		Unfinished: in.AsOf.Before(span.End),
	}
	if b == Declared || in.History != nil {
		d.measure.fill(in, d, &r)
		for _, s := range d.besides {
			s.add(in, &r)
		}
	}
	r.judge()
	return r
}
