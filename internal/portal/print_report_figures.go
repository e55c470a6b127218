package portal

import (
	"math/big"
	"strings"

	"kept/internal/calendar"
	"kept/internal/chart"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// missedFigures lists the KPIs that miss their target; that none does is said, too.
func (v *View) missedFigures(r *reader) []PrintSection {
	if len(r.rec.Items("figures")) == 0 {
		return nil
	}
	s := PrintSection{Heading: v.p.Say("portal.report-missed")}
	t := &Table{ID: "missed", Title: s.Heading, Columns: []Column{
		{Key: "kpi", Title: v.memberLabel(r, "figures.kpi"), Weight: 16},
		{Key: "value", Title: v.memberLabel(r, "figures.value"), Align: Right, Weight: 7},
		{Key: "target", Title: v.memberLabel(r, "figures.target"), Align: Right, Weight: 8},
		{Key: "formula", Title: v.p.Say("portal.report-formula"), Weight: 26},
	}}
	for _, item := range headlines(r.rec) {
		if item.Text("verdict") != string(metric.Missed) {
			continue
		}
		formula := ""
		if d := v.byKPI[item.Text("kpi")]; d != nil {
			formula = v.p.Text(d.Formula)
		}
		t.Rows = append(t.Rows, Row{ID: r.rec.ID, Cells: []Cell{
			{Text: v.kpiNamed(item.Text("kpi"))},
			{Text: v.issuedNumber(item, "value", v.plainMember(item))},
			{Text: v.issuedNumber(item, "target", v.plainMember(item))},
			{Text: formula},
		}})
	}
	if len(t.Rows) == 0 {
		s.Paragraphs = []string{v.p.Say("portal.report-none-missed")}
		return []PrintSection{s}
	}
	s.Table = t
	return []PrintSection{s}
}

// kpiNamed is a KPI's number and title, or the number alone where nobody knows it.
func (v *View) kpiNamed(id string) string {
	if d := v.byKPI[id]; d != nil {
		return v.kpiTitle(d)
	}
	return v.mask(id)
}

func (v *View) memberLabel(r *reader, name string) string {
	m, _ := r.rec.Kind.Field(name)
	return v.label(m)
}

func (v *View) plainMember(item yamldoc.Object) func(string) Cell {
	return func(name string) Cell { return Cell{Text: v.mask(item.Text(name))} }
}

// publishedDetails is what stands beside the figures: samples, intervals, medians,
// dimensions and why members were left out.
func (v *View) publishedDetails(r *reader) []PrintSection {
	items := r.rec.Items("details")
	if len(items) == 0 {
		return nil
	}
	f, _ := r.rec.Kind.Field("details")
	t := &Table{ID: f.Name, Title: v.label(f), Columns: []Column{
		{Key: "kpi", Title: v.memberLabel(r, "details.kpi"), Weight: 14},
		{Key: "name", Title: v.memberLabel(r, "details.name"), Weight: 18},
		{Key: "value", Title: v.memberLabel(r, "details.value"), Align: Right, Weight: 12},
		{Key: "note", Title: v.memberLabel(r, "details.note"), Weight: 14},
	}}
	for _, item := range items {
		t.Rows = append(t.Rows, Row{ID: r.rec.ID, Cells: []Cell{
			{Text: v.kpiNamed(item.Text("kpi"))}, {Text: v.mask(item.Text("name"))}, {Text: v.detail(item)}, {Text: v.mask(item.Text("note"))},
		}})
	}
	return []PrintSection{{Heading: t.Title, Table: t}}
}

// detail says a value, or an interval, with its unit.
func (v *View) detail(item yamldoc.Object) string {
	unit := metric.Unit(item.Text("unit"))
	say := func(name string) string {
		n, ok := item.Number(name)
		if !ok {
			return noValue
		}
		return v.quantity(n, unit, decimalsOf(item.Text(name)))
	}
	if item.Has("low") || item.Has("high") {
		return v.p.Say("portal.report-range", locale.A("low", say("low")), locale.A("high", say("high")))
	}
	return say("value")
}

// decimalsOf is how many decimals a number was written with.
func decimalsOf(text string) int {
	_, decimals, _ := strings.Cut(text, ".")
	return len(decimals)
}

// identity says whether start + opened + reopened − closed is what is open at the
// end.
func (v *View) identity(n []*big.Rat) string {
	sum := new(big.Rat).Add(n[0], n[1])
	sum.Add(sum, n[2]).Sub(sum, n[3])
	args := []locale.Arg{
		locale.A("start", quotient(n[0])), locale.A("opened", quotient(n[1])), locale.A("reopened", quotient(n[2])),
		locale.A("closed", quotient(n[3])), locale.A("end", quotient(n[4])), locale.A("sum", quotient(sum)),
	}
	if sum.Cmp(n[4]) == 0 {
		return v.p.Say("portal.report-balanced", args...)
	}
	return v.p.Say("portal.report-unbalanced", args...)
}

// chartsOf are the trends that a publication holds, by KPI.
func (v *View) chartsOf(r *reader, p calendar.Period) map[string]*chart.Trend {
	charts := map[string]*chart.Trend{}
	for _, item := range r.rec.Items("series") {
		if d := v.byKPI[item.Text("kpi")]; d != nil {
			charts[d.ID] = v.issuedTrend(d, item.Texts("values"), p)
		}
	}
	return charts
}

// issuedTrend draws "2026-09 95.0" as the point of a period; "-" is a gap.
func (v *View) issuedTrend(d *metric.Definition, values []string, p calendar.Period) *chart.Trend {
	t := &chart.Trend{Title: v.kpiTitle(d), Unit: v.axisUnit(d.Unit)}
	target := d.TargetAt(calendar.DayOf(p.In(v.zone).End.AddDate(0, 0, -1)))
	for _, text := range values {
		name, number, _ := strings.Cut(text, " ")
		at, err := calendar.ParsePeriod(name)
		if err != nil {
			continue
		}
		point := chart.Point{Label: v.tick(at), Key: name}
		said := noValue
		if n, ok := new(big.Rat).SetString(number); ok {
			f, _ := n.Float64()
			said = v.quantity(n, d.Unit, d.Digits)
			point.Value, point.Short = &f, said
			point.Bad = target != nil && !target.Reached(n)
		}
		point.Text = v.p.Say("portal.pair", locale.A("label", v.period(at)), locale.A("value", said))
		t.Points = append(t.Points, point)
		t.Summary = point.Text
	}
	if target != nil {
		f, _ := target.Value.Float64()
		t.Target, t.TargetLabel = &f, v.words("portal.target-line", "target", v.target(target, d.Unit))
	}
	t.Speak(v.p)
	return t
}

// trendSections are the trends that no part of the report shows, in the order of the
// report's KPIs; one of a single value is none.
func (v *View) trendSections(report *record.Record, charts map[string]*chart.Trend) []PrintSection {
	if report == nil {
		return nil
	}
	elsewhere := map[string]bool{}
	for _, o := range report.Items(metric.SectionsField) {
		for _, id := range o.Texts("kpis") {
			elsewhere[id] = true
		}
	}
	var sections []PrintSection
	for _, id := range report.Texts("kpis") {
		if c := charts[id]; c != nil && !elsewhere[id] && valued(c) > 1 {
			sections = append(sections, PrintSection{Chart: c})
		}
	}
	if len(sections) > 0 {
		sections[0].Heading = v.p.Say("portal.report-trends")
	}
	return sections
}

func valued(t *chart.Trend) int {
	n := 0
	for _, p := range t.Points {
		if p.Value != nil {
			n++
		}
	}
	return n
}
