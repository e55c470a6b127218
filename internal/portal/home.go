package portal

import (
	"cmp"
	"slices"
	"strconv"

	"kept/internal/finding"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
)

// How much the home page shows of what may be long.
const (
	homeTasks    = 14
	homeGaps     = 6
	homeChanges  = 10
	homeFindings = 6
)

// Home is the first page for four readers: what is late and due, how the KPIs
// stand, what changed and what is wrong, and how to submit.
type Home struct {
	Page
	Fresh   bool  // no record with a life of its own is there yet
	Overdue int   // records that missed a limit, and duties overdue
	Running int   // records somebody has to act on, of all kinds
	Coming  int   // tasks that have a due time and are not late
	Due     Table // tasks by due time, most overdue first
	More    int   // tasks that Due leaves out
	Owners  []OwnerLine
	// Gaps are the missed periods, newest first.
	Gaps     []Notice
	MoreGaps int // those that Gaps leaves out
	Owes     bool
	Cards    []KPICard // none where no KPI has a figure yet
	Judged   string    // how many met their target, of how many judged: 15 / 23
	Lead     string    // the same in words
	Clauses  string    // how many clauses, how many with a gap; "" without a matrix
	// ClauseGaps counts the clauses with a gap.
	ClauseGaps int
	Changes    []Change
	// Findings counts those of each severity; Worst are the first of the page.
	Errors, Warnings int
	Worst            []Finding
	Audit            Link         // the page for auditors; zero where the history cannot be read
	Kinds            []Submission // the kinds that can be submitted
}

// Submission is a kind that people submit records of.
type Submission struct {
	Title   string
	Link    Link
	Form    Link   // the page of its form; zero where the edition has none
	Import  Link   // the page that imports a ledger, of a served portal; zero for none
	Command string // kept new complaint
	FormNo  string
}

// Home makes the first page.
func (v *View) Home() Home {
	h := Home{Page: v.page(homePath, v.p.Say("portal.home"), "home"), Changes: v.latest(homeChanges), Owes: v.Owes(), Fresh: v.fresh()}
	if v.Audits() {
		h.Audit = Link{Page: auditPath}
	}
	v.cardsOf(&h)
	v.toDo(&h)
	gaps := v.gaps("")
	h.MoreGaps = max(0, len(gaps)-homeGaps)
	for _, d := range gaps[:min(len(gaps), homeGaps)] {
		h.Gaps = append(h.Gaps, v.gapNotice(&d))
	}
	if len(v.src.Clauses) > 0 {
		h.ClauseGaps = v.clauseGaps()
		h.Clauses = v.p.Say("portal.matrix-sum", locale.N("n", len(v.src.Clauses)), locale.N("gaps", h.ClauseGaps))
	}
	l := v.counted()
	h.Errors, h.Warnings = l.Count(finding.Error), l.Count(finding.Warning)
	for _, f := range l[:min(len(l), homeFindings)] {
		if f.Severity != finding.Info {
			h.Worst = append(h.Worst, v.finding(f))
		}
	}
	for _, s := range v.sections {
		if governs(s.Kind) && s.Kind.IDs.Template != "" {
			h.Kinds = append(h.Kinds, Submission{
				Title: s.Title, Link: sectionLink(s.Folder), Form: v.newForm(s.Kind), Import: v.importPage(s.Kind), FormNo: s.Kind.FormNo,
				Command: "kept new " + s.Folder,
			})
		}
	}
	return h
}

// fresh tells that nobody has registered anything yet.
func (v *View) fresh() bool {
	for _, s := range v.sections {
		if governs(s.Kind) && s.Count > 0 {
			return false
		}
	}
	return true
}

// cardsOf fills in the KPIs, of which none is shown while none has a figure.
func (v *View) cardsOf(h *Home) {
	any, figures := false, []KPIFigures(nil)
	for _, d := range v.src.Definitions {
		c := v.card(d)
		any = any || c.Value != noValue
		h.Cards, figures = append(h.Cards, c), append(figures, KPIFigures{Status: c.Status})
	}
	h.Judged, h.Lead = v.verdicts(figures)
	if !any || h.Fresh {
		h.Cards, h.Judged, h.Lead = nil, noValue, v.p.Say("portal.no-data")
	}
}

// toDo fills in what is late and due, and who has to do it.
func (v *View) toDo(h *Home) {
	late := map[string]bool{}
	for rec := range v.openRecords() {
		h.Running++
		if slices.ContainsFunc(v.runningLimits(rec), func(o waiting) bool { return o.verdict == overdue }) {
			late[rec.ID] = true
		}
	}
	list := v.tasks()
	for _, t := range list {
		switch {
		case t.late && !late[t.record]:
			h.Overdue++
		case !t.late && !t.due.IsZero():
			h.Coming++
		}
	}
	h.Overdue += len(late)
	h.Owners = v.ownerLines(list)
	h.More = max(0, len(list)-homeTasks)
	h.Due = v.taskTable("due", v.p.Say("portal.due-list"), list[:min(len(list), homeTasks)])
}

// waiting is one limit that still runs, or a record that somebody has to act
// on without any limit.
type waiting struct {
	rec *record.Record
	clock
	verdict verdict
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
	switch {
	case hours >= 48:
		span = v.p.Say("portal.days", locale.N("n", hours/24))
	case hours < 1:
		span = v.p.Say("portal.under-hour")
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
