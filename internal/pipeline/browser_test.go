package pipeline_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"kept/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }

// TestPortalInABrowser opens the pages from the disk and over HTTP below a
// path, as they are read in a company: from a share, and from a forge's pages.
func TestPortalInABrowser(t *testing.T) {
	public := browsertest.Demo(t).Public
	pages := browsertest.Pages(t, public)
	b := browsertest.Start(t)
	for _, c := range []struct{ name, base string }{
		{"disk", browsertest.Disk(public)},
		{"HTTP", browsertest.Serve(t, public)},
	} {
		t.Run(c.name, func(t *testing.T) {
			b.On(t).Origin(c.base)
			for _, page := range pages {
				visit(t, b, page)
			}
		})
	}
	t.Run("register", func(t *testing.T) { register(t, b.On(t), "zh-CN/complaint/index.html") })
	t.Run("keyboard", func(t *testing.T) { keyboard(t, b.On(t), "zh-CN/complaint/index.html") })
}

func visit(t *testing.T, b *browsertest.Browser, page string) {
	t.Helper()
	b.Width(1440)
	b.Open(page)
	for _, px := range []int64{1440, 360} {
		b.Width(px)
		if out := browsertest.Eval[string](b, browsertest.Widest); out != "" {
			t.Errorf("%s scrolls sideways at %d px: %s", page, px, out)
		}
	}
	for _, said := range b.Complaints() {
		t.Errorf("%s: %s", page, said)
	}
}

// register filters and sorts.
func register(t *testing.T, b *browsertest.Browser, page string) {
	const visible = `[...document.querySelectorAll(".register tbody tr")].filter(r => !r.hidden).map(r => r.cells[0].textContent)`
	rows := func() []string { return browsertest.Eval[[]string](b, visible) }
	b.Width(1440)
	b.Open(page)
	all := rows()
	if len(all) < 10 {
		t.Fatalf("the register has %d rows", len(all))
	}
	b.Type("#q", all[3])
	if got := rows(); !slices.Equal(got, all[3:4]) {
		t.Errorf("the filter %q leaves %q", all[3], got)
	}
	if got, want := browsertest.Eval[string](b, `document.getElementById("shown").textContent`), fmt.Sprintf("1 / %d", len(all)); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	b.Reload()
	if got := rows(); !slices.Equal(got, all[3:4]) {
		t.Errorf("the address does not keep the filter: %q", got)
	}
	browsertest.Eval[bool](b, `(q => { q.value = ""; return q.dispatchEvent(new Event("input")); })(document.getElementById("q"))`)
	b.Click(".tools button:first-of-type")
	count := browsertest.Eval[string](b, `document.querySelector(".tools button .n").textContent`)
	if got := rows(); fmt.Sprint(len(got)) != count || len(got) == len(all) {
		t.Errorf("the first state has %d rows, its button says %s of %d", len(got), count, len(all))
	}
	b.Click(".tools button:first-of-type")
	b.Click(".register .sort")
	rising := slices.Sorted(slices.Values(all))
	if got := rows(); !slices.Equal(got, rising) {
		t.Errorf("sorted by number: %q", got)
	}
	b.Click(".register .sort")
	slices.Reverse(rising)
	if got := rows(); !slices.Equal(got, rising) {
		t.Errorf("sorted by number, downwards: %q", got)
	}
	for _, said := range b.Complaints() {
		t.Errorf("the register: %s", said)
	}
}

// keyboard walks by Tab: the skip link comes first, and whatever has the focus
// shows it.
func keyboard(t *testing.T, b *browsertest.Browser, page string) {
	const focused = `(() => {
	  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
	  return [e.className || e.tagName, String(s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2), String(r.right > 0 && r.bottom > 0 && r.width > 0)];
	})()`
	b.Open(page)
	for i := range 40 {
		b.Keys(browsertest.Tab)
		got := browsertest.Eval[[]string](b, focused)
		if i == 0 && got[0] != "skip" {
			t.Errorf("the first stop is %q, want the skip link", got[0])
		}
		if got[1] != "true" || got[2] != "true" {
			t.Errorf("stop %d, %q: outline %s, in sight %s", i+1, got[0], got[1], got[2])
		}
	}
}
