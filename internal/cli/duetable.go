package cli

import (
	"fmt"
	"slices"

	"kept/internal/annotate"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/pipeline"
	"kept/internal/portal"
	"kept/internal/schema"
)

// dueGroups are the states in the order in which they are listed.
var dueGroups = [...]obligation.State{
	obligation.Overdue, obligation.Missed, obligation.Coming, obligation.Later, obligation.Late, obligation.Done,
}

// dueTables prints a table for each state that has duties, and the moment.
func (a *app) dueTables(s *pipeline.Snapshot, duties []obligation.Duty) error {
	if len(duties) == 0 {
		fmt.Fprintln(a.Out, a.say("obligation.nothing"))
	}
	for _, state := range dueGroups {
		t := a.dueTable(s, state, duties)
		if len(t.Rows) == 0 {
			continue
		}
		if err := writeTable(a.Out, t); err != nil {
			return err
		}
		fmt.Fprintln(a.Out)
	}
	return a.judgedAt(s)
}

// judgedAt says by which moment, and from which commit, a list was made.
func (a *app) judgedAt(s *pipeline.Snapshot) error {
	line := a.say("obligation.as-of", locale.A("at", a.printer.Moment(s.AsOf)))
	if s.Commit.Hash != "" {
		line = a.say("obligation.as-of-commit", locale.A("at", a.printer.Moment(s.AsOf)), locale.A("commit", s.Commit.Hash.Short()))
	}
	if s.History == nil {
		line += " · " + a.say("obligation.unproved")
	}
	_, err := fmt.Fprintln(a.Out, annotate.Safe(line))
	return err
}

func (a *app) dueTable(s *pipeline.Snapshot, state obligation.State, duties []obligation.Duty) portal.Table {
	keys := []string{"obligation.column.due"}
	switch {
	case state.Met():
		keys = append(keys, "obligation.column.done")
	case state != obligation.Missed:
		keys = append(keys, "obligation.column.days")
	}
	keys = append(keys, "obligation.column.duty", "obligation.column.subject", "obligation.column.title", "obligation.column.owner")
	if state.Met() {
		keys = append(keys, "obligation.column.evidence", "obligation.column.commit")
	}
	t := portal.Table{Title: obligation.StateName(state, a.printer)}
	for _, key := range keys {
		t.Columns = append(t.Columns, portal.Column{Key: key, Title: a.say(key)})
	}
	for i := range duties {
		if d := &duties[i]; d.State == state {
			t.Rows = append(t.Rows, a.dueRow(s, d))
		}
	}
	return t
}

// dueRow writes the cells of a duty in the order of the columns of its state.
func (a *app) dueRow(s *pipeline.Snapshot, d *obligation.Duty) portal.Row {
	due := a.printer.Moment(d.Due)
	if d.Provisional {
		due += a.say("obligation.provisional-mark")
	}
	texts := []string{due}
	switch {
	case d.State.Met():
		texts = append(texts, a.printer.Moment(d.Done.In(d.Due.Location())))
	case d.State != obligation.Missed:
		texts = append(texts, a.daysLeft(d.Days(s.AsOf), d.State))
	}
	about := a.printer.Text(d.Title)
	if about == d.Record {
		about = ""
	}
	texts = append(texts, a.printer.Text(d.Definition.Title), d.Subject(), about, a.answerer(s, d))
	if d.State.Met() {
		texts = append(texts, d.Evidence, d.Commit.Short())
	}
	row := portal.Row{ID: d.Record}
	for _, text := range texts {
		row.Cells = append(row.Cells, portal.Cell{Text: text})
	}
	return row
}

func (a *app) daysLeft(n int, state obligation.State) string {
	switch {
	case n == 0:
		return a.say("obligation.today")
	case state == obligation.Overdue:
		return a.say("obligation.days-over", locale.N("n", -n))
	}
	return a.say("obligation.days-left", locale.N("n", n))
}

// answerer names the person, or else the role in the words of its field.
func (a *app) answerer(s *pipeline.Snapshot, d *obligation.Duty) string {
	if rec := s.Register.Get(d.Owner); rec != nil {
		return a.printer.Text(rec.Title())
	}
	if d.Owner != "" {
		return d.Owner
	}
	role := d.Definition.Owner
	rec := s.Register.Get(d.Definition.ID)
	if rec == nil || rec.Kind == nil {
		return role
	}
	f, _ := rec.Kind.Field("owner_role")
	if i := slices.IndexFunc(f.Options, func(o schema.Option) bool { return o.Value == role }); i >= 0 {
		return a.printer.Text(f.Options[i].Title)
	}
	return role
}
