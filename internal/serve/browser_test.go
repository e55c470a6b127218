package serve

import (
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/browsertest"
)

// The whole way of somebody who never opens a terminal: the printed address, a form,
// the record's page with its mark, a file changed by another program while one types,
// and the button that submits.
func TestTheWholeWayInABrowser(t *testing.T) {
	root, dir := t.TempDir(), repository(t)
	remote := filepath.Join(root, "remote.git")
	git(t, root, "init", "-q", "--bare", "-b", "main", remote)
	git(t, dir, "remote", "add", "origin", remote)
	git(t, dir, "push", "-q", "-u", "origin", "main")
	h := serving(t, dir)
	b := browsertest.Start(t)
	b.Origin(h.base + "/")
	b.Open(strings.TrimPrefix(h.server.Address(), h.base+"/"))
	b.Wait(`location.pathname == "/zh-CN/index.html" && document.querySelector("footer")`)

	b.Open("zh-CN/form/customer.html")
	b.Wait(`!document.getElementById("go").hidden`)
	fill := func(name, value string) {
		t.Helper()
		if !browsertest.Eval[bool](b, `(() => {
		  const e = document.querySelector('[data-k="`+name+`"]').querySelector("input, select, textarea");
		  e.value = "`+value+`";
		  e.dispatchEvent(new Event("input", { bubbles: true }));
		  return e.dispatchEvent(new Event("change", { bubbles: true }));
		})()`) {
			t.Fatalf("the form has no field %s", name)
		}
	}
	fill("title", "示例·江南精密")
	fill("type", "enterprise")
	browsertest.Eval[bool](b, `(() => { const by = document.getElementById("by"); if (by) by.selectedIndex = 1; return true; })()`)
	browsertest.Eval[bool](b, `(document.querySelector("form").requestSubmit(), true)`)
	b.Wait(`location.pathname == "/zh-CN/customer/KH-0001.html" && document.querySelector("footer")`)
	const text = `document.body.innerText`
	if said := browsertest.Eval[string](b, text); !strings.Contains(said, "这条记录有尚未提交的修改") || !strings.Contains(said, "示例·江南精密") {
		t.Errorf("the record's page says\n%s", said)
	}

	made := h.file("records/customer/KH-0001.yaml")
	h.save("records/customer/KH-0001.yaml", strings.Replace(made, "江南", "塞北", 1))
	b.Wait(`document.body.innerText.includes("塞北精密")`) // without anybody asking

	b.Open("zh-CN/uncommitted.html")
	b.Type("#message", "登记客户")
	h.save("records/customer/KH-0001.yaml", made)
	b.Wait(`document.getElementById("live").textContent.includes("有更新")`)
	if kept := browsertest.Eval[string](b, `document.getElementById("message").value`); kept != "登记客户" {
		t.Errorf("what was typed is now %q", kept)
	}
	b.Click("#submit")
	b.Wait(`document.getElementById("submitted").textContent.includes("已推送到 origin")`)
	if got := git(t, remote, "log", "-1", "--format=%s", "kept/KH-0001"); got != "登记客户\n" {
		t.Errorf("the commit says %q", got)
	}
	for _, said := range b.Complaints() {
		if !strings.HasSuffix(said, "net::ERR_ABORTED") { // the stream of a page that was left
			t.Error(said)
		}
	}
}
