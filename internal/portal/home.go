package portal

import (
	"cmp"
	"slices"
	"strconv"

	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
)

// How much the home page shows of what may be long.
const (
	homeObligations = 12
	homeDuties      = 10
	homeChanges     = 12
)

// Home is the first page: what is late, how the KPIs stand, what changed, and
// how to submit.
type Home struct {
	Page
	Cards   []KPICard
	Overdue int   // running records that missed a limit
	Running int   // records somebody has to act on, of all kinds
	Due     Table // the running limits, most overdue first, then open records without one
	More    int   // rows that Due leaves out
	// Owed is what is overdue and what comes next of the obligations; Gaps the
	// missed periods, newest first.
	Owed       Table
	Gaps       []Notice
	MoreGaps   int    // those that Gaps leaves out
	Clauses    string // how many clauses, how many with a gap; "" without a matrix
	ClauseGaps int
	Changes    []Change
	// Findings counts those of each severity.
	Errors, Warnings int
	Kinds            []Submission // the kinds that can be submitted
}

// Submission is a kind that people submit records of.
type Submission struct {
	Title   string
	Link    Link
	Command string // kept new complaint
	FormNo  string
}

// Home makes the first page.
func (v *View) Home() Home {
	h := Home{Page: v.page(homePath, v.p.Say("portal.home"), "home"), Changes: v.latest(homeChanges)}
	for _, d := range v.src.Definitions {
		h.Cards = append(h.Cards, v.card(d))
	}
	v.obligations(&h)
	v.owed(&h)
	f := v.Findings()
	h.Errors, h.Warnings = f.Errors, f.Warnings
	for _, s := range v.sections {
		if governs(s.Kind) && s.Kind.IDs.Template != "" {
			h.Kinds = append(h.Kinds, Submission{
				Title: s.Title, Link: sectionLink(s.Folder), FormNo: s.Kind.FormNo, Command: "kept new " + s.Folder,
			})
		}
	}
	return h
}

// owed fills in the obligations of the process.
func (v *View) owed(h *Home) {
	list := append(v.dutiesIn(obligation.Overdue), v.dutiesIn(obligation.Coming)...)
	h.Owed = v.dutyTable("owed", v.p.Say("portal.owed"), list[:min(len(list), homeDuties)])
	gaps := v.gaps("")
	h.MoreGaps = max(0, len(gaps)-homeDuties)
	for _, d := range gaps[:min(len(gaps), homeDuties)] {
		h.Gaps = append(h.Gaps, v.gapNotice(&d))
	}
	if len(v.src.Clauses) > 0 {
		h.ClauseGaps = v.clauseGaps()
		h.Clauses = v.p.Say("portal.matrix-sum", locale.N("n", len(v.src.Clauses)), locale.N("gaps", h.ClauseGaps))
	}
}

// waiting is one limit that still runs, or a record that somebody has to act
// on without any limit.
type waiting struct {
	rec *record.Record
	clock
	verdict verdict
}

// obligations fills in what is open and what is late.
func (v *View) obligations(h *Home) {
	var open, idle []waiting
	for _, s := range v.sections {
		if !governs(s.Kind) {
			continue
		}
		for rec := range v.src.Register.Of(s.Folder) {
			if state, ok := rec.State(); !ok || state.Phase != schema.Open {
				continue
			}
			h.Running++
			list := v.runningLimits(rec)
			if slices.ContainsFunc(list, func(o waiting) bool { return o.verdict == overdue }) {
				h.Overdue++
			}
			if len(list) == 0 {
				idle = append(idle, waiting{rec: rec})
			}
			open = append(open, list...)
		}
	}
	slices.SortStableFunc(open, func(a, b waiting) int { return a.Due.Compare(b.Due) })
	open = append(open, idle...)
	h.More = max(0, len(open)-homeObligations)
	h.Due = v.obligationTable(open[:min(len(open), homeObligations)])
}

func (v *View) runningLimits(rec *record.Record) []waiting {
	var list []waiting
	for _, c := range v.clocksOf(rec) {
		if x := c.verdict(v.src.AsOf, true); x == overdue || x == pending {
			list = append(list, waiting{rec, c, x})
		}
	}
	return list
}

func (v *View) obligationTable(open []waiting) Table {
	t := Table{ID: "due", Title: v.p.Say("portal.due-list"), Empty: v.p.Say("portal.nothing-due"), Columns: []Column{
		{Key: "record", Title: v.p.Say("portal.record"), Screen: true},
		{Key: "limit", Title: v.p.Say("portal.limit"), Screen: true},
		{Key: "due", Title: v.p.Say("portal.due"), Screen: true},
		{Key: "verdict", Title: v.p.Say("portal.status"), Screen: true},
	}}
	for _, o := range open {
		row := Row{ID: o.rec.ID, Cells: []Cell{v.refCell(o.rec.ID, withID), {Text: noValue}, {Text: noValue}, v.stateCell(o.rec)}}
		if o.limit != nil {
			row.Cells[1], row.Cells[2], row.Cells[3] = Cell{Text: v.p.Text(o.limit.Title)}, Cell{Text: v.dueText(o.clock)}, v.remaining(o)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v *View) dueText(c clock) string {
	if c.Provisional {
		return v.p.Say("portal.provisional-due", locale.A("due", v.moment(c.Due)))
	}
	return v.moment(c.Due)
}

// remaining says how far away a due time is, in whole days or hours.
func (v *View) remaining(o waiting) Cell {
	d, key, tone := v.src.AsOf.Sub(o.Due), "portal.late-by", Bad
	if o.verdict == pending {
		d, key, tone = -d, "portal.left", Warn
	}
	hours := int(d.Hours())
	span := v.p.Say("portal.hours", locale.A("n", strconv.Itoa(hours)))
	if hours >= 48 {
		span = v.p.Say("portal.days", locale.N("n", hours/24))
	}
	return Cell{Text: v.p.Say(key, locale.A("span", span)), Tone: tone}
}

// latest gathers the newest changes of all records, newest first.
func (v *View) latest(n int) []Change {
	if v.src.History == nil {
		return nil
	}
	type entry struct {
		t *history.Timeline
		c *history.Change
	}
	var all []entry
	for t := range v.src.History.All() {
		for i := range t.Changes {
			all = append(all, entry{t, &t.Changes[i]})
		}
	}
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(b.c.Merged.Compare(a.c.Merged), b.c.Submitted.Compare(a.c.Submitted), cmp.Compare(a.t.ID, b.t.ID))
	})
	var out []Change
	for _, e := range all[:min(n, len(all))] {
		out = append(out, v.change(e.t, e.c))
	}
	return out
}
