package portal

import (
	"slices"

	"kept/internal/calendar"
	"kept/internal/obligation"
)

// noPeriod is the period of a paper of all records.
func noPeriod() calendar.Period { return calendar.Period{} }

// ObligationPrint makes the paper of obligations: what is overdue, missed and
// coming, then what was done in the last twelve months. What falls due later
// than that is left to the screen.
func (v *View) ObligationPrint(l Layout) *Print {
	year := v.src.AsOf.AddDate(-1, 0, 0)
	var ids []string
	var sections []PrintSection
	for _, state := range dutyStates {
		if state == obligation.Later {
			continue
		}
		list := v.dutiesIn(state)
		if state == obligation.Done || state == obligation.Late {
			list = slices.DeleteFunc(list, func(d obligation.Duty) bool { return d.Done.Before(year) })
		}
		if len(list) == 0 {
			continue
		}
		for i := range list {
			ids = append(ids, named(&list[i])...)
		}
		t := v.dutyTable(string(state), v.dutyState(state), list)
		dropColumn(&t, "status") // the heading says it
		sections = append(sections, PrintSection{Heading: v.dutyState(state), Table: &t, Numbered: true})
	}
	if len(sections) == 0 {
		t := v.dutyTable("none", v.p.Text(l.Title), nil)
		sections = append(sections, PrintSection{Table: &t})
	}
	last := &sections[len(sections)-1]
	last.Notes = append(last.Notes, v.p.Say("portal.print-duties-note"))
	stamp := v.Stamp(ids)
	stamp.AsOf = v.src.AsOf // what is overdue depends on the moment
	paper := v.paper(l, noPeriod(), stamp)
	if paper.DocumentNo == "" {
		paper.DocumentNo = v.src.Config.Document
	}
	paper.Sections = sections
	return paper
}

// named lists the records that a duty rests on.
func named(d *obligation.Duty) []string {
	ids := []string{d.Definition.ID}
	for _, id := range []string{d.Record, d.Evidence} {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

func dropColumn(t *Table, key string) {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == key })
	if i < 0 {
		return
	}
	t.Columns = slices.Delete(slices.Clone(t.Columns), i, i+1)
	for r := range t.Rows {
		t.Rows[r].Cells = slices.Delete(slices.Clone(t.Rows[r].Cells), i, i+1)
	}
}
