package schemas_test

import "testing"

func TestEscalationRules(t *testing.T) {
	const id = "SJ-2026-0001"
	second := []alter{{id, `level: "1"`, `level: "2"`}, {id, "to_role: brm", "to_role: management_rep"}}
	runEdits(t, []editCase{
		{"escalation-after-receipt", id, []alter{{id, `raised_at: "2026-09-20T10:30`, `raised_at: "2026-09-18T17:29`}}, false},
		{"escalation-customer", id, []alter{{id, "customer: KH-0002", "customer: KH-0001"}}, false},
		{"escalation-to-role", id, []alter{{id, `level: "1"`, `level: "2"`}}, false},
		{"escalation-to-role", id, []alter{{id, "to_role: brm", "to_role: management_rep"}}, false},
		{"escalation-to-role", id, second, true},
		{"escalation-taken-by-role", id, second, false},
		{"escalation-level-order", id, second, false},
		{"escalation-level-order", id, append(second, alter{id, "trigger: customer_request", "trigger: severity"}), true},
		{"escalation-own-decision", id, []alter{{id, "raised_by: u-wangl", "raised_by: u-zhoum"}}, false},
		{"escalation-accused", id, []alter{{"TS-2026-0001", "liability: own", "liability: own\naccused_staff: [u-zhoum]"}}, false},
		{"escalation-left-open", id, []alter{{id, "status: ended", "status: decided"}}, false},
		{"escalation-left-open", id, []alter{{id, "status: ended", "status: decided"}, {"TS-2026-0001", "status: closed", "status: in_handling"}}, true},
	})
}

func TestCommunicationRules(t *testing.T) {
	const customer, supplier = "GT-2026-0001", "GT-2026-0002"
	open := alter{customer, "status: answered\n    answered_at: \"2026-11-09T16:00:00+08:00\"", "status: open"}
	runEdits(t, []editCase{
		{"communication-counterparty", customer, []alter{{customer, "counterparty: KH-0002\n", ""}}, false},
		{"communication-counterparty", customer, []alter{{customer, "counterparty_type: customer", "counterparty_type: supplier"}}, false},
		{"communication-counterparty", supplier, []alter{{supplier, "counterparty_type: supplier", "counterparty_type: regulator"}}, false},
		{"communication-process", customer, []alter{{customer, "counterparty_type: customer", "counterparty_type: internal"}}, false},
		{"communication-process", customer, []alter{{customer, "counterparty: KH-0002\n", "counterparty: KH-0002\ncounterparty_process: change\n"}}, false},
		{"communication-process", customer, []alter{{customer, "counterparty_type: customer", "counterparty_type: internal\ncounterparty_process: change"}}, true},
		{"communication-participants", supplier, []alter{{supplier, "participants: [u-zhaoq]\n", ""}}, false},
		{"communication-requirement-owner", customer, []alter{open, {customer, "    owner: u-zhaoq\n", ""}}, false},
		{"communication-requirement-answered", customer, []alter{{customer, `    answered_at: "2026-11-09T16:00:00+08:00"` + "\n", ""}}, false},
		{"communication-answered-before", customer, []alter{{customer, `answered_at: "2026-11-09T16`, `answered_at: "2026-10-09T16`}}, false},
		{"communication-requirement-overdue", customer, []alter{open}, false},
		{"communication-requirement-overdue", customer, []alter{open, {customer, `due: "2026-11-11"`, `due: "2026-11-25"`}}, true},
		{"communication-next-contact", customer, []alter{{customer, `next_contact_on: "2026-11-27"`, `next_contact_on: "2026-11-23"`}}, false},
		{"communication-next-contact", customer, []alter{
			{customer, `next_contact_on: "2026-11-27"`, `next_contact_on: "2026-11-23"`},
			{supplier, "counterparty: GYS-001", "counterparty: KH-0002"},
			{supplier, `at: "2026-10-14T10`, `at: "2026-11-20T10`},
		}, true},
		{"step-guard", customer, []alter{open}, false},
	})
}
