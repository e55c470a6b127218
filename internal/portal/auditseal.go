package portal

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/signature"
)

// seal shows one sealed period: what was published, by which commit, and what is
// another now. It is false for a record that is no seal that can be read.
func (v *View) seal(rec *record.Record) (SealView, bool) {
	seal, ok := evidence.ReadSeal(rec)
	if !ok {
		return SealView{}, false
	}
	s := SealView{Title: v.period(seal.Period), Record: v.anyRecord(rec.ID)}
	s.Facts = []Field{
		fact(v.p.Say("portal.seal-commit"), seal.Commit.Short()), fact(v.p.Say("portal.seal-judged"), v.moment(seal.AsOf)),
		fact(v.p.Say("portal.seal-figures"), strconv.Itoa(len(seal.Figures))), fact(v.p.Say("portal.seal-prints"), strconv.Itoa(len(seal.Prints))),
	}
	if v.src.Published == nil {
		return s, true
	}
	state := v.src.Published(seal.Period)
	if state == nil || state.Record != rec.ID {
		return s, true
	}
	s.State = v.sealState(state)
	s.Facts = append(s.Facts, fact(v.p.Say("portal.seal-tag"), v.tagWords(state)))
	s.Drifts = v.driftTable(state)
	return s, true
}

func (v *View) sealState(state *evidence.SealState) Cell {
	switch {
	case !state.Held || state.Reason != "":
		return Cell{Text: v.p.Say("portal.seal-lost"), Tone: Bad}
	case v.broken(state.Record):
		return Cell{Text: v.p.Say("portal.seal-forged"), Tone: Bad}
	case len(state.Drifts) > 0:
		return Cell{Text: v.p.Say("portal.seal-drifted", locale.N("n", len(state.Drifts))), Tone: Warn}
	}
	return Cell{Text: v.p.Say("portal.seal-same"), Tone: Good}
}

// sealBroken and sealEdited are the rules that find a seal that was forged or edited.
const sealBroken, sealEdited = "audit-seal-broken", "audit-seal-edited"

func (v *View) broken(id string) bool {
	return slices.ContainsFunc(v.found[strings.ToLower(id)], func(f finding.Finding) bool { return f.Rule == sealBroken || f.Rule == sealEdited })
}

// tagWords says what the tag of a seal is worth.
func (v *View) tagWords(state *evidence.SealState) string {
	switch {
	case state.Tag == "":
		return v.p.Say("portal.tag-none")
	case !state.Tagged:
		return v.p.Say("portal.tag-astray")
	case state.Signature.Status == signature.Good:
		return v.p.Say("portal.tag-signed")
	}
	return v.p.Say("portal.tag-unsigned")
}

// driftTable puts what was published beside what is now, with the commits between.
func (v *View) driftTable(state *evidence.SealState) Table {
	t := Table{ID: "drifts", Title: v.p.Say("portal.drifts"), Columns: []Column{
		{Key: "kpi", Title: v.p.Say("portal.hub-kpi"), Screen: true},
		{Key: "basis", Title: v.p.Say("portal.audit-basis"), Screen: true},
		{Key: "drift", Title: v.p.Say("portal.drift-words"), Screen: true},
	}}
	for _, drift := range state.Drifts {
		d := v.byKPI[drift.Sealed.KPI]
		if d == nil {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: v.kpiTitle(d), Link: periodLink(d.ID, state.Period.String())}, {Text: v.basis(metric.Basis(drift.Sealed.Basis))}, {Text: v.drifted(d, drift)},
		}})
	}
	return t
}
