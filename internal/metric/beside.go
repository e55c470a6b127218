package metric

import (
	"math/big"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// beside is a figure that a KPI record asks for beside its headline: how many of
// the records that it counted, left out or could have counted fulfil a condition.
type beside struct {
	title   locale.Text
	when    *expr.Program
	among   string
	of      *expr.Program // of a percentage: which of those among are the whole
	percent bool
	flag    bool
	cohort  cohort
	open    waiting
}

// waiting narrows to what has waited longer than a limit at the period's end.
type waiting struct {
	since, done string
	within      calendar.Limit
}

// besides reads the key beside.
func (b *builder) besides() []beside {
	var list []beside
	for _, o := range b.rec.Items("beside") {
		s := beside{
			title: textOf(o.Object("title")), among: o.Text("among"), percent: Unit(o.Text("unit")) == Percent,
			flag: o.Flag("flag"), cohort: b.cohort(""),
		}
		s.when = b.condition(o, "when", "/beside", b.kindTypes())
		s.of = b.condition(o, "of", "/beside", b.kindTypes())
		if o.Has("open") {
			s.open = b.openOf(o.Object("open"), s.cohort)
		}
		list = append(list, s)
	}
	return list
}

func (b *builder) openOf(o yamldoc.Object, c cohort) waiting {
	return waiting{
		since:  b.name(o, "since", "/beside/open/since", c.kind),
		done:   b.name(o, "done", "/beside/open/done", c.kind),
		within: b.limitIn(o, "within", "/beside/open/within", calendar.Limit{}),
	}
}

// add puts the figure into a result whose lists are full.
func (s beside) add(in *Inputs, r *Result) {
	x := Extra{Title: s.title, Unit: Count}
	whole := 0
	for e, f := range s.records(in, r) {
		if s.of != nil && !f.holds(s.of) || !s.waits(in, r, f) {
			continue
		}
		whole++
		if s.when != nil && !f.holds(s.when) {
			continue
		}
		x.Members = append(x.Members, e)
	}
	x.Value = big.NewRat(int64(len(x.Members)), 1)
	if s.percent {
		x.Unit, x.Value = Percent, percent(len(x.Members), whole)
	}
	r.Extra = append(r.Extra, x)
	if !s.flag {
		return
	}
	for _, e := range x.Members {
		e.Reason = s.title
		r.Flagged = append(r.Flagged, e)
	}
}

// records yields the records among which the condition is asked, each with what
// the result says of it.
func (s beside) records(in *Inputs, r *Result) func(yield func(Evidence, *facts) bool) {
	return func(yield func(Evidence, *facts) bool) {
		if s.among == "all" {
			for f, left := range s.cohort.facts(in) {
				if left.IsZero() && !yield(Evidence{Record: f.rec.ID}, f) {
					return
				}
			}
			return
		}
		for _, list := range s.lists(r) {
			for _, e := range list {
				if f := in.factsOf(in.Register.Get(e.Record)); f != nil && !yield(e, f) {
					return
				}
			}
		}
	}
}

func (s beside) lists(r *Result) [][]Evidence {
	switch s.among {
	case "numerator":
		return [][]Evidence{r.Numerator}
	case "missed":
		return [][]Evidence{r.Missed()}
	case "excluded":
		return [][]Evidence{r.Excluded}
	case "placed":
		return [][]Evidence{r.Denominator, r.Excluded}
	}
	return [][]Evidence{r.Denominator}
}

// waits tells whether the record was still waiting when the period, or what is
// known of it, ended, and had been for longer than the limit.
func (s beside) waits(in *Inputs, r *Result, f *facts) bool {
	if s.open.since == "" {
		return true
	}
	end := earlier(r.Period.In(in.Calendar.Zone()).End, in.AsOf)
	since, ok := f.moment(s.open.since)
	if !ok || !since.Before(end) || !in.Calendar.Due(since, s.open.within, nil).At.Before(end) {
		return false
	}
	done, ok := f.moment(s.open.done)
	return !ok || !done.Before(end)
}
