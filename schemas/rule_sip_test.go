package schemas_test

import "testing"

func TestSIPRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"sip-source-kind", "SIP-2026-0001", "source_kind: complaint", "source_kind: survey"},
		{"sip-source-kind", "SIP-2026-0002", "source_kind: survey", "source_kind: risk"},
		{"sip-source-kind", "SIP-2026-0002", "source_kind: survey", "source_kind: supplier"},
		{"sip-source-names", "SIP-2026-0002", "source_ids: [MY-2026-H1]", "source_ids: [MY-2026-H1, FX-2026-0001]"},
		{"sip-source-names", "SIP-2026-0001", "source_ids: [TS-2026-0001]", "source_ids: [TS-2026-0001, GL-2026-01]"},
		{"sip-source-listed", "SIP-2026-0002", "source_ids: [MY-2026-H1]", "source_note: 会议纪要"},
		{"sip-target-metric", "SIP-2026-0001", "target: {metric: 现场到达及时率", "target: {metric: 可用率"},
		{"sip-target-metric", "SIP-2026-0001", `target: {metric: 现场到达及时率, value: "95", unit: "%"`, `target: {metric: 现场到达及时率, value: "95", unit: 分`},
		{"sip-measured", "SIP-2026-0001", `  measured_value: "100"` + "\n", ""},
		{"sip-measured-target", "SIP-2026-0001", `measured_value: "100"`, `measured_value: "94.99"`},
		{"sip-measured-target", "SIP-2026-0001", `baseline: {metric: 现场到达及时率, value: "87.5"`, `baseline: {metric: 现场到达及时率, value: "99"`},
		{"sip-measured-worse", "SIP-2026-0001", "result: effective\n  measured_value: \"100\"", "result: partly\n  measured_value: \"87.5\""},
		{"sip-follow-on-source", "SIP-2026-0001", "standardisation:", "follow_on_sip: SIP-2026-0002\nstandardisation:"},
		{"sip-follow-on-source", "SIP-2026-0001", "standardisation:", "follow_on_sip: SIP-2026-0001\nstandardisation:"},
		{"sip-deferred", "SIP-2026-0002", "status: in_progress", "status: deferred"},
		{"sip-deferred", "SIP-2026-0002", "status: in_progress", "status: deferred\ndeferred_until: \"2026-11-20\""},
	})
	runSilent(t, []crossCase{
		{"sip-measured-target", "SIP-2026-0001", []edit{{"SIP-2026-0001", `measured_value: "100"`, `measured_value: "95.0"`}}},
		{"sip-verified-early", "SIP-2026-0001", []edit{{"SIP-2026-0001", `done_at: "2026-11-17"`, "done_at: \"2026-11-01\"\n  note: 已过两个调休日"}}},
		{"sip-follow-on-source", "SIP-2026-0001", []edit{
			{"SIP-2026-0001", "standardisation:", "follow_on_sip: SIP-2026-0002\nstandardisation:"},
			{"SIP-2026-0002", "source_ids: [MY-2026-H1]", "source_ids: [MY-2026-H1, SIP-2026-0001]"},
		}},
		{"sip-source-names", "SIP-2026-0002", []edit{
			{"SIP-2026-0002", "source_ids: [MY-2026-H1]", "source_ids: [MY-2026-H1, FX-2026-0001]"},
			{"FX-2026-0001", "transitions:", "sip: [SIP-2026-0002]\ntransitions:"},
		}},
		{"sip-overdue", "SIP-2026-0002", []edit{
			{"SIP-2026-0002", `due: "2026-10-30", done_at: "2026-10-28"`, `due: "2026-10-30"`},
			{"SIP-2026-0002", "transitions:", `extensions: [{action: A1, from: "2026-10-30", to: "2026-11-30", reason: 示例, approved_by: u-zhoum}]` + "\ntransitions:"},
		}},
	})
	runCross(t, []crossCase{
		{"sip-overdue", "SIP-2026-0002", []edit{{"SIP-2026-0002", `due: "2026-10-30", done_at: "2026-10-28"`, `due: "2026-10-30"`}}},
		{"sip-source-listed", "SIP-2026-0002", []edit{{"FX-2026-0001", "transitions:", "sip: [SIP-2026-0002]\ntransitions:"}}},
		{"sip-overdue", "SIP-2026-0002", []edit{
			{"SIP-2026-0002", `due: "2026-10-30", done_at: "2026-10-28"`, `due: "2026-10-30"`},
			{"SIP-2026-0002", "transitions:", `extensions: [{action: A2, from: "2026-10-30", to: "2026-11-30", reason: 示例, approved_by: u-zhoum}]` + "\ntransitions:"},
		}},
	})
}
