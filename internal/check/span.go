package check

import (
	"strconv"
	"time"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// stepsSpan compares the lists that steps open and close with the steps: a step
// that opens an entry, such as a pause, has one that runs at its time; behind one
// that closes it, and at the end of the record's life, none is open.
func stepsSpan(j *judge, rec *record.Record) {
	opened := map[string]bool{}
	j.each(rec, func(i int, t record.Transition, step schema.Step) {
		if step.Opens != "" {
			opened[step.Opens] = true
			if j.live[i] && !j.runs(rec, step.Opens, t.At) {
				j.report(rec, stepPosition(rec, t, ""), "check.step-span.none", j.fieldArg(rec, step.Opens), locale.T("state", j.stateTitle(rec.Kind, t.To)))
			}
		}
		if step.Closes != "" && !j.reopened(rec, i, step.Closes) {
			j.open(rec, step.Closes, t)
			opened[step.Closes] = false
		}
	})
	state, _ := rec.State()
	if state.Phase != schema.Done && state.Phase != schema.Void || len(j.steps) == 0 {
		return
	}
	for _, step := range rec.Kind.Steps {
		if step.Opens != "" && opened[step.Opens] {
			opened[step.Opens] = false
			j.open(rec, step.Opens, j.steps[len(j.steps)-1])
		}
	}
}

// runs tells whether an entry of the list covers the moment, by the day where the
// entry is written in days.
func (j *judge) runs(rec *record.Record, list string, at time.Time) bool {
	for _, item := range rec.Items(list) {
		from, ok := record.MomentOf(item, "from", j.Zone)
		if !ok || from.After(at) {
			continue
		}
		if to, ok := record.DueOf(item, "to", j.Calendar); !ok || !to.Before(at) {
			return true
		}
	}
	return false
}

// reopened tells whether a step behind i opens the list again.
func (j *judge) reopened(rec *record.Record, i int, list string) bool {
	for k := i + 1; k < len(j.steps); k++ {
		if step, ok := rec.Kind.Step(j.steps[k-1].To, j.steps[k].To); ok && step.Opens == list {
			return true
		}
	}
	return false
}

// open reports the entries without an end that began before the step.
func (j *judge) open(rec *record.Record, list string, t record.Transition) {
	for i, item := range rec.Items(list) {
		from, ok := record.MomentOf(item, "from", j.Zone)
		if !ok || item.Has("to") || calendar.DayOf(from.In(j.Zone)).Compare(calendar.DayOf(t.At.In(j.Zone))) > 0 {
			continue
		}
		j.report(rec, rec.Position("/"+list+"/"+strconv.Itoa(i)), "check.step-span.open",
			j.fieldArg(rec, list), locale.T("state", j.stateTitle(rec.Kind, t.To)))
	}
}
