package serve

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// complaints is a ledger as people keep them: a title, two columns of personal data,
// a sum and who filled it in.
const complaints = `示例公司投诉台账,,,,,,,,
投诉编号,投诉时间,客户名称,联系人,联系电话,投诉方式,投诉类型,投诉内容,状态
2026-001,2026-03-04 09:10,示例·江南精密,示例联系人,13800000000,电话,响应慢,报修后两小时无人联系。要求改进,处理中
2026-002,2026-04-08 15:05,示例·江南精密,示例联系人,13800000000,邮件,质量,<img src=x onerror=alert(1)>,处理中
小计,2,,,,,,,
填表人：示例联系人,,,,,,,,
`

// wrongComplaints has one mistake a row.
const wrongComplaints = `投诉编号,投诉时间,客户名称,投诉方式,投诉类型,投诉内容,状态
W1,4月8日,示例·江南精密,电话,质量,示例,未处理
W2,2026-04-08,示例·塞北精密,电话,质量,示例,未处理
W3,2026-04-08,示例·江南精密,电话,质量,示例,张先生13800001111
`

// ledger is a request of the page that imports.
func (h *house) ledger(path, name, data string, fields ...string) *http.Request {
	h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		_ = form.WriteField(fields[i], fields[i+1])
	}
	if name != "" {
		file, err := form.CreateFormFile("file", name)
		if err != nil {
			h.t.Fatal(err)
		}
		_, _ = file.Write([]byte(data))
	}
	_ = form.Close()
	r := h.request(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

func (h *house) imported(path, name, data string, fields ...string) (int, importObject) {
	h.t.Helper()
	a := h.send(h.ledger(path, name, data, append([]string{"kind", "complaint", "by", "u-wangl"}, fields...)...))
	var o importObject
	if err := json.Unmarshal([]byte(a.body), &o); err != nil {
		h.t.Fatalf("%s: %d %s", path, a.status, a.body)
	}
	for _, personal := range []string{"13800000000", "13800001111", "示例联系人", "张先生"} {
		if strings.Contains(a.body, personal) {
			h.t.Errorf("%s tells %s: %s", path, personal, a.body)
		}
	}
	return a.status, o
}

func (h *house) complaints() []string {
	h.t.Helper()
	names, err := filepath.Glob(filepath.Join(h.dir, "records/complaint/*/*/*.yaml"))
	if err != nil {
		h.t.Fatal(err)
	}
	return names
}

// A ledger is previewed, mended, previewed again and written; the same file says
// nothing new, and a preview of what is there no more is not carried out.
func TestALedgerIsPreviewedAndWritten(t *testing.T) {
	dir, temporary := repository(t), t.TempDir()
	t.Setenv("TMPDIR", temporary)
	h := open(t, dir)
	h.write(customer("示例·江南精密"))

	status, bad := h.imported("/_kept/import", `C:\台账\..\<b>错.csv`, wrongComplaints)
	if status != http.StatusOK || bad.Write != "" || !strings.Contains(bad.Said, "没有写入") || len(bad.Findings) < 3 {
		t.Fatalf("a wrong ledger: %d %+v", status, bad)
	}
	for i, want := range [][2]string{{"B2", "没有年份"}, {"C3", "没有登记"}, {"G4", "不是认识的状态"}} {
		if f := bad.Findings[i]; f.Place != want[0] || !strings.Contains(f.Message, want[1]) || f.Severity != "error" || f.Word != "错误" {
			t.Errorf("finding %d is %+v, want %q", i, f, want)
		}
	}
	if _, forced := h.imported("/_kept/import/write", "错.csv", wrongComplaints, "base", bad.Digest); forced.Written != "" || forced.Said != bad.Said {
		t.Errorf("a wrong ledger was written: %+v", forced)
	}

	_, good := h.imported("/_kept/import", "台账.csv", complaints)
	if good.Write != "写入 2 条记录" || good.Tally != "新增 2　变更 0　未变 0　拒绝 0" || len(good.Rows) != 2 || good.Rows[0][0] != "TS-2026-0001" {
		t.Fatalf("a good ledger: %+v", good)
	}
	if out := strings.Join(good.Tables[0].Out, " "); !strings.Contains(out, "不导入（个人信息）：D 联系人、E 联系电话") {
		t.Errorf("left out: %q", out)
	}
	if len(h.complaints()) != 0 {
		t.Fatal("a preview wrote a file")
	}
	h.write(customer("示例·江南精密")) // a second one of that name
	if _, stale := h.imported("/_kept/import/write", "台账.csv", complaints, "base", good.Digest); stale.Written != "" || !strings.Contains(stale.Said, "没有写入") || len(h.complaints()) != 0 {
		t.Errorf("what is no longer so was written: %+v", stale)
	}
	if err := os.Remove(filepath.Join(h.dir, "records/customer/KH-0002.yaml")); err != nil {
		t.Fatal(err)
	}
	h.write(complaint()) // takes the first number
	_, moved := h.imported("/_kept/import/write", "台账.csv", complaints, "base", good.Digest)
	if moved.Written != "" || !strings.Contains(moved.Said, "有了变化") || moved.Write == "" || moved.Rows[0][0] != "TS-2026-0002" || len(h.complaints()) != 1 {
		t.Fatalf("with another number: %+v", moved)
	}
	if _, done := h.imported("/_kept/import/write", "台账.csv", complaints, "base", moved.Digest); !strings.Contains(done.Written, "已写入 2 条记录") || len(h.complaints()) != 3 {
		t.Fatalf("written: %+v", done)
	}
	if text := h.file("records/complaint/2026/03/TS-2026-0002.yaml"); !strings.Contains(text, "origin: imported") || !strings.Contains(text, "2026-001") {
		t.Errorf("the record is\n%s", text)
	}
	if _, again := h.imported("/_kept/import", "台账.csv", complaints); again.Write != "" || again.Said != "没有新增或变更，不必写入。" {
		t.Errorf("the same ledger: %+v", again)
	}
	h.until("/zh-CN/complaint/TS-2026-0003.html", "&lt;img src=x")
	if left, err := os.ReadDir(temporary); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// Who may not write may not import, and what is no ledger is told.
func TestWhoMayImport(t *testing.T) {
	h := watched(t)
	const path = "/_kept/import/write"
	ask := func(change func(*http.Request)) int {
		r := h.ledger(path, "a.csv", complaints, "kind", "customer", "by", "u-wangl")
		change(r)
		return h.send(r).status
	}
	for name, change := range map[string]func(*http.Request){
		"no header": func(r *http.Request) { r.Header.Del("X-Kept") }, "a foreign page": func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") },
		"no cookie": func(r *http.Request) { r.Header.Del("Cookie") }, "cross-site": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	} {
		if status := ask(change); status != http.StatusForbidden {
			t.Errorf("%s: %d", name, status)
		}
	}
	for name, want := range map[string]struct {
		status int
		fields []string
		file   string
	}{
		"no file": {http.StatusBadRequest, []string{"kind", "customer"}, ""}, "no kind": {http.StatusNotFound, nil, "a.csv"},
		"a seal": {http.StatusNotFound, []string{"kind", "seal"}, "a.csv"}, "a report": {http.StatusNotFound, []string{"kind", "publication"}, "a.csv"},
		"a long field": {http.StatusRequestEntityTooLarge, []string{"kind", strings.Repeat("x", 5000)}, "a.csv"},
	} {
		if a := h.send(h.ledger(path, want.file, complaints, want.fields...)); a.status != want.status || !strings.Contains(a.body, `"error":`) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := h.send(h.request(http.MethodPost, path, strings.NewReader("{}"))); a.status != http.StatusBadRequest {
		t.Errorf("no form: %d", a.status)
	}
}

// Every kind that a file may bring has its page in both languages, and pages lead there.
func TestPagesThatImport(t *testing.T) {
	h := watched(t)
	for page, says := range map[string]string{
		"/zh-CN/complaint/index.html": `href="../import/complaint.html">导入 Excel / CSV`, "/en/index.html": `href="import/complaint.html" aria-label="Import Excel / CSV`,
		"/zh-CN/import/complaint.html": "<h1>导入：投诉</h1>", "/en/import/customer.html": "<h1>Import: Customer</h1>",
	} {
		if body := h.page(page); !strings.Contains(body, says) {
			t.Errorf("%s does not say %s", page, says)
		}
	}
	book := h.get("/_kept/template?kind=complaint&lang=zh-CN")
	if book.status != http.StatusOK || !strings.HasPrefix(book.body, "PK") || !strings.Contains(book.header.Get("Content-Disposition"), "complaint-template.xlsx") {
		t.Errorf("the template: %d %v", book.status, book.header)
	}
	if _, o := h.imported("/_kept/import", "complaint-template.xlsx", book.body); o.Write != "" || len(o.Sheets) == 0 || !o.Sheets[0].Read || len(o.Findings) != 1 {
		t.Errorf("a template that nobody filled in: %+v", o)
	}
	for query, status := range map[string]int{"kind=seal": http.StatusUnprocessableEntity, "kind=nothing": http.StatusNotFound} {
		if a := h.get("/_kept/template?" + query); a.status != status {
			t.Errorf("a template of %s: %d", query, a.status)
		}
	}
	for _, none := range []string{"seal", "publication", "nothing"} {
		if a := h.get("/zh-CN/import/" + none + ".html"); a.status != http.StatusNotFound {
			t.Errorf("%s has a page that imports: %d", none, a.status)
		}
	}
}
