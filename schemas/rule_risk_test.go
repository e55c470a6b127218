package schemas_test

import "testing"

func TestRiskRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"risk-level", "FX-2026-0001", "level: medium", "level: low"},
		{"risk-residual", "FX-2026-0001", "transitions:", "residual_likelihood: \"2\"\nresidual_impact: \"3\"\nresidual_level: low\ntransitions:"},
		{"risk-high-accepted", "FX-2026-0001", "level: medium\ntreatment: reduce", "level: high\ntreatment: accept"},
		{"risk-review", "FX-2026-0001", `review_on: "2026-12-31"`, `review_on: "2026-10-31"`},
		{"risk-action-overdue", "FX-2026-0001", `due: "2026-12-15"`, `due: "2026-11-15"`},
	})
}
