package portal

import (
	"slices"
	"strconv"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// BacklogTable shows for each measured kind that has a life how its open records
// came about in p, on each basis, and whether the identity holds: open at the
// start + registered + reopened − closed − deleted = open at the end (domain.md
// §0.21).
func (v *View) BacklogTable(p calendar.Period) Table {
	t := Table{
		ID: "backlog-" + p.String(), Title: v.p.Say("portal.backlog", locale.A("period", v.period(p))),
		Columns: []Column{
			{Key: "kind", Title: v.p.Say("portal.backlog-kind"), Weight: 10, Screen: true},
			{Key: "basis", Title: v.p.Say("portal.kpi-basis"), Weight: 8, Screen: true},
			v.countColumn("start", v.p.Say("portal.backlog-start")),
			v.countColumn("registered", v.p.Say("portal.backlog-registered")),
			v.countColumn("reopened", v.p.Say("portal.backlog-reopened")),
			v.countColumn("closed", v.p.Say("portal.backlog-closed")),
			v.countColumn("deleted", v.p.Say("portal.backlog-deleted")),
			v.countColumn("end", v.p.Say("portal.backlog-end")),
			{Key: "holds", Title: v.p.Say("portal.backlog-holds"), Align: Center, Weight: 6, Screen: true},
		},
		Empty: v.p.Say("portal.kpi-none"),
	}
	for _, kind := range v.measured() {
		for _, b := range v.src.Backlog(kind, p) {
			t.Rows = append(t.Rows, v.backlogRow(kind, b))
		}
	}
	return t
}

func (v *View) countColumn(key, title string) Column {
	return Column{Key: key, Title: title, Align: Right, Weight: 6, Screen: true}
}

// measured lists the kinds that a KPI is about and whose records move through
// states, in the order of the KPIs.
func (v *View) measured() []string {
	var kinds []string
	for _, d := range v.src.Definitions {
		kind := v.src.Register.Kinds().Kind(d.Kind)
		if kind != nil && len(kind.Steps) > 0 && !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	return kinds
}

func (v *View) backlogRow(kind string, b metric.Balance) Row {
	basis := v.p.Say("portal.declared")
	if b.Basis != metric.Declared {
		basis = v.p.Say("portal.backlog-recorded")
	}
	row := Row{Cells: []Cell{{Text: v.p.Text(v.src.Register.Kinds().Kind(kind).Title)}, {Text: basis}}}
	for _, n := range []int{b.Start, b.Registered, b.Reopened, b.Closed, b.Deleted, b.End} {
		row.Cells = append(row.Cells, Cell{Text: strconv.Itoa(n)})
	}
	holds := Cell{Text: v.p.Say("portal.backlog-yes"), Tone: Good}
	if !b.Closes() {
		holds = Cell{Text: v.p.Say("portal.backlog-no"), Tone: Bad}
	}
	row.Cells = append(row.Cells, holds)
	return row
}
