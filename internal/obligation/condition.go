package obligation

import (
	"slices"
	"time"

	"kept/internal/expr"
	"kept/internal/record"
	"kept/internal/schema"
)

// until keeps the steps declared before a moment.
func (k *known) until(at time.Time) []record.Transition { return record.Known(k.steps, at) }

// holds evaluates a condition as it stood at a moment, which is not after that of
// judgement: steps, clocks and as_of are those of then, fields are as they are.
// One that has no result does not hold, and is reported; none holds.
func (k *known) holds(p *expr.Program, at time.Time) bool {
	if p == nil {
		return true
	}
	if k.vars == nil || !k.asked.Equal(at) {
		k.vars, k.asked = expr.Vars{record.StatusField: k.rec.Status()}, at
		if steps := k.until(at); len(steps) > 0 {
			k.vars[record.StatusField] = steps[len(steps)-1].To
		}
	}
	k.fillDerived(k.vars, p.Names(), at)
	k.rec.Fill(k.vars, p.Names(), record.Facts{
		Zone: k.in.Calendar.Zone(), AsOf: at, Others: k.in.others,
		Due: func(l schema.TimeLimit) time.Time {
			d, _ := k.rec.Deadline(l, k.in.Calendar, k.first, at)
			return d.Due
		},
	})
	return k.in.holds(p, k.vars, k.rec.ID)
}

// fillDerived adds the derived names that a condition reads, from known steps.
func (k *known) fillDerived(vars expr.Vars, names []string, at time.Time) {
	for _, d := range k.rec.Kind.Derived {
		if _, there := vars[d.Name]; there || !slices.Contains(names, d.Name) {
			continue
		}
		step, _ := record.Entry(k.rec.Kind, d, k.until(at))
		vars[d.Name] = step.At
		if d.Actor {
			vars[d.Name] = step.By
		}
	}
}

// first is a field's first value on the mainline, or the present one where the
// mainline never held it.
func (k *known) first(field string) string {
	if k.timeline != nil {
		if v, _ := k.timeline.FirstValue("/" + field); v != nil {
			text, _ := v.(string)
			return text
		}
	}
	return k.rec.Text(field)
}
