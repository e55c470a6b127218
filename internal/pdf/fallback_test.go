package pdf

import (
	"strings"
	"testing"

	"kept/internal/pdftest"
)

// rareFace shows the given character by the outline of another, and nothing else.
func rareFace(rare, like rune) []byte {
	f := faces().fonts[0]
	return f.cut([]rune{rare}, []uint16{f.glyph(like)})
}

// A character that only a fallback has prints, comes back, and is no finding, also
// beyond the basic plane and in bold; what no face has is named.
func TestFallbackAndBold(t *testing.T) {
	bold := faces().fonts[0].subset([]rune("台投账诉"))
	set, err := LoadFaces(FaceSet{Bold: bold, Fallback: [][]byte{rareFace('䶮', '龙'), rareFace('𠮷', '吉')}})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(set.Digests()); got != 4 {
		t.Errorf("%d digests, want those of four files", got)
	}
	p := register(t, 1)
	p.Title = "𠮷野家投诉台账"
	p.Sections[0].Table.Rows[0].Cells[3].Text = "联系人𠮷龑䶮与𡃁"
	data, found, err := Print(set, p)
	if err != nil {
		t.Fatal(err)
	}
	pdftest.Check(t, data)
	text := pdftest.Squeeze(pdftest.Text(t, data))
	for _, want := range []string{"𠮷野家投诉台账", "联系人𠮷龑䶮与[U+210C1]"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not come back", want)
		}
	}
	if len(found) != 1 || found[0].Args[0].Value.ZH != "U+210C1" {
		t.Errorf("the findings are %v, want the one about U+210C1", found)
	}
	if got := len(pdftest.Fonts(t, data)); got < 4 {
		t.Errorf("%d fonts are embedded, want one of each file at least", got)
	}
}

// The gap between scripts and the halves of marks are in the page, not in the text.
func TestGapsAreNoCharacters(t *testing.T) {
	f := faces().body
	for s, want := range map[string]int{
		"投A":  1000 + interval + f.advance("A"),
		"A投":  1000 + interval + f.advance("A"),
		"投，诉": 3000,
		"投，":  1500,
		"《投":  1500,
		"》《投": 2500,
		"投 A": 1000 + f.advance(" A"),
	} {
		if got := f.measureText(s); got != want {
			t.Errorf("%q measures %d, want %d", s, got, want)
		}
	}
	p := register(t, 0)
	const said = "“SLA要求15分钟内响应”，（见7.2节）；Switch端口（eth0）。"
	p.Sections[0].Paragraphs = []string{strings.Repeat(said, 12)}
	text := strings.ReplaceAll(pdftest.Text(t, mustPrint(t, p)), "\n", "")
	if got := strings.Count(text, said); got != 12 {
		t.Errorf("%d of 12 sentences come back unchanged:\n%s", got, text)
	}
}
