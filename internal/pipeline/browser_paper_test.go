package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"kept/internal/browsertest"
	"kept/internal/pdftest"
)

// navigation is the words, without spaces, that stand in what leads about the
// portal and nowhere else on the page.
const navigation = `(() => {
  const bare = e => e.textContent.replace(/\s+/g, "");
  const said = ["main", "footer p", ".brand", ".edition"].map(q => bare(document.querySelector(q))).join("\n");
  return [...document.querySelectorAll(".side li a, .find, .period option, .keys")].map(bare).filter(text => text.length > 3 && !said.includes(text));
})()`

// TestPagesOnPaper prints pages as a reader files them: whose they are and what
// they rest on stand on every sheet, with its number, and nothing to click does.
func TestPagesOnPaper(t *testing.T) {
	public := browsertest.Demo(t).Public
	b := browsertest.Start(t)
	b.Origin(browsertest.Disk(public))
	for _, page := range []string{"zh-CN/index.html", "zh-CN/complaint/index.html", "en/complaint/TS-2026-0001.html", "zh-CN/doc/SD-02004.html"} {
		b.Open(page)
		version := browsertest.Eval[string](b, `document.querySelector("footer .id").textContent`)
		brand := browsertest.Eval[string](b, `document.querySelector(".brand b").textContent`)
		sheets := pdftest.Pages(t, b.PDF())
		for i, sheet := range sheets {
			for _, want := range []string{version, brand, fmt.Sprintf("%d/%d", i+1, len(sheets))} {
				if !strings.Contains(strings.ReplaceAll(sheet, " ", ""), strings.ReplaceAll(want, " ", "")) {
					t.Errorf("%s, sheet %d of %d: no %q", page, i+1, len(sheets), want)
				}
			}
		}
		// Heads that sort are buttons, which a browser does not draw where it repeats a head.
		head := browsertest.Eval[string](b, `document.querySelector(".register th")?.textContent ?? ""`)
		if head != "" && (len(sheets) < 2 || !strings.Contains(strings.ReplaceAll(sheets[1], " ", ""), head)) {
			t.Errorf("%s: sheet 2 of %d does not repeat %q", page, len(sheets), head)
		}
		clicked := browsertest.Eval[[]string](b, navigation)
		if len(clicked) < 5 {
			t.Errorf("%s: %q are too few words to know navigation by", page, clicked)
		}
		all := strings.Join(strings.Fields(strings.Join(sheets, "")), "")
		for _, text := range clicked {
			if strings.Contains(all, text) {
				t.Errorf("%s prints %q, which is there to be clicked", page, text)
			}
		}
	}
	for _, said := range b.Complaints() {
		t.Error(said)
	}
}

// TestPagesReadWithoutScripts: what a page says is there when no script runs, and
// no control that does nothing without one.
func TestPagesReadWithoutScripts(t *testing.T) {
	public := browsertest.Demo(t).Public
	b := browsertest.Start(t)
	b.Origin(browsertest.Disk(public))
	b.Scripts(false)
	for _, page := range []string{"zh-CN/index.html", "zh-CN/complaint/index.html", "en/complaint/TS-2026-0001.html", "zh-CN/kpi/K01.html", "en/findings.html"} {
		b.Open(page)
		if n := browsertest.Eval[int](b, `document.querySelector("main").innerText.length`); n < 300 {
			t.Errorf("%s says %d characters without scripts", page, n)
		}
		if idle := browsertest.Eval[[]string](b, `[...document.querySelectorAll("main button, main input, main select")].filter(e => e.getClientRects().length).map(e => e.outerHTML)`); len(idle) > 0 {
			t.Errorf("%s shows without scripts: %q", page, idle)
		}
	}
	for _, said := range b.Complaints() {
		t.Error(said)
	}
}
