package schemas_test

import (
	"fmt"
	"testing"
)

// Lines that cases put into a complaint.
const (
	before       = "\ntransitions:"
	closedLine   = `  - {to: closed, at: "2026-09-29T10:00:00+08:00", by: u-zhoum, role: brm}`
	reopenedLine = closedLine + "\n" + `  - {to: in_analysis, at: "%s", by: u-zhoum, role: brm}`
)

// What a step demands holds as long as the step is in force (domain.md §4.3).
func TestComplaintGuards(t *testing.T) {
	const closed, merged, replied = "TS-2026-0001", "TS-2026-0002", "TS-2026-0004"
	second := alter{"SJ-2026-0001", `level: "1"`, `level: "2"`}
	uncalled := alter{closed, `followed_up_at: "2026-09-28T14:00:00+08:00"` + "\n", ""}
	attempts := alter{closed, before, "\n" + `follow_up_attempts: [{at: "2026-09-25T10:00:00+08:00", result: no_answer}, {at: "2026-09-28T10:00:00+08:00", result: no_answer}, {at: "2026-09-29T09:00:00+08:00", result: no_answer}]` + before}
	byManagement := alter{closed, closedLine, `  - {to: closed, at: "2026-09-29T10:00:00+08:00", by: u-zhoum, role: management_rep}`}
	reopened := alter{closed, closedLine, fmt.Sprintf(reopenedLine, "2026-10-10T10:00:00+08:00")}
	rejected := func(confirmation string) []alter {
		return []alter{
			{replied, "status: replied", "status: in_handling"},
			{replied, before, "\n" + confirmation + "transitions:"},
			{replied, `  - {to: replied, at: "2026-11-23T16`, `  - {to: replied, at: "2026-11-23T16:00:00+08:00", by: u-wangl, role: complaint_handler}` + "\n" + `  - {to: in_handling, at: "2026-11-24T09:00:00+08:00", by: u-wangl, role: complaint_handler}` + "\n#"},
		}
	}
	withdrawn := func(reason string) []alter {
		return []alter{
			{replied, "status: replied", "status: withdrawn"},
			{replied, before, "\nwithdrawal_evidence: 邮件\n" + reason + "transitions:"},
			{replied, `  - {to: replied, at: "2026-11-23T16`, `  - {to: withdrawn, at: "2026-11-23T16:00:00+08:00", by: u-wangl, role: complaint_handler}` + "\n#"},
		}
	}
	runEdits(t, []editCase{
		{"step-guard", closed, []alter{uncalled}, false},
		{"step-guard", closed, []alter{uncalled, attempts}, true},
		{"step-guard", closed, []alter{{closed, "sip: [SIP-2026-0001]\n", ""}}, false},
		{"step-guard", closed, []alter{{closed, "sip: [SIP-2026-0001]\n", "no_sip_reason: 已列入在办计划\n"}}, true},
		{"step-guard", closed, []alter{{closed, "validity: valid", "validity: undetermined"}}, false},
		{"step-guard", closed, []alter{{closed, closedLine, `  - {to: closed, at: "2026-09-29T10:00:00+08:00", by: u-wangl, role: complaint_handler}`}}, false},
		{"step-guard", closed, []alter{second}, false},
		{"step-guard", closed, []alter{second, byManagement}, true},
		{"step-guard", closed, []alter{second, {"SJ-2026-0001", "status: ended", "status: cancelled"}}, true},
		{"step-guard", closed, []alter{second, {"SJ-2026-0001", `raised_at: "2026-09-20T10:30`, `raised_at: "2026-09-29T10:30`}}, true},
		{"step-guard", closed, []alter{second, reopened, {closed, "status: closed", "status: in_analysis"}}, true},
		{"step-guard", closed, []alter{{closed, `17:00:00+08:00", by: u-zhoum, role: brm`, `17:00:00+08:00", by: u-wangl, role: complaint_handler`}}, false},
		{"step-guard", closed, []alter{{closed, "severity_criteria: [sla_breach]\n", ""}}, false},
		{"step-guard", replied, rejected("confirmation: partial\n"), false},
		{"step-guard", replied, rejected("confirmation: rejected\n"), true},
		{"step-guard", replied, withdrawn("closure_reason: resolved_confirmed\n"), false},
		{"step-guard", replied, withdrawn("closure_reason: withdrawn\n"), true},
		{"step-guard", merged, []alter{{closed, "status: closed", "status: merged"}}, false},
		{"step-guard", merged, []alter{{closed, "status: closed", "status: withdrawn"}}, false},
		{"step-guard", merged, []alter{{merged, "customer: KH-0002", "customer: KH-0001"}}, false},
		{"step-guard", merged, []alter{{merged, "duplicates, id: TS-2026-0001", "duplicates, id: TS-2026-0002"}}, false},
		{"step-guard", merged, []alter{{merged, "duplicates, id: TS-2026-0001", "duplicates, id: SIP-2026-0001"}}, false},
		{"step-guard", merged, []alter{{merged, "closure_reason: merged", "closure_reason: withdrawn"}}, false},
	})
}

// Level 2 is the management representative's, as long as the step is in force.
func TestEscalationGuards(t *testing.T) {
	const id = "SJ-2026-0001"
	second := []alter{{id, `level: "1"`, `level: "2"`}, {id, "to_role: brm", "to_role: management_rep"}}
	taken := append(second,
		alter{id, "acknowledged, at: \"2026-09-20T11:20:00+08:00\", by: u-zhoum, role: brm", "acknowledged, at: \"2026-09-20T11:20:00+08:00\", by: u-zhoum, role: management_rep"})
	decided := append(taken[:3:3],
		alter{id, "decided, at: \"2026-09-20T16:00:00+08:00\", by: u-zhoum, role: brm", "decided, at: \"2026-09-20T16:00:00+08:00\", by: u-zhoum, role: management_rep"})
	runEdits(t, []editCase{
		{"step-guard", id, second, false},
		{"step-guard", id, taken, false},
		{"step-guard", id, decided, true},
	})
}

// A plan is approved against a baseline, and closed on a verification by another.
func TestSIPGuards(t *testing.T) {
	const id = "SIP-2026-0001"
	runEdits(t, []editCase{
		{"step-guard", id, []alter{{id, `baseline: {metric: 现场到达及时率, value: "87.5", `, "baseline: {metric: 现场到达及时率, "}}, false},
		{"step-guard", id, []alter{{id, "by: u-lium", "by: u-zhaoq"}}, false},
		{"step-guard", id, []alter{{id, `  measured_value: "100"` + "\n", ""}}, false},
		{"step-guard", id, []alter{{id, `done_at: "2026-11-17"`, `done_at: "2026-11-14"`}}, false},
		{"step-guard", id, []alter{{id, `done_at: "2026-11-17"`, `done_at: "2026-11-15"`}}, true},
		{"step-guard", id, []alter{{id, `done_at: "2026-11-17"`, "done_at: \"2026-11-01\"\n  note: 已过两个调休日"}}, true},
		{"step-guard", id, []alter{{id, "result: effective", "result: ineffective"}}, false},
	})
}
