package serve

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kept/internal/pipeline"
)

// hostile has in each column what a page, a spreadsheet or a terminal might run.
const hostile = `投诉编号,投诉时间,客户名称,投诉方式,投诉类型,投诉内容,联系电话,<img src=x onerror=alert(1)>,状态
<b>W1</b>,4月8日,<script>alert(1)</script>,电话,质量,"=HYPERLINK(""http://evil.example"")",13800000000,</td><img src=x onerror=alert(2)>,"</script><img src=x onerror=alert(3)>"
W2,2026-04-08,KH-0000,电话,质量,` + "示例\u202e\x1b[31m" + `,13800000000,,张先生13800001111
`

// The refused rows come back as a file that names what is wrong with each, without
// personal data, and runs nothing.
func TestTheRefusedRowsComeBack(t *testing.T) {
	h := watched(t)
	_, o := h.imported("/_kept/import", "C:\\台账\\..\\a/错\u202egpj.csv", hostile)
	for _, want := range []string{"\ufeff行,问题,投诉编号", "B2 ", "没有年份", "I3 ", "<b>W1</b>", "'=HYPERLINK", "W2,"} {
		if !strings.Contains(o.Mend, want) {
			t.Errorf("the refused rows do not say %q:\n%s", want, o.Mend)
		}
	}
	if strings.Contains(o.Mend, "联系电话") || strings.Contains(o.MendName, "\u202e") || strings.ContainsAny(o.MendName, `/\`) || !strings.HasSuffix(o.MendName, "-待改正.csv") {
		t.Errorf("the file %q is\n%s", o.MendName, o.Mend)
	}
	if !strings.Contains(o.MendWord, "2 行") || o.Findings[0].Severity != "error" {
		t.Errorf("%q, first %+v", o.MendWord, o.Findings[0])
	}
	if _, good := h.imported("/_kept/import", "台账.csv", "投诉编号,客户名称\n1,KH-0000\n"); good.Mend == "" {
		t.Errorf("a row without its time is not refused: %+v", good)
	}
}

// What is said of the whole file stands in each row, in the form in which controls of a
// page give it; a scale that is none is told.
func TestWhatEveryRowGets(t *testing.T) {
	h := watched(t)
	const rows = "投诉编号,投诉内容,投诉类型\n1,报修后无人联系,响应慢\n"
	_, bare := h.imported("/_kept/import", "台账.csv", rows)
	_, o := h.imported("/_kept/import", "台账.csv", rows, "set.customer", "KH-0000", "set.channel", "hotline", "set.received_at", "2026-09-18T17:30", "set.is_repeat", "false")
	if bare.Write != "" || o.Write != "写入 1 条记录" {
		t.Errorf("without: %+v\nwith: %+v", bare.Findings, o.Findings)
	}
	if _, wrong := h.imported("/_kept/import", "台账.csv", rows, "set.colour", "red"); wrong.Write != "" || !strings.Contains(wrong.Findings[0].Message, "colour") {
		t.Errorf("a field that is none: %+v", wrong)
	}
}

// A page asks how far its import is, in its language; nobody knows of one that has ended,
// and one that nobody waits for ends without a trace.
func TestHowFarAnImportIs(t *testing.T) {
	h := watched(t)
	asks := func(name string) progressObject {
		var o progressObject
		if err := json.Unmarshal([]byte(h.page("/_kept/import/progress?job="+name)), &o); err != nil {
			t.Fatal(err)
		}
		return o
	}
	under, end := h.server.jobs.begin(httptest.NewRequest(http.MethodPost, "/_kept/import?job=1", nil))
	if o := asks("1"); !strings.Contains(o.Said, "等待") {
		t.Errorf("before its turn: %+v", o)
	}
	under.tell("progress.rules", 3, 10)
	if o := asks("1"); o.Said != "按规则检查：3 / 10" || o.Done != 3 || o.Total != 10 {
		t.Errorf("under way: %+v", o)
	}
	if o := asks("2"); o != (progressObject{}) {
		t.Errorf("another: %+v", o)
	}
	end()
	if o := asks("1"); o != (progressObject{}) {
		t.Errorf("ended: %+v", o)
	}
	heard := ""
	entry := pipeline.ImportEntry{
		Kind: "customer", By: "u-wangl", File: "a.csv", Data: []byte(customers),
		Progress: func(stage string, _, _ int) { heard = stage }, Stopped: func() bool { return heard != "" },
	}
	if plan, err := h.live.WriteImport(entry); !errors.Is(err, pipeline.ErrStopped) || plan.Written {
		t.Errorf("an import that nobody waits for: %v %+v", err, plan)
	}
	if h.live.Present().Register.Get("KH-0001") != nil {
		t.Error("it wrote a record")
	}
}
