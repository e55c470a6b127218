package demo

import (
	"fmt"
	"maps"

	"kept/internal/record"
)

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

// updates changes other living records in the words of this life.
func (l *life) updates(d stepDef) ([]edit, error) {
	var out []edit
	for _, u := range d.update {
		other := l.stage.byID[l.scope.text(u.Text("id"))]
		if other == nil {
			return nil, fmt.Errorf("update from %s: no record %q lives", l.id, l.scope.text(u.Text("id")))
		}
		if u.Flag("remove") {
			out = append(out, edit{path: other.path})
			continue
		}
		change, err := stepOf("", u)
		if err != nil {
			return nil, err
		}
		borrowed := life{stage: l.stage, kind: other.kind, fields: other.fields, scope: l.scope}
		borrowed.change(change)
		out = append(out, l.stage.render(other.kind, other.path, other.fields))
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
		delay := wait.draw(l.scope.dice)
		at := l.stage.schedule.after(l.scope.now, delay)
		if sp.Flag("elapsed") {
			at = l.scope.now.Add(delay)
		}
		child, err := l.stage.begin(def, at, vars, 0, 0)
		if err != nil {
			return err
		}
		l.scope.vars[sp.Text("as")] = child.id
		l.stage.queue.plan(at, child.proceed)
	}
	return nil
}
