package metric

import (
	"math/big"
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
)

// share sets the percentage of the numerator in the denominator; none where the
// denominator is empty (domain.md §7.1.3).
func (r *Result) share() { r.Value = percent(len(r.Numerator), len(r.Denominator)) }

func percent(part, whole int) *big.Rat {
	if whole == 0 {
		return nil
	}
	return big.NewRat(100*int64(part), int64(whole))
}

// maturedShare is the share of the records placed in a period that were done
// within a limit from then. It is provisional until the limit has passed for all
// of them; until then the young ones are not yet due (K03).
type maturedShare struct {
	cohort
	done   string
	within calendar.Limit
}

func (b *builder) maturedShare() measure {
	m := maturedShare{cohort: b.cohort("at"), within: b.limit("within", calendar.Limit{})}
	m.done = b.name(b.rec.Object, "done", "/done", m.kind)
	return m
}

func (m maturedShare) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		for f, e := range m.placed(in) {
			due := in.Calendar.Due(e.when, m.within, nil)
			e.Due, e.ripe, e.provisional = due.At, due.At, due.Provisional
			if s, ok := f.derived(m.done); ok {
				e.judge(in, d, r.Basis, done3{s.At, s.recorded, s.imported})
			} else if at, ok := f.moment(m.done); ok {
				e.judge(in, d, r.Basis, done3{declared: at})
			}
			list = append(list, e)
		}
		return list
	}))
	r.share()
	if len(r.NotYetDue) > 0 {
		r.Status = Provisional
	}
}

// verifiedShare is the share of the records placed in a period that fulfil a
// condition (K20).
type verifiedShare struct {
	cohort
	pass   *expr.Program
	sample bool // the members are answers: a few of them say little (domain.md §0.12)
}

func (m verifiedShare) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		for f, e := range m.placed(in) {
			e.Done = e.when
			e.pass = m.pass != nil && f.holds(m.pass)
			list = append(list, e)
		}
		return list
	}))
	r.share()
	if m.sample {
		r.Interval = wilson(len(r.Numerator), len(r.Denominator))
		r.sample()
	}
}

// counting is the number of records placed in a period. None is a value: zero
// (K06).
type counting struct{ cohort }

func (m counting) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		for _, e := range m.placed(in) {
			e.pass = true
			list = append(list, e)
		}
		return list
	}))
	r.Value = big.NewRat(int64(len(r.Denominator)), 1)
}

// lapse is the mean working time, in hours, from start to done, by the period in
// which it was done (K04).
type lapse struct {
	cohort
	start, pauses string
}

func (b *builder) lapse() measure { return b.lapseOf() }

func (b *builder) lapseOf() lapse {
	m := lapse{cohort: b.cohort("done"), pauses: b.rec.Text("pauses")}
	m.start = b.name(b.rec.Object, "start", "/start", m.kind)
	return m
}

// members measures the records done in the period, once.
func (m lapse) members(in *Inputs, d *Definition, r *Result) []member {
	return r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		for f, e := range m.placed(in) {
			start, ok := f.moment(m.start)
			if !ok {
				continue
			}
			span := calendar.Interval{Start: start, End: e.when}
			e.Done = e.when
			e.gross = in.Calendar.Working(span, nil)
			e.net = in.Calendar.Working(span, f.pauses(m.pauses))
			list = append(list, e)
		}
		return list
	}))
}

func (m lapse) fill(in *Inputs, d *Definition, r *Result) {
	counted := m.members(in, d, r)
	net, gross := make([]time.Duration, len(counted)), make([]time.Duration, len(counted))
	for i, m := range counted {
		net[i], gross[i] = m.net, m.gross
	}
	slices.Sort(net)
	r.Value = mean(net)
	r.Extra = []Extra{
		{Title: in.say("metric.median"), Value: median(net), Unit: Hours},
		{Title: in.say("metric.p90"), Value: nearestRank(net, 90), Unit: Hours},
		{Title: in.say("metric.gross"), Value: mean(gross), Unit: Hours},
	}
}

func inHours(d time.Duration) *big.Rat { return big.NewRat(int64(d), int64(time.Hour)) }

func mean(list []time.Duration) *big.Rat {
	if len(list) == 0 {
		return nil
	}
	sum := new(big.Rat)
	for _, d := range list {
		sum.Add(sum, inHours(d))
	}
	return sum.Quo(sum, big.NewRat(int64(len(list)), 1))
}

// median of a sorted list; of an even number, the mean of the middle two.
func median(sorted []time.Duration) *big.Rat {
	if len(sorted) == 0 {
		return nil
	}
	half := len(sorted) / 2
	return mean(sorted[(len(sorted)-1)/2 : half+1])
}

// nearestRank is the p-th percentile of a sorted list: the smallest value that at
// least p of a hundred do not exceed.
func nearestRank(sorted []time.Duration, p int) *big.Rat {
	if len(sorted) == 0 {
		return nil
	}
	return inHours(sorted[(len(sorted)*p+99)/100-1])
}
