package schemas_test

import "testing"

func TestMeasurementRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"measurement-month", "CL-2026-10", `period: "2026-10"`, `period: "2026-11"`},
		{"measurement-none", "CL-2026-10", "attained: none", `attained: "yes"`},
		{"measurement-none", "CL-2026-10", `denominator: "3", attained: "yes"`, `denominator: "3", attained: none`},
		{"measurement-none", "CL-2026-10", `denominator: "0", attained: none`, `denominator: "0.0", attained: "no"`},
		// Printed with two digits it would read 99.90 and look attained.
		{"measurement-attained", "CL-2026-10", `actual: "99.97"`, `actual: "99.896"`},
		{"measurement-attained", "CL-2026-09", `actual: "99.42"`, `actual: "99.9"`},
		{"measurement-attained", "CL-2026-10", "direction: higher_better, actual: \"99.98\"", "direction: lower_better, actual: \"99.98\""},
		{"measurement-missed", "CL-2026-09", "reason: 调休日备班缺位\n    sip: SIP-2026-0001", `weight: "1"`},
		{"measurement-metric", "CL-2026-10", "{sla: SLA-2026-001, metric: M1,", "{sla: SLA-2026-001, metric: M9,"},
	})
}
