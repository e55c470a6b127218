package portal

import (
	"slices"
	"strings"
	"testing"

	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
)

func TestFormerNumbers(t *testing.T) {
	src := company(t)
	src.History = nil
	src.Register = register(t, map[string]string{
		"customer/KH-0002": "title: 改号的\nstatus: active\nrenumbered_from: KH-0009\n",
		"customer/KH-0003": "title: 撞号的\nstatus: active\nrenumbered_from: KH-0002\n",
		"customer/KH-0004": "title: 坏号\nstatus: active\nrenumbered_from: ../../evil\n",
	})
	v := New(src, locale.Chinese)
	equal(t, "numbers given up", v.FormerIDs("customer"), []string{"KH-0009"})
	f := v.Former("customer", "KH-0009")
	if f.Path != "customer/KH-0009.html" || f.Now.Link.Page != "customer/KH-0002.html" || f.Was != "KH-0009" {
		t.Errorf("the old address: %+v", f)
	}
	r := v.Record("customer", "KH-0002")
	if r.Was != "KH-0009" || !slices.ContainsFunc(r.Notices, func(n Notice) bool { return n.Link.Text == "KH-0003" }) {
		t.Errorf("a number that two records had: was %q, %+v", r.Was, r.Notices)
	}
}

func TestRules(t *testing.T) {
	src := company(t)
	src.Config.Rules = []config.Rule{{ID: "step-illegal", Severity: finding.Warning, Reason: "试运行 <期>"}}
	src.Findings = append(src.Findings,
		finding.Finding{Rule: "step-illegal", Severity: finding.Warning, Record: "TS-2026-0001", Key: "check.step-order"},
		finding.Finding{Rule: "step-illegal", Severity: finding.Info, Record: "TS-2026-0002", Key: "check.step-order", Accepted: "EX-2026-0001"},
		finding.Finding{Rule: "never-heard-of", Severity: finding.Error, Key: "check.step-order"})
	v := New(src, locale.Chinese)
	x := v.Rules()
	at := slices.IndexFunc(x.Table.Rows, func(r Row) bool { return r.ID == "step-illegal" })
	equal(t, "the row", cellTexts(x.Table.Rows[at]), []string{"step-illegal", "流转只能走流程规定的步骤", "警告", "记录现状", "程序内置", "E7", "1"})
	r := v.Rule("step-illegal")
	if r.Default != "错误" || r.Reason != "试运行 <期>" || r.Severity.Text != "警告" || len(r.Findings) != 1 || len(r.Accepted) != 1 || r.Mend == "" {
		t.Errorf("a rule that kept.yaml changed: %+v", r)
	}
	if placeholders.MatchString(r.Mend) {
		t.Errorf("the advice has open places: %q", r.Mend)
	}
	k := v.Rule("complaint-sip")
	if k.Kind.Link.Page != "complaint/index.html" || k.File != "schemas/complaint.kind.yaml" || k.Require == "" || k.Purpose == "" || k.At == "" || k.Default != "" {
		t.Errorf("a kind's rule: %+v", k)
	}
	if u := v.Rule("never-heard-of"); u.Purpose == "" || len(u.Findings) != 1 {
		t.Errorf("a rule of reading: %+v", u)
	}
	if !slices.Contains(v.RuleIDs(), "audit-record-deleted") {
		t.Error("the rules of the history are not listed")
	}
	if h := v.Rule(ofHistory(t)); h.Scope != "提交历史" || h.Purpose == "" {
		t.Errorf("a rule of the history: %+v", h)
	}
}

// ofHistory is the id of a rule that looks at the history.
func ofHistory(t *testing.T) string {
	t.Helper()
	for _, r := range check.All() {
		if r.Scope == check.OfHistory {
			return r.ID
		}
	}
	t.Fatal("no rule looks at the history")
	return ""
}

func cellTexts(r Row) []string {
	var out []string
	for _, c := range r.Cells {
		out = append(out, c.Text)
	}
	return out
}

func TestFindingsPartWhatIsAccepted(t *testing.T) {
	src := company(t)
	src.Findings = finding.List{
		{Rule: "step-illegal", Severity: finding.Warning, Key: "check.step-order"},
		{Rule: ofHistory(t), Severity: finding.Info, Key: "check.step-order", Commit: string(src.Commit)},
		{Rule: "step-order", Severity: finding.Info, Key: "check.step-order", Accepted: "EX-2026-0001"},
	}
	src.Register = register(t, map[string]string{"exception/EX-2026-0001": "title: 例外\nstatus: approved\nreason: 致电 13812345678 确认\n"})
	v := New(src, locale.Chinese)
	f := v.Findings()
	if f.Errors != 0 || f.Warnings != 1 || f.Infos != 1 || f.Accepted != 1 || len(f.Table.Rows) != 3 || len(f.Rules.Rows) != 2 {
		t.Fatalf("got %+v", f)
	}
	list := v.AllFindings()
	if list[0].Rule.Link.Page != "rule/step-illegal.html" || list[0].Scope != "记录现状" || list[1].Scope != "提交历史" {
		t.Errorf("rule and scope: %+v", list)
	}
	if got := texts(f.Table.Rows[2].Cells); !strings.Contains(got, "|step-order|EX-2026-0001|") {
		t.Errorf("the row of what is accepted: %q", got)
	}
	if a := list[2]; a.Exception.Text != "EX-2026-0001" || a.Exception.Link.Page == "" || a.Reason != "致电 138****5678 确认" {
		t.Errorf("the exception: %+v", a)
	}
	for _, item := range v.Site().Groups[0].Items {
		if item.Section == "findings" && item.Count != "1" {
			t.Errorf("the navigation counts %s findings", item.Count)
		}
	}
}
