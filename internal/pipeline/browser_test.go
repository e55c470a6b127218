package pipeline_test

import (
	"os"
	"testing"

	"kept/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }

// TestPortalInABrowser opens the pages from the disk and over HTTP below a
// path, as they are read in a company: from a share, and from a forge's pages.
func TestPortalInABrowser(t *testing.T) {
	public := browsertest.Demo(t).Public
	b := browsertest.Start(t)
	for _, c := range []struct {
		name, base string
		pages      []string
	}{
		{"disk", browsertest.Disk(public), browsertest.Pages(t, public)},
		{"HTTP", browsertest.Serve(t, public), browsertest.Sorts(t, public)},
	} {
		t.Run(c.name, func(t *testing.T) {
			b.On(t).Origin(c.base)
			for _, page := range c.pages {
				visit(t, b, page)
			}
		})
	}
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
