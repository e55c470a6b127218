package check

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// inForce tells for each step, in time order, whether the record has not gone
// back behind it since: what such a step requires must still be there.
func inForce(kind *schema.Kind, steps []record.Transition) []bool {
	live := make([]bool, len(steps))
	lowest := len(kind.States)
	for i, t := range slices.Backward(steps) {
		rank := kind.Rank(t.To)
		live[i] = rank <= lowest
		lowest = min(lowest, rank)
	}
	return live
}

// each calls do for every step that its kind knows, with the step's definition. What
// a ledger brought is left out: nobody here took those steps.
func (j *judge) each(rec *record.Record, do func(i int, t record.Transition, step schema.Step)) {
	from := ""
	brought := rec.Brought()
	for i, t := range j.steps {
		if step, ok := rec.Kind.Step(from, t.To); ok && t.Index >= brought {
			do(i, t, step)
		}
		from = t.To
	}
}

func stepPosition(rec *record.Record, t record.Transition, key string) finding.Position {
	return rec.Position("/" + record.TransitionsField + "/" + strconv.Itoa(t.Index) + key)
}

// stepsAllowed finds steps that the lifecycle does not have (E7). The first step
// must lead to the kind's initial state. Steps that came with a ledger may leave out
// others, but go forward.
func stepsAllowed(j *judge, rec *record.Record) {
	from := ""
	brought := rec.Brought()
	for _, t := range j.steps {
		to, known := rec.Kind.State(t.To)
		_, ok := rec.Kind.Step(from, t.To)
		ok = ok || t.Index < brought && rec.Kind.Rank(t.To) > rec.Kind.Rank(from)
		switch {
		case !known: // the schema has reported it
		case from == "" && t.To != rec.Kind.Initial:
			j.report(rec, stepPosition(rec, t, "/to"), "check.step-initial", locale.T("want", j.stateTitle(rec.Kind, rec.Kind.Initial)))
		case from != "" && !ok:
			j.report(rec, stepPosition(rec, t, "/to"), "check.step-illegal",
				locale.T("from", j.stateTitle(rec.Kind, from)), locale.T("to", j.stateTitle(rec.Kind, to.ID)), locale.T("next", j.nextStates(rec.Kind, from)))
		}
		from = t.To
	}
}

func (j *judge) stateTitle(kind *schema.Kind, id string) locale.Text {
	state, ok := kind.State(id)
	if !ok {
		return locale.Plain(id)
	}
	return locale.Text{ZH: state.Title.ZH + " " + id, EN: state.Title.EN + " (" + id + ")"}
}

func (j *judge) nextStates(kind *schema.Kind, from string) locale.Text {
	var zh, en []string
	for _, step := range kind.Steps {
		if slices.Contains(step.From, from) {
			title := j.stateTitle(kind, step.To)
			zh, en = append(zh, title.ZH), append(en, title.EN)
		}
	}
	if len(zh) == 0 {
		return locale.Text{ZH: "—", EN: "—"}
	}
	return locale.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// stepsInOrder finds steps written before earlier ones (domain.md §0.23).
func stepsInOrder(j *judge, rec *record.Record) {
	var last record.Transition
	for _, t := range rec.Transitions() {
		if t.At.Before(last.At) {
			j.report(rec, stepPosition(rec, t, "/at"), "check.step-order")
		}
		last = t
	}
}

// stepsComplete finds fields that a step in force requires and that are missing
// (E4).
func stepsComplete(j *judge, rec *record.Record) {
	var said []string
	j.each(rec, func(i int, t record.Transition, step schema.Step) {
		for _, field := range step.Requires {
			if !j.live[i] || rec.Present(field) || slices.Contains(said, field) {
				continue
			}
			said = append(said, field)
			j.report(rec, stepPosition(rec, t, ""), "check.step-requires",
				j.fieldArg(rec, field), locale.A("key", field), locale.T("state", j.stateTitle(rec.Kind, t.To)))
		}
		if step.Link != "" && j.live[i] && !linked(rec, step.Link) {
			j.report(rec, stepPosition(rec, t, ""), "check.step-link", locale.A("rel", step.Link), locale.T("state", j.stateTitle(rec.Kind, t.To)))
		}
	})
}

func linked(rec *record.Record, rel string) bool {
	return slices.ContainsFunc(rec.Items(record.LinksField), func(link yamldoc.Object) bool {
		return link.Text("rel") == rel && link.Text("id") != ""
	})
}

// stepsByRole finds steps done in a role that may not do them.
func stepsByRole(j *judge, rec *record.Record) {
	j.each(rec, func(_ int, t record.Transition, step schema.Step) {
		if len(step.Roles) > 0 && t.Role != "" && !slices.Contains(step.Roles, t.Role) {
			j.report(rec, stepPosition(rec, t, "/role"), "check.step-role",
				locale.T("state", j.stateTitle(rec.Kind, t.To)), locale.T("roles", j.roleTitles(step.Roles)))
		}
	})
}

// rolesHeld finds actors who did not hold the role on that day (E8), or not for
// the record's customer.
func rolesHeld(j *judge, rec *record.Record) {
	brought := rec.Brought()
	for _, t := range j.steps {
		if t.Role == "" || t.Index < brought || t.At.IsZero() || j.Register.Get(t.By) == nil {
			continue
		}
		if !slices.Contains(j.Register.RolesFor(rec, t.By, t.At, j.Zone), t.Role) {
			j.report(rec, stepPosition(rec, t, "/role"), "check.role-held",
				locale.A("person", t.By), locale.T("role", j.roleTitle(t.Role)), locale.A("day", t.At.In(j.Zone).Format("2006-01-02")))
		}
	}
}

// statusFollowsSteps finds a status that is not the state of the newest step.
func statusFollowsSteps(j *judge, rec *record.Record) {
	if len(rec.Kind.Steps) == 0 || len(j.steps) == 0 {
		return
	}
	last := j.steps[len(j.steps)-1]
	if _, known := rec.Kind.State(last.To); known && last.To != rec.Status() {
		j.report(rec, rec.Position("/"+record.StatusField), "check.status-step", locale.T("want", j.stateTitle(rec.Kind, last.To)))
	}
}
