package check

import (
	"os"
	"testing"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/schema"
)

// A year that does not add up is an error with all its numbers; one that does is
// silent. No history can be told that does not: both sides are counted from it.
func TestBacklogThatDoesNotAddUp(t *testing.T) {
	a := &auditor{}
	for _, r := range historyRules() {
		if r.ID == "backlog-identity" {
			a.rule = r
		}
	}
	kind := &schema.Kind{ID: "job", Title: locale.Text{ZH: "维修单", EN: "Repair job"}}
	a.balance(kind, 2026, []metric.Balance{
		{Basis: metric.Declared, Start: 2, Registered: 5, Reopened: 1, Closed: 4, End: 4},
		{Basis: metric.Merged, Start: 2, Registered: 5, Reopened: 1, Closed: 4, Deleted: 1, End: 4},
	})
	if len(a.found) != 1 || a.found[0].Severity != finding.Error || a.found[0].Rule != "backlog-identity" {
		t.Fatalf("found %v", a.found)
	}
	catalogue, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	p := catalogue.Printer(locale.English)
	const want = "Repair job, 2026 (merged), does not add up: 2 open + 5 registered + 1 reopened − 4 closed − 1 deleted is not 4"
	if got := p.Say(a.found[0].Key, a.found[0].Args...); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
