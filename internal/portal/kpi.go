package portal

import (
	"slices"

	"kept/internal/calendar"
	"kept/internal/chart"
	"kept/internal/locale"
	"kept/internal/metric"
)

// How many periods a small and a large trend show.
const (
	cardPeriods  = 12
	chartPeriods = 24
)

// KPICard is one KPI at a glance: the newest complete period.
type KPICard struct {
	ID     string
	Title  string
	Link   Link
	Period string
	Value  string
	Target string // in words
	Status Cell
	// Counts says numerator and denominator: 19/20.
	Counts string
	Trend  []Tick // oldest first
}

// Tick is one period of a small trend.
type Tick struct {
	Label string
	Text  string
	Value *float64 // nil is a gap
	Bad   bool
}

// KPIIndex is the page of all KPIs.
type KPIIndex struct {
	Page
	Cards  []KPICard
	Prints []Cell // the report, then the list of KPIs, on paper
}

// KPI is one KPI's page, which is also its record's page.
type KPI struct {
	Record
	Card    KPICard
	Formula string
	Cadence string
	Version int
	Purpose string
	Chart   chart.Trend
	Bases   []string     // names of the bases beside the headline's, columns of the table
	Periods []KPIFigures // newest first, without their members
	Latest  *KPIFigures  // the newest complete period; nil for none
	Noted   bool         // some period has a note
	Longer  []Cell       // the longer periods that can be picked, newest first
	None    string       // said of a period shorter than the cadence
	// Versions are the versions of the definition, newest first; Targets the targets
	// by the day from which they hold.
	Versions []DefinitionVersion
	Targets  []TargetFrom
}

// Basis is the figure that another of the three times would give.
type Basis struct {
	Name   string
	Value  string
	Counts string
	Status Cell
}

// KPIs makes the page of all KPIs.
func (v *View) KPIs() KPIIndex {
	x := KPIIndex{Page: v.page(kpiFolder+"/index.html", v.p.Say("portal.kpis"), kpiFolder)}
	x.Prints = append(v.printsOf(ContentFigures), v.registerFiles(kpiFolder, false)...)
	for _, d := range v.src.Definitions {
		x.Cards = append(x.Cards, v.card(d))
	}
	return x
}

// IsKPI tells whether a record of the KPI folder can be computed, and so has a
// [KPI] page instead of a [Record] page.
func (v *View) IsKPI(id string) bool { return v.byKPI[id] != nil }

// KPI makes the page of one KPI.
func (v *View) KPI(id string) KPI {
	d := v.byKPI[id]
	k := KPI{
		Record: v.Record(kpiFolder, id), Card: v.card(d), Formula: v.p.Text(d.Formula), Purpose: v.p.Text(d.Purpose),
		Cadence: v.cadence(d.Cadence), Version: d.Version, None: v.noFigure(d.Cadence),
		Versions: v.definitionVersions(id), Targets: v.targetsOf(d),
	}
	for _, b := range d.Bases()[min(1, len(d.Bases())):] {
		k.Bases = append(k.Bases, v.basis(b))
	}
	periods := v.src.Periods(d.Cadence)
	for _, p := range slices.Backward(periods) {
		r := v.src.Result(d, p, basisOf(d))
		k.Periods = append(k.Periods, v.headline(d, &r))
		k.Noted = k.Noted || k.Periods[len(k.Periods)-1].Note != ""
	}
	for _, p := range slices.Backward(v.PeriodsOf(id)[len(periods):]) {
		k.Longer = append(k.Longer, Cell{Text: v.period(p), Link: periodLink(id, p.String())})
	}
	k.Chart = v.Trend(d, periods)
	if p, ok := v.newest(d.Cadence); ok {
		figures := v.figures(d, p)
		k.Latest = &figures
	}
	return k
}

// newest is the last complete period of a grain, or the unfinished one where no
// period is complete yet.
func (v *View) newest(g calendar.Grain) (calendar.Period, bool) {
	periods := v.src.Periods(g)
	for i := len(periods) - 1; i >= 0; i-- {
		if !periods[i].In(v.zone).End.After(v.src.AsOf) {
			return periods[i], true
		}
	}
	if len(periods) == 0 {
		return calendar.Period{}, false
	}
	return periods[0], true
}

func (v *View) card(d *metric.Definition) KPICard {
	c := KPICard{ID: d.ID, Title: v.p.Text(d.Title), Link: recordLink(kpiFolder, d.ID), Value: noValue, Status: Cell{Text: v.p.Say("portal.no-data"), Tone: Muted}}
	p, ok := v.newest(d.Cadence)
	if !ok {
		return c
	}
	res := v.src.Result(d, p, basisOf(d))
	c.Period, c.Value, c.Target = v.PeriodName(p), v.large(d, &res), v.target(res.Target, d.Unit)
	c.Status, c.Counts = v.status(&res), counts(d, &res)
	for _, q := range lastOf(upTo(v.src.Periods(d.Cadence), p), cardPeriods) {
		r := v.src.Result(d, q, basisOf(d))
		c.Trend = append(c.Trend, Tick{Label: v.period(q), Text: v.figure(d, &r), Value: float(&r), Bad: r.Status == metric.Missed})
	}
	return c
}

// upTo cuts the periods after last off, so that a trend ends at its headline.
func upTo(periods []calendar.Period, last calendar.Period) []calendar.Period {
	return periods[:slices.Index(periods, last)+1]
}

func lastOf(periods []calendar.Period, n int) []calendar.Period {
	return periods[max(0, len(periods)-n):]
}

// periodOf names a result's period; an unfinished one says up to when.
func (v *View) periodOf(r *metric.Result) string {
	if !r.Unfinished {
		return v.period(r.Period)
	}
	return v.p.Say("portal.until", locale.A("period", v.period(r.Period)), locale.A("at", v.moment(r.AsOf)))
}

// counts is numerator over denominator of a share, else how many members the
// figure rests on.
func counts(d *metric.Definition, r *metric.Result) string {
	if r.Ratio != nil {
		return Fraction(r)
	}
	if d.Unit != metric.Percent {
		return plainCount(max(len(r.Numerator), len(r.Denominator)))
	}
	return plainCount(len(r.Numerator)) + "/" + plainCount(len(r.Denominator))
}

func float(r *metric.Result) *float64 {
	if r.Value == nil || r.Status == metric.TooFew {
		return nil
	}
	f, _ := r.Value.Float64()
	return &f
}

// Trend is a KPI over periods, on the headline basis.
func (v *View) Trend(d *metric.Definition, periods []calendar.Period) chart.Trend {
	t := chart.Trend{Title: v.p.Text(d.Title), Unit: v.axisUnit(d.Unit)}
	for _, p := range lastOf(periods, chartPeriods) {
		r := v.src.Result(d, p, basisOf(d))
		t.Points = append(t.Points, chart.Point{
			Label: v.tick(p), Key: p.String(), Value: float(&r), Small: r.Small, Bad: r.Status == metric.Missed,
			Text: v.p.Say("portal.pair", locale.A("label", v.period(p)), locale.A("value", v.figure(d, &r))),
		})
		if !v.src.Policy.Paper {
			t.Points[len(t.Points)-1].Short = v.figure(d, &r)
		}
		t.Summary = v.p.Say("portal.pair", locale.A("label", v.periodOf(&r)), locale.A("value", v.figure(d, &r)))
		t.Target, t.TargetLabel = nil, ""
		if r.Target != nil {
			f, _ := r.Target.Value.Float64()
			t.Target, t.TargetLabel = &f, v.p.Say("portal.target-line", locale.A("target", v.target(r.Target, d.Unit)))
		}
	}
	t.Speak(v.p)
	return t
}

func (v *View) axisUnit(u metric.Unit) string {
	switch u {
	case metric.Percent:
		return "%"
	case metric.Hours:
		return "h"
	}
	return ""
}

func (v *View) cadence(g calendar.Grain) string {
	switch g {
	case calendar.Month:
		return v.p.Say("portal.monthly")
	case calendar.Quarter:
		return v.p.Say("portal.quarterly")
	case calendar.Half:
		return v.p.Say("portal.half-yearly")
	}
	return v.p.Say("portal.yearly")
}

// IsKPIFolder tells whether a section holds KPI definitions, whose register is
// the page of all KPIs.
func (v *View) IsKPIFolder(folder string) bool { return folder == kpiFolder }
