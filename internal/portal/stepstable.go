package portal

import (
	"slices"
	"strings"

	"kept/internal/record"
)

// StepsTable lists the steps that a record may take next: the state to name, who
// may do it and which fields it requires.
func (v *View) StepsTable(rec *record.Record) Table {
	table := Table{
		ID: "steps-" + rec.ID, Title: rec.ID + " · " + v.p.Text(rec.Title()) + " · " + v.stateTitle(rec.Kind, rec.Status()),
		Columns: []Column{
			{Key: "state", Title: v.p.Say("portal.steps-state"), Screen: true},
			{Key: "step", Title: v.p.Say("portal.steps-step"), Screen: true},
			{Key: "roles", Title: v.p.Say("portal.steps-roles"), Screen: true},
			{Key: "requires", Title: v.p.Say("portal.steps-requires"), Screen: true},
		},
		Empty: v.p.Say("portal.steps-none"),
	}
	for _, step := range rec.Kind.Steps {
		if !slices.Contains(step.From, rec.Status()) {
			continue
		}
		var roles, fields []string
		for _, r := range step.Roles {
			roles = append(roles, v.role(r))
		}
		for _, name := range step.Requires {
			fields = append(fields, v.p.Text(rec.Kind.NameTitle(name))+" "+name)
		}
		comma := v.p.Say("portal.comma")
		table.Rows = append(table.Rows, Row{Cells: []Cell{
			{Text: step.To}, {Text: v.p.Text(step.Title)}, {Text: strings.Join(roles, comma)}, {Text: strings.Join(fields, comma)},
		}})
	}
	return table
}
