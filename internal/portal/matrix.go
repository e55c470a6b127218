package portal

import (
	"strconv"
	"strings"

	"kept/internal/clause"
	"kept/internal/locale"
	"kept/internal/metric"
)

// matrixRecords bounds the records shown for one part of a clause's evidence:
// the register lists the rest.
const matrixRecords = 8

// Matrix is the page of the clauses of the standards with what shows them
// (domain.md §2).
type Matrix struct {
	Page
	Summary Table
	Clauses []ClauseView
	Prints  []Cell
	Gaps    int    // clauses with a gap
	Say     string // how many clauses, how many with a gap
}

// ClauseView is one clause with its evidence.
type ClauseView struct {
	Anchor      string
	Number      string
	Standard    string
	Title       string
	Requirement string
	Question    string
	State       Cell // in words: shown, or a gap
	Link        Link // the clause's record
	Evidence    []EvidenceView
	Indicators  []IndicatorView
	Documents   []Cell
}

// EvidenceView is one part of a clause's evidence.
type EvidenceView struct {
	Title   string
	Kind    Cell   // the register of the records
	Found   string // how many there are, how many are asked for, since when
	Records []Cell // the newest
	More    string // how many are not shown, "" for none
	Duty    Cell   // the obligation
	Missed  string // its duties missed or overdue, in words
	State   Cell   // in words: shown, or what is missing
}

// IndicatorView is a KPI with its newest figure.
type IndicatorView struct {
	Name   Cell
	Period string
	Value  string
	Status Cell
}

// HasClauses tells whether there is a matrix at all.
func (v *View) HasClauses() bool { return len(v.src.Clauses) > 0 }

// Matrix makes the page of the clauses.
func (v *View) Matrix() Matrix {
	m := Matrix{Page: v.page(matrixPath, v.p.Say("portal.matrix"), matrixSection), Prints: v.printsOf(ContentClauses)}
	m.Summary = Table{ID: "clauses", Title: v.p.Say("portal.matrix"), Empty: v.p.Say("portal.no-records"), Columns: []Column{
		{Key: "id", Title: v.p.Say("portal.clause"), Screen: true},
		{Key: "title", Title: v.p.Say("portal.clause-title"), Screen: true},
		{Key: "standard", Title: v.p.Say("portal.clause-standard"), Screen: true},
		{Key: "status", Title: v.p.Say("portal.clause-state"), Screen: true},
	}}
	for i := range v.src.Clauses {
		c := v.clause(&v.src.Clauses[i])
		if v.src.Clauses[i].Gap {
			m.Gaps++
		}
		m.Clauses = append(m.Clauses, c)
		m.Summary.Rows = append(m.Summary.Rows, Row{ID: v.src.Clauses[i].ID, Cells: []Cell{
			{Text: c.Number, Link: Link{Page: matrixPath, Hash: c.Anchor}}, {Text: c.Title}, {Text: c.Standard}, c.State,
		}})
	}
	m.Say = v.p.Say("portal.matrix-sum", locale.N("n", len(m.Clauses)), locale.N("gaps", m.Gaps))
	return m
}

func (v *View) clause(c *clause.Clause) ClauseView {
	out := ClauseView{
		Anchor: pageName(c.ID), Number: c.Number, Standard: c.Standard, Title: v.mask(v.p.Text(c.Title)),
		Requirement: v.mask(v.p.Text(c.Requirement)), Question: v.mask(v.p.Text(c.Question)),
		Link: v.anyRecord(c.ID).Link, State: v.gapCell(c.Gap),
	}
	if len(c.Evidence) == 0 {
		out.State.Text = v.p.Say("portal.evidence-unnamed")
	}
	for i := range c.Evidence {
		out.Evidence = append(out.Evidence, v.evidenceView(&c.Evidence[i]))
	}
	for _, id := range c.Indicators {
		if d := v.byKPI[id]; d != nil {
			out.Indicators = append(out.Indicators, v.indicator(d))
		}
	}
	for _, id := range c.Documents {
		cell := v.anyRecord(id)
		if rec := v.src.Register.Get(id); rec != nil && v.title(rec) != rec.ID {
			cell.Text = rec.ID + " " + v.title(rec)
		}
		out.Documents = append(out.Documents, cell)
	}
	return out
}

func (v *View) gapCell(gap bool) Cell {
	if gap {
		return Cell{Text: v.p.Say("portal.clause-gap"), Tone: Bad}
	}
	return Cell{Text: v.p.Say("portal.clause-shown"), Tone: Good}
}

func (v *View) evidenceView(e *clause.Evidence) EvidenceView {
	out := EvidenceView{Title: v.mask(v.p.Text(e.Title)), State: v.gapCell(e.Gap)}
	if kind := v.src.Register.Kinds().Kind(e.Kind); kind != nil {
		out.Kind = Cell{Text: v.registerTitle(kind), Link: sectionLink(kind.ID)}
	} else if e.Kind != "" {
		out.Kind = Cell{Text: e.Kind, Tone: Bad}
	}
	out.Found = v.foundWords(e)
	for _, id := range e.Records[:min(len(e.Records), matrixRecords)] {
		out.Records = append(out.Records, v.anyRecord(id))
	}
	if n := len(e.Records) - matrixRecords; n > 0 {
		out.More = v.p.Say("portal.evidence-more", locale.N("n", n))
	}
	if e.Obligation != "" {
		out.Duty = v.anyRecord(e.Obligation)
		if rec := v.src.Register.Get(e.Obligation); rec != nil {
			out.Duty.Text = v.title(rec)
		}
		out.Missed = v.p.Say("portal.evidence-kept")
		if e.Missed > 0 {
			out.Missed = v.p.Say("portal.evidence-missed", locale.N("n", e.Missed))
		}
	}
	if e.Gap {
		out.State.Text = v.gapWords(e)
	}
	return out
}

// foundWords says how many records there are, of how many and since when.
func (v *View) foundWords(e *clause.Evidence) string {
	if e.Kind == "" && len(e.Records) == 0 && e.Wanted == 0 {
		return "" // the obligation alone is asked for, and nothing fell due
	}
	parts := []string{v.p.Say("portal.evidence-found", locale.N("n", len(e.Records)))}
	if e.Wanted > 0 {
		parts = append(parts, v.p.Say("portal.evidence-wanted", locale.N("n", e.Wanted)))
	}
	if !e.Since.IsZero() {
		parts = append(parts, v.p.Say("portal.evidence-since", locale.A("day", e.Since.In(v.zone).Format("2006-01-02"))))
	}
	return strings.Join(parts, v.p.Say("portal.semicolon"))
}

// gapWords says what is missing.
func (v *View) gapWords(e *clause.Evidence) string {
	var parts []string
	if n := e.Wanted - len(e.Records); n > 0 {
		parts = append(parts, v.p.Say("portal.gap-records", locale.N("n", n)))
	}
	if e.Missed > 0 {
		parts = append(parts, v.p.Say("portal.gap-missed", locale.N("n", e.Missed)))
	}
	if len(parts) == 0 {
		return v.p.Say("portal.gap-unusable")
	}
	return v.p.Say("portal.gap-words", locale.A("what", strings.Join(parts, v.p.Say("portal.comma"))))
}

func (v *View) indicator(d *metric.Definition) IndicatorView {
	out := IndicatorView{Name: Cell{Text: d.ID + " " + v.p.Text(d.Title), Link: recordLink(kpiFolder, d.ID)}, Value: noValue}
	if p, ok := v.newest(d.Cadence); ok {
		r := v.src.Result(d, p, basisOf(d))
		out.Period, out.Value, out.Status = v.periodOf(&r), v.large(d, &r), v.status(&r)
	}
	return out
}

// ClauseTable is the matrix as one table: number, title, what shows the clause
// and what is missing.
func (v *View) ClauseTable() Table {
	t := Table{ID: "clauses", Title: v.p.Say("portal.matrix"), Empty: v.p.Say("portal.no-clauses"), Columns: []Column{
		{Key: "standard", Title: v.p.Say("portal.clause-standard"), Screen: true},
		{Key: "clause", Title: v.p.Say("portal.clause"), Screen: true},
		{Key: "title", Title: v.p.Say("portal.clause-title"), Screen: true},
		{Key: "shown", Title: v.p.Say("portal.clause-by"), Screen: true},
		{Key: "status", Title: v.p.Say("portal.clause-gaps"), Screen: true},
	}}
	for i := range v.src.Clauses {
		c := v.clause(&v.src.Clauses[i])
		gap := Cell{Text: noValue}
		if v.src.Clauses[i].Gap {
			gap = v.verdictWords(&c)
		}
		t.Rows = append(t.Rows, Row{ID: v.src.Clauses[i].ID, Cells: []Cell{
			{Text: c.Standard}, {Text: c.Number}, {Text: c.Title}, {Text: v.shownBy(&v.src.Clauses[i])}, gap,
		}})
	}
	return t
}

// shownBy says which evidence shows a clause, and with how many records.
func (v *View) shownBy(c *clause.Clause) string {
	var parts []string
	for _, e := range c.Evidence {
		if len(e.Records) == 0 {
			continue
		}
		parts = append(parts, v.mask(v.p.Text(e.Title))+" "+strconv.Itoa(len(e.Records)))
	}
	if len(parts) == 0 {
		return noValue
	}
	return strings.Join(parts, v.p.Say("portal.comma"))
}
