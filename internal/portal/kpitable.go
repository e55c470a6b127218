package portal

import (
	"math/big"
	"strconv"
	"strings"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// KPITable lists every KPI that has a meaning for p, a row for each basis, the
// headline first. A KPI of a longer cadence than p is left out.
func (v *View) KPITable(p calendar.Period) Table {
	t := Table{
		ID:    "kpi-" + p.String(),
		Title: v.p.Say("portal.kpi-table", locale.A("period", v.period(p))),
		Columns: []Column{
			{Key: "id", Title: v.p.Say("portal.kpi-id"), Weight: 4, Screen: true},
			{Key: "title", Title: v.p.Say("portal.kpi-title"), Weight: 14, Screen: true},
			{Key: "value", Title: v.p.Say("portal.kpi-value"), Align: Right, Weight: 8, Screen: true},
			{Key: "target", Title: v.p.Say("portal.kpi-target"), Weight: 9, Screen: true},
			{Key: "status", Title: v.p.Say("portal.kpi-status"), Weight: 8, Screen: true},
			{Key: "fraction", Title: v.p.Say("portal.kpi-fraction"), Align: Right, Weight: 7, Screen: true},
			{Key: "excluded", Title: v.p.Say("portal.kpi-excluded"), Align: Right, Weight: 5, Screen: true},
			{Key: "basis", Title: v.p.Say("portal.kpi-basis"), Weight: 7, Screen: true},
		},
		Empty: v.p.Say("portal.kpi-none"),
	}
	for _, d := range v.src.Definitions {
		if !d.Cadence.Fits(p.Grain) {
			continue
		}
		for i, b := range d.Bases() {
			r := v.src.Result(d, p, b)
			row := v.kpiRow(d, &r, i == 0)
			row.Note = v.sampleNote(&r)
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (v *View) kpiRow(d *metric.Definition, r *metric.Result, headline bool) Row {
	id, title := Cell{}, Cell{}
	if headline {
		id = Cell{Text: d.ID, Link: recordLink(kpiFolder, d.ID)}
		title = Cell{Text: v.p.Text(d.Title)}
	}
	return Row{ID: d.ID, Cells: []Cell{
		id, title,
		{Text: v.figure(d, r)},
		{Text: v.target(r.Target, r.Unit)},
		v.status(r),
		{Text: Fraction(r)},
		{Text: strconv.Itoa(len(r.Excluded))},
		{Text: v.basis(r.Basis)},
	}}
}

// Moment says until when the figures are judged and which commit they rest on.
func (v *View) Moment() string {
	return v.p.Say("portal.kpi-moment", locale.A("moment", v.moment(v.src.AsOf)), locale.A("commit", v.src.Commit.Short()))
}

// Fraction writes numerator and denominator, as 19/20; only how many were
// counted or measured where the figure is no share.
func Fraction(r *metric.Result) string {
	part, whole := Parts(r)
	if part == "" || whole == "" {
		return part + whole
	}
	return part + "/" + whole
}

// Parts are what a figure divides, as it is printed: a count has no whole, a mean
// no part.
func Parts(r *metric.Result) (part, whole string) {
	part, whole = strconv.Itoa(len(r.Numerator)), strconv.Itoa(len(r.Denominator))
	switch {
	case r.Ratio != nil:
		return quotient(r.Ratio.Part), quotient(r.Ratio.Whole)
	case r.Unit == metric.Count:
		return part, ""
	case r.Unit == metric.Hours, r.Unit == metric.Score:
		return "", whole
	}
	return part, whole
}

// quotient writes a part of a ratio with at most one decimal.
func quotient(r *big.Rat) string {
	if r == nil {
		return noValue
	}
	if r.IsInt() {
		return r.Num().String()
	}
	return r.FloatString(1)
}

// EvidenceTable lists the records, and the commits, behind one result.
func (v *View) EvidenceTable(d *metric.Definition, p calendar.Period, b metric.Basis) Table {
	r := v.src.Result(d, p, b)
	title := []string{d.ID, v.p.Text(d.Title), v.period(p), v.figure(d, &r), Fraction(&r), v.basis(b)}
	if level := v.FigureLevel(&r); level != "" {
		title = append(title, level)
	}
	t := Table{
		ID:    "evidence-" + d.ID + "-" + p.String(),
		Title: strings.Join(title, " · "),
		Columns: []Column{
			{Key: "part", Title: v.p.Say("portal.evidence-part"), Screen: true},
			{Key: "record", Title: v.p.Say("portal.evidence-record"), Screen: true},
			{Key: "item", Title: v.p.Say("portal.evidence-item"), Screen: true},
			{Key: "due", Title: v.p.Say("portal.evidence-due"), Screen: true},
			{Key: "done", Title: v.p.Say("portal.evidence-done"), Screen: true},
			{Key: "reason", Title: v.p.Say("portal.evidence-reason"), Screen: true},
			{Key: "commit", Title: v.p.Say("portal.evidence-commit"), Screen: true},
			{Key: "level", Title: v.p.Say("evidence.levels"), Screen: true},
		},
		Empty: v.p.Say("portal.evidence-none"),
	}
	add := func(part string, list []metric.Evidence) {
		for _, e := range list {
			t.Rows = append(t.Rows, v.evidenceRow(part, e))
		}
	}
	add(v.p.Say("portal.part-numerator"), r.Numerator)
	missed := v.p.Say("portal.part-missed")
	if r.Unit == metric.Hours || r.Unit == metric.Score {
		missed = v.p.Say("portal.part-counted") // a mean has no numerator
	}
	add(missed, r.Missed())
	add(v.p.Say("portal.part-excluded"), r.Excluded)
	add(v.p.Say("portal.part-not-yet-due"), r.NotYetDue)
	add(v.p.Say("portal.part-flagged"), r.Flagged)
	for _, x := range r.Extra {
		value := Row{Cells: make([]Cell, len(t.Columns))}
		value.Cells[0], value.Cells[1] = Cell{Text: v.p.Text(x.Title)}, Cell{Text: v.quantity(x.Value, x.Unit, d.Digits)}
		t.Rows = append(t.Rows, value)
		add(v.p.Text(x.Title), x.Members)
	}
	return t
}

func (v *View) evidenceRow(part string, e metric.Evidence) Row {
	return Row{ID: e.Record, Cells: []Cell{
		{Text: part},
		v.numbered(e.Record),
		{Text: e.Item},
		{Text: v.moment(e.Due)},
		{Text: v.moment(e.Done)},
		{Text: v.p.Text(e.Reason)},
		{Text: e.Commit.Short()},
		{Text: v.memberLevel(e)},
	}}
}

// numbered names a record by its number, which is what commands take.
func (v *View) numbered(id string) Cell {
	c := v.refCell(id, shortName)
	c.Text = id
	return c
}
