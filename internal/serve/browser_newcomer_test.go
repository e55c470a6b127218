package serve

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/browsertest"
	"kept/internal/pdftest"
	"kept/internal/pipeline"
)

// customers is a ledger for the first day.
const customers = "客户名称,客户经理,业务关系经理\n示例·运河医院,u-wangl,u-wangl\n示例·塞北机械,u-wangl,u-wangl\n"

// follow goes where a link leads; a page that loads anew meanwhile has the same link.
func (d desk) follow(link, page string) {
	d.t.Helper()
	d.b.Wait("(a => a && (a.click(), true))(document.querySelector('" + link + "'))")
	d.arrive(page)
}

// settled waits until the rules have judged what lies on disk, and HEAD is read: pages
// load anew no more.
func (h *house) settled() {
	h.t.Helper()
	if err := h.live.Look(); err != nil {
		h.t.Fatal(err)
	}
	for at := h.live.Present(); !at.Current() || !at.Judged; at = h.live.Present() {
		<-h.live.Changed(at.Version)
	}
}

// visit opens a page once the one in view has caught up with the files: a page that
// loads anew at that moment would break the way off.
func (d desk) visit(page string) {
	d.t.Helper()
	d.settled()
	d.b.Wait(`document.body.dataset.live == "` + d.live.Present().State() + `"`)
	d.b.Open(page)
}

// seen looks at a step of an import as those do who use the keyboard, a screen reader, a
// telephone at night: the step has the focus, nothing hinders, nothing sticks out; and
// what is counted is none.
func (d desk) seen(step, none string) {
	d.t.Helper()
	d.b.Wait(`document.activeElement.id == "` + step + `"`)
	d.b.Width(360)
	d.b.Dark(true)
	for _, v := range d.b.Violations(browsertest.Axe(d.t)) {
		d.t.Errorf("%s: %s", step, v)
	}
	if wide := browsertest.Eval[string](d.b, browsertest.Widest); wide != "" {
		d.t.Errorf("%s: %s", step, wide)
	}
	if n := browsertest.Eval[int](d.b, none); n != 0 {
		d.t.Errorf("%s: %d of %s", step, n, none)
	}
	d.b.Dark(false)
	d.b.Width(1440)
}

// The first day of somebody who never opens a terminal: a record from the form, two
// ledgers by the page, a step, the button that submits and the address it leads to;
// then the merge, which is the forge's part, the merged state on the page, and its
// paper, which the repository proves.
func TestTheNewcomersDayInABrowser(t *testing.T) {
	d, remote := sit(t)
	b := d.b
	ledgers := t.TempDir()
	file := func(name, data string) string {
		at := filepath.Join(ledgers, name)
		if err := os.WriteFile(at, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		return at
	}
	const ready = `!document.getElementById("import").hidden`
	const text = `document.querySelector("main").innerText`
	says := func(want string) {
		t.Helper()
		b.Wait(text + `.includes("` + want + `")`)
	}

	d.save("kept.yaml", strings.NewReplacer(`repository_url: ""`, `repository_url: "https://git.example.cn/it/ledger"`, `forge: ""`, `forge: "gitea"`).Replace(d.file("kept.yaml")))
	git(t, d.dir, "commit", "-qam", "config: where the repository lies")
	git(t, d.dir, "push", "-q")

	// A customer is there from the form; the ledger brings the other.
	d.visit("zh-CN/customer/index.html")
	d.follow(`a[href="../import/customer.html"]`, "/zh-CN/import/customer.html")
	b.Wait(ready)
	b.Upload("#file", file("客户台账.csv", customers))
	says("写入 2 条记录")
	b.Click("#write")
	says("已写入 2 条记录，尚未提交")

	b.Open("zh-CN/index.html")
	d.follow(`.kinds a[href="import/complaint.html"]`, "/zh-CN/import/complaint.html")
	b.Wait(ready)
	b.Upload("#file", file(`错<img src=x onerror="alert(4)">.csv`, hostile))
	says("需要处理的问题")
	says("没有登记")
	if browsertest.Eval[bool](b, `!document.getElementById("write").hidden`) {
		t.Error("a ledger with mistakes can be written")
	}
	d.seen("preview", `document.querySelectorAll("main :is(img, script:not([src], [type]))").length`)
	b.Upload("#file", file("台账.csv", complaints))
	says("写入 2 条记录")
	b.Click("#write")
	says("已写入 2 条记录，尚未提交")
	d.seen("result", "0")
	d.follow(`#result a.go`, "/zh-CN/uncommitted.html")
	says("TS-2026-0002")

	// A step of the first, then all of it is handed in.
	d.visit("zh-CN/complaint/TS-2026-0001.html")
	says("导入")
	d.follow(`.next a[href*="complaint.resolved"]`, "/zh-CN/form/complaint.resolved.html")
	d.ready()
	b.Wait(`document.getElementById("yaml").value.includes("TS-2026-0001")`)
	d.fill("resolution", "已更换值班人员。")
	// Not before the import, which is the moment of the last step.
	browsertest.Eval[bool](b, `(document.getElementById("by").selectedIndex = 1, document.getElementById("at").value = "2026-09-18T17:42", document.getElementById("go").click(), true)`)
	d.arrive("/zh-CN/complaint/TS-2026-0001.html")
	d.visit("zh-CN/uncommitted.html")
	b.Click("#submit")
	b.Wait(`document.getElementById("submitted").textContent.includes("已推送到 origin")`)
	if leads := browsertest.Eval[string](b, `document.querySelector("#submitted a").href`); !strings.HasPrefix(leads, "https://git.example.cn/it/ledger/") || !strings.Contains(leads, "kept/") {
		t.Errorf("the button leads to %q", leads)
	}

	// The forge merges; the next fetch brings it here.
	branch := strings.TrimSpace(git(t, d.dir, "branch", "--show-current"))
	forge := filepath.Join(ledgers, "forge")
	git(t, ledgers, "clone", "-q", remote, forge)
	git(t, forge, "merge", "-q", "--no-ff", "-m", "Merge "+branch, "origin/"+branch)
	git(t, forge, "push", "-q", "origin", "main")
	git(t, d.dir, "fetch", "-q")
	git(t, d.dir, "checkout", "-q", "main")
	git(t, d.dir, "merge", "-q", "--ff-only", "origin/main")
	d.settled()
	b.Open("zh-CN/complaint/TS-2026-0001.html")
	b.Wait(`!` + text + `.includes("尚未提交") && ` + text + `.includes("处理完成待反馈")`)
	paper := browsertest.Eval[string](b, `fetch(document.querySelector('a[href$="TS-2026-0001.pdf"]').href).then(r => r.bytes()).then(b => btoa(b.reduce((s, x) => s + String.fromCharCode(x), "")))`)
	pdf, err := base64.StdEncoding.DecodeString(paper)
	if err != nil || !strings.HasPrefix(string(pdf), "%PDF-") || !strings.Contains(pdftest.Text(t, pdf), "TS-2026-0001") {
		t.Errorf("the paper has %d bytes, %v", len(pdf), err)
	}
	if v := d.verified("TS-2026-0001.pdf", string(pdf)); v.Outcome != pipeline.Proven {
		t.Errorf("the paper is not proven: %+v", v)
	}
	for _, said := range b.Complaints() {
		// The stream of a page that was left; a plan under way that the write overtook.
		if !strings.HasSuffix(said, "net::ERR_ABORTED") && !strings.HasSuffix(said, "/_kept/plan") {
			t.Error(said)
		}
	}
}
