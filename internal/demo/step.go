package demo

import (
	"fmt"
	"maps"
	"time"

	"kept/internal/yamldoc"
)

// stepDef is one thing that somebody does to a record.
type stepDef struct {
	name    string
	to      string // state; "" where the state stays
	role    string
	claim   string // role that the record names though the actor may not hold it
	by      string // variable that holds the actor; else somebody with the role
	say     string // message of the commit
	note    string // of the transition
	wait    span   // working time since the step before
	elapsed bool   // the wait is by the clock on the wall
	lag     span   // working time from what is declared to the commit
	ahead   span   // or the commit comes so much before what is declared

	let   mapping // variables to fill for later
	set   any     // fields to give a value
	unset []string
	add   mapping // items to append to lists
	patch mapping // keys to set in the last item of lists
	also  []yamldoc.Object
	spawn []yamldoc.Object
	// update changes other records: by id, with set, unset, add and patch, or
	// remove.
	update []yamldoc.Object

	effect string // move, remove, revert: what else happens to the file
	truth  []mapping
}

// readStep reads a use of a step: its name, or a mapping whose key do names it
// and whose other keys stand in for the step's own; set is merged.
func (l *lifeDef) readStep(use any) (stepDef, error) {
	name, _ := use.(string)
	over, _ := use.(mapping)
	if over != nil {
		name, _ = over["do"].(string)
	}
	own, known := l.steps[name]
	if !known && name != "" {
		return stepDef{}, fmt.Errorf("read step %q: it is not defined", name)
	}
	all := mapping{}
	maps.Copy(all, own)
	maps.Copy(all, over)
	if a, ok := own["set"].(mapping); ok {
		if b, ok := over["set"].(mapping); ok {
			both := maps.Clone(a)
			maps.Copy(both, b)
			all["set"] = both
		}
	}
	return stepOf(name, yamldoc.NewObject(all))
}

func stepOf(name string, o yamldoc.Object) (stepDef, error) {
	d := stepDef{
		let:  o.Object("let").Fields(),
		name: name, to: o.Text("to"), role: o.Text("role"), claim: o.Text("claim"), by: o.Text("by"), say: o.Text("say"), note: o.Text("note"),
		elapsed: o.Flag("elapsed"), effect: o.Text("effect"), set: o.Plain("set"), unset: o.Texts("unset"),
		add: o.Object("add").Fields(), patch: o.Object("patch").Fields(), also: o.Items("also"), spawn: o.Items("spawn"), update: o.Items("update"),
	}
	for _, truth := range o.Items("truth") {
		d.truth = append(d.truth, truth.Fields())
	}
	for _, part := range []struct {
		key string
		to  *span
	}{{"wait", &d.wait}, {"lag", &d.lag}, {"ahead", &d.ahead}} {
		p, err := parseSpan(o.Text(part.key))
		if err != nil {
			return d, fmt.Errorf("read step %q: %w", name, err)
		}
		*part.to = p
	}
	if o.Text("lag") == "" {
		d.lag = span{low: time.Minute, high: 18 * time.Minute}
	}
	return d, nil
}
