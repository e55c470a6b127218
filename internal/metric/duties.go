package metric

import (
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/obligation"
)

// dutiesMet is the share of the obligations that count, due in a period, that
// were met by then: by the commit that proves it, or as declared (K21).
type dutiesMet struct{}

func (dutiesMet) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		duties := in.duties()
		for i := range duties {
			if duty := &duties[i]; duty.Definition != nil && duty.Definition.Counted {
				list = append(list, dutyMember(in, d, r.Basis, duty))
			}
		}
		return list
	}))
	r.share()
}

func dutyMember(in *Inputs, d *Definition, b Basis, duty *obligation.Duty) member {
	e := member{
		Evidence: Evidence{Record: duty.Definition.ID, Item: dutyItem(duty), Due: duty.Due},
		start:    duty.Due, when: duty.Due, provisional: duty.Provisional,
	}
	if duty.Period != (calendar.Period{}) {
		e.start = duty.Period.In(in.Calendar.Zone()).End.Add(-time.Nanosecond)
	}
	done := done3{declared: duty.Done}
	if rec := in.Register.Get(duty.Evidence); rec != nil {
		if f := in.factsOf(rec); f != nil {
			done.imported = f.imported()
		}
	}
	if !duty.Merged.IsZero() {
		by := &gitrepo.Commit{Hash: duty.Commit}
		done.recorded = history.Recorded{Submitted: duty.Merged, Merged: duty.Merged, SetBy: by, MergedBy: by}
	}
	if !duty.Done.IsZero() {
		e.judge(in, d, b, done)
	}
	return e
}

// dutyItem names what an obligation asked for: its period, its record, or both.
func dutyItem(duty *obligation.Duty) string {
	var parts []string
	if duty.Period != (calendar.Period{}) {
		parts = append(parts, duty.Period.String())
	}
	for _, part := range []string{duty.Record, duty.Item} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "/")
}
