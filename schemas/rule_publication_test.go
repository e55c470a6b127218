package schemas_test

import "testing"

func TestPublicationRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"publication-period", "FB-2026-0001", `period: "2026-10"`, `period: "2026-Q3"`},
		{"publication-period", "FB-2026-0002", `period: "2026"`, `period: "2026-H1"`},
		{"publication-past", "FB-2026-0001", `period: "2026-10"`, `period: "2099-10"`},
		{"publication-past", "FB-2026-0002", `period: "2026"`, `period: "2099-H2"`},
		{"publication-past", "FB-2026-0002", `period: "2026"`, `period: "2099"`},
		{"publication-twice", "FB-2026-0002", "report: RP-04\nperiod: \"2026\"", "report: RP-01\nperiod: \"2026-10\""},
		{"publication-figures", "FB-2026-0001", "{kpi: K06,", "{kpi: K07,"},
		{"publication-proposals", "FB-2026-0001", ", no_sip_reason: 随服务手册年度修订一并办理", ""},
		{"step-guard", "FB-2026-0001", `by: u-zhoum, role: brm`, `by: u-wangl, role: complaint_handler`},
		{"step-order", "FB-2026-0001", `to: approved, at: "2026-11-05T14`, `to: approved, at: "2026-11-05T17`},
	})
}
