package schemas_test

import "testing"

func TestChannelRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"channel-published", "QD-01", "published_in: [服务合同附件, 服务手册]\n", ""},
		{"channel-withdrawn", "QD-02", "status: published", "status: withdrawn"},
		{"channel-withdrawn", "QD-02", "status: published", "status: withdrawn\nwithdrawn_on: \"2024-12-31\""},
		{"channel-checked", "QD-01", `last_tested_on: "2026-07-01"`, `last_tested_on: "2025-07-01"`},
	})
}
