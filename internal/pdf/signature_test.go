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

// Titles, names and dates of places are complete: on one line, on two, smaller, or
// above the bar where no place has room.
func TestSignaturesAreNeverCut(t *testing.T) {
	places := [][]portal.PrintSignature{
		{{Title: "投诉处理人（一线服务台值班工程师）", Name: "欧阳建国"}, {Title: "业务关系经理"}, {Title: "管理者代表（主管副总经理）"}, {Title: "客户确认（签字并盖单位公章）", Date: "2026-09-24 10:30"}},
		{{Title: "Complaint handler (first line)", Name: "Alexander Winterbottom-Smythe"}, {Title: "Business relationship manager"}, {Title: "Representative of the top management"}, {Title: "Confirmed by the customer (signature and seal)", Date: "2026-09-24 10:30 +08:00"}},
		{{Title: strings.Repeat("Representative ", 40) + "END", Name: strings.Repeat("甲", 300) + "终"}, {Title: "批准", Date: strings.Repeat("2026-09-24 ", 30) + "末"}},
	}
	for i, list := range places {
		p := register(t, 1)
		p.Landscape, p.Signatures = false, list
		d := newPaper(faces(), p)
		b := d.laySigns()
		if got := len(b.above) > 0; got != (i == 2) {
			t.Errorf("bar %d says above it: %q", i, b.above)
		}
		for _, place := range b.places {
			for _, l := range place.title {
				if w := d.boldExtent(l, place.size); w > b.w-2*signPad+0.01 || i < 2 && len(place.title) > 2 {
					t.Errorf("bar %d: a title on %d lines is %.1f mm wide of %.1f", i, len(place.title), w, b.w)
				}
			}
		}
		data := mustPrint(t, p)
		insideOf(t, data)
		text := pdftest.Squeeze(pdftest.Text(t, data))
		for _, s := range list {
			for _, part := range []string{s.Title, s.Name, s.Date} {
				for word := range strings.FieldsSeq(part) {
					if !strings.Contains(text, word) {
						t.Errorf("bar %d lacks %q", i, word)
					}
				}
			}
		}
	}
}
