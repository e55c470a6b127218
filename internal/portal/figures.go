package portal

import (
	"slices"
	"strconv"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// KPIPeriod is the page of one figure: from the value to its records and their
// commits.
type KPIPeriod struct {
	Page
	KPIFigures
}

// KPIFigures is one KPI in one period with its evidence.
type KPIFigures struct {
	KPI      string
	Title    string
	Period   string
	Value    string
	Target   string
	Status   Cell
	Counts   string
	Basis    string // of the headline
	Note     string
	Bases    []Basis // the other bases
	Extras   []Field // figures beside the headline
	Evidence []Table // met, not met, excluded, not yet due, doubtful; empty ones left out
}

// PeriodsOf lists the periods of a KPI that have a page, oldest first.
func (v *View) PeriodsOf(kpi string) []calendar.Period {
	return v.src.Periods(v.byKPI[kpi].Cadence)
}

// KPIPeriod makes the page of one figure.
func (v *View) KPIPeriod(kpi string, p calendar.Period) KPIPeriod {
	d := v.byKPI[kpi]
	f := v.figures(d, p)
	kpis := Crumb{v.p.Say("portal.kpis"), Link{Page: kpiFolder + "/index.html"}}
	own := Crumb{v.kpiTitle(d), recordLink(kpiFolder, d.ID)}
	title := v.p.Say("portal.kpi-period", locale.A("title", v.kpiTitle(d)), locale.A("period", v.period(p)))
	return KPIPeriod{Page: v.page(periodLink(d.ID, p.String()).Page, title, kpiFolder, kpis, own), KPIFigures: f}
}

func (v *View) kpiTitle(d *metric.Definition) string { return d.ID + " " + v.p.Text(d.Title) }

func (v *View) figures(d *metric.Definition, p calendar.Period) KPIFigures {
	r := v.src.Result(d, p, basisOf(d))
	f := KPIFigures{
		KPI: d.ID, Title: v.p.Text(d.Title), Period: v.periodOf(&r), Value: v.figure(d, &r), Target: v.target(r.Target, d.Unit),
		Status: v.status(&r), Counts: counts(d, &r), Basis: v.basis(r.Basis), Note: v.note(d, &r), Bases: v.otherBases(d, p),
	}
	for _, e := range r.Extra {
		f.Extras = append(f.Extras, Field{Label: v.p.Text(e.Title), Value: one(Cell{Text: v.quantity(e.Value, e.Unit, d.Digits)})})
	}
	f.Evidence = v.evidence(d, &r)
	return f
}

// note says what a reader must know beside the figure: the interval, a small
// sample, how many members were left out or are doubtful.
func (v *View) note(d *metric.Definition, r *metric.Result) string {
	parts := filled(v.sampleNote(r))
	for _, n := range []struct {
		key string
		n   int
	}{{"portal.n-excluded", len(r.Excluded)}, {"portal.n-not-yet-due", len(r.NotYetDue)}, {"portal.n-flagged", len(r.Flagged)}} {
		if n.n > 0 {
			parts = append(parts, v.p.Say(n.key, locale.N("n", n.n)))
		}
	}
	if published := v.published(d, r); published != "" {
		parts = append(parts, published)
	}
	return joinWith(parts, v.p.Say("portal.semicolon"))
}

// sampleNote says how far a sample can be trusted: its interval where it is large
// enough for one, or that it is small, or too small to judge (domain.md §0.12).
func (v *View) sampleNote(r *metric.Result) string {
	var parts []string
	if r.Interval != nil {
		parts = append(parts, v.p.Say("portal.interval", locale.A("low", oneDecimal(r.Interval.Low)), locale.A("high", oneDecimal(r.Interval.High))))
	}
	if r.Small {
		parts = append(parts, v.p.Say("portal.small-sample"))
	}
	if r.Status == metric.TooFew {
		parts = append(parts, v.p.Say("portal.too-few-note"))
	}
	return joinWith(parts, v.p.Say("portal.semicolon"))
}

func oneDecimal(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

func plainCount(n int) string { return strconv.Itoa(n) }

// evidence lists the members behind a figure in groups.
func (v *View) evidence(d *metric.Definition, r *metric.Result) []Table {
	missing := without(r.Denominator, r.Numerator)
	groups := []struct {
		id, title string
		list      []metric.Evidence
	}{
		{"missed", v.p.Say("portal.group-missed"), missing},
		{"met", v.p.Say("portal.group-met"), r.Numerator},
		{"flagged", v.p.Say("portal.group-flagged"), r.Flagged},
		{"excluded", v.p.Say("portal.group-excluded"), r.Excluded},
		{"not-yet-due", v.p.Say("portal.group-not-yet-due"), r.NotYetDue},
	}
	if d.Unit == metric.Count || d.Unit == metric.Hours || len(r.Numerator) == 0 && len(r.Denominator) > 0 && d.Unit != metric.Percent {
		groups[0].title = v.p.Say("portal.group-counted")
		groups[1].title = v.p.Say("portal.group-counted")
	}
	var tables []Table
	for _, g := range groups {
		if len(g.list) > 0 {
			tables = append(tables, v.evidenceTable(g.id, g.title, g.list))
		}
	}
	return tables
}

// without keeps the members of all that are not in some.
func without(all, some []metric.Evidence) []metric.Evidence {
	type key struct{ record, item string }
	in := make(map[key]bool, len(some))
	for _, e := range some {
		in[key{e.Record, e.Item}] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(e metric.Evidence) bool { return in[key{e.Record, e.Item}] })
}

func (v *View) evidenceTable(id, title string, list []metric.Evidence) Table {
	t := Table{ID: id, Title: title, Columns: []Column{
		{Key: "record", Title: v.p.Say("portal.record"), Screen: true},
		{Key: "item", Title: v.p.Say("portal.item"), Screen: anyOf(list, func(e metric.Evidence) bool { return e.Item != "" })},
		{Key: "due", Title: v.p.Say("portal.due"), Screen: anyOf(list, func(e metric.Evidence) bool { return !e.Due.IsZero() })},
		{Key: "done", Title: v.p.Say("portal.done"), Screen: anyOf(list, func(e metric.Evidence) bool { return !e.Done.IsZero() })},
		{Key: "reason", Title: v.p.Say("portal.reason"), Screen: anyOf(list, func(e metric.Evidence) bool { return !e.Reason.IsZero() })},
		{Key: "commit", Title: v.p.Say("portal.commit"), Screen: anyOf(list, func(e metric.Evidence) bool { return e.Commit != "" })},
	}}
	for _, e := range list {
		t.Rows = append(t.Rows, Row{ID: e.Record, Cells: []Cell{
			v.evidenceRecord(e.Record),
			{Text: e.Item},
			{Text: v.moment(e.Due)},
			{Text: v.moment(e.Done)},
			{Text: v.p.Text(e.Reason)},
			{Text: e.Commit.Short(), Mono: true},
		}})
	}
	return t
}

func (v *View) evidenceRecord(id string) Cell {
	c := v.anyRecord(id)
	if rec := v.src.Register.Get(id); rec != nil && v.title(rec) != rec.ID {
		c.Text = rec.ID + " " + v.title(rec)
	}
	return c
}

func anyOf(list []metric.Evidence, has func(metric.Evidence) bool) bool {
	return slices.ContainsFunc(list, has)
}
