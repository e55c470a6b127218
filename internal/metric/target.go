package metric

import (
	"math/big"

	"kept/internal/calendar"
)

// Target is what a KPI should reach from a day on.
type Target struct {
	From   calendar.Day
	Value  *big.Rat
	AtMost bool // lower is better
}

// Reached compares exactly; the target itself is reached.
func (t Target) Reached(value *big.Rat) bool {
	if t.AtMost {
		return value.Cmp(t.Value) <= 0
	}
	return value.Cmp(t.Value) >= 0
}

// targetAt is the target in force on a day: the one with the latest From that
// is not after it.
func targetAt(targets []Target, day calendar.Day) *Target {
	var found *Target
	for i := range targets {
		if t := &targets[i]; t.From.Compare(day) <= 0 && (found == nil || found.From.Compare(t.From) <= 0) {
			found = t
		}
	}
	return found
}

// TargetAt is the target in force on a day, nil for none.
func (d *Definition) TargetAt(day calendar.Day) *Target { return targetAt(d.Targets, day) }

// judge sets the verdict, unless a measure has already said Provisional or
// TooFew. Met or missed goes by the exact value (domain.md §7.1.8, §0.12).
func (r *Result) judge() {
	switch {
	case r.Value == nil:
		if r.Status != Provisional && r.Status != TooFew {
			r.Status = NoData
		}
	case r.Status != "":
	case r.Target == nil:
		r.Status = NoTarget
	case r.Target.Reached(r.Value):
		r.Status = Met
	default:
		r.Status = Missed
	}
}
