package schemas_test

import "testing"

func TestManagementReviewRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"management-review-feedback", "GL-2026-01", "sources: [MY-2026-H1, TS-2026-0001,", "sources: [TS-2026-0001,"},
		{"management-review-sources", "GL-2026-01", ", sources: [FB-2026-0002]", ""},
		{"management-review-previous", "GL-2026-01", "period:", "previous_review: GL-2026-01\nperiod:"},
		{"management-review-overdue", "GL-2026-01", "status: issued", "status: planned"},
		{"management-review-action-overdue", "GL-2026-01", `due: "2026-12-31"`, `due: "2026-11-23"`},
		{"step-guard", "GL-2026-01", "item: f", "item: a"},
	})
}
