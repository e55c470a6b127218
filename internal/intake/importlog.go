package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"
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
// ledger has no time at all after its beginning is refused, unless somebody states by
// when it had ended; the state of any other, if the ledger does not say since when, is
// undated: it stands at the end of the log and no figure counts its time. What hinders
// it is told in the row, but for what follows from a cell that cannot be read.
func (i *importer) log(out *Imported, fields map[string]any) (log []any, undated bool) {
	e := out.Entry
	began, ok := i.began(e, fields)
	first := began
	if f, _ := i.Kind.Field(i.Kind.Date); !ok || f.Type == schema.DateField && first.After(i.Now) { // a plan is registered now
		first = i.Now
	}
	steps := i.steps(e, first)
	for _, s := range steps[1:] {
		if ok && s.at.Before(began) {
			*out = i.refuseAt(*out, []string{ledger.StepTarget + s.state}, "intake.import-order", locale.T("state", i.title(s.state)), locale.A("at", s.at.Format(time.DateOnly)), locale.A("began", began.Format(time.DateOnly)))
		}
	}
	if e.Status != "" && e.Status != i.Kind.Initial && e.Status != steps[len(steps)-1].state {
		at, known := i.since(e.Status, steps)
		switch {
		case known && record.Undatable(i.Kind):
			undated = true
			steps = slices.DeleteFunc(steps, func(s entered) bool { return s.state == e.Status })
			steps = append(steps, entered{e.Status, at})
		case !slices.ContainsFunc(e.Faulty, func(target string) bool { return strings.HasPrefix(target, ledger.StepTarget) }):
			*out = i.refuseAt(*out, []string{ledger.StatusTarget}, "intake.import-end", locale.T("state", i.title(e.Status)))
		}
	}
	for _, s := range steps {
		log = append(log, entryOf(s.state, s.at, i.Zone, i.By, "", ""))
	}
	return log, undated
}

// began is when a record began, by which it is numbered and stored: what the row says in
// the field of that, or the time of the first state where the kind takes that.
func (i *importer) began(e ledger.Entry, fields map[string]any) (time.Time, bool) {
	if i.Kind.DatedByStart() {
		at, ok := e.At[i.Kind.Initial]
		return at, ok
	}
	return record.MomentOf(yamldoc.NewObject(fields), i.Kind.Date, i.Zone)
}

// steps are the beginning and the steps whose times a row has, in order.
func (i *importer) steps(e ledger.Entry, began time.Time) []entered {
	steps := []entered{{i.Kind.Initial, began}}
	times := i.times(e)
	for _, state := range slices.Sorted(maps.Keys(times)) {
		if state != i.Kind.Initial {
			steps = append(steps, entered{state, times[state]})
		}
	}
	slices.SortStableFunc(steps[1:], func(a, b entered) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(i.Kind.Rank(a.state), i.Kind.Rank(b.state)))
	})
	return steps
}

// times are the times of states that a row has. A ledger has one column for the date
// of every end: where the row says an end that has no time of its own, the date is that
// one's.
func (i *importer) times(e ledger.Entry) map[string]time.Time {
	if _, own := e.At[e.Status]; own || !i.isEnd(e.Status) {
		return e.At
	}
	times := maps.Clone(e.At)
	for state, at := range e.At {
		if !i.isEnd(state) {
			continue
		}
		delete(times, state)
		if at.After(times[e.Status]) {
			times[e.Status] = at
		}
	}
	return times
}

// isEnd tells a state in which nothing is left to do.
func (i *importer) isEnd(state string) bool {
	s, ok := i.Kind.State(state)
	return ok && s.Phase.Ended()
}

// since is where a state that the ledger gives without a time stands in the log:
// behind the other steps, one that goes on at the import, one that has ended at the
// latest time that is stated for it.
func (i *importer) since(state string, steps []entered) (time.Time, bool) {
	last := steps[len(steps)-1]
	switch {
	case !i.isEnd(state):
		if last.at.After(i.Now) { // a rule finds the time that is still to come
			return last.at, true
		}
		return i.Now, true
	case !i.EndedBy.IsZero() && !i.EndedBy.Before(last.at):
		return i.EndedBy, true
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
