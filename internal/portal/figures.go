package portal

import (
	"slices"
	"strconv"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// evidenceLimit bounds each group of members of a figure over a longer period
// than the KPI's own: the pages of its own periods list them all.
const evidenceLimit = 100

// KPIPeriod is the page of one figure: from the value to its records and their
// commits.
type KPIPeriod struct {
	Page
	KPIFigures
}

// KPIFigures is one KPI in one period with its evidence.
type KPIFigures struct {
	KPI      string
	Key      string // the period as it stands in addresses: 2026-09
	Link     Link   // the figure's own page
	Folder   string // the folder of the KPI's figures: kpi/K01
	Title    string
	Period   string
	Value    string
	Number   *float64 // for drawing; nil is a gap
	Target   string
	Status   Cell
	Counts   string
	Parts    []FigurePart
	Basis    string // of the headline
	Note     string
	Level    string   // what the figure rests on, "" where levels are left out
	Levels   string   // the same with how many members have each
	Bases    []Basis  // the three bases side by side, the headline first; none where there is one
	Restated Restated // what changed since the period was sealed
	Extras   []Field  // figures beside the headline
	Evidence []EvidenceGroup
	Within   []Cell // the KPI's own periods that a longer one is made of
	Wider    []Cell // the longer periods that it is part of
}

// FigurePart is the numerator, the denominator or what else a figure counts or
// leaves out, with the place of its members.
type FigurePart struct {
	Label string
	Count string
	Link  Link // zero where there are no members
}

// EvidenceGroup is the members of a figure that share a fate: met, not met,
// excluded, not yet due, doubtful. Rest says how many the table leaves out.
type EvidenceGroup struct {
	Table Table
	Count int
	Rest  string
}

// PeriodsOf lists the periods of a KPI that have a page: its own, oldest first,
// then the longer ones that can be picked.
func (v *View) PeriodsOf(kpi string) []calendar.Period {
	own := v.byKPI[kpi].Cadence
	list := slices.Clone(v.src.Periods(own))
	for _, g := range grains {
		if g != own && own.Fits(g) {
			list = append(list, v.Pickable(g)...)
		}
	}
	return list
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

// figures is one figure with everything that its page shows.
func (v *View) figures(d *metric.Definition, p calendar.Period) KPIFigures {
	r := v.src.Result(d, p, basisOf(d))
	f := v.headline(d, &r)
	for _, e := range r.Extra {
		f.Extras = append(f.Extras, Field{Label: v.p.Text(e.Title), Value: one(Cell{Text: v.quantity(e.Value, e.Unit, d.Digits)})})
	}
	f.Restated = v.restated(d, &r)
	f.Evidence = v.evidence(d, &r)
	for _, q := range v.src.Periods(d.Cadence) {
		if p.Grain != d.Cadence && q.Of(p.Grain) == p {
			f.Within = append(f.Within, Cell{Text: v.period(q), Link: periodLink(d.ID, q.String())})
		}
	}
	for _, g := range grains {
		if g != p.Grain && p.Grain.Fits(g) && slices.Contains(v.Pickable(g), p.Of(g)) {
			f.Wider = append(f.Wider, Cell{Text: v.period(p.Of(g)), Link: periodLink(d.ID, p.Of(g).String())})
		}
	}
	return f
}

// headline is a figure without its members.
func (v *View) headline(d *metric.Definition, r *metric.Result) KPIFigures {
	f := KPIFigures{
		KPI: d.ID, Key: r.Period.String(), Link: periodLink(d.ID, r.Period.String()), Folder: kpiFolder + "/" + pageName(d.ID), Title: v.p.Text(d.Title), Period: v.periodOf(r),
		Value: v.large(d, r), Number: float(r), Target: v.target(r.Target, d.Unit), Status: v.status(r), Counts: counts(d, r),
		Parts: v.parts(d, r), Basis: v.basis(r.Basis), Note: v.brief(d, r), Levels: v.FigureLevel(r),
	}
	f.Level = v.lowestLevel(r)
	if list := d.Bases(); len(list) > 1 {
		for _, b := range list {
			o := v.src.Result(d, r.Period, b)
			f.Bases = append(f.Bases, Basis{Name: v.basis(b), Value: v.large(d, &o), Counts: counts(d, &o), Status: v.status(&o)})
		}
	}
	return f
}

// parts leads from the numbers of a figure to the members behind them.
func (v *View) parts(d *metric.Definition, r *metric.Result) []FigurePart {
	part, whole := Parts(r)
	at := func(hash string, n int) Link {
		if n == 0 {
			return Link{}
		}
		return Link{Page: periodLink(d.ID, r.Period.String()).Page, Hash: hash}
	}
	var list []FigurePart
	if part != "" {
		list = append(list, FigurePart{v.p.Say("portal.numerator"), part, at("met", len(r.Numerator))})
	}
	if whole != "" {
		list = append(list, FigurePart{v.p.Say("portal.denominator"), whole, at("evidence", len(r.Denominator))})
	}
	for _, n := range []struct {
		hash, key string
		n         int
	}{
		{"excluded", "portal.part-excluded", len(r.Excluded)},
		{"not-yet-due", "portal.part-not-yet-due", len(r.NotYetDue)},
		{"flagged", "portal.part-flagged", len(r.Flagged)},
	} {
		if n.n > 0 || n.hash == "excluded" {
			list = append(list, FigurePart{v.p.Say(n.key), strconv.Itoa(n.n), at(n.hash, n.n)})
		}
	}
	return list
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

// brief is the note beside numbers that already say what was left out.
func (v *View) brief(d *metric.Definition, r *metric.Result) string {
	return joinWith(filled(v.sampleNote(r), v.published(d, r)), v.p.Say("portal.semicolon"))
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
