package cli

import (
	"fmt"
	"time"

	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/portal"
)

// clauses shows the matrix of the standards: what shows each clause, and where
// nothing does, as of which moment. A gap is a warning, not an error: the exit code
// stays 0, because the records may all be right while a clause still waits for its
// first one, unless onGap makes it 1, for CI. The method stands behind "kept check
// --clauses".
func (a *app) clauses(onGap bool) error {
	snapshot, project, err := a.owing()
	if err != nil {
		return err
	}
	_, duties, found := snapshot.Owed(time.Time{})
	list, wrong := snapshot.Clauses(duties)
	if err := a.complain(append(found, wrong...)); err != nil {
		return err
	}
	gaps := 0
	for i := range list {
		if list[i].Gap {
			gaps++
		}
	}
	if a.json {
		objects := make([]pipeline.ClauseObject, len(list))
		for i := range list {
			objects[i] = pipeline.ClauseForMachines(&list[i], snapshot.AsOf, a.printer)
		}
		if err := a.writeJSON(objects); err != nil {
			return err
		}
		return failOn(onGap && gaps > 0)
	}
	view := portal.New(project.Source(snapshot, project.Measures(snapshot)), a.printer.Lang())
	if err := writeTable(a.Out, view.ClauseTable()); err != nil {
		return err
	}
	if err := a.judgedAt(snapshot); err != nil {
		return err
	}
	switch {
	case gaps > 0 && onGap:
		fmt.Fprintln(a.Err, a.say("portal.clauses-failed", locale.N("gaps", gaps)))
	case gaps > 0:
		fmt.Fprintln(a.Err, a.say("portal.clauses-warned", locale.N("gaps", gaps)))
	}
	return failOn(onGap && gaps > 0)
}

// failOn is the error of exit code 1 where something was found.
func failOn(found bool) error {
	if found {
		return errFindings
	}
	return nil
}
