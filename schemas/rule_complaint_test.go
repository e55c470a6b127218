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

// Rules about a complaint and the records around it.
func TestComplaintRules(t *testing.T) {
	unescalated := alter{"SJ-2026-0001", "", ""}
	late := alter{"TS-2026-0001", `to: resolved, at: "2026-09-24T15:00`, `to: resolved, at: "2026-09-24T18:01`}
	long := alter{"TS-2026-0001", `to: resolved, at: "2026-09-24T15:00`, `to: resolved, at: "2026-10-20T15:00`}
	planned := alter{"TS-2026-0001", `to: in_handling, at: "2026-09-21T10:00`, `to: in_handling, at: "2026-09-23T10:00`}
	second := alter{"SJ-2026-0001", `level: "1"`, `level: "2"`}
	cancelled := alter{"SJ-2026-0001", "status: ended", "status: cancelled"}
	runEdits(t, []editCase{
		{"complaint-close-level", "TS-2026-0001", []alter{second}, false},
		{"complaint-close-level", "TS-2026-0001", []alter{second, cancelled}, true},
		{"complaint-overdue-escalation", "TS-2026-0001", []alter{late, unescalated}, false},
		{"complaint-overdue-escalation", "TS-2026-0001", []alter{late, cancelled}, false},
		{"complaint-overdue-escalation", "TS-2026-0001", []alter{late}, true},
		{"complaint-second-level", "TS-2026-0001", []alter{long}, false},
		{"complaint-second-level", "TS-2026-0001", []alter{long, second}, true},
		{"complaint-second-level", "TS-2026-0001", []alter{late}, true},
		{"complaint-plan-escalation", "TS-2026-0001", []alter{planned, unescalated}, false},
		{"complaint-plan-escalation", "TS-2026-0001", []alter{planned}, true},
		{"complaint-safety", "TS-2026-0004", []alter{{"TS-2026-0004", "safety_or_security: false", "safety_or_security: true"}}, false},
		{"complaint-critical-progress", "TS-2026-0004", []alter{{"TS-2026-0004", "severity: general\nresp", "severity: critical\nresp"}}, false},
		{"complaint-contract-valid", "TS-2026-0004", []alter{{"HT-2026-001", `start: "2026-01-01"`, `start: "2026-12-01"`}}, false},
		{"complaint-contract-valid", "TS-2026-0004", []alter{{"HT-2026-001", `end: "2027-12-31"`, `end: "2026-11-18"`}}, true},
		{"complaint-contract-valid", "TS-2026-0004", []alter{{"HT-2026-001", `end: "2027-12-31"`, `end: "2026-11-17"`}}, false},
		{"complaint-sla-valid", "TS-2026-0004", []alter{{"SLA-2026-001", `valid_from: "2026-01-01"`, `valid_from: "2026-12-01"`}}, false},
		{"complaint-contract-customer", "TS-2026-0004", []alter{{"TS-2026-0004", "contract: HT-2026-001", "contract: HT-2026-002"}}, false},
		{"complaint-contract-customer", "TS-2026-0004", []alter{{"TS-2026-0004", "sla: SLA-2026-001", "sla: SLA-2026-002"}}, false},
		{"complaint-sip-names", "TS-2026-0001", []alter{{"SIP-2026-0001", "source_ids: [TS-2026-0001]", "source_ids: [TS-2026-0004]"}}, false},
		{"complaint-sip-listed", "TS-2026-0001", []alter{{"SIP-2026-0002", "source_ids: [MY-2026-H1]", "source_ids: [MY-2026-H1, TS-2026-0001]"}}, false},
		{"complaint-confirm-role", "TS-2026-0001", []alter{{"TS-2026-0001", `17:00:00+08:00", by: u-zhoum, role: brm`, `17:00:00+08:00", by: u-wangl, role: complaint_handler`}}, false},
		{"complaint-reopen-window", "TS-2026-0001", []alter{{"TS-2026-0001", closedLine, fmt.Sprintf(reopenedLine, "2026-10-29T10:00:01+08:00")}}, false},
		{"complaint-reopen-window", "TS-2026-0001", []alter{{"TS-2026-0001", closedLine, fmt.Sprintf(reopenedLine, "2026-10-29T10:00:00+08:00")}}, true},
		{"complaint-supplier", "TS-2026-0001", []alter{{"TS-2026-0001", "liability: own", "liability: supplier"}}, false},
	})
}

// A merged complaint joins one that goes on, of the same customer (E27).
func TestMergedComplaints(t *testing.T) {
	runEdits(t, []editCase{
		{"complaint-merged-chain", "TS-2026-0002", []alter{{"TS-2026-0001", "status: closed", "status: merged"}}, false},
		{"complaint-merged-chain", "TS-2026-0002", []alter{{"TS-2026-0002", "id: TS-2026-0001", "id: SIP-2026-0001"}}, false},
		{"complaint-merged-self", "TS-2026-0002", []alter{{"TS-2026-0002", "duplicates, id: TS-2026-0001", "duplicates, id: TS-2026-0002"}}, false},
		{"complaint-merged-customer", "TS-2026-0002", []alter{{"TS-2026-0002", "customer: KH-0002", "customer: KH-0001"}}, false},
	})
}

// Pauses and extensions are approved by those who may, and told to the customer.
func TestPausesAndExtensions(t *testing.T) {
	pause := func(more string) []alter {
		return []alter{{"TS-2026-0001", before, "\n" + `pauses: [{from: "2026-09-21T11:00:00+08:00", ` + more + ", reason: awaiting_customer}]" + before}}
	}
	extend := func(from, by string) []alter {
		return []alter{{"TS-2026-0004", before, "\n" + `extensions: [{from: "` + from + `", to: "2026-11-27", reason: 示例, approved_by: ` + by + "}]" + before}}
	}
	runEdits(t, []editCase{
		{"complaint-pause-approval", "TS-2026-0001", pause(`to: "2026-09-23T18:00:01+08:00"`), false},
		{"complaint-pause-approval", "TS-2026-0001", pause(`to: "2026-09-23T18:00:01+08:00", approved_by: u-zhoum`), true},
		{"complaint-pause-approval", "TS-2026-0001", pause(`to: "2026-09-23T18:00:00+08:00"`), true},
		{"complaint-pause-approval", "TS-2026-0001", pause(`to: "2026-09-22T11:00:00+08:00", reason: awaiting_customer}, {from: "2026-09-24T09:00:00+08:00", to: "2026-09-30T09:00:00+08:00"`), false},
		{"complaint-pause-approver", "TS-2026-0001", pause(`to: "2026-09-22T11:00:00+08:00", approved_by: u-wangl`), false},
		{"complaint-pause-approver", "TS-2026-0001", pause(`to: "2026-09-22T11:00:00+08:00", approved_by: u-zhoum`), true},
		{"complaint-extension-approver", "TS-2026-0004", extend("2026-11-25", "u-wangl"), false},
		{"complaint-extension-approver", "TS-2026-0004", extend("2026-11-25", "u-zhoum"), true},
		{"complaint-extension-notice", "TS-2026-0004", extend("2026-11-19", "u-zhoum"), false},
		{"complaint-extension-notice", "TS-2026-0004", extend("2026-11-20", "u-zhoum"), true},
	})
}

// A complaint of the same customer and kind within 90 local days is a repeat.
func TestRepeatedComplaints(t *testing.T) {
	again := func(received string, more ...alter) []alter {
		return append([]alter{
			{"TS-2026-0004", "customer: KH-0001", "customer: KH-0002"},
			{"TS-2026-0004", "category: documentation", "category: response_time\nsubcategory: arrival_late"},
			{"TS-2026-0004", `received_at: "2026-11-18T09:15:00+08:00"`, `received_at: "` + received + `"`},
		}, more...)
	}
	noSIP := []alter{{"TS-2026-0001", "sip: [SIP-2026-0001]\n", ""}, {"TS-2026-0001", "\nseverity: major", "\nseverity: general"}}
	runEdits(t, []editCase{
		{"complaint-repeat-flag", "TS-2026-0004", again("2026-11-18T09:15:00+08:00"), false},
		{"complaint-repeat-flag", "TS-2026-0004", again("2026-12-17T23:00:00+08:00"), false},
		{"complaint-repeat-flag", "TS-2026-0004", again("2026-12-18T00:00:00+08:00"), true},
		{"complaint-repeat-flag", "TS-2026-0004", again("2026-11-18T09:15:00+08:00", alter{"TS-2026-0004", "is_repeat: false", "is_repeat: false\nnot_repeat_reason: 不同车间"}), true},
		{"complaint-repeat-flag", "TS-2026-0004", again("2026-11-18T09:15:00+08:00", alter{"TS-2026-0001", "status: closed", "status: withdrawn"}), true},
		{"complaint-repeat-first", "TS-2026-0004", []alter{{"TS-2026-0004", "is_repeat: false", "is_repeat: true\nrepeat_of: TS-2026-0001"}}, false},
		{"complaint-sip", "TS-2026-0001", again("2026-08-18T09:15:00+08:00", noSIP...), false},
		{"complaint-sip", "TS-2026-0001", again("2026-11-18T09:15:00+08:00", noSIP...), true},
	})
}

// The customer hears of progress before the time due, and three times on working
// days before silence closes a complaint.
func TestProgressAndAttempts(t *testing.T) {
	const major, general = "TS-2026-0001", "TS-2026-0004"
	told := func(id, from, at string) alter { return alter{id, from, at} }
	silent := func(days ...string) []alter {
		text := ""
		for _, day := range days {
			text += `, {at: "` + day + `T10:00:00+08:00", result: no_answer}`
		}
		return []alter{
			{major, "closure_reason: resolved_confirmed", "closure_reason: resolved_no_answer"},
			{major, before, "\nfollow_up_attempts: [" + text[2:] + "]" + before},
		}
	}
	critical := []alter{{general, "\nseverity: general", "\nseverity: critical"}}
	replied := func(handled, replied string) []alter {
		return append(critical, alter{general, `to: resolved, at: "2026-11-23T15:00`, `to: resolved, at: "` + handled}, alter{general, `to: replied, at: "2026-11-23T16:00`, `to: replied, at: "` + replied})
	}
	runEdits(t, []editCase{
		{"complaint-first-progress", major, []alter{told(major, `at: "2026-09-21T10:30:00+08:00", by`, `at: "2026-09-21T18:00:01+08:00", by`)}, false},
		{"complaint-first-progress", major, []alter{told(major, `at: "2026-09-21T10:30:00+08:00", by`, `at: "2026-09-21T18:00:00+08:00", by`)}, true},
		{"complaint-first-progress", general, []alter{told(general, "to_customer: true", "to_customer: false"), told(general, `to: replied, at: "2026-11-23T16:00`, `to: replied, at: "2026-11-23T18:01`)}, false},
		{"complaint-first-progress", general, []alter{told(general, "to_customer: true", "to_customer: false")}, true},
		{"complaint-critical-reply", general, replied("2026-11-23T15:00", "2026-11-24T00:00"), false},
		{"complaint-critical-reply", general, replied("2026-11-23T15:00", "2026-11-23T23:59"), true},
		{"complaint-no-answer-attempts", major, silent("2026-09-26", "2026-09-28", "2026-09-29"), false},
		{"complaint-no-answer-attempts", major, silent("2026-09-24", "2026-09-28", "2026-09-29"), true},
	})
}

// A critical complaint is reported on every four hours until it is handled.
func TestCriticalProgress(t *testing.T) {
	const id = "TS-2026-0001"
	note := `  - {at: "2026-09-21T10:30:00+08:00", by: u-wangl, to_customer: true, text: 已查明原因，正在修订备班规则}` + "\n"
	say := func(times ...string) []alter {
		text := ""
		for _, at := range times {
			text += `  - {at: "2026-09-21T` + at + `:00+08:00", by: u-wangl, to_customer: true, text: 示例}` + "\n"
		}
		return []alter{{id, "\nseverity: major", "\nseverity: critical"}, {id, note, text}, {id, `received_at: "2026-09-18T17:30`, `received_at: "2026-09-21T11:30`}, {id, `to: resolved, at: "2026-09-24T15:00`, `to: resolved, at: "2026-09-21T17:40`}}
	}
	runEdits(t, []editCase{
		{"complaint-critical-progress", id, say("12:30", "16:30"), true},
		{"complaint-critical-progress", id, say("12:30", "16:31"), false},
		{"complaint-critical-progress", id, say("12:30"), false},
		{"complaint-critical-progress", id, say("15:31", "16:31"), false},
	})
}
