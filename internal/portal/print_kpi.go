package portal

import (
	"maps"
	"math/big"
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/metric"
	"kept/internal/schema"
)

// KPIPrint makes the KPI report of one period: a table of every figure with its
// change against the period before, the balance of open records, then each KPI of this cadence with its
// trend and what a reader must know beside it (domain.md §7.1).
func (v *View) KPIPrint(l Layout, p calendar.Period) *Print {
	stamp := v.Stamp(v.behind(p), v.besides(p)...)
	if v.src.AsOf.Before(p.In(v.zone).End) {
		stamp.AsOf = v.src.AsOf // an unfinished period says until when
	}
	paper := v.paper(l, p, stamp)
	if l.Grain != p.Grain {
		paper.Title = v.kpiPrintTitle(p.Grain)
	}
	if paper.DocumentNo == "" {
		paper.DocumentNo = v.src.Config.Document
	}
	table := v.kpiPrintTable(p)
	paper.Sections = []PrintSection{v.kpiGlance(p), {Heading: v.p.Say("pdf.kpi.overview"), Table: &table, Notes: []string{v.p.Say("pdf.kpi.note")}}}
	if backlog := v.BacklogTable(p); len(backlog.Rows) > 0 {
		paper.Sections = append(paper.Sections, PrintSection{Heading: backlog.Title, Table: &backlog})
	}
	for _, d := range v.src.Definitions {
		if d.Cadence == p.Grain {
			paper.Sections = append(paper.Sections, v.kpiSection(d, p))
		}
	}
	return paper
}

// kpiGlance counts the targets met and missed and names those missed, with value and
// target.
func (v *View) kpiGlance(p calendar.Period) PrintSection {
	s := PrintSection{Heading: v.p.Say("portal.report-glance")}
	met, missed, other := 0, 0, 0
	var boxes []PrintFigure
	for _, d := range v.src.Definitions {
		if !d.Cadence.Fits(p.Grain) {
			continue
		}
		switch r := v.src.Result(d, p, basisOf(d)); r.Status {
		case metric.Met:
			met++
		case metric.Missed:
			missed++
			boxes = append(boxes, PrintFigure{Label: v.kpiTitle(d), Value: v.figure(d, &r), Note: v.target(r.Target, d.Unit), Tone: Bad})
		default:
			other++
		}
	}
	s.Figures = append(v.targetsMet(met, missed, other), boxes...)
	return s
}

// kpiPrintTitle names the report of a period of another length than that of its
// layout.
func (v *View) kpiPrintTitle(g calendar.Grain) string {
	switch g {
	case calendar.Month:
		return v.p.Say("portal.print-kpi-month")
	case calendar.Quarter:
		return v.p.Say("portal.print-kpi-quarter")
	case calendar.Half:
		return v.p.Say("portal.print-kpi-half")
	}
	return v.p.Say("portal.print-kpi-year")
}

// behind lists the records that the period's figures rest on, the definitions
// among them.
func (v *View) behind(p calendar.Period) []string {
	var ids []string
	for _, d := range v.src.Definitions {
		if !d.Cadence.Fits(p.Grain) {
			continue
		}
		ids = append(ids, d.ID)
		r := v.src.Result(d, p, basisOf(d))
		for _, list := range [][]metric.Evidence{r.Numerator, r.Denominator, r.Excluded, r.NotYetDue, r.Flagged} {
			for _, e := range list {
				ids = append(ids, e.Record)
			}
		}
	}
	return ids
}

// besides lists the records that the paper of a period rests on beside those behind
// its figures: those of the trends, of the period before, of the other bases, and those
// that the balance of open records counts.
func (v *View) besides(p calendar.Period) []string {
	seen := map[string]bool{}
	for _, d := range v.src.Definitions {
		if !d.Cadence.Fits(p.Grain) {
			continue
		}
		periods := []calendar.Period{p.Shift(-1)}
		if d.Cadence == p.Grain {
			periods = append(periods, lastOf(v.until(p), chartPeriods)...)
		}
		for _, q := range periods {
			v.evident(seen, d, q, basisOf(d))
		}
		for _, basis := range d.Bases() {
			v.evident(seen, d, p, basis)
		}
	}
	for _, kind := range v.measured() {
		v.balanced(seen, v.src.Register.Kinds().Kind(kind), p.In(v.zone).End)
	}
	return slices.Sorted(maps.Keys(seen))
}

// evident adds the records behind one figure.
func (v *View) evident(seen map[string]bool, d *metric.Definition, p calendar.Period, basis metric.Basis) {
	r := v.src.Result(d, p, basis)
	for _, list := range [][]metric.Evidence{r.Numerator, r.Denominator, r.Excluded, r.NotYetDue, r.Flagged} {
		for _, e := range list {
			seen[e.Record] = true
		}
	}
}

// balanced adds the records of a kind that were there before an end, the deleted ones
// among them.
func (v *View) balanced(seen map[string]bool, kind *schema.Kind, end time.Time) {
	for rec := range v.src.Register.Of(kind.ID) {
		if at, known := rec.Moment(kind.Date, v.zone); !known || at.Before(end) {
			seen[rec.ID] = true
		}
	}
	for _, gone := range v.gone[kind.ID] {
		if t := v.src.History.Timeline(gone); t.Created.Merged.Before(end) {
			seen[gone] = true
		}
	}
}

// kpiPrintTable is the table of the screen with the change against the period
// before on each headline.
func (v *View) kpiPrintTable(p calendar.Period) Table {
	t := v.KPITable(p)
	t.Columns = append(t.Columns, Column{Key: "change", Title: v.p.Say("pdf.kpi.change"), Align: Right, Weight: 7, Screen: true})
	headlines := map[string]bool{}
	for i, r := range t.Rows {
		for c := range 2 { // number and name stand in every row: paper has no blank cells
			if r.Cells[c].Text == "" {
				r.Cells[c].Text = t.Rows[i-1].Cells[c].Text
			}
		}
		if r.Note != "" {
			r.Cells[1].Text += v.words("portal.print-noted", "note", r.Note)
		}
		change := ""
		if d := v.byKPI[r.ID]; d != nil && !headlines[r.ID] {
			headlines[r.ID] = true
			change = v.difference(d, p)
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, Cell{Text: change})
	}
	return t
}

// difference is that to the period before in the KPI's own unit, with its
// sign; "" where either has no value.
func (v *View) difference(d *metric.Definition, p calendar.Period) string {
	now, before := v.src.Result(d, p, basisOf(d)), v.src.Result(d, p.Shift(-1), basisOf(d))
	if now.Value == nil || before.Value == nil {
		return ""
	}
	delta := new(big.Rat).Sub(now.Value, before.Value)
	s := v.p.Decimal(delta, d.Digits)
	if delta.Sign() > 0 {
		s = "+" + s
	}
	return s
}

func (v *View) kpiSection(d *metric.Definition, p calendar.Period) PrintSection {
	r := v.src.Result(d, p, basisOf(d))
	trend := v.Trend(d, v.until(p))
	s := PrintSection{Heading: v.kpiTitle(d), Chart: &trend, Notes: []string{v.words("pdf.kpi.formula", "formula", v.p.Text(d.Formula))}}
	if note := v.note(d, &r); note != "" {
		s.Notes = append(s.Notes, note)
	}
	return s
}

// until lists the periods with data up to p.
func (v *View) until(p calendar.Period) []calendar.Period {
	var list []calendar.Period
	for _, q := range v.src.Periods(p.Grain) {
		if !q.In(v.zone).Start.After(p.In(v.zone).Start) {
			list = append(list, q)
		}
	}
	return list
}
