package pipeline

import (
	"slices"
	"strconv"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
)

// each yields the definitions that a report names and that have a figure in the
// period, with that figure on its headline basis.
func (i issue) each(kpis []string) func(yield func(*metric.Definition, metric.Result) bool) {
	return func(yield func(*metric.Definition, metric.Result) bool) {
		for _, id := range kpis {
			at := slices.IndexFunc(i.head.Definitions, func(d *metric.Definition) bool { return d.ID == id })
			if at < 0 || !i.head.Definitions[at].Cadence.Fits(i.period.Grain) {
				continue
			}
			d := i.head.Definitions[at]
			if !yield(d, i.measures.Result(d, i.period, headline(d))) {
				return
			}
		}
	}
}

func headline(d *metric.Definition) metric.Basis {
	if bases := d.Bases(); len(bases) > 0 {
		return bases[0]
	}
	return metric.Declared
}

// details are what stands beside the headline figures: the size of a sample with
// its interval, further figures, and why members were left out (domain.md §5.4,
// §7.1.4).
func (i issue) details(kpis []string) []map[string]any {
	var rows []map[string]any
	say := i.project.Messages.Message
	for d, r := range i.each(kpis) {
		add := func(name locale.Text, more map[string]any) {
			more["kpi"], more["name"] = d.ID, name.In(i.lang)
			rows = append(rows, more)
		}
		if sampled(&r) {
			row := map[string]any{"value": strconv.Itoa(len(r.Denominator)), "unit": string(metric.Count)}
			if key := sampleNote(&r); key != "" {
				row["note"] = say(key).In(i.lang)
			}
			add(say("portal.issue-sample"), row)
		}
		if r.Interval != nil && r.Status != metric.TooFew {
			add(say("portal.issue-interval"), map[string]any{"low": oneDecimal(r.Interval.Low), "high": oneDecimal(r.Interval.High), "unit": string(d.Unit)})
		}
		for _, x := range r.Extra {
			if x.Value != nil && r.Status != metric.TooFew {
				add(x.Title, map[string]any{"value": x.Value.FloatString(extraDigits(d, &x)), "unit": string(x.Unit)})
			}
		}
		for _, left := range i.leftOut(&r) {
			add(left.name, map[string]any{"value": strconv.Itoa(left.n), "unit": string(metric.Count)})
		}
	}
	return rows
}

// extraDigits are the decimals of a figure beside the headline: none for a number of
// something.
func extraDigits(d *metric.Definition, x *metric.Extra) int {
	if x.Unit == metric.Count && x.Value.IsInt() {
		return 0
	}
	return d.Digits
}

// sampled tells whether a figure rests on answers, of which a few say little.
func sampled(r *metric.Result) bool {
	return r.Interval != nil || r.Small || r.Status == metric.TooFew
}

func sampleNote(r *metric.Result) string {
	switch {
	case r.Status == metric.TooFew:
		return "portal.too-few-note"
	case r.Small:
		return "portal.small-sample"
	}
	return ""
}

func oneDecimal(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// reason is why members do not count, and how many.
type reason struct {
	name locale.Text
	n    int
}

// leftOut counts the members that were left out by their reason, in the order of the
// first, then those not yet due and those flagged.
func (i issue) leftOut(r *metric.Result) []reason {
	var list []reason
	say := i.project.Messages.Message
	for _, e := range r.Excluded {
		at := slices.IndexFunc(list, func(l reason) bool { return l.name == e.Reason })
		if at < 0 {
			list, at = append(list, reason{name: e.Reason}), len(list)
		}
		list[at].n++
	}
	for at := range list {
		list[at].name = say("portal.issue-excluded", locale.T("reason", list[at].name))
	}
	if n := len(r.NotYetDue); n > 0 {
		list = append(list, reason{say("portal.issue-not-due"), n})
	}
	if n := len(r.Flagged); n > 0 {
		list = append(list, reason{say("portal.issue-flagged"), n})
	}
	return list
}

// trendPeriods is how many periods a report's trend has, the one it is of included.
const trendPeriods = 13

// series are the values of each indicator up to the period, the oldest first.
func (i issue) series(kpis []string) []map[string]any {
	var rows []map[string]any
	for d := range i.each(kpis) {
		var values []string
		first := i.measures.Periods(i.period.Grain)[0]
		for n := 1 - trendPeriods; n <= 0; n++ {
			p := i.period.Shift(n)
			if before(p, first) {
				continue
			}
			text := "-"
			if value := i.judged(d, p, headline(d)); value != nil {
				text = value.FloatString(d.Digits)
			}
			values = append(values, p.String()+" "+text)
		}
		if len(values) > 0 {
			rows = append(rows, map[string]any{"kpi": d.ID, "values": values})
		}
	}
	return rows
}

// before orders periods of one grain.
func before(p, q calendar.Period) bool {
	return p.Year < q.Year || p.Year == q.Year && p.Index < q.Index
}

// extracts are the records that the parts of a report show.
func (i issue) extracts(report *record.Record) []map[string]any {
	list, _ := metric.ExtractsOf(i.head.Register, report)
	var rows []map[string]any
	for _, x := range list {
		row := map[string]any{"section": x.ID}
		if ids := i.measures.Extracted(&x, i.period); len(ids) > 0 {
			row["records"] = ids
		}
		rows = append(rows, row)
	}
	return rows
}

// Extracted lists the records of one part of a report.
func (m *Measures) Extracted(x *metric.Extract, p calendar.Period) []string {
	return x.Compute(m.inputs, p)
}

// claim says what two periods' intervals allow to be said of a change: nothing where
// they overlap (domain.md §5.4); "" where either has none.
func claim(now, then *metric.Range) string {
	switch {
	case now == nil || then == nil:
		return ""
	case now.Low > then.High:
		return "higher"
	case now.High < then.Low:
		return "lower"
	}
	return "overlap"
}

// claimed is the claim of a KPI against the period before.
func (i issue) claimed(d *metric.Definition, basis metric.Basis) string {
	range_ := func(p calendar.Period) *metric.Range {
		r := i.measures.Result(d, p, basis)
		if r.Status == metric.TooFew {
			return nil
		}
		return r.Interval
	}
	return claim(range_(i.period), range_(i.period.Shift(-1)))
}
