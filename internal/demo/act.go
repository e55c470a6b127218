package demo

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// deed is one step as it will be committed.
type deed struct {
	at     time.Time // of the commit
	who    player
	say    string
	with   []player // whose steps are in the same commit
	edits  []edit
	truths []mapping
}

// message is what the commit says, with the others whose steps it brings.
func (d deed) message() string {
	if len(d.with) == 0 {
		return d.say
	}
	lines := make([]string, len(d.with))
	for i, p := range d.with {
		lines[i] = "Co-authored-by: " + p.mention()
	}
	return d.say + "\n\n" + strings.Join(lines, "\n")
}

// act carries one step out on the record and says what is to be committed. A
// step that a later one of the same commit covers writes no file of its own.
func (l *life) act(d stepDef, covered bool) (deed, error) {
	declared := l.declare(d)
	l.scope.now = declared
	d.role = l.scope.text(d.role)
	who, err := l.actor(d)
	if err != nil {
		return deed{}, err
	}
	l.scope.vars["actor"], l.scope.vars["head"] = who.id, string(l.stage.head)
	l.before = append(l.before, maps.Clone(l.fields))
	if err := l.spawn(d); err != nil {
		return deed{}, err
	}
	for _, key := range slices.Sorted(maps.Keys(d.let)) {
		l.scope.vars[key] = l.scope.fill(d.let[key])
	}
	if d.effect == "revert" {
		l.revert()
	}
	l.change(d)
	l.enter(d, who, declared)
	out := deed{who: who, say: l.scope.text(orElse(d.say, "{id}")), at: l.commitTime(d, declared)}
	for _, t := range d.truth {
		filled, _ := l.scope.fill(t).(mapping)
		out.truths = append(out.truths, filled)
	}
	if !covered || d.effect != "" {
		out.edits = l.files(d)
	}
	for _, also := range d.also {
		more, err := l.others(also)
		if err != nil {
			return deed{}, err
		}
		out.edits = append(out.edits, more...)
	}
	more, err := l.updates(d)
	if err != nil {
		return deed{}, err
	}
	out.edits = append(out.edits, more...)
	l.now = out.at
	if declared.After(l.now) {
		l.now = declared
	}
	if l.scope.err != nil {
		return deed{}, fmt.Errorf("act %q of %s: %w", d.name, l.id, l.scope.err)
	}
	return out, nil
}

// declare is the moment that the record will name for a step, in whole minutes.
func (l *life) declare(d stepDef) time.Time {
	wait := d.wait.draw(l.scope.dice)
	if d.elapsed {
		return l.now.Add(wait).Truncate(time.Minute)
	}
	t := l.stage.schedule.after(l.now, wait)
	if whole := t.Truncate(time.Minute); whole.Before(t) {
		t = whole.Add(time.Minute)
	}
	return t
}

// commitTime is when a step declared at a moment is committed.
func (l *life) commitTime(d stepDef, declared time.Time) time.Time {
	seconds := time.Duration(l.scope.dice.below(60)) * time.Second
	switch {
	case d.ahead.high > 0:
		return declared.Add(-d.ahead.draw(l.scope.dice)).Add(seconds)
	case d.elapsed:
		return declared.Add(d.lag.draw(l.scope.dice)).Add(seconds)
	}
	return l.stage.schedule.after(declared, d.lag.draw(l.scope.dice)).Add(seconds)
}

// actor is the person named by the step's variable while that person holds the
// role, else somebody who does, who takes the life over.
func (l *life) actor(d stepDef) (player, error) {
	if id, ok := l.scope.vars[d.by].(string); ok {
		if p := l.stage.cast.byID[id]; d.claim != "" || p.holds(d.role, l.scope.now) {
			return p, nil
		}
	}
	p, err := l.stage.cast.holder(l.scope.dice, d.role, l.scope.now)
	if err == nil && d.by != "" {
		l.scope.vars[d.by] = p.id
	}
	return p, err
}

// files is the record's own file after a step.
func (l *life) files(d stepDef) []edit {
	switch d.effect {
	case "remove":
		l.removed = true
		return []edit{{path: l.path}}
	case "renumber":
		old := l.path
		l.renumber()
		return []edit{{path: old}, l.stage.render(l.kind, l.path, l.fields)}
	case "move":
		old := l.path
		l.path = l.place(0)
		return []edit{{path: old}, l.stage.render(l.kind, l.path, l.fields)}
	}
	return []edit{l.stage.render(l.kind, l.path, l.fields)}
}
