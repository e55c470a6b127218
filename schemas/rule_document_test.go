package schemas_test

import "testing"

func TestDocumentRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"document-cells", "SD-02004", `change: 依据原件残存部分重构全文, date: "2026-11-24"`, "change: 依据原件残存部分重构全文"},
		{"document-cells", "SD-02004", "versions:", "versions:\n  - {version: \"1.0\", author: 编写组, change: 首次发布, date: \"2026-11-24\"}"},
		{"document-versions-once", "SD-02004", "versions:", "versions:\n  - {version: \"0.9\", author: 编写组, change: 再次重构, date: \"2026-11-23\"}"},
		{"document-reviewer", "SD-02004", `date: "2026-11-24"`, `date: "2026-11-24", reviewed_by: u-zhoum, approved_by: u-zhoum`},
		{"document-forms-once", "SD-02004", "forms:", "forms:\n  - {form_no: SD-02004-F01, title: 投诉单}"},
		{"document-review-planned", "SD-02004", "status: draft", "status: effective"},
	})
}
