package schemas_test

import "testing"

func TestDisposalRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"disposal-early", "XH-2026-0001", `retention_ended_on: "2025-12-31"`, `retention_ended_on: "2026-12-31"`},
		{"disposal-approver", "XH-2026-0001", "approver: u-chenh", "approver: u-lium"},
		{"step-guard", "XH-2026-0001", "witness: u-zhoum", "witness: u-lium"},
	})
}
