package pipeline_test

import (
	"testing"

	"kept/internal/browsertest"
)

// On a narrow screen what chooses the rows takes two lines, and a facet that is
// scrolled to opens over the table as a whole.
func TestNarrowFilters(t *testing.T) {
	site := browsertest.Demo(t)
	b := browsertest.Start(t)
	b.Width(360)
	b.Open(browsertest.Disk(site.Public) + "zh-CN/complaint/index.html")
	if got := browsertest.Eval[float64](b, `document.querySelector(".tools").getBoundingClientRect().height`); got < 40 || got > 100 {
		t.Errorf("the filters are %v px high", got)
	}
	b.Click(".facets details:last-child summary")
	open := `(() => { const r = document.querySelector(".facets details[open] div").getBoundingClientRect(); return r.left >= 0 && r.right <= 360 && r.height > 40 &&
		document.elementFromPoint(r.left + 20, r.top + 20).closest("details[open]") !== null; })()`
	if !browsertest.Eval[bool](b, open) {
		t.Error("the last facet's choices are cut off")
	}
}
