package schemas_test

import "testing"

func TestSurveyResponseRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"response-after-close", "DJ-2026-0006", `submitted_at: "2026-06-25T17:10`, `submitted_at: "2026-06-26T18:01`},
		{"response-listed", "DJ-2026-0006", "invite_id: I07", "invite_id: I99"},
		{"response-listed", "DJ-2026-0006", "customer: KH-0002", "customer: KH-0001"},
		{"response-invited", "DJ-2026-0006", "invite_id: I07\n", ""},
		{"response-once", "DJ-2026-0006", "invite_id: I07", "invite_id: I06"},
	})
	runSilent(t, []crossCase{
		{"response-after-close", "DJ-2026-0006", []edit{{"DJ-2026-0006", `submitted_at: "2026-06-25T17:10`, `submitted_at: "2026-06-26T18:00`}}},
		{"response-once", "DJ-2026-0006", []edit{{"DJ-2026-0006", "invite_id: I07", "invite_id: I06"}, {"DJ-2026-0006", "valid: true", "valid: false\ninvalid_reason: duplicate"}}},
	})
}
