package schemas_test

import "testing"

func TestNonconformityRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"nonconformity-source", "BF-2026-0001", "source_ids: [SH-2026-001]\n", ""},
		{"nonconformity-verifier", "BF-2026-0001", "\n  by: u-sunj", "\n  by: u-lium"},
		{"nonconformity-verified-early", "BF-2026-0001", `done_at: "2026-09-25"`, `done_at: "2026-09-01"`},
		{"nonconformity-unverified", "BF-2026-0001", `  done_at: "2026-09-25"` + "\n", ""},
		{"nonconformity-analysis-late", "BF-2026-0001", "status: closed", "status: raised"},
	})
	runCross(t, []crossCase{
		{"nonconformity-audit", "BF-2026-0001", []edit{{"SH-2026-001", ", nonconformity: BF-2026-0001", ""}}},
		{"nonconformity-action-overdue", "BF-2026-0001", overdue("")},
		{"nonconformity-action-overdue", "BF-2026-0001", overdue(`extensions: [{action: A1, from: "2026-08-28", to: "2026-11-23", reason: 示例, approved_by: u-zhoum}]` + "\n")},
		{"nonconformity-verifier", "BF-2026-0001", []edit{{"BF-2026-0001", "owner: u-lium\n", "owner: u-zhoum\n"}, {"BF-2026-0001", "\n  by: u-sunj", "\n  by: u-lium"}}},
	})
	runSilent(t, []crossCase{
		{"nonconformity-action-overdue", "BF-2026-0001", overdue(`extensions: [{action: A1, from: "2026-08-28", to: "2026-11-30", reason: 示例, approved_by: u-zhoum}]` + "\n")},
		{"nonconformity-verified-early", "BF-2026-0001", []edit{{"BF-2026-0001", `done_at: "2026-09-25"`, `done_at: "2026-09-20"`}}},
	})
}

// overdue is an action that was due in August and is not done, with more text.
func overdue(more string) []edit {
	return []edit{
		{"BF-2026-0001", "status: closed", "status: acting"},
		{"BF-2026-0001", `, done_at: "2026-08-20"`, ""},
		{"BF-2026-0001", "transitions:", more + "transitions:"},
	}
}
