package pipeline

import (
	"math/big"
	"slices"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
)

// issueField is one computed field of a publication.
type issueField struct {
	name  string
	value any // text, []string or []map[string]any; empty ones are not written
}

// fields are what kept computes of an issue, in the order of the form. What has
// nothing to say is left out; a period in which nothing happened says so in its
// counts, its comparison and its statement.
func (i issue) fields(report *record.Record) []issueField {
	figures, kinds := i.figures(report.Texts("kpis"))
	x := i.analysed(report)
	if x.kind != "" && !slices.Contains(kinds, x.kind) {
		kinds = append(kinds, x.kind)
	}
	kpis := report.Texts("kpis")
	list := []issueField{{"statement", i.statement(x.kind)}, {"figures", figures}, {"counts", i.counts(kinds)}, {"compared", i.compared(kinds, kpis)}}
	for _, f := range []issueField{{"details", i.details(kpis)}, {"series", i.series(kpis)}, {"extracts", i.extracts(report)}, {"breakdowns", i.breakdowns(x.Breakdowns)}, {"durations", i.spells(x.Spells)}} {
		if len(f.value.([]map[string]any)) > 0 {
			list = append(list, f)
		}
	}
	for _, f := range []struct {
		name string
		ids  []string
	}{{"overdue", x.Overdue}, {"escalated", x.Escalated}, {"repeated", x.Repeated}, {"reopened", x.Reopened}, {"refused", x.Refused}} {
		if len(f.ids) > 0 {
			list = append(list, issueField{f.name, f.ids})
		}
	}
	return list
}

// analysedKind is what a report's analysis says of the period, and of what.
type analysedKind struct {
	kind string // "" where the report asks for none
	metric.Analysed
}

// analysed works out what the report breaks its period down by. An analysis that
// cannot be used says nothing: the checks have told why.
func (i issue) analysed(report *record.Record) analysedKind {
	a, _ := metric.AnalysisOf(i.head.Register, report)
	if a == nil {
		return analysedKind{}
	}
	return analysedKind{a.Kind, i.measures.Analysed(a, i.period)}
}

// Analysed works an analysis out for one period.
func (m *Measures) Analysed(a *metric.Analysis, p calendar.Period) metric.Analysed {
	return a.Compute(m.inputs, p)
}

// breakdowns lists the parts with their shares in percent, to one decimal.
func (i issue) breakdowns(list []metric.Breakdown) []map[string]any {
	var rows []map[string]any
	for _, b := range list {
		for _, p := range b.Parts {
			row := map[string]any{"by": b.By.In(i.lang), "count": p.Count, "share": p.Share.FloatString(1), "cumulative": p.Cumulative.FloatString(1)}
			if p.Record != "" {
				row["record"] = p.Record
			} else {
				row["name"] = p.Name.In(i.lang)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (i issue) spells(list []metric.Spell) []map[string]any {
	var rows []map[string]any
	for _, s := range list {
		row := map[string]any{"name": s.Title.In(i.lang), "count": s.Count}
		for key, value := range map[string]*big.Rat{"mean": s.Mean, "median": s.Median, "p90": s.P90} {
			if value != nil {
				row[key] = value.FloatString(1)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// statement says in one sentence what came and went; that there was nothing, too.
func (i issue) statement(kind string) string {
	b, ok := i.balance(kind, i.period)
	if !ok {
		return ""
	}
	say, title := i.project.Messages.Message, locale.T("kind", i.head.Kinds.Kind(kind).Title)
	if b.Registered == 0 {
		nothing := say("portal.issue-none", title)
		if i.period.Grain == calendar.Month {
			nothing = say("portal.issue-none-month", title)
		}
		if b == (metric.Balance{Basis: metric.Declared}) {
			return nothing.In(i.lang)
		}
		return nothing.In(i.lang) + say("portal.issue-balance", locale.N("closed", b.Closed), locale.N("reopened", b.Reopened), locale.N("end", b.End)).In(i.lang)
	}
	opened := say("portal.issue-opened", title, locale.N("n", b.Registered))
	return opened.In(i.lang) + say("portal.issue-balance", locale.N("closed", b.Closed), locale.N("reopened", b.Reopened), locale.N("end", b.End)).In(i.lang)
}

// balance is the declared backlog of a kind over a period.
func (i issue) balance(kind string, p calendar.Period) (metric.Balance, bool) {
	if kind == "" {
		return metric.Balance{}, false
	}
	for _, b := range i.measures.Backlog(kind, p) {
		if b.Basis == metric.Declared {
			return b, true
		}
	}
	return metric.Balance{}, false
}
