package schemas_test

import "testing"

func TestClauseRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"clause-evidence", "C-9.4", "kind: report}", "at_least: \"1\"}"},
		{"clause-number", "C-9.4", `number: "9.4"`, `number: "9.5"`},
	})
}
