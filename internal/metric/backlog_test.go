package metric

import (
	"strings"
	"testing"

	"kept/internal/calendar"
)

// September: 1 open since August is closed; 2 registered, closed and reopened;
// 3 registered open and its file deleted on 09-20, 4 refused. Declared knows no
// deleted record.
func TestBacklogClosesOnEachBasis(t *testing.T) {
	one := complaint("TS-2026-0001", "2026-08-20 09:00", "", "registered 2026-08-20 09:10")
	oneDone := complaint("TS-2026-0001", "2026-08-20 09:00", "", "registered 2026-08-20 09:10", "closed 2026-09-02 09:00")
	two := complaint("TS-2026-0002", "2026-09-03 09:00", "", "registered 2026-09-03 09:10", "closed 2026-09-04 09:00")
	twoAgain := complaint("TS-2026-0002", "2026-09-03 09:00", "", "registered 2026-09-03 09:10", "closed 2026-09-04 09:00", "in_analysis 2026-09-08 09:00")
	three := complaint("TS-2026-0003", "2026-09-03 09:00", "", "registered 2026-09-03 09:10")
	four := complaint("TS-2026-0004", "2026-09-03 09:00", "", "registered 2026-09-03 09:10", "not_accepted 2026-09-03 10:00")
	b := withHistory(t, strings.Join([]string{
		"at 2026-08-20T10:00:00+08:00", "put v1", `commit "v1"`,
		"at 2026-09-04T10:00:00+08:00", "put v2", `commit "v2"`,
		"at 2026-09-08T10:00:00+08:00", "put v3", `commit "v3"`,
		"at 2026-09-20T10:00:00+08:00", "remove records/complaint/TS-2026-0003.yaml", `commit "v4"`,
		"-- v1/records/complaint/TS-2026-0001.yaml --", one + "-- v2/records/complaint/TS-2026-0001.yaml --", oneDone +
			"-- v2/records/complaint/TS-2026-0002.yaml --", two + "-- v2/records/complaint/TS-2026-0003.yaml --", three +
			"-- v2/records/complaint/TS-2026-0004.yaml --", four + "-- v3/records/complaint/TS-2026-0002.yaml --", twoAgain,
	}, "\n"), "2026-10-01 00:00")
	p, err := calendar.ParsePeriod("2026-09")
	if err != nil {
		t.Fatal(err)
	}
	want := []Balance{
		{Basis: Declared, Start: 1, Registered: 2, Reopened: 1, Closed: 3, End: 1},
		{Basis: Merged, Start: 1, Registered: 3, Reopened: 1, Closed: 3, Deleted: 1, End: 1},
	}
	for i, got := range Backlog(b.in, "complaint", p) {
		if got != want[i] || !got.Closes() {
			t.Errorf("backlog %+v, want %+v", got, want[i])
		}
	}
}

func TestBalanceThatDoesNotClose(t *testing.T) {
	if (Balance{Start: 1, Registered: 1, End: 1}).Closes() {
		t.Error("1 + 1 = 1 closes")
	}
}

// A record that was changed in another folder and came back unchanged is one of its
// kind: a move back is no change.
func TestBacklogAfterDetour(t *testing.T) {
	one := complaint("TS-2026-0001", "2026-09-01 09:00", "", "registered 2026-09-01 09:10")
	changed := complaint("TS-2026-0001", "2026-09-01 09:00", "", "registered 2026-09-01 09:10", "in_analysis 2026-09-02 09:00")
	b := withHistory(t, strings.Join([]string{
		"at 2026-09-01T10:00:00+08:00", "put v1", `commit "v1"`,
		"at 2026-09-02T10:00:00+08:00", "remove records/complaint/TS-2026-0001.yaml", "put v2", `commit "v2"`,
		"at 2026-09-03T10:00:00+08:00", "remove records/sip/TS-2026-0001.yaml", "put v3", `commit "v3"`,
		"-- v1/records/complaint/TS-2026-0001.yaml --", one + "-- v2/records/sip/TS-2026-0001.yaml --", changed +
			"-- v3/records/complaint/TS-2026-0001.yaml --", changed,
	}, "\n"), "2026-10-01 00:00")
	p, err := calendar.ParsePeriod("2026-09")
	if err != nil {
		t.Fatal(err)
	}
	want := Balance{Basis: Merged, Registered: 1, End: 1}
	if list := Backlog(b.in, "complaint", p); len(list) != 2 || list[1] != want {
		t.Errorf("backlog %+v, want %+v", list, want)
	}
}
