package portal

import (
	"slices"
	"testing"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/metric"
)

// A monthly indicator has a figure for the quarter that its months are in, worked
// out from the records and not from the months.
func TestFigureOfALongerPeriod(t *testing.T) {
	v := New(company(t), locale.Chinese)
	quarter := calendar.Period{Grain: calendar.Quarter, Year: 2026, Index: 3}
	if !slices.Contains(v.PeriodsOf("K01"), quarter) {
		t.Fatalf("K01 has no page for %s: %v", quarter, v.PeriodsOf("K01"))
	}
	f := v.KPIPeriod("K01", quarter)
	if f.Path != "kpi/K01/2026-Q3.html" || f.Value != "50.0%" || len(f.Within) == 0 || len(f.Parts) < 3 || f.Parts[0].Link.Hash != "met" {
		t.Errorf("the quarter: %s, %s, %+v, %+v", f.Path, f.Value, f.Within, f.Parts)
	}
	month := v.KPIPeriod("K01", calendar.Period{Grain: calendar.Month, Year: 2026, Index: 9})
	if len(month.Within) != 0 || len(month.Wider) != 3 {
		t.Errorf("September is made of %d periods and part of %d", len(month.Within), len(month.Wider))
	}
}

// Longer periods list a bounded number of members and say how many more there are.
func TestEvidenceOfALongerPeriodIsBounded(t *testing.T) {
	v := New(company(t), locale.Chinese)
	d := v.byKPI["K01"]
	r := metric.Result{Unit: metric.Percent, Numerator: make([]metric.Evidence, evidenceLimit+7)}
	for grain, want := range map[calendar.Grain]int{calendar.Month: evidenceLimit + 7, calendar.Quarter: evidenceLimit} {
		r.Period = calendar.Period{Grain: grain, Year: 2026, Index: 3}
		g := v.evidence(d, &r)[0]
		if len(g.Table.Rows) != want || g.Count != evidenceLimit+7 || (g.Rest != "") != (want < g.Count) {
			t.Errorf("a %s lists %d of %d, rest %q", grain, len(g.Table.Rows), g.Count, g.Rest)
		}
	}
}

// A figure of a sealed period tells what was published, what it is now and by which
// commits.
func TestRestatedFigure(t *testing.T) {
	src := company(t)
	september := calendar.Period{Grain: calendar.Month, Year: 2026, Index: 9}
	touch := evidence.Touch{Record: "TS-2026-0001", Commit: &gitrepo.Commit{Hash: src.Commit}}
	state := &evidence.SealState{Record: "2026-09", Drifts: []evidence.Drift{{}}}
	state.Commit = src.Commit
	state.Drifts[0].Sealed = evidence.Figure{KPI: "K01", Basis: "declared", Exact: "100"}
	state.Drifts[0].Now = evidence.Figure{KPI: "K01", Basis: "declared", Exact: "50"}
	state.Drifts[0].Touches = []evidence.Touch{touch}
	src.Published = func(p calendar.Period) *evidence.SealState {
		if p == september {
			return state
		}
		return nil
	}
	v := New(src, locale.Chinese)
	got := v.KPIPeriod("K01", september).Restated
	if got.Then != "100.0%" || got.Now != "50.0%" || len(got.Touches) != 1 || got.Touches[0].Record.Link.Page != "complaint/TS-2026-0001.html" || got.Touches[0].Commit.Short != src.Commit.Short() {
		t.Errorf("restated: %+v", got)
	}
	if before := v.KPIPeriod("K01", september.Shift(-1)).Restated; before.Seal.Text != "" {
		t.Errorf("a period without a seal has one: %+v", before)
	}
	notices := v.PeriodPage(september, nil).Seal
	if len(notices) != 1 || notices[0].Tone != Warn {
		t.Errorf("the period's page says of its seal %+v", notices)
	}
	src.Policy.Paper = true
	if paper := New(src, locale.Chinese).KPIPeriod("K01", september).Restated; paper.Seal.Text != "" {
		t.Error("a seal changes a paper")
	}
}

// The page of a period counts the records that date from it; the page of a KPI
// tells the versions of its definition.
func TestPeriodPageAndDefinition(t *testing.T) {
	v := New(company(t), locale.Chinese)
	page := v.PeriodPage(calendar.Period{Grain: calendar.Month, Year: 2026, Index: 9}, nil)
	if len(page.Registers.Rows) == 0 || page.Registers.Rows[0].Cells[0].Link.Hash != "p=2026-09" || page.Registers.Rows[0].Cells[1].Text == "0" {
		t.Errorf("registers: %+v", page.Registers.Rows)
	}
	if k := v.KPI("K01"); len(k.Versions) != 1 || k.Versions[0].Version != "1" || k.Versions[0].Commit.Short == "" || len(k.Targets) != 1 || k.Targets[0].From != "2024-01-01" {
		t.Errorf("versions %+v, targets %+v", k.Versions, k.Targets)
	}
}
