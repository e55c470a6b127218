package portal

import (
	"strconv"
	"strings"

	"kept/internal/evidence"
	"kept/internal/history"
	"kept/internal/metric"
)

// FigureLevel says what a figure rests on: the lowest level of the members that it
// counts, and how many there are of each where they differ. It is "" where levels
// are left out or nothing is counted.
func (v *View) FigureLevel(r *metric.Result) string {
	if v.src.Assurance == nil {
		return ""
	}
	tally := v.src.Assurance.Figure(r)
	lowest, ok := tally.Lowest()
	if !ok {
		return ""
	}
	var parts []string
	for _, l := range evidence.Levels() {
		if tally[l] > 0 {
			parts = append(parts, v.p.Say(l.Key())+" "+strconv.Itoa(tally[l]))
		}
	}
	if len(parts) < 2 {
		return v.p.Say(lowest.Key())
	}
	return v.p.Say(lowest.Key()) + " (" + strings.Join(parts, ", ") + ")"
}

// Levelled tells whether the view says what figures rest on.
func (v *View) Levelled() bool { return v.src.Assurance != nil }

// lowestLevel is what a figure rests on, without the tally.
func (v *View) lowestLevel(r *metric.Result) string {
	if v.src.Assurance == nil {
		return ""
	}
	tally := v.src.Assurance.Figure(r)
	lowest, ok := tally.Lowest()
	if !ok {
		return ""
	}
	return v.p.Say(lowest.Key())
}

// memberLevel is what one member of a figure rests on.
func (v *View) memberLevel(e metric.Evidence) string {
	if v.src.Assurance == nil {
		return ""
	}
	return v.level(v.src.Assurance.Member(e))
}

// valueLevel is what a value of a timeline rests on.
func (v *View) valueLevel(r *history.Recorded) string {
	if v.src.Assurance == nil {
		return ""
	}
	return v.level(v.src.Assurance.Value(r))
}

// level names a level; of a signature it says on which commit it lies.
func (v *View) level(s evidence.Standing) string {
	name := v.p.Say(s.Level.Key())
	switch {
	case s.Level < evidence.Signed || s.Signed == evidence.Nobody:
		return name
	case s.Signed == evidence.Submitted:
		return name + " (" + v.p.Say("evidence.signed.submitted") + ")"
	}
	return name + " (" + v.p.Say("evidence.signed.mainline") + ")"
}
