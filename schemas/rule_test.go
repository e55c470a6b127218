package schemas_test

import (
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/finding"
)

// walk yields the YAML files below a folder, or why it cannot be read.
func walk(root string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && filepath.Ext(path) == ".yaml" && !yield(filepath.ToSlash(path), nil) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			yield("", err)
		}
	}
}

// yamlIn is [walk] in a test.
func yamlIn(t *testing.T, root string) iter.Seq[string] {
	t.Helper()
	return func(yield func(string) bool) {
		for path, err := range walk(root) {
			if err != nil {
				t.Fatal(err)
			}
			if !yield(path) {
				return
			}
		}
	}
}

// change replaces text in the one file of the sample whose name is id.
func change(t *testing.T, files fstest.MapFS, id, from, to string) {
	t.Helper()
	for path, file := range files {
		if !strings.HasSuffix(path, "/"+id+".yaml") {
			continue
		}
		if !strings.Contains(string(file.Data), from) {
			t.Fatalf("%s does not hold %q", path, from)
		}
		files[path] = &fstest.MapFile{Data: []byte(strings.Replace(string(file.Data), from, to, 1))}
		return
	}
	t.Fatalf("the sample has no %s", id)
}

// again is a reply to a customer who rejects it.
const again = `  - {to: replied, at: "2026-11-22T16:00:00+08:00", by: u-wangl, role: complaint_handler}
  - {to: in_handling, at: "2026-11-22T17:00:00+08:00", by: u-wangl, role: complaint_handler}
`

// ruleCase is one change to the sample, and the rule that finds it.
type ruleCase struct{ rule, id, from, to string }

func complaintCases() []ruleCase {
	return []ruleCase{
		{"complaint-occurred", "TS-2026-0001", `occurred_at: "2026-09-18T13`, `occurred_at: "2026-09-18T18`},
		{"complaint-repeat-of", "TS-2026-0001", "is_repeat: false", "is_repeat: true"},
		{"complaint-subcategory", "TS-2026-0001", "subcategory: arrival_late", "subcategory: leak"},
		{"complaint-refusal-note", "TS-2026-0003", "not_accepted_reason: is_service_request\nnot_accepted_note:", "not_accepted_reason: other\nremark:"},
		{"complaint-accused-handler", "TS-2026-0001", "liability: own", "liability: own\naccused_staff: [u-wangl]"},
		{"complaint-caller", "TS-2026-0001", "followed_up_by: u-lium", "followed_up_by: u-wangl"},
		{"complaint-root-cause", "TS-2026-0001", "root_cause_type: process\n", ""},
		{"complaint-sip", "TS-2026-0001", "sip: [SIP-2026-0001]\n", ""},
		{"complaint-close-role", "TS-2026-0001", `to: closed, at: "2026-09-29T10:00:00+08:00", by: u-zhoum, role: brm`, `to: closed, at: "2026-09-29T10:00:00+08:00", by: u-wangl, role: complaint_handler`},
		{"complaint-closure-confirmed", "TS-2026-0001", "closure_reason: resolved_confirmed", "closure_reason: resolved_no_answer"},
		{"complaint-no-answer-attempts", "TS-2026-0001", "closure_reason: resolved_confirmed", "closure_reason: resolved_no_answer"},
		{"complaint-follow-up", "TS-2026-0001", `followed_up_at: "2026-09-28T14:00:00+08:00"` + "\n", ""},
		{"complaint-satisfaction", "TS-2026-0001", "handling_satisfaction: 4\n", ""},
		{"complaint-critical-escalation", "TS-2026-0004", "severity: general", "severity: critical"},
		{"complaint-contact", "TS-2026-0002", "channel: wecom\ncontact_ref: c-c04d\n", "channel: wecom\n"},
		{"complaint-pauses", "TS-2026-0001", "transitions:", `pauses: [{from: "2026-09-17T09:00:00+08:00", reason: force_majeure}]` + "\ntransitions:"},
		{"complaint-extensions", "TS-2026-0001", "transitions:", `extensions: [{from: "2026-09-24", to: "2026-09-23", reason: 示例, approved_by: u-zhoum}]` + "\ntransitions:"},
		{"step-guard", "TS-2026-0001", `due: "2026-09-21", done_at: "2026-09-20"`, `due: "2026-09-21"`},
		{"step-requires", "TS-2026-0001", "resolution: 致歉，修订备班规则\n", ""},
		{"due-typed", "TS-2026-0001", `due_at: "2026-09-24`, `due_at: "2026-09-30`},
		{"time-order", "TS-2026-0001", `to: acknowledged, at: "2026-09-20T09:40`, `to: acknowledged, at: "2026-09-18T17:41`},
		{"complaint-rework-escalation", "TS-2026-0004", "transitions:", "transitions:\n" + again + again},
		{"complaint-extension-late", "TS-2026-0001", "transitions:", `extensions: [{from: "2026-09-24", to: "2026-09-25", reason: 示例, approved_by: u-zhoum, approved_at: "2026-09-25T09:00:00+08:00"}]` + "\ntransitions:"},
	}
}

func otherCases() []ruleCase {
	return []ruleCase{
		{"customer-responsible", "KH-0001", "brm: u-zhoum\n", ""},
		{"customer-plan", "KH-0001", "communication_plan: ", "communication_plan: {}\n# "},
		{"contract-party", "HT-2026-001", "customer: KH-0001\n", ""},
		{"contract-dates", "HT-2026-001", `end: "2027-12-31"`, `end: "2025-12-31"`},
		{"contract-change-approved", "HT-2026-002", `approved_on: "2026-03-20"`, `approved_on: "2026-04-20"`},
		{"sla-metrics", "SLA-2026-001", "metrics:", "metrics: []\nremark: |"},
		{"questionnaire-overall", "WJ-2026-01", "dimension: overall", "dimension: value"},
		{"questionnaire-nps", "WJ-2026-01", `scale: "0-10"`, `scale: "1-10"`},
		{"survey-bounced", "MY-2026-H1", "delivered: bounced", "delivered: unknown"},
		{"survey-sip", "MY-2026-H1", "sip: [SIP-2026-0002]\n", ""},
		{"survey-low-score", "MY-2026-H1", `done_at: "2026-06-30", `, ""},
		{"response-invalid", "DJ-2026-0001", "valid: true", "valid: false"},
		{"response-late", "DJ-2026-0001", "late: false", "late: true"},
		{"review-sla-missed", "PS-2026-0001", "reason: 9 月 18 日核心交换机故障, sip: SIP-2026-0001", "actual: \"99\""},
		{"review-contract-change", "PS-2026-0001", "contract_change_required: false", "contract_change_required: true"},
		{"step-guard", "PS-2026-0001", `  - {customer: KH-0001, contact_ref: c-7f3a, at: "2026-11-17", method: email, result: agreed}` + "\n", ""},
		{"sip-source", "SIP-2026-0001", "source_ids: [TS-2026-0001]\n", ""},
		{"sip-verifier", "SIP-2026-0001", "by: u-lium", "by: u-zhaoq"},
		{"sip-verified-early", "SIP-2026-0001", `done_at: "2026-11-17"`, `done_at: "2026-11-01"`},
		{"sip-baseline", "SIP-2026-0001", "baseline: ", "# "},
		{"document-draft-version", "SD-02004", "status: draft", "status: effective"},
		{"document-version-listed", "SD-02004", `version: "0.9"`, `version: "0.8"`},
		{"person-role-dates", "u-lium", `from: "2025-01-01"`, `from: "2025-01-01", to: "2024-01-01"`},
		{"department-parent", "dept-ops", "lead: u-zhoum", "lead: u-zhoum\nparent: dept-ops"},
		{"service-dates", "FW-001", "valid_from:", "valid_to: \"2024-01-01\"\nvalid_from:"},
		{"customer-review-dates", "KH-0001", `next_review_due: "2027-11-30"`, `next_review_due: "2026-11-01"`},
		{"contract-signed", "HT-2026-001", `signed_on: "2025-12-18"` + "\n", ""},
		{"sla-dates", "SLA-2026-001", `valid_to: "2027-12-31"`, `valid_to: "2025-12-31"`},
		{"sla-workload", "SLA-2026-001", "exceptions:", "exceptions: []\nremark: |"},
		{"questionnaire-scale", "WJ-2026-01", "    scale: \"1-5\"\n", ""},
		{"questionnaire-privacy", "WJ-2026-01", "privacy_notice: ", "remark: "},
		{"survey-dates", "MY-2026-H1", `remind_1_on: "2026-06-15"`, `remind_1_on: "2026-06-05"`},
		{"survey-open-link", "MY-2026-H1", "open_link: false", "open_link: true"},
		{"survey-frame", "MY-2026-H1", `sent_at: "2026-06-08T10:00:00+08:00", `, ""},
		{"survey-report-late", "MY-2026-H1", "status: closed", "status: analysed"},
		{"response-invitation", "DJ-2026-0001", "customer: KH-0001\n", ""},
		{"response-answers", "DJ-2026-0001", "answers:", "answers: []\nremark: |"},
		{"review-period", "PS-2026-0001", `period_to: "2026-10-31"`, `period_to: "2025-10-31"`},
		{"review-overdue", "PS-2026-0001", "status: confirmed", "status: planned"},
		{"review-confirming", "PS-2026-0001", `{customer: KH-0002, contact_ref: c-2b9e, at:`, `{customer: KH-0000, at:`},
		{"review-disagreed", "PS-2026-0001", "method: email, result: agreed", "method: email, result: with_reservations"},
		{"sip-follow-on", "SIP-2026-0001", "result: effective", "result: ineffective"},
		{"sip-action-dates", "SIP-2026-0001", `start: "2026-09-29", due: "2026-10-09"`, `start: "2026-10-10", due: "2026-10-09"`},
		{"sip-extensions", "SIP-2026-0002", "transitions:", `extensions: [{from: "2027-06-30", to: "2027-06-01", reason: 示例, approved_by: u-zhoum}]` + "\ntransitions:"},
		{"document-effective", "SD-02004", "status: draft", "status: effective"},
		{"document-dates", "SD-02004", "review_cycle:", "issued_on: \"2026-12-02\"\neffective_on: \"2026-12-01\"\nreview_cycle:"},
		{"document-review", "SD-02004", "status: draft", "status: effective\nnext_review_due: \"2026-01-01\""},
		{"person-left", "u-lium", "status: active", "status: left"},
		{"department-dates", "dept-ops", "valid_from:", "valid_to: \"2023-01-01\"\nvalid_from:"},
		{"service-retired", "FW-001", "status: active", "status: retired"},
		{"calendar-either", "CN-2026", "workdays: [", "workdays: [\"2026-01-01\", "},
	}
}

// Every rule of every kind has its case, here or in the test of what is overdue.
func TestRulesFindWhatTheyAreFor(t *testing.T) {
	runCases(t, append(complaintCases(), otherCases()...))
}

// runCases changes the sample as each case says and demands its finding. Files
// rule_<kind>_test.go call it with cases of their own.
func runCases(t *testing.T, cases []ruleCase) {
	t.Helper()
	reg := kinds(t)
	for _, c := range cases {
		t.Run(c.rule+" "+c.id, func(t *testing.T) {
			t.Parallel()
			files := sample(t)
			change(t, files, c.id, c.from, c.to)
			expect(t, judge(t, reg, files, sampleDay()), c.rule, c.id)
		})
	}
}

// What nobody does about it becomes a finding with time.
func TestRulesFindWhatIsOverdue(t *testing.T) {
	files := sample(t)
	change(t, files, "TS-2026-0001", `to: resolved, at: "2026-09-24T15:00`, `to: resolved, at: "2026-09-24T18:01`)
	change(t, files, "TS-2026-0001", "to_customer: true", "to_customer: false")
	change(t, files, "SIP-2026-0001", `done_at: "2026-11-17"`, "note: 未验证")
	found := judge(t, kinds(t), files, time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC))
	for id, rule := range map[string]string{
		"KH-0001": "customer-review", "HT-2026-001": "contract-expired", "SLA-2026-001": "sla-expired", "SIP-2026-0002": "sip-overdue",
		"TS-2026-0001": "complaint-overdue-notice", "SIP-2026-0001": "sip-unverified",
	} {
		expect(t, found, rule, id)
	}
}

func expect(t *testing.T, found finding.List, rule, id string) {
	t.Helper()
	for _, f := range found {
		if f.Rule == rule && f.Record == id {
			return
		}
	}
	t.Errorf("no %s at %s; found %v", rule, id, found)
}

// A rule without a case is a rule that nobody has seen fail.
func TestEveryRuleHasItsCase(t *testing.T) {
	var source strings.Builder
	names, err := filepath.Glob("rule*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(data)
	}
	for kind := range kinds(t).All() {
		for _, rule := range kind.Rules {
			if !strings.Contains(source.String(), `"`+rule.ID+`"`) {
				t.Errorf("%s: no case for %s", kind.ID, rule.ID)
			}
		}
	}
}
