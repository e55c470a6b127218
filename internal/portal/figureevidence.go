package portal

import (
	"slices"

	"kept/internal/locale"
	"kept/internal/metric"
)

// evidence lists the members behind a figure in groups.
func (v *View) evidence(d *metric.Definition, r *metric.Result) []EvidenceGroup {
	missing := without(r.Denominator, r.Numerator)
	groups := []struct {
		id, title string
		list      []metric.Evidence
	}{
		{"missed", v.p.Say("portal.group-missed"), missing},
		{"met", v.p.Say("portal.group-met"), r.Numerator},
		{"flagged", v.p.Say("portal.group-flagged"), r.Flagged},
		{"excluded", v.p.Say("portal.group-excluded"), r.Excluded},
		{"not-yet-due", v.p.Say("portal.group-not-yet-due"), r.NotYetDue},
	}
	if d.Unit == metric.Count || d.Unit == metric.Hours || len(r.Numerator) == 0 && len(r.Denominator) > 0 && d.Unit != metric.Percent {
		groups[0].title = v.p.Say("portal.group-counted")
		groups[1].title = v.p.Say("portal.group-counted")
	}
	limit := evidenceLimit
	if r.Period.Grain == d.Cadence {
		limit = len(r.Numerator) + len(r.Denominator) + len(r.Excluded) + len(r.NotYetDue) + len(r.Flagged)
	}
	var tables []EvidenceGroup
	for _, g := range groups {
		if len(g.list) == 0 {
			continue
		}
		one := EvidenceGroup{Table: v.evidenceTable(g.id, g.title, g.list[:min(limit, len(g.list))]), Count: len(g.list)}
		if len(g.list) > limit {
			one.Rest = v.p.Say("portal.evidence-rest", locale.N("n", len(g.list)-limit))
		}
		tables = append(tables, one)
	}
	return tables
}

// without keeps the members of all that are not in some.
func without(all, some []metric.Evidence) []metric.Evidence {
	type key struct{ record, item string }
	in := make(map[key]bool, len(some))
	for _, e := range some {
		in[key{e.Record, e.Item}] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(e metric.Evidence) bool { return in[key{e.Record, e.Item}] })
}

func (v *View) evidenceTable(id, title string, list []metric.Evidence) Table {
	t := Table{ID: id, Title: title, Columns: []Column{
		{Key: "record", Title: v.p.Say("portal.record"), Screen: true},
		{Key: "item", Title: v.p.Say("portal.item"), Screen: anyOf(list, func(e metric.Evidence) bool { return e.Item != "" })},
		{Key: "due", Title: v.p.Say("portal.due"), Screen: anyOf(list, func(e metric.Evidence) bool { return !e.Due.IsZero() })},
		{Key: "done", Title: v.p.Say("portal.done"), Screen: anyOf(list, func(e metric.Evidence) bool { return !e.Done.IsZero() })},
		{Key: "reason", Title: v.p.Say("portal.reason"), Screen: anyOf(list, func(e metric.Evidence) bool { return !e.Reason.IsZero() })},
		{Key: "commit", Title: v.p.Say("portal.commit"), Screen: anyOf(list, func(e metric.Evidence) bool { return e.Commit != "" })},
		{Key: "level", Title: v.p.Say("evidence.levels"), Screen: v.src.Assurance != nil},
	}}
	for _, e := range list {
		t.Rows = append(t.Rows, Row{ID: e.Record, Cells: []Cell{
			v.evidenceRecord(e.Record),
			{Text: e.Item},
			{Text: v.moment(e.Due)},
			{Text: v.moment(e.Done)},
			{Text: v.p.Text(e.Reason)},
			{Text: e.Commit.Short(), Mono: true},
			{Text: v.memberLevel(e)},
		}})
	}
	return t
}

func (v *View) evidenceRecord(id string) Cell {
	c := v.anyRecord(id)
	if rec := v.src.Register.Get(id); rec != nil {
		if title := v.title(rec); title != rec.ID {
			c.Text = rec.ID + " " + title
		}
	}
	return c
}

func anyOf(list []metric.Evidence, has func(metric.Evidence) bool) bool {
	return slices.ContainsFunc(list, has)
}
