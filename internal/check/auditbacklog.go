package check

import (
	"time"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/schema"
)

// backlogIdentity finds periods in which open + registered + reopened − closed −
// deleted is not what is open at the end, on either basis (domain.md §0.21).
func backlogIdentity(a *auditor) {
	in := &metric.Inputs{Register: a.Register, History: a.History, Calendar: a.Calendar, AsOf: a.AsOf}
	for kind := range a.Register.Kinds().All() {
		if len(kind.Steps) == 0 {
			continue
		}
		for _, year := range a.years() {
			a.balance(kind, year, metric.Backlog(in, kind.ID, calendar.Period{Grain: calendar.FullYear, Year: year, Index: 1}))
		}
	}
}

// balance reports what does not add up. Both sides are counted from one history, so
// that only a mistake of the counting itself can show here.
func (a *auditor) balance(kind *schema.Kind, year int, list []metric.Balance) {
	for _, b := range list {
		if !b.Closes() {
			a.unbalanced(kind, year, b)
		}
	}
}

func (a *auditor) unbalanced(kind *schema.Kind, year int, b metric.Balance) {
	a.found = append(a.found, finding.Finding{
		Position: finding.Position{Path: config.File, Line: 1, Column: 1}, Rule: a.rule.ID, Severity: a.rule.Severity,
		Key: "audit.backlog-identity", Args: []locale.Arg{
			locale.T("kind", kind.Title), locale.N("year", year), locale.A("basis", string(b.Basis)), locale.N("start", b.Start), locale.N("registered", b.Registered),
			locale.N("reopened", b.Reopened), locale.N("closed", b.Closed), locale.N("deleted", b.Deleted), locale.N("end", b.End),
		},
	})
}

// years are those from the first commit to AsOf, the last ten at most.
func (a *auditor) years() []int {
	commits := a.History.Commits()
	if len(commits) == 0 {
		return nil
	}
	last := a.AsOf.In(a.Zone).Year()
	var list []int
	for y := max(commits[0].Committer.When.In(a.Zone).Year(), last-9); y <= last; y++ {
		list = append(list, y)
	}
	return list
}

// redefinedKPIs finds KPIs whose meaning changed while their version stayed
// (E28). A target that begins later than the change may be added.
func redefinedKPIs(a *auditor, t *history.Timeline, i int) {
	kind, c := a.kind(t), &t.Changes[i]
	if kind == nil || kind.ID != record.KPIKind || c.Kind != history.Modified {
		return
	}
	before, _ := t.ValueAfter(i, "/version")
	after, _ := t.ValueAfter(i+1, "/version")
	if !equal(before, after) {
		return
	}
	for n := range c.Events {
		e := &c.Events[n]
		if !defines(field(e.Pointer)) || a.laterTarget(e) {
			continue
		}
		a.report(t, e.Pointer, e.Recorded, "audit.kpi-definition", locale.T("field", kind.NameTitle(dotted(kind, e.Pointer))),
			locale.T("before", shown(kind, e.Pointer, e.Before)), locale.T("after", shown(kind, e.Pointer, e.After)))
	}
}

// defines tells whether a field of a KPI says what is measured, not how it is
// called or explained.
func defines(name string) bool {
	switch name {
	case record.SchemaField, record.IDField, record.TitleField, "title_en", record.StatusField, "owner", "remark",
		"purpose", "formula", "version", "digits", record.LinksField:
		return false
	}
	return true
}

// laterTarget tells a target added for days to come.
func (a *auditor) laterTarget(e *history.Event) bool {
	item, ok := e.After.(map[string]any)
	if field(e.Pointer) != "targets" || !ok || e.Before != nil {
		return false
	}
	from, _ := item["from"].(string)
	return from >= e.Submitted.In(a.Zone).Format(time.DateOnly)
}
