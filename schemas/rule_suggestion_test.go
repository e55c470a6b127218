package schemas_test

import "testing"

func TestSuggestionRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"suggestion-proposer", "JY-2026-0001", "proposer: u-wangl\n", ""},
		{"suggestion-sip", "JY-2026-0001", "no_sip_reason:", "remark:"},
		{"suggestion-late", "JY-2026-0001", "status: closed", "status: submitted"},
	})
}
