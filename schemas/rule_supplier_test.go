package schemas_test

import "testing"

// Targets that are weaker than what a customer was promised (E14).
func TestSupplierTargets(t *testing.T) {
	weaker := alter{"GYS-001", `target: "99.95"`, `target: "99.899"`}
	gap := alter{"GYS-001", "result: ok", "result: gap, risk: 单条专线, decision: 年内开通备用线路"}
	reversed := alter{"SLA-2026-001", "direction: higher_better\n    target: \"99.9\"", "direction: lower_better\n    target: \"99.9\""}
	runEdits(t, []editCase{
		{"supplier-target-weaker", "GYS-001", []alter{weaker}, false},
		{"supplier-target-weaker", "GYS-001", []alter{{"GYS-001", `target: "99.95"`, `target: "99.90"`}}, true},
		{"supplier-target-weaker", "GYS-001", []alter{weaker, gap}, true},
		{"supplier-target-weaker", "GYS-001", []alter{reversed}, false},
		{"supplier-alignment-false", "GYS-001", []alter{weaker}, false},
		{"supplier-alignment-false", "GYS-001", []alter{weaker, gap}, true},
		{"supplier-gap-decision", "GYS-001", []alter{{"GYS-001", "result: ok", "result: gap, risk: 单条专线"}}, false},
		{"supplier-target-metric", "GYS-001", []alter{{"GYS-001", "sla_metric: M1", "sla_metric: M9"}}, false},
		{"sla-supplier-target", "SLA-2026-001", []alter{{"SLA-2026-001", `target: "99.95", aligned`, `target: "99.8", aligned`}}, false},
		{"sla-supplier-target", "SLA-2026-001", []alter{{"SLA-2026-001", `target: "99.95", aligned: true`, `target: "99.8", aligned: false, risk: 单条专线`}}, true},
		{"sla-aligned", "SLA-2026-001", []alter{{"SLA-2026-001", `target: "99.95", aligned`, `target: "99.8", aligned`}}, false},
		{"sla-supplier-listed", "SLA-2026-001", []alter{{"SLA-2026-001", "supplier_target: T1", "supplier_target: T7"}}, false},
		{"sla-supplier-listed", "SLA-2026-001", []alter{{"SLA-2026-001", `supplier_target: T1, metric: M1`, `supplier_target: T1, metric: M8`}}, false},
		{"sla-supplier-active", "SLA-2026-001", []alter{{"GYS-001", "status: active", "status: suspended"}}, false},
	})
}

func TestSupplierRules(t *testing.T) {
	code := func(s string) []alter {
		return []alter{{"GYS-001", "short_name:", "unified_credit_code: " + s + "\nshort_name:"}}
	}
	runEdits(t, []editCase{
		{"supplier-responsible", "GYS-001", []alter{{"GYS-001", "manager: u-zhaoq\n", ""}}, false},
		{"supplier-identity", "GYS-001", []alter{{"GYS-001", "kind: external", "kind: internal"}}, false},
		{"supplier-credit-code", "GYS-001", code("91350100M000100Y44"), false},
		{"supplier-credit-code", "GYS-001", code("91350100M000100Y43"), true},
		{"supplier-services", "GYS-001", []alter{{"GYS-001", "services: [FW-001]\n", ""}}, false},
		{"supplier-contract-own", "GYS-001", []alter{{"GYS-001", "[HT-2026-003]", "[HT-2026-001]"}}, false},
		{"supplier-contract-valid", "GYS-001", []alter{{"HT-2026-003", "status: active", "status: expired"}}, false},
		{"supplier-review-dates", "GYS-001", []alter{{"GYS-001", `next_review_due: "2027-07-31"`, `next_review_due: "2026-07-21"`}}, false},
		{"supplier-review-late", "GYS-001", []alter{{"GYS-001", `next_review_due: "2027-07-31"`, `next_review_due: "2026-11-24"`}}, false},
		{"supplier-review-late", "GYS-001", []alter{{"GYS-001", `next_review_due: "2027-07-31"`, `next_review_due: "2026-11-25"`}}, true},
		{"supplier-ended", "GYS-001", []alter{{"GYS-001", "status: active", "status: ended"}}, false},
		{"supplier-ended", "GYS-001", []alter{{"GYS-001", "status: active", "status: ended\nend_reason: 示例"}, {"ZY-2026-001", "status: closed", "status: resolved"}}, false},
	})
}

func TestSupplierReviewRules(t *testing.T) {
	const id = "GPS-2026-0001"
	runEdits(t, []editCase{
		{"supplier-review-overdue", id, []alter{{id, "status: closed", "status: planned"}}, false},
		{"supplier-review-complete", id, []alter{{id, "{target: T2,", "{target: T1,"}}, false},
		{"supplier-review-attained", id, []alter{{id, `actual: "99.97"`, `actual: "99.94"`}}, false},
		{"supplier-review-attained", id, []alter{{id, `actual: "5.5"`, `actual: "4.0"`}}, false},
		{"supplier-review-missed", id, []alter{{id, ", reason: 五月一次光缆被挖断，绕行路由未就绪", ""}}, false},
		{"supplier-review-improve", id, []alter{{id, "owner: u-zhaoq, due: \"2026-08-31\", ", ""}}, false},
		{"supplier-review-action-overdue", id, []alter{{id, "status: closed", "status: held"}, {id, `done_at: "2026-08-28", `, ""}}, false},
		{"supplier-review-dispute", id, []alter{{id, "conclusion:", "disputes: [ZY-2026-001]\nconclusion:"}, {"ZY-2026-001", "supplier: GYS-001", "supplier: GYS-002"}}, false},
		{"step-guard", id, []alter{{id, `done_at: "2026-08-28", `, ""}}, false},
	})
}

func TestDisputeRules(t *testing.T) {
	const id = "ZY-2026-001"
	negotiating := alter{id, "status: closed", "status: negotiating"}
	recent := alter{id, `at: "2026-10-14T10:00:00+08:00", by: u-zhaoq, side`, `at: "2026-11-20T10:00:00+08:00", by: u-zhaoq, side`}
	long := alter{id, `raised_at: "2026-09-07`, `raised_at: "2026-08-07`}
	runEdits(t, []editCase{
		{"dispute-contract", id, []alter{{id, "contract: HT-2026-003", "contract: HT-2026-001"}}, false},
		{"dispute-idle", id, []alter{negotiating}, false},
		{"dispute-idle", id, []alter{negotiating, recent}, true},
		{"dispute-long", id, []alter{negotiating, long}, false},
		{"dispute-long", id, []alter{negotiating, long, {"SJ-2026-0001", "subject: TS-2026-0001", "subject: ZY-2026-001"}}, true},
		{"dispute-long", id, []alter{negotiating}, true},
		{"dispute-steps", id, []alter{{id, `raised_at: "2026-09-07`, `raised_at: "2026-09-09`}}, false},
		{"dispute-change", id, []alter{{id, "resolution_kind: credit", "resolution_kind: contract_change"}}, false},
		{"dispute-change", id, []alter{{id, "resolution_kind: credit", "resolution_kind: contract_change\ncontract_change: BG-2026-0001"}}, false},
		{"dispute-amount", id, []alter{{id, `amount: "800.00"` + "\n", ""}}, false},
	})
}
