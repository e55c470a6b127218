package portal

import (
	"slices"
	"strconv"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
)

// pickableYears bounds how far back a period can be picked: the year that runs and
// the three before it, which is a cycle of certification from wherever in it one
// looks. So no KPI has more than 48 months, 16 quarters, 8 halves and 4 years.
const pickableYears = 4

// grains are the lengths of a period, shortest first.
var grains = [...]calendar.Grain{calendar.Month, calendar.Quarter, calendar.Half, calendar.FullYear}

// Grains lists the lengths of a period, shortest first.
func Grains() []calendar.Grain { return grains[:] }

// Pickable lists the periods of a grain that the portal's period picker offers,
// oldest first, the unfinished one at AsOf among them.
func (v *View) Pickable(g calendar.Grain) []calendar.Period {
	first := v.src.AsOf.In(v.zone).Year() - pickableYears + 1
	return slices.DeleteFunc(slices.Clone(v.src.Periods(g)), func(p calendar.Period) bool { return p.Year < first })
}

// GrainName names a length of a period: 月, quarter.
func (v *View) GrainName(g calendar.Grain) string {
	switch g {
	case calendar.Month:
		return v.p.Say("portal.grain-month")
	case calendar.Quarter:
		return v.p.Say("portal.grain-quarter")
	case calendar.Half:
		return v.p.Say("portal.grain-half")
	}
	return v.p.Say("portal.grain-year")
}

// PeriodName says a period in words; an unfinished one says up to which day, whose
// year is its own.
func (v *View) PeriodName(p calendar.Period) string {
	if p.In(v.zone).End.After(v.src.AsOf) {
		return v.p.Say("portal.until", locale.A("period", v.period(p)), locale.A("at", v.src.AsOf.In(v.zone).Format("01-02")))
	}
	return v.period(p)
}

// Newest is the last complete period of a grain, or the first where none is
// complete; false where there is none at all.
func (v *View) Newest(g calendar.Grain) (calendar.Period, bool) { return v.newest(g) }

// noFigure says how often a KPI is due and that it has no figure for less.
func (v *View) noFigure(g calendar.Grain) string {
	return v.p.Say("portal.no-figure", locale.A("cadence", v.cadence(g)))
}

// PeriodIndex is the page of all periods that can be picked.
type PeriodIndex struct {
	Page
	Years []PeriodYear // newest first
	Empty string
}

// PeriodYear is the periods of one year by their length, the longest first.
type PeriodYear struct {
	Year Cell
	Rows [][]Cell
}

// PeriodPage is one period: every KPI that has a figure for it, how many records
// of each kind date from it, and its papers.
type PeriodPage struct {
	Page
	Key       string // 2026-Q3
	Around    []Cell // the one before, the longer ones that it is part of, the shorter ones it is made of, the one after
	Lead      string // how many KPIs met their target
	Seal      []Notice
	Noted     bool // some figure has a note
	Figures   []KPIFigures
	None      []Unfigured
	Registers Table
	Papers    []Cell
	Owed      Table
}

// Unfigured is a KPI that is computed for longer periods only, said in words.
type Unfigured struct {
	KPI  Cell
	Text string
}

// PeriodPath is the address of a period's page in a language's folder.
func PeriodPath(p calendar.Period) string { return periodFolder + "/" + p.String() + ".html" }

func (v *View) periodCell(p calendar.Period) Cell {
	return Cell{Text: v.period(p), Link: Link{Page: PeriodPath(p)}}
}

// PeriodIndex makes the page of all periods.
func (v *View) PeriodIndex() PeriodIndex {
	x := PeriodIndex{Page: v.page(periodFolder+"/index.html", v.p.Say("portal.periods"), "home"), Empty: v.p.Say("portal.no-periods")}
	for _, year := range slices.Backward(v.Pickable(calendar.FullYear)) {
		one := PeriodYear{Year: v.periodCell(year)}
		for _, g := range slices.Backward(grains[:3]) {
			if row := v.partsOf(year, g); len(row) > 0 {
				one.Rows = append(one.Rows, row)
			}
		}
		x.Years = append(x.Years, one)
	}
	return x
}

// partsOf are the pickable periods of grain g inside p.
func (v *View) partsOf(p calendar.Period, g calendar.Grain) []Cell {
	var list []Cell
	for _, q := range v.Pickable(g) {
		if q.Of(p.Grain) == p {
			list = append(list, v.periodCell(q))
		}
	}
	return list
}

// PeriodPage makes the page of one period from its figures, in the order of the
// KPIs.
func (v *View) PeriodPage(p calendar.Period, figures []KPIFigures) PeriodPage {
	crumb := Crumb{v.p.Say("portal.periods"), Link{Page: periodFolder + "/index.html"}}
	x := PeriodPage{Page: v.page(PeriodPath(p), v.PeriodName(p), "home", crumb), Key: p.String(), Figures: figures}
	x.Around = v.aroundPeriod(p)
	for _, d := range v.src.Definitions {
		if !d.Cadence.Fits(p.Grain) {
			x.None = append(x.None, Unfigured{Cell{Text: v.kpiTitle(d), Link: recordLink(kpiFolder, d.ID)}, v.noFigure(d.Cadence)})
		}
	}
	_, x.Lead = v.verdicts(figures)
	x.Noted = slices.ContainsFunc(figures, func(f KPIFigures) bool { return f.Note != "" })
	x.Seal = v.sealNotices(p)
	x.Registers, x.Papers = v.registersIn(p), v.papersIn(p)
	x.Owed = v.owedIn(p)
	return x
}

// aroundPeriod leads from a period to its neighbours, the longer periods that it is
// part of and the next shorter ones that it is made of.
func (v *View) aroundPeriod(p calendar.Period) []Cell {
	var list []Cell
	same := v.Pickable(p.Grain)
	at := slices.Index(same, p)
	if at > 0 {
		c := v.periodCell(same[at-1])
		c.Text = "← " + c.Text
		list = append(list, c)
	}
	for i, g := range grains {
		if g != p.Grain && p.Grain.Fits(g) && slices.Contains(v.Pickable(g), p.Of(g)) {
			list = append(list, v.periodCell(p.Of(g)))
		}
		if g == p.Grain && i > 0 {
			list = append(list, v.partsOf(p, grains[i-1])...)
		}
	}
	if at >= 0 && at+1 < len(same) {
		c := v.periodCell(same[at+1])
		c.Text += " →"
		list = append(list, c)
	}
	return list
}

// verdicts counts the figures that are judged by their verdict, in short and in
// words.
func (v *View) verdicts(figures []KPIFigures) (judged, words string) {
	met, missed := 0, 0
	for _, f := range figures {
		switch f.Status.Tone {
		case Good:
			met++
		case Bad:
			missed++
		}
	}
	judged = noValue
	if met+missed > 0 {
		judged = strconv.Itoa(met) + " / " + strconv.Itoa(met+missed)
	}
	return judged, v.p.Say("portal.period-lead", locale.N("met", met), locale.N("missed", missed), locale.N("rest", len(figures)-met-missed))
}

// sealNotices says whether the period is sealed and which figures have changed.
func (v *View) sealNotices(p calendar.Period) []Notice {
	state := v.sealOf(p)
	if state == nil {
		return nil
	}
	n := Notice{Link: v.anyRecord(state.Record), Text: v.p.Say("evidence.published-seal",
		locale.A("period", v.period(p)), locale.A("commit", state.Commit.Short()), locale.N("n", len(state.Drifts)))}
	if len(state.Drifts) > 0 {
		n.Tone = Warn
	}
	return []Notice{n}
}

// registersIn counts, for each register of dated records, those whose date lies in
// the period, and leads to them.
func (v *View) registersIn(p calendar.Period) Table {
	t := Table{ID: "registers", Title: v.p.Say("portal.period-registers"), Empty: v.p.Say("portal.period-no-records"), Columns: []Column{
		{Key: "register", Title: v.p.Say("portal.register"), Screen: true},
		{Key: "count", Title: v.p.Say("portal.period-count"), Align: Right, Screen: true},
		{Key: "date", Title: v.p.Say("portal.period-by"), Screen: true},
	}}
	span := p.In(v.zone)
	for _, s := range v.sections {
		if !governs(s.Kind) || s.Kind.Date == "" {
			continue
		}
		n := 0
		for rec := range v.src.Register.Of(s.Folder) {
			if at, ok := rec.Moment(s.Kind.Date, v.zone); ok && !rec.Broken && span.Contains(at) {
				n++
			}
		}
		if n > 0 {
			link := sectionLink(s.Folder)
			link.Hash = "p=" + p.String()
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: s.Title, Link: link}, {Text: plainCount(n)}, {Text: v.p.Text(v.nameTitle(s.Kind, s.Kind.Date))}}})
		}
	}
	return t
}

// papersIn are the papers that cover the period, and the issues of reports for it.
func (v *View) papersIn(p calendar.Period) []Cell {
	list := v.printsThat(func(l *PrintLink) bool { return l.Period == p.String() && l.Record == "" })
	for rec := range v.src.Register.Of(record.PublicationKind) {
		if rec.Text(record.PeriodField) == p.String() {
			list = append(list, v.refCell(rec.ID, withID))
			list = append(list, v.printsOfRecord(rec.ID)...)
		}
	}
	return list
}

// owedIn are the obligations for exactly this period.
func (v *View) owedIn(p calendar.Period) Table {
	list := v.dutiesThat(func(d *obligation.Duty) bool { return d.Period == p && d.Record == "" })
	return v.dutyTable("owed", v.p.Say("portal.duties"), list)
}
