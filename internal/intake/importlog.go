package intake

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// from is where a record comes from, as it stands in the record.
func (i *importer) from(e ledger.Entry, content, state string) map[string]any {
	from := map[string]any{"sha256": i.Digest, "row": e.Row, "content": content}
	if i.Kind.Envelope == schema.Reference {
		from["record"] = state
	} else {
		from["state"] = state
	}
	for key, value := range map[string]string{"sheet": e.Sheet, "key": e.Key} {
		if value != "" {
			from[key] = value
		}
	}
	return from
}

// entered is a state and when the record came into it.
type entered struct {
	state string
	at    time.Time
}

// log is the transition log that a ledger gives: registration, the steps whose
// times it has, and the state it says. No time is made up: a finished record whose
// ledger has no time of its end is refused, one that is open is in its state at the
// import.
func (i *importer) log(e ledger.Entry, fields map[string]any) ([]any, string, []locale.Arg) {
	began, ok := record.MomentOf(yamldoc.NewObject(fields), i.Kind.Date, i.Zone)
	if !ok {
		began = i.Now
	}
	steps := []entered{{i.Kind.Initial, began}}
	for _, state := range slices.Sorted(maps.Keys(e.At)) {
		if state != i.Kind.Initial {
			steps = append(steps, entered{state, e.At[state]})
		}
	}
	slices.SortStableFunc(steps[1:], func(a, b entered) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(i.Kind.Rank(a.state), i.Kind.Rank(b.state)))
	})
	for _, s := range steps[1:] {
		if s.at.Before(began) {
			return nil, "intake.import-order", []locale.Arg{locale.T("state", i.title(s.state)), locale.A("at", s.at.Format(time.DateOnly)), locale.A("began", began.Format(time.DateOnly))}
		}
	}
	if e.Status != "" && e.Status != i.Kind.Initial && e.Status != steps[len(steps)-1].state {
		at, ok := i.since(e.Status, steps)
		if !ok {
			return nil, "intake.import-end", []locale.Arg{locale.T("state", i.title(e.Status))}
		}
		steps = slices.DeleteFunc(steps, func(s entered) bool { return s.state == e.Status })
		steps = append(steps, entered{e.Status, at})
	}
	log := make([]any, len(steps))
	for n, s := range steps {
		log[n] = entryOf(s.state, s.at, i.Zone, i.By, "", "")
	}
	return log, "", nil
}

// since is the time of a state that the ledger gives without one.
func (i *importer) since(state string, steps []entered) (time.Time, bool) {
	last := steps[len(steps)-1]
	s, _ := i.Kind.State(state)
	switch {
	case s.Phase == schema.Draft || s.Phase == schema.Open:
		if last.at.After(i.Now) { // a rule finds the time that is still to come
			return last.at, true
		}
		return i.Now, true
	case len(steps) > 1:
		return last.at, true
	}
	return time.Time{}, false
}

func (i *importer) title(state string) locale.Text {
	s, ok := i.Kind.State(state)
	if !ok {
		return locale.Plain(state)
	}
	return s.Title
}
