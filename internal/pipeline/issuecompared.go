package pipeline

import (
	"math/big"
	"slices"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// compared puts numbers and headline figures beside those of the period before
// and of the same period a year before (domain.md §4.6).
func (i issue) compared(kinds, kpis []string) []map[string]any {
	var rows []map[string]any
	for _, kind := range kinds {
		rows = append(rows, i.comparedCounts(kind)...)
	}
	for _, id := range kpis {
		at := slices.IndexFunc(i.head.Definitions, func(d *metric.Definition) bool { return d.ID == id })
		if at >= 0 && i.head.Definitions[at].Cadence.Fits(i.period.Grain) {
			rows = append(rows, i.comparedFigure(i.head.Definitions[at]))
		}
	}
	return rows
}

// earlierPeriods are the period before and the same a year before.
func earlierPeriods(p calendar.Period) (previous, yearBefore calendar.Period) {
	yearBefore = p
	yearBefore.Year--
	return p.Shift(-1), yearBefore
}

func (i issue) comparedCounts(kind string) []map[string]any {
	previous, yearBefore := earlierPeriods(i.period)
	now, _ := i.balance(kind, i.period)
	before, _ := i.balance(kind, previous)
	last, _ := i.balance(kind, yearBefore)
	title := locale.T("kind", i.head.Kinds.Kind(kind).Title)
	row := func(what locale.Text, of func(metric.Balance) int) map[string]any {
		r := map[string]any{
			"what": what.In(i.lang), "now": count(of(now)), "previous": count(of(before)), "year_before": count(of(last)),
			"change":      i.changed(of(now), of(before)),
			"change_year": i.changed(of(now), of(last)),
		}
		return r
	}
	say := i.project.Messages.Message
	return []map[string]any{
		row(say("intake.count.opened", title), func(b metric.Balance) int { return b.Registered }),
		row(say("intake.count.reopened", title), func(b metric.Balance) int { return b.Reopened }),
		row(say("intake.count.closed", title), func(b metric.Balance) int { return b.Closed }),
		row(say("intake.count.end", title), func(b metric.Balance) int { return b.End }),
	}
}

// changed is a change in percent with its sign; against nothing it cannot be told.
func (i issue) changed(now, before int) string {
	change := metric.Changed(now, before)
	if change == nil {
		return i.project.Messages.Message("portal.issue-incomparable").In(i.lang)
	}
	return signed(change, 1) + "%"
}

// comparedFigure is a KPI's headline with its difference, in its own unit. A value
// that was not there leaves its cell and the difference out.
func (i issue) comparedFigure(d *metric.Definition) map[string]any {
	basis := headline(d)
	previous, yearBefore := earlierPeriods(i.period)
	row := map[string]any{"what": d.ID + " " + d.Title.In(i.lang)}
	now := i.judged(d, i.period, basis)
	for _, c := range []struct {
		key, change string
		period      calendar.Period
	}{{"now", "", i.period}, {"previous", "change", previous}, {"year_before", "change_year", yearBefore}} {
		value := i.judged(d, c.period, basis)
		if value == nil {
			continue
		}
		row[c.key] = value.FloatString(d.Digits)
		if c.change != "" && now != nil {
			row[c.change] = signed(new(big.Rat).Sub(now, value), d.Digits)
		}
	}
	if said := i.claimed(d, basis); said != "" {
		row["claim"] = said
	}
	return row
}

// judged is a value, nil where there is none or too few answers behind it.
func (i issue) judged(d *metric.Definition, p calendar.Period, b metric.Basis) *big.Rat {
	r := i.measures.Result(d, p, b)
	if r.Status == metric.TooFew {
		return nil
	}
	return r.Value
}

func count(n int) string { return big.NewInt(int64(n)).String() }

// signed writes a number with a sign unless it rounds to nothing.
func signed(r *big.Rat, digits int) string {
	text := r.FloatString(digits)
	if r.Sign() > 0 {
		return "+" + text
	}
	return text
}
