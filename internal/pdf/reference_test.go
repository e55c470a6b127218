package pdf

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/pdftest"
	"kept/internal/portal"
)

// referring is a document whose words lead to its headings, forth and back, in
// paragraphs, items and tables; some lead nowhere.
func referring(t *testing.T, headings int) *portal.Print {
	var blocks []portal.PrintBlock
	lead := func(to int) portal.PrintRun {
		return portal.PrintRun{Text: fmt.Sprintf("〔%d〕", to), To: fmt.Sprintf("h%d", to)}
	}
	for i := range headings {
		near, far := lead((i+7)%headings), lead((i*37+11)%headings)
		filler := strings.Repeat("甲", i%23)
		blocks = append(blocks,
			portal.PrintBlock{Kind: portal.PrintHeading, Level: 1, ID: fmt.Sprintf("h%d", i), Runs: said(fmt.Sprintf("标题%d#", i))},
			portal.PrintBlock{Kind: portal.PrintParagraph, Runs: append(said(filler+"登记投诉后"), near, portal.PrintRun{Text: "和"}, far, portal.PrintRun{Text: "，另见", Strong: true}, portal.PrintRun{Text: "别处", To: "nowhere"})},
			portal.PrintBlock{Kind: portal.PrintItem, Level: 1, Marker: "•", Runs: []portal.PrintRun{{Text: strings.Repeat("字", i%41) + "见"}, far}},
			portal.PrintBlock{Kind: portal.PrintGrid, Head: []portal.PrintGridCell{{Runs: said("章")}, {Runs: said("说明")}}, Rows: [][]portal.PrintGridCell{{{Runs: []portal.PrintRun{near}}, {Runs: said(filler)}}}})
	}
	p := document(t, blocks...)
	p.Size, p.Contents = "a5", true
	return p
}

var (
	reference = regexp.MustCompile(`〔(\d+)〕（第(\d+)页）`)
	reached   = regexp.MustCompile(`标题(\d+)#`)
)

// Each reference names the page on which its heading stands, although naming it moves
// the text: the first pass has other pages.
func TestReferencesNameTheirPages(t *testing.T) {
	const headings = 330
	p := referring(t, headings)
	d := settled(faces(), p)
	if moved := lay(faces(), p, nil).pagesOf(d.refs); len(d.refs) != headings || maps.Equal(moved, d.refs) {
		t.Fatalf("%d headings are referred to, and naming their pages moves none", len(d.refs))
	}
	d.drawFeet()
	pages := pdftest.Pages(t, mustFile(t, d))
	if len(pages) < 100 {
		t.Fatalf("%d pages, want numbers of three digits", len(pages))
	}
	stands := map[string]string{}
	for i, page := range pages {
		for _, m := range reached.FindAllStringSubmatch(page, -1) {
			stands[m[1]] = strconv.Itoa(i + 1) // the contents come first
		}
	}
	right := 0
	for _, m := range reference.FindAllStringSubmatch(pdftest.Squeeze(strings.Join(pages, "\n")), -1) {
		if stands[m[1]] != m[2] {
			t.Errorf("heading %s stands on page %s, a reference says %s", m[1], stands[m[1]], m[2])
		}
		right++
	}
	if right < 4*headings-len(pages) {
		t.Errorf("%d references of %d are read", right, 4*headings)
	}
}

// In English the words differ; a paper whose words lead nowhere is laid out once.
func TestReferencesInEnglish(t *testing.T) {
	p := referring(t, 3)
	p.Lang, p.Words = locale.English, words(t, locale.English)
	if text := pdftest.Text(t, mustPrint(t, p)); !strings.Contains(text, "〔1〕 (p. 2)") {
		t.Errorf("no reference in English:\n%s", text)
	}
	if d := settled(faces(), register(t, 1)); len(d.refs) != 0 {
		t.Errorf("a register refers to %v", d.refs)
	}
}

// What does not come to rest is not named, and there is an end to it.
func TestRestlessReferences(t *testing.T) {
	tried := map[string]int{"still": 3, "restless": 4}
	found := map[string]int{"still": 3, "restless": 5}
	for pass, want := range map[int]int{1: 2, mostPasses: 2, mostPasses + 1: 1, 2 * mostPasses: 1, 2*mostPasses + 1: 0} {
		if got := resting(tried, found, pass); len(got) != want {
			t.Errorf("after %d passes %v is tried, want %d", pass, got, want)
		}
	}
	if len(found) != 2 {
		t.Error("what was found is changed")
	}
}
