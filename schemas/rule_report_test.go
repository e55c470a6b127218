package schemas_test

import "testing"

func TestReportRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"report-obligation", "RP-01", "frequency: month", "frequency: quarter"},
	})
}
