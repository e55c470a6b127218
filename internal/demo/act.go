package demo

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kept/internal/record"
	"kept/internal/schema"
)

// deed is one step as it will be committed.
type deed struct {
	at     time.Time // of the commit
	who    player
	say    string
	edits  []edit
	truths []mapping
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
	l.scope.vars["actor"] = who.id
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

// change applies what a step does to the fields.
func (l *life) change(d stepDef) {
	for _, key := range d.unset {
		delete(l.fields, key)
	}
	l.assign(d.set)
	for _, key := range slices.Sorted(maps.Keys(d.add)) {
		list, _ := l.fields[key].([]any)
		l.fields[key] = append(slices.Clone(list), l.scope.fill(d.add[key]))
	}
	for _, key := range slices.Sorted(maps.Keys(d.patch)) {
		l.patch(key, d.patch[key])
	}
}

// patch sets keys in the last item of a list; with a star before the list's
// name in every item that has them not yet.
func (l *life) patch(key string, template any) {
	name, all := strings.CutPrefix(key, "*")
	list, _ := l.fields[name].([]any)
	list = slices.Clone(list)
	for i := range list {
		item, _ := list[i].(mapping)
		more, _ := l.scope.fill(template).(mapping)
		fresh := maps.Clone(item)
		switch {
		case all:
			maps.Copy(more, item)
			fresh = more
		case i == len(list)-1:
			maps.Copy(fresh, more)
		}
		list[i] = fresh
	}
	if len(list) > 0 {
		l.fields[name] = list
	}
}

// enter gives the record its new state; a governed record notes the transition.
func (l *life) enter(d stepDef, who player, at time.Time) {
	if d.to == "" {
		return
	}
	l.fields[record.StatusField] = d.to
	if l.kind.Envelope != schema.Governed {
		return
	}
	entry := mapping{"to": d.to, "at": at.Format(time.RFC3339), "by": who.id, "role": orElse(d.claim, d.role)}
	if note := l.scope.text(d.note); note != "" {
		entry["note"] = note
	}
	list, _ := l.fields[record.TransitionsField].([]any)
	l.fields[record.TransitionsField] = append(slices.Clone(list), entry)
}

// revert takes the last step back.
func (l *life) revert() {
	if n := len(l.before); n > 1 {
		clear(l.fields)
		maps.Copy(l.fields, l.before[n-2])
	}
}

// files is the record's own file after a step.
func (l *life) files(d stepDef) []edit {
	switch d.effect {
	case "remove":
		return []edit{{path: l.path}}
	case "move":
		old := l.path
		l.path = l.place(0)
		return []edit{{path: old}, l.stage.render(l.kind, l.path, l.fields)}
	}
	return []edit{l.stage.render(l.kind, l.path, l.fields)}
}

// others writes records that live no life of their own: one for each item of a
// list for which where holds.
func (l *life) others(also object) ([]edit, error) {
	kind := l.stage.kinds.Kind(also.Text("kind"))
	if kind == nil {
		return nil, fmt.Errorf("write others of %s: no kind %q", l.id, also.Text("kind"))
	}
	template := mapping{"$each": also.Text("each"), "$where": also.Text("where")}
	set, _ := also.Plain("set").(mapping)
	maps.Copy(template, set)
	template[record.IDField] = also.Text("id")
	items, _ := l.scope.fill([]any{template}).([]any)
	var out []edit
	for _, item := range items {
		fields := item.(mapping)
		fields[record.SchemaField] = fmt.Sprintf("%s/v%d", kind.ID, kind.Version)
		id, _ := fields[record.IDField].(string)
		other := life{stage: l.stage, kind: kind, id: id, fields: fields, scope: l.scope}
		out = append(out, l.stage.render(kind, other.place(0), fields))
	}
	return out, nil
}

// spawn begins lives that this step calls for; the variable named as holds the
// new record's id.
func (l *life) spawn(d stepDef) error {
	for _, sp := range d.spawn {
		if p := number(sp, "chance"); p > 0 && !l.scope.dice.percent(p) {
			continue
		}
		def := l.stage.scenario.byName[sp.Text("life")]
		if def == nil {
			return fmt.Errorf("spawn %q: no such life", sp.Text("life"))
		}
		wait, err := parseSpan(sp.Text("wait"))
		if err != nil {
			return err
		}
		vars := mapping{"parent": maps.Clone(l.fields)}
		maps.Copy(vars, l.scope.fillMapping(sp.Object("vars").Fields(), 0))
		at := l.stage.schedule.after(l.scope.now, wait.draw(l.scope.dice))
		child, err := l.stage.begin(def, at, vars, 0, 0)
		if err != nil {
			return err
		}
		l.scope.vars[sp.Text("as")] = child.id
		l.stage.queue.plan(at, child.proceed)
	}
	return nil
}
