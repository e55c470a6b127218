package portal

import (
	"fmt"
	"math/big"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/locale"
	"kept/internal/metric"
)

// published says beside a figure of a sealed period what was published, what it is
// now and by which commits; "" where the period has no seal. On paper it says
// nothing: a later seal changes no paper.
func (v *View) published(d *metric.Definition, r *metric.Result) string {
	if v.src.Published == nil || v.src.Policy.Paper {
		return ""
	}
	state := v.src.Published(r.Period)
	if state == nil {
		return ""
	}
	for _, drift := range state.Drifts {
		if drift.Sealed.KPI == d.ID && drift.Sealed.Basis == string(r.Basis) {
			return v.drifted(d, drift)
		}
	}
	return v.p.Say("evidence.published-same", locale.A("commit", state.Commit.Short()))
}

// drifted says 发布时 95.0%，现为 92.5%, and the commits that made the difference.
func (v *View) drifted(d *metric.Definition, drift evidence.Drift) string {
	then, now := v.sealedValue(d, drift.Sealed), v.sealedValue(d, drift.Now)
	if then == now { // the counts tell them apart
		then, now = sealedCounts(then, drift.Sealed), sealedCounts(now, drift.Now)
	}
	args := []locale.Arg{locale.A("then", then), locale.A("now", now)}
	if len(drift.Touches) == 0 {
		return v.p.Say("evidence.published-time", args...)
	}
	var by []string
	for _, t := range drift.Touches[max(0, len(drift.Touches)-mostTouches):] {
		by = append(by, t.Record+" "+t.Commit.Hash.Short())
	}
	return v.p.Say("evidence.published-by", append(args, locale.A("by", joinWith(by, v.p.Say("portal.comma"))))...)
}

// sealedCounts adds numerator, denominator and what was left out.
func sealedCounts(value string, f evidence.Figure) string {
	return fmt.Sprintf("%s (%d/%d, −%d)", value, f.Numerator, f.Denominator, f.Excluded)
}

// mostTouches bounds how many changes are named beside a figure, the newest ones.
const mostTouches = 8

func (v *View) sealedValue(d *metric.Definition, f evidence.Figure) string {
	value, ok := new(big.Rat).SetString(f.Exact)
	if !ok {
		return noValue
	}
	return v.quantity(value, d.Unit, d.Digits)
}

// PublishedLines says of each figure of a sealed period that is another now what
// was published, and of a seal without such figures that all are as published.
func (v *View) PublishedLines(p calendar.Period) []string {
	if v.src.Published == nil {
		return nil
	}
	state := v.src.Published(p)
	if state == nil {
		return nil
	}
	lines := []string{v.p.Say("evidence.published-seal", locale.A("period", v.period(p)), locale.A("commit", state.Commit.Short()), locale.N("n", len(state.Drifts)))}
	for _, drift := range state.Drifts {
		if d := v.byKPI[drift.Sealed.KPI]; d != nil {
			lines = append(lines, "  "+v.p.Say("evidence.published-line", locale.A("kpi", d.ID),
				locale.A("basis", v.basis(metric.Basis(drift.Sealed.Basis))), locale.A("said", v.drifted(d, drift))))
		}
	}
	return lines
}
