package portal

import (
	"kept/internal/history"
	"kept/internal/locale"
)

// TrailTable lists one record's life from the commits, a row for each value that
// changed; a change without values has one row that says what happened.
func (v *View) TrailTable(t *history.Timeline) Table {
	v = v.of(t.ID)
	table := Table{
		ID:    "trail-" + t.ID,
		Title: v.p.Say("portal.trail", locale.A("id", t.ID)),
		Columns: []Column{
			{Key: "merged", Title: v.p.Say("portal.merged"), Screen: true},
			{Key: "submitted", Title: v.p.Say("portal.submitted"), Screen: true},
			{Key: "author", Title: v.p.Say("portal.author"), Screen: true},
			{Key: "commit", Title: v.p.Say("portal.evidence-commit"), Screen: true},
			{Key: "level", Title: v.p.Say("evidence.levels"), Screen: true},
			{Key: "what", Title: v.p.Say("portal.trail-what"), Screen: true},
			{Key: "before", Title: v.p.Say("portal.before"), Screen: true},
			{Key: "after", Title: v.p.Say("portal.after"), Screen: true},
		},
	}
	for i := range t.Changes {
		c := v.change(t, &t.Changes[i])
		for j, f := range v.trailFields(&c) {
			row := Row{Cells: make([]Cell, 5, len(table.Columns))}
			if j == 0 {
				row.Cells = []Cell{{Text: c.Merged}, {Text: c.Submitted}, c.Author, {Text: c.Commit.Short}, {Text: v.valueLevel(&t.Changes[i].Recorded)}}
			}
			row.Cells = append(row.Cells, Cell{Text: f.Label}, Cell{Text: f.Before}, Cell{Text: f.After})
			table.Rows = append(table.Rows, row)
		}
	}
	return table
}

func (v *View) trailFields(c *Change) []FieldChange {
	if len(c.Fields) == 0 {
		return []FieldChange{{Label: c.What}}
	}
	return c.Fields
}
