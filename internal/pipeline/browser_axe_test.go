package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"kept/internal/browsertest"
)

// TestPagesHinderNobody asks axe-core about one page of each sort, wide and as on
// a telephone in turn. Every rule looks at the Chinese pages in light; in dark
// nothing but colours is another, and in English nothing but words, whose
// languages a few pages show.
func TestPagesHinderNobody(t *testing.T) {
	public := browsertest.Demo(t).Public
	b := browsertest.Start(t)
	b.Origin(browsertest.Disk(public))
	axe := browsertest.Axe(t)
	words := []string{"en/index.html", "en/complaint/index.html", "en/complaint/TS-2026-0006.html", "en/audit.html", "en/doc/SD-02004.html", "en/form/complaint.html"}
	for i, page := range browsertest.Sorts(t, public) {
		chinese := strings.HasPrefix(page, "zh-CN/")
		if !chinese && !slices.Contains(words, page) {
			continue
		}
		b.Width([]int64{1440, 360}[i%2])
		b.Dark(false)
		b.Open(page)
		hinders(t, b, axe, page)
		if chinese {
			b.Dark(true)
			hinders(t, b, axe, page+" in dark", "color-contrast")
		}
	}
	b.Dark(false)
	t.Run("search", func(t *testing.T) {
		b.On(t).Open("zh-CN/complaint/index.html")
		b.Keys("/")
		ask(b, "投诉 响应")
		b.Wait(`document.querySelector(".found li")`)
		hinders(t, b, axe, "the open search")
	})
	t.Run("facets", func(t *testing.T) {
		b.On(t).Open("zh-CN/complaint/index.html")
		b.Wait(`document.querySelector(".tools summary")`)
		b.Click(".tools summary")
		hinders(t, b, axe, "an open facet")
	})
}

func hinders(t *testing.T, b *browsertest.Browser, axe, what string, rules ...string) {
	t.Helper()
	for _, said := range b.Violations(axe, rules...) {
		t.Errorf("%s: %s", what, said)
	}
}
