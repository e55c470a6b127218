package portal

import (
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/locale"
)

// A figure of a sealed period says what was published; paper does not, and neither
// does a period without a seal.
func TestPublished(t *testing.T) {
	src := company(t)
	september, _ := calendar.ParsePeriod("2026-09")
	figure := func(exact string, n int) evidence.Figure {
		return evidence.Figure{KPI: "K01", Version: 1, Basis: "declared", Value: "x", Exact: exact, Numerator: n, Denominator: 20, Verdict: "met"}
	}
	touch := evidence.Touch{Record: "TS-2026-0001", Commit: &gitrepo.Commit{Hash: "0123456789abcdef"}}
	for name, c := range map[string]struct {
		drifts []evidence.Drift
		want   string
	}{
		"unchanged":   {nil, "已封存（aaaaaaaaaaaa），与发布时相同"},
		"changed":     {[]evidence.Drift{{Difference: evidence.Difference{Sealed: figure("95", 19), Now: figure("185/2", 18)}, Touches: []evidence.Touch{touch}}}, "发布时 95.0%，现为 92.5%（封存后的改动：TS-2026-0001 0123456789ab）"},
		"same value":  {[]evidence.Drift{{Difference: evidence.Difference{Sealed: figure("95", 19), Now: figure("95", 38)}, Touches: []evidence.Touch{touch}}}, "发布时 95.0% (19/20, −0)，现为 95.0% (38/20, −0)"},
		"time alone":  {[]evidence.Drift{{Difference: evidence.Difference{Sealed: figure("95", 19), Now: figure("", 0)}}}, "发布时 95.0%，现为 —（封存后没有改动相关记录"},
		"other basis": {[]evidence.Drift{{Difference: evidence.Difference{Sealed: evidence.Figure{KPI: "K01", Basis: "merged"}}}}, "与发布时相同"},
	} {
		t.Run(name, func(t *testing.T) {
			src := *src
			src.Published = func(p calendar.Period) *evidence.SealState {
				if p != september {
					return nil
				}
				return &evidence.SealState{Seal: evidence.Seal{Commit: "aaaaaaaaaaaabbbb", Period: p}, Drifts: c.drifts}
			}
			v := New(&src, locale.Chinese)
			if got := v.KPIPeriod("K01", september).Note; !strings.Contains(got, c.want) {
				t.Errorf("the page says %q, want %q", got, c.want)
			}
			if got := v.KPIPeriod("K01", september.Shift(-1)).Note; strings.Contains(got, "发布时") || strings.Contains(got, "封存") {
				t.Errorf("a period without a seal says %q", got)
			}
			if lines := v.PublishedLines(september); len(lines) != 1+len(c.drifts) || !strings.Contains(lines[0], "2026年9月 已封存（提交 aaaaaaaaaaaa）") {
				t.Errorf("lines are %q", lines)
			}
			src.Policy.Paper = true
			if got := New(&src, locale.Chinese).KPIPeriod("K01", september).Note; strings.Contains(got, "封存") {
				t.Errorf("paper says %q", got)
			}
		})
	}
}
