package pipeline_test

import (
	"testing"

	"kept/internal/browsertest"
)

// TestPagesHinderNobody asks axe-core about one page of each sort in both
// languages, light and dark, wide and as on a telephone.
func TestPagesHinderNobody(t *testing.T) {
	public := browsertest.Demo(t).Public
	axe := browsertest.Axe(t)
	b := browsertest.Start(t)
	b.Origin(browsertest.Disk(public))
	for i, page := range browsertest.Sorts(t, public) {
		if page == "index.html" {
			continue // leads on at once
		}
		b.Width([]int64{1440, 360}[i%2])
		b.Open(page)
		for _, dark := range []bool{false, true} {
			b.Dark(dark)
			for _, said := range b.Violations(axe) {
				t.Errorf("%s, dark %t: %s", page, dark, said)
			}
		}
	}
}
