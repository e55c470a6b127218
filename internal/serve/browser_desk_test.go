package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kept/internal/browsertest"
	"kept/internal/finding"
	"kept/internal/pipeline"
)

// said is what a page's summary of mistakes says, one a line; it is asked once an
// answer is there.
const said = `document.getElementById("errors").innerText.trim()`

// desk is somebody at a browser who works on records through forms.
type desk struct {
	*house
	b *browsertest.Browser
}

// sit lets a browser in to a repository with a customer and a bare remote.
func sit(t *testing.T) (desk, string) {
	t.Helper()
	root, dir := t.TempDir(), repository(t)
	remote := filepath.Join(root, "remote.git")
	git(t, root, "init", "-q", "--bare", "-b", "main", remote)
	git(t, dir, "remote", "add", "origin", remote)
	git(t, dir, "push", "-q", "-u", "origin", "main")
	d := desk{serving(t, dir), browsertest.Start(t)}
	d.b.Origin(d.base + "/")
	d.b.Open(strings.TrimPrefix(d.server.Address(), d.base+"/"))
	d.arrive("/zh-CN/index.html")
	d.b.Open("zh-CN/form/customer.html")
	d.ready()
	d.fill("title", "示例·江南精密")
	d.fill("type", "enterprise")
	d.press()
	d.arrive("/zh-CN/customer/KH-0001.html")
	return d, remote
}

func (d desk) arrive(page string) {
	d.t.Helper()
	d.b.Wait(`location.pathname == "` + page + `" && document.querySelector("footer")`)
}

func (d desk) ready() {
	d.t.Helper()
	d.b.Wait(`document.getElementById("go") && !document.getElementById("go").hidden`)
}

// fill types into a field of the form, as the browser reports it.
func (d desk) fill(name, value string) {
	d.t.Helper()
	if !browsertest.Eval[bool](d.b, `(() => {
	  const e = document.querySelector('[data-k="`+name+`"]').querySelector("input, select, textarea");
	  e.value = "`+value+`";
	  ["input", "change"].forEach(n => e.dispatchEvent(new Event(n, { bubbles: true })));
	  return e.value == "`+value+`";
	})()`) {
		d.t.Fatalf("the field %s does not take %q", name, value)
	}
}

// press chooses who acts and when, and presses the button. The browser's clock is not
// that of the server in these tests.
func (d desk) press() {
	d.t.Helper()
	browsertest.Eval[bool](d.b, `(() => {
	  const by = document.getElementById("by"), at = document.getElementById("at");
	  if (by) by.selectedIndex = 1;
	  if (at) at.value = "2026-09-18T17:40";
	  document.getElementById("go").click();
	  return true;
	})()`)
}

// says waits until the summary names something.
func (d desk) says(want string) {
	d.t.Helper()
	d.b.Wait(said + `.includes("` + want + `")`)
}

// A complaint from the first page to the pull request, by somebody who makes mistakes,
// has two windows open and never sees a terminal.
func TestAComplaintWithoutATerminal(t *testing.T) {
	d, remote := sit(t)
	b := d.b
	const id, file = "TS-2026-0001", "records/complaint/2026/09/TS-2026-0001.yaml"

	b.Open("zh-CN/index.html")
	b.Click(`.kinds a[href$="form/complaint.html"]`)
	d.arrive("/zh-CN/form/complaint.html")
	d.ready()
	browsertest.Eval[bool](b, `(document.getElementById("go").click(), true)`)
	for _, want := range []string{"处需要改正", "标题：请填写", "办理人：请填写"} {
		d.says(want)
	}
	for _, set := range complaint().Sets {
		if set[0] != "received_at" {
			d.fill(set[0], set[1])
		}
	}
	d.fill("received_at", "2026-09-18T17:55") // in a quarter of an hour
	d.press()
	d.says("接收时间")
	if _, err := os.Stat(filepath.Join(d.dir, file)); err == nil {
		t.Fatal("a record with mistakes was written")
	}
	// A warning, of a contact that is not named, is no mistake.
	if all := browsertest.Eval[string](b, said); !strings.Contains(all, "有 2 处需要改正") || !strings.Contains(all, "晚于记录提交") {
		t.Errorf("of a time to come it says\n%s", all)
	}
	d.fill("received_at", "2026-09-18T17:30")
	browsertest.Eval[bool](b, `(window.real = fetch, window.fetch = () => Promise.reject(), true)`)
	d.press()
	d.says("没有得到回答")
	browsertest.Eval[bool](b, `(window.fetch = real, true)`)
	d.press()
	browsertest.Eval[bool](b, `(document.getElementById("go").click(), true)`) // twice is once
	d.arrive("/zh-CN/complaint/" + id + ".html")
	b.Wait(`document.body.innerText.includes("这条记录有尚未提交的修改")`)
	if files, _ := filepath.Glob(filepath.Join(d.dir, "records/complaint/*/*/*.yaml")); len(files) != 1 {
		t.Fatalf("there are %q", files)
	}

	b.Click(`.next a[href*="complaint.acknowledged"]`)
	d.arrive("/zh-CN/form/complaint.acknowledged.html")
	d.ready()
	b.Wait(`document.getElementById("yaml").value.includes("` + id + `")`)
	d.fill("ack_content", "已收到，今日回复。")
	other := strings.Replace(d.file(file), "title: 示例投诉", "title: 另一窗口的标题", 1)
	d.save(file, other)
	b.Wait(`document.getElementById("live").textContent.includes("有更新")`)
	d.press()
	d.says("在此期间已被改动")
	if d.file(file) != other || browsertest.Eval[string](b, `document.querySelector('[data-k="ack_content"] textarea').value`) != "已收到，今日回复。" {
		t.Error("two windows lose what one of them wrote")
	}

	b.Reload()
	b.Wait(`document.getElementById("yaml").value.includes("另一窗口的标题")`)
	d.fill("ack_content", "已收到，今日回复。")
	paper := filepath.Join(t.TempDir(), "签字件.pdf")
	if err := os.WriteFile(paper, []byte("%PDF-1.4 signed"), 0o666); err != nil {
		t.Fatal(err)
	}
	b.Upload(`[data-file="attachments"]`, paper)
	d.press()
	d.arrive("/zh-CN/complaint/" + id + ".html")
	for _, want := range []string{"title: 另一窗口的标题", "ack_content: 已收到，今日回复。", "title: 签字件", "status: acknowledged"} {
		if !strings.Contains(d.file(file), want) {
			t.Errorf("the record has no %q:\n%s", want, d.file(file))
		}
	}

	b.Open("zh-CN/form/customer.html#id=KH-0001")
	d.ready()
	b.Wait(`document.querySelector('[data-k="title"] input').value == "示例·江南精密"`)
	d.fill("title", "示例·塞北精密")
	d.press()
	d.arrive("/zh-CN/customer/KH-0001.html")
	if text := d.file("records/customer/KH-0001.yaml"); !strings.Contains(text, "title: 示例·塞北精密") || !strings.Contains(text, "type: enterprise") {
		t.Errorf("after a change of basic data the record is\n%s", text)
	}
	d.handIn(remote, file)
	for _, wrong := range b.Complaints() {
		if !strings.HasSuffix(wrong, "net::ERR_ABORTED") && !strings.Contains(wrong, "409") { // a stream of a page that was left; the other window
			t.Error(wrong)
		}
	}
}

// handIn presses the button that submits, and looks at what arrived.
func (d desk) handIn(remote, file string) {
	d.t.Helper()
	d.b.Open("zh-CN/uncommitted.html")
	d.b.Wait(`document.getElementById("submit")`)
	d.b.Type("#message", "登记并响应投诉")
	d.b.Click("#submit")
	d.b.Wait(`document.getElementById("submitted").textContent.includes("已推送到 origin")`)
	branch := strings.TrimSpace(git(d.t, remote, "for-each-ref", "--format=%(refname:short)", "refs/heads/kept"))
	if got := git(d.t, remote, "show", branch+":"+file); got != d.file(file) {
		d.t.Errorf("the branch %q holds\n%s", branch, got)
	}
	project, err := pipeline.Open(d.dir, "test")
	if err != nil {
		d.t.Fatal(err)
	}
	checked, err := project.WorkTree(time.Time{})
	if err != nil {
		d.t.Fatal(err)
	}
	checked.Now = now.Add(time.Minute)
	checked.Judge()
	for _, f := range checked.Findings {
		if f.Severity == finding.Error || f.Position.Path == file && f.Rule != "complaint-contact" { // a warning, which was told above
			d.t.Errorf("%s: %s", f.Position, f.Rule)
		}
	}
}
