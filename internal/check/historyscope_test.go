package check_test

import (
	"slices"
	"testing"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// A role for one customer is none for the records of others: who did a step with it, and
// had the general role entered later, reaching back, is told.
func TestRoleGrantedLaterBeyondItsScope(t *testing.T) {
	for customers, want := range map[string]bool{"": false, ", customers: [C-2]": true} {
		archive := `
as 周敏 <zm@example.cn>
at 2026-03-01T09:00:00+08:00
put first
commit people
at 2026-03-02T10:05:00+08:00
put step
commit approve
at 2026-05-04T10:00:00+08:00
put later
commit roles
-- first/records/person/u-zm.yaml --
schema: person/v1
id: u-zm
title: 周敏
status: active
identities: [zm@example.cn]
roles:
  - {role: lead, from: "2026-01-01"` + customers + `}
-- step/records/job/J-2026-001.yaml --
schema: job/v1
id: J-2026-001
title: 打印机维修
status: approved
received_at: "2026-03-02T09:00:00+08:00"
transitions:
  - {to: approved, at: "2026-03-02T10:00:00+08:00", by: u-zm, role: lead}
-- later/records/person/u-zm.yaml --
schema: person/v1
id: u-zm
title: 周敏
status: active
identities: [zm@example.cn]
roles:
  - {role: lead, from: "2026-01-01"` + customers + `}
  - {role: lead, from: "2026-01-01"}
`
		made := gittest.Archive(t, gittest.Parse(t, archive))
		repo, err := gitrepo.Open(made.Dir)
		if err != nil {
			t.Fatal(err)
		}
		head, err := repo.Resolve("HEAD", nil)
		if err != nil {
			t.Fatal(err)
		}
		found := check.History(newBench(t).request(t, repo, head))
		got := slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Key == "audit.author-role-later" && f.Record == "J-2026-001" })
		if got != want {
			t.Errorf("with %q told later is %v, want %v: %v", customers, got, want, found)
		}
		repo.Close()
	}
}
