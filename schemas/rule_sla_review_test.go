package schemas_test

import "testing"

func TestSLAReviewRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"review-sla-none", "PS-2026-0001", "attained: no_occurrence", `attained: "yes"`},
		{"review-sla-none", "PS-2026-0001", `actual: "99.97", attained: "yes"`, `actual: "99.97", attained: no_occurrence`},
		// Printed with two digits it would read 99.90 and look attained.
		{"review-sla-attained", "PS-2026-0001", `actual: "99.97"`, `actual: "99.896"`},
		{"review-sla-attained", "PS-2026-0001", `actual: "99.42"`, `actual: "99.9"`},
		{"review-sla-metric", "PS-2026-0001", "metric: M1", "metric: M9"},
		{"review-sla-plan", "PS-2026-0001", "\nsip: [SIP-2026-0001]", "\nsip: [SIP-2026-0002]"},
		{"review-previous-actions", "PS-2026-0001", "sla_results:", "previous_actions: [{review: PS-2026-0001, action: A1, status: done}]\nsla_results:"},
		{"review-requirement", "PS-2026-0001", `, answered_at: "2026-11-12"`, ""},
		{"review-requirement-late", "PS-2026-0001", `due: "2026-12-31", status: answered`, `due: "2026-11-20", status: open`},
		{"review-action-overdue", "PS-2026-0001", "text: 制定考试周巡检计划, owner: u-zhaoq, due: \"2026-12-31\"", "text: 制定考试周巡检计划, owner: u-zhaoq, due: \"2026-11-24\""},
		{"review-workload", "PS-2026-0001", `actual: "8"`, `actual: "13"`},
		{"review-contract-change-source", "PS-2026-0001", "contract_change_required: false", "contract_change_required: false\ncontract_change_ref: HT-2026-001"},
	})
	runCross(t, []crossCase{
		{"review-sla-valid", "PS-2026-0001", []edit{{"SLA-2026-001", `valid_from: "2026-01-01"`, `valid_from: "2026-11-01"`}}},
		{"review-sla-attained", "PS-2026-0001", []edit{{"SLA-2026-001", "direction: higher_better", "direction: lower_better"}}},
		{"review-minutes-late", "PS-2026-0001", []edit{
			{"PS-2026-0001", "status: confirmed", "status: held"},
			{"PS-2026-0001", `  - {to: minutes_draft, at: "2026-11-16T11:00:00+08:00", by: u-zhoum, role: brm}` + "\n", ""},
			{"PS-2026-0001", `  - {to: confirmed, at: "2026-11-18T16:00:00+08:00", by: u-zhoum, role: brm}` + "\n", ""},
		}},
	})
	runCases(t, []ruleCase{
		{"review-complaints", "PS-2026-0001", "complaints: [TS-2026-0001, TS-2026-0003]", "complaints: [TS-2026-0001]"},
		{"review-complaints", "PS-2026-0001", "surveys: [MY-2026-H1]\n", ""},
		{"review-complaints-own", "PS-2026-0001", "customers: [KH-0001, KH-0002]", "customers: [KH-0001]"},
	})
	runSilent(t, []crossCase{
		{"review-complaints", "PS-2026-0001", []edit{{"PS-2026-0001", "surveys: [MY-2026-H1]", "complaints_note: 调查报告另会评审"}}},
		{"review-complaints", "PS-2026-0001", []edit{{"PS-2026-0001", "complaints: [TS-2026-0001, TS-2026-0003]", "complaints: [TS-2026-0001]"}, {"TS-2026-0003", `received_at: "2026-10-12`, `received_at: "2026-11-12`}}},
		{"review-sla-attained", "PS-2026-0001", []edit{{"PS-2026-0001", `actual: "99.97"`, `actual: "99.90"`}}},
		{"review-workload", "PS-2026-0001", []edit{{"PS-2026-0001", `actual: "8"`, `actual: "13", note: 超出部分已协商加派`}}},
		{"review-previous-actions", "PS-2026-0001", []edit{
			{"PS-2026-0001", "sla_results:", "previous_actions: [{review: PS-2026-0001, action: A1, status: done}]\nsla_results:"},
			{"PS-2026-0001", "text: 制定考试周巡检计划, owner: u-zhaoq,", `text: 制定考试周巡检计划, owner: u-zhaoq, done_at: "2026-11-20",`},
		}},
	})
}
