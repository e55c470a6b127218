package pipeline

import (
	"strings"
	"testing"

	"kept/internal/finding"
	"kept/internal/locale"
)

// A file of another kind is known by its headings, and the command that reads it is
// named; a ledger of its own kind hears nothing of others.
func TestImportOfAnotherKind(t *testing.T) {
	p := ledgerProject(t)
	s, err := p.WorkTree(importDay)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind, file, data string
		severity         finding.Severity
		want             string
	}{
		{"complaint", "客户 台账.csv", "客户编号,客户名称,客户类型,行业,备注\nC1,示例,企业,教育,x\n", finding.Error, "kept import customer '客户 台账.csv'"},
		{"kpi", "客户.csv", "客户编号,客户名称,客户类型,行业\nC1,示例,企业,教育\n", finding.Error, "kept import customer 客户.csv"},
		{"complaint", "问卷星.csv", "序号,提交答卷时间,所用时间,来源,1、满意吗\n1,2026-06-09 09:01:02,85秒,微信,满意\n", finding.Error, "kept import survey-response 问卷星.csv --set survey=…"},
		{"customer", "投诉.csv", "投诉编号,投诉时间,客户名称,投诉渠道,投诉内容,处理结果\nT1,2026-03-05,江南精密,电话,慢,好\n", finding.Error, "kept import complaint 投诉.csv"},
		{"customer", "合同.csv", "合同编号,合同名称,客户,负责人,客户经理,状态,备注,起始日期,合同金额,签订日期\nH1,运维,江南精密,示例员工,示例员工,有效,x,2027-03-04,1,2026-03-05\n", finding.Warning, "kept import contract 合同.csv"},
		{"complaint", "tickets.csv", "Ticket ID,Date Raised,Customer Name,Description,Owner,Closed Date\nT1,2026-03-05,江南精密,slow,示例员工,\n", finding.Info, ""},
		{"customer", "客户.csv", "客户编号,客户名称,客户类型,行业,起始日期,终止日期\nC1,示例,企业,教育,2026-01-01,\n", finding.Info, ""},
	} {
		plan, err := p.PlanImport(s, ImportRequest{Kind: s.Kinds.Kind(c.kind), File: c.file, Data: []byte(c.data), By: "u-wangl", Now: importDay})
		if err != nil {
			t.Fatal(err)
		}
		said, severity := "", finding.Info
		for _, f := range plan.Found {
			if strings.HasPrefix(f.Key, "import.kind-") {
				said, severity = f.Message(p.Messages.Printer(locale.Chinese)), f.Severity
			}
		}
		if severity != c.severity || !strings.Contains(said, c.want) || c.want == "" && said != "" {
			t.Errorf("%s of %s: %s %q, want %s %q", c.kind, c.file, severity, said, c.severity, c.want)
		}
	}
}
