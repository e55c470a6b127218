package serve

import (
	"strings"
	"testing"

	"kept/internal/browsertest"
)

// Who is told of a conflict brings the newest in with one press: what the other
// window wrote elsewhere comes along, what was typed stays, and where both wrote one
// chooses.
func TestAConflictIsMergedWithOnePress(t *testing.T) {
	d, _ := sit(t)
	b := d.b
	const file = "records/customer/KH-0001.yaml"
	b.Open("zh-CN/form/customer.html#id=KH-0001")
	d.ready()
	b.Wait(`document.querySelector('[data-k="title"] input').value == "示例·江南精密"`)
	d.fill("title", "示例·我写的")
	other := strings.Replace(d.file(file), "示例·江南精密", "示例·对方写的", 1)
	other = strings.Replace(other, "type: enterprise", "type: government", 1)
	d.save(file, other)
	b.Wait(`document.getElementById("live").textContent.includes("有更新")`)
	d.press()
	d.says("在此期间已被改动")
	b.Click(`#errors button`)
	b.Wait(`document.querySelector('[data-k="type"] select').value == "government"`)
	b.Wait(`document.querySelector('[data-k="title"] .soft')`)
	const title = `document.querySelector('[data-k="title"]')`
	if got := browsertest.Eval[string](b, title+`.querySelector("input").value`); got != "示例·我写的" {
		t.Errorf("what was typed became %q", got)
	}
	if said := browsertest.Eval[string](b, title+`.innerText`); !strings.Contains(said, "另一窗口已改为：示例·对方写的") {
		t.Errorf("of the other window it says\n%s", said)
	}
	if n := browsertest.Eval[int](b, `document.querySelectorAll("[data-k] .soft button").length`); n != 1 {
		t.Errorf("%d fields are to be chosen, want 1", n)
	}
	b.Click(`[data-k="title"] .soft button`)
	b.Wait(title + `.querySelector("input").value == "示例·对方写的"`)
	d.fill("title", "示例·商定的")
	d.press()
	d.arrive("/zh-CN/customer/KH-0001.html")
	if text := d.file(file); !strings.Contains(text, "title: 示例·商定的") || !strings.Contains(text, "type: government") {
		t.Errorf("the record is\n%s", text)
	}
}
