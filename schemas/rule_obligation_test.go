package schemas_test

import "testing"

func TestObligationRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"obligation-shape", "OB-01", "cadence: month\n", ""},
		{"obligation-shape", "OB-04", "of:", "retention: true\nof:"},
		{"obligation-shape", "OB-08", "retention: true\n", ""},
		{"obligation-dates", "OB-01", "counted: true", "counted: true\nuntil: \"2026-09-30\""},
		{"obligation-each-link", "OB-12", ", link: slas", ""},
	})
}
