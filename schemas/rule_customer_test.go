package schemas_test

import "testing"

func TestCustomerRules(t *testing.T) {
	code := func(s string) []alter {
		return []alter{{"KH-0001", "short_name:", "unified_credit_code: " + s + "\nshort_name:"}}
	}
	need := func(s string) []alter { return []alter{{"KH-0001", "status: accepted", s}} }
	runEdits(t, []editCase{
		{"customer-credit-code", "KH-0001", code("91350100M000100Y4X"), false},
		{"customer-credit-code", "KH-0001", code("91350100M000100Y43"), true},
		{"customer-ended", "KH-0001", []alter{{"KH-0001", "status: active", "status: ended"}}, false},
		{"customer-need-expected", "KH-0001", []alter{{"KH-0001", `since: "2026-11-12", status`, `since: "2026-11-12", horizon: expected, status`}}, false},
		{"customer-need-expected", "KH-0001", []alter{{"KH-0001", `since: "2026-11-12", status`, `since: "2026-11-12", expected_from: "2027-01-01", status`}}, false},
		{"customer-need-expected", "KH-0001", []alter{{"KH-0001", `since: "2026-11-12", status`, `since: "2026-11-12", horizon: expected, expected_from: "2027-01-01", status`}}, true},
		{"customer-need-declined", "KH-0001", need("status: declined"), false},
		{"customer-need-declined", "KH-0001", need("status: declined, note: 超出合同范围"), true},
		{"customer-channel", "KH-0001", []alter{{"QD-02", "status: published", "status: withdrawn"}}, false},
	})
}

func TestContractRules(t *testing.T) {
	end := func(day string) alter { return alter{"HT-2026-001", `end: "2027-12-31"`, `end: "` + day + `"`} }
	unreviewed := alter{"PS-2026-0001", "contracts: [HT-2026-001, HT-2026-002]", "contracts: [HT-2026-002]"}
	runEdits(t, []editCase{
		{"contract-party", "HT-2026-003", []alter{{"HT-2026-003", "supplier: GYS-001\n", ""}}, false},
		{"contract-party", "HT-2026-003", []alter{{"HT-2026-003", "supplier: GYS-001", "supplier: GYS-001\ncustomer: KH-0001"}}, false},
		{"contract-party-status", "HT-2026-001", []alter{{"KH-0001", "status: active", "status: ended"}}, false},
		{"contract-party-status", "HT-2026-003", []alter{{"GYS-001", "status: active", "status: ended"}}, false},
		{"contract-change-recorded", "HT-2026-002", []alter{{"BG-2026-0001", "status: closed", "status: assessed"}}, false},
		{"contract-change-recorded", "HT-2026-002", []alter{{"BG-2026-0001", `effective_on: "2026-04-01"`, `effective_on: "2026-04-02"`}}, false},
		{"contract-expiring", "HT-2026-001", []alter{end("2027-01-24"), unreviewed}, false},
		{"contract-expiring", "HT-2026-001", []alter{end("2027-01-25"), unreviewed}, true},
		{"contract-expiring", "HT-2026-001", []alter{end("2027-01-24")}, true},
		{"contract-renewed", "HT-2026-001", []alter{{"HT-2026-001", "status: active", "status: renewed"}}, false},
	})
}

func TestContractChangeRules(t *testing.T) {
	const id = "BG-2026-0001"
	runEdits(t, []editCase{
		{"change-before-approval", id, []alter{{id, `effective_on: "2026-04-01"`, `effective_on: "2026-03-19"`}}, false},
		{"change-before-approval", id, []alter{{id, `effective_on: "2026-04-01"`, `effective_on: "2026-03-20"`}}, true},
		{"change-in-effect-early", id, []alter{{id, "status: closed", "status: assessed"}}, false},
		{"change-own-approval", id, []alter{{id, "registered_by: u-zhaoq", "registered_by: u-chenh"}}, false},
		{"change-source", id, []alter{{id, "source: customer", "source: review"}}, false},
		{"change-customer", id, []alter{{id, "customer: KH-0002", "customer: KH-0001"}}, false},
		{"change-sla", id, []alter{{id, "kind: scope", "kind: sla"}}, false},
		{"change-sla", id, []alter{{id, "kind: scope", "kind: sla\nslas: [SLA-2026-001]"}}, false},
		{"change-sla", id, []alter{{id, "kind: scope", "kind: sla\nslas: [SLA-2026-002]"}}, true},
		{"change-listed", id, []alter{{"HT-2026-002", `effective_on: "2026-04-01"`, `effective_on: "2026-04-02"`}}, false},
		{"change-unfinished", id, []alter{{id, "status: closed", "status: approved"}}, false},
	})
}

func TestSLARules(t *testing.T) {
	same := []alter{{"SLA-2026-002", "contract: HT-2026-002", "contract: HT-2026-001"}}
	runEdits(t, []editCase{
		{"sla-metric-once", "SLA-2026-001", []alter{{"SLA-2026-001", "- id: M2\n", "- id: M1\n"}}, false},
		{"sla-threshold", "SLA-2026-001", []alter{{"SLA-2026-001", `threshold_warning: "99.95"`, `threshold_warning: "99.5"`}}, false},
		{"sla-threshold", "SLA-2026-001", []alter{{"SLA-2026-001", `threshold_warning: "99.95"`, `threshold_warning: "99.90"`}}, true},
		{"sla-contract-kind", "SLA-2026-001", []alter{{"SLA-2026-001", "contract: HT-2026-001", "contract: HT-2026-003"}}, false},
		{"sla-contract-term", "SLA-2026-001", []alter{{"SLA-2026-001", `valid_to: "2027-12-31"`, `valid_to: "2028-01-01"`}}, false},
		{"sla-contract-term", "SLA-2026-001", []alter{{"SLA-2026-001", `valid_from: "2026-01-01"`, `valid_from: "2025-12-31"`}}, false},
		{"sla-one-active", "SLA-2026-001", same, false},
		{"sla-one-active", "SLA-2026-001", append(same, alter{"SLA-2026-002", "status: active", "status: superseded"}), true},
	})
}

func TestServiceAndDepartmentRules(t *testing.T) {
	runEdits(t, []editCase{
		{"service-supports-itself", "FW-001", []alter{{"FW-001", "supporting_services: [FW-002]", "supporting_services: [FW-001]"}}, false},
		{"service-support-retired", "FW-001", []alter{{"FW-002", "status: active", "status: retired"}}, false},
		{"service-responsible", "FW-001", []alter{{"FW-001", "department: dept-ops\n", ""}}, false},
		{"service-responsible", "FW-001", []alter{{"dept-ops", "status: active", "status: dissolved"}}, false},
		{"department-circle", "dept-ops", []alter{{"dept-ops", "lead: u-zhoum", "lead: u-zhoum\nparent: dept-field"}, {"dept-field", "lead: u-zhaoq", "lead: u-zhaoq\nparent: dept-ops"}}, false},
		{"department-parent-dissolved", "dept-ops", []alter{{"dept-ops", "lead: u-zhoum", "lead: u-zhoum\nparent: dept-field"}, {"dept-field", "status: active", "status: dissolved"}}, false},
		{"department-lead", "dept-ops", []alter{{"dept-ops", "lead: u-zhoum\n", ""}}, false},
		{"department-dissolved", "dept-ops", []alter{{"dept-ops", "status: active", "status: dissolved"}}, false},
	})
}
