package portal

import (
	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/metric"
)

// Restated is a figure of a sealed period as it was published beside what it is
// now (domain.md §7.1.9). The zero value is a period without a seal.
type Restated struct {
	Seal      Cell   // the seal's record
	Commit    Commit // what was sealed
	Then, Now string // "" where the figure is as published
	Touches   []Touch
	Older     int // changes that Touches leaves out
}

// Touch is a change since the seal of a record behind the figure.
type Touch struct {
	Record Cell
	Commit Commit
	Author Cell
	Merged string
}

// restated compares a figure with the seal of its period.
func (v *View) restated(d *metric.Definition, r *metric.Result) Restated {
	state := v.sealOf(r.Period)
	if state == nil {
		return Restated{}
	}
	out := Restated{Seal: v.anyRecord(state.Record), Commit: v.commit(state.Commit)}
	for _, drift := range state.Drifts {
		if drift.Sealed.KPI == d.ID && drift.Sealed.Basis == string(r.Basis) {
			v.drift(&out, d, drift)
		}
	}
	return out
}

func (v *View) drift(out *Restated, d *metric.Definition, drift evidence.Drift) {
	out.Then, out.Now = v.sealedValue(d, drift.Sealed), v.sealedValue(d, drift.Now)
	if out.Then == out.Now { // the counts tell them apart
		out.Then, out.Now = sealedCounts(out.Then, drift.Sealed), sealedCounts(out.Now, drift.Now)
	}
	out.Older = max(0, len(drift.Touches)-mostTouches)
	for _, t := range drift.Touches[out.Older:] {
		touch := Touch{Record: v.anyRecord(t.Record), Commit: v.commit(t.Commit.Hash), Author: v.author(t.Commit.Author)}
		if t.Merged != nil {
			touch.Merged = v.moment(t.Merged.Committer.When)
		}
		out.Touches = append(out.Touches, touch)
	}
}

// sealOf is the seal of a period on a page; paper shows none.
func (v *View) sealOf(p calendar.Period) *evidence.SealState {
	if v.src.Published == nil || v.src.Policy.Paper {
		return nil
	}
	return v.src.Published(p)
}
