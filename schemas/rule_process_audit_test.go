package schemas_test

import "testing"

func TestProcessAuditRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"process-audit-independent", "SH-2026-001", "auditor: u-sunj", "auditor: u-lium"},
		{"process-audit-complaints", "SH-2026-001", "no_complaint_reason: 上半年没有登记投诉\n", ""},
		{"process-audit-overdue", "SH-2026-001", "status: closed", "status: planned"},
		{"step-guard", "SH-2026-001", ", nonconformity: BF-2026-0001", ""},
	})
	runCross(t, []crossCase{
		{"process-audit-independent", "SH-2026-001", []edit{{"MY-2026-H1", "owner: u-lium", "owner: u-sunj"}}},
		{"process-audit-finding-back", "SH-2026-001", []edit{{"BF-2026-0001", "source_ids: [SH-2026-001]", "source_note: 口头提出"}}},
		{"step-guard", "SH-2026-001", []edit{{"BF-2026-0001", "status: closed", "status: completed"}}},
	})
	runSilent(t, []crossCase{
		{"process-audit-complaints", "SH-2026-001", []edit{{"SH-2026-001", "no_complaint_reason: 上半年没有登记投诉\n", ""}, {"SH-2026-001", "sample: [", "sample: [TS-2026-0001, "}}},
	})
}
