package pdf

import (
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

func TestNoSignatures(t *testing.T) {
	p := register(t, 2)
	p.Signatures = nil
	if text := pdftest.Text(t, mustPrint(t, p)); strings.Contains(text, "签名") || strings.Contains(text, "日期") {
		t.Error("a paper without signatures has a place to sign")
	}
}

// The bar takes its height and stands as a whole, whatever room is left.
func TestSignatureBarIsNeverSplit(t *testing.T) {
	for left := 0.0; left < 40; left += 0.7 {
		d := newPaper(faces(), register(t, 0))
		d.y = d.bottom() - left
		d.signatures()
		wantPages := 1
		if left < signTitle+signHeight+4 {
			wantPages = 2
		}
		if len(d.pages) != wantPages || d.y > d.bottom() {
			t.Errorf("with %.1f mm left: %d pages, want %d; the bar ends at %.1f of %.1f", left, len(d.pages), wantPages, d.y, d.bottom())
		}
		if n := strings.Count(string(d.page().buf), " re S"); n < len(d.print.Signatures) {
			t.Errorf("with %.1f mm left: %d boxes on the last page", left, n)
		}
	}
	if signHeight < 12 {
		t.Errorf("%v mm are too low to sign (domain.md §9.1)", signHeight)
	}
}

// Many or long titles stay inside their boxes.
func TestSignatureTitles(t *testing.T) {
	for name, titles := range map[string][]string{
		"one":  {"批准"},
		"five": {"编制", "审核", "会签", "标准化", "批准"},
		"long": {strings.Repeat("管理者代表", 20), strings.Repeat("Representative ", 20)},
	} {
		t.Run(name, func(t *testing.T) {
			p := register(t, 1)
			p.Signatures = nil
			for _, title := range titles {
				p.Signatures = append(p.Signatures, portal.PrintSignature{Title: title})
			}
			data := mustPrint(t, p)
			pdftest.Check(t, data)
			text := pdftest.Text(t, data)
			if n := strings.Count(text, "签名"); n != len(titles) {
				t.Errorf("%d places to sign for %d titles", n, len(titles))
			}
			if first := string([]rune(titles[0])[:2]); !strings.Contains(text, first) {
				t.Errorf("the title %q is not there", first)
			}
		})
	}
}
