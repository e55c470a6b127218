package pdf

import (
	"slices"
	"strings"
	"testing"

	"kept/internal/finding"
	"kept/internal/pdftest"
	"kept/internal/portal"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		reported   []string
	}{
		"plain":                {"投诉 TS-2026-0001", "投诉 TS-2026-0001", nil},
		"beyond the plane":     {"李𠮷明", "李[U+20BB7]明", []string{"U+20BB7"}},
		"emoji":                {"好😀", "好[U+1F600]", []string{"U+1F600"}},
		"no glyph":             {"䶮", "[U+4DAE]", []string{"U+4DAE"}},
		"direction marks":      {"a\u202eb\u2066", "a[U+202E]b[U+2066]", []string{"U+202E", "U+2066"}},
		"controls":             {"a\x00\x1b[31m\u0090", "a[U+0000][U+001B][31m[U+0090]", []string{"U+0000", "U+001B", "U+0090"}},
		"piled marks":          {"e\u0301\u0489", "e[U+0301][U+0489]", []string{"U+0301", "U+0489"}},
		"invisible":            {"\ufeffa\u200b", "[U+FEFF]a[U+200B]", []string{"U+FEFF", "U+200B"}},
		"line ends":            {"a\r\nb\rc\u2028d", "a\nb\nc\nd", nil},
		"tabs and odd blanks":  {"a\tb\rc", "a b\nc", nil},
		"not UTF-8":            {"a\xffb", "a\ufffdb", nil},
		"PDF's own characters": {`(a\b) endstream`, `(a\b) endstream`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var reported []string
			got := faces().body.clean(c.text, func(r rune) { reported = append(reported, codePoint(r)) })
			if got != c.want || !slices.Equal(reported, c.reported) {
				t.Errorf("clean(%q) = %q and reports %q, want %q and %q", c.text, got, reported, c.want, c.reported)
			}
		})
	}
}

// TestGlyphFindings wants record and character named once each, and the number
// of the character in print.
func TestGlyphFindings(t *testing.T) {
	p := register(t, 3)
	rows := p.Sections[0].Table.Rows
	rows[1].Cells[2].Text = "𠮷野家𠮷"
	rows[2].Cells[3].Text = "\u202e迟到"
	data, found, err := Print(faces(), p)
	if err != nil {
		t.Fatal(err)
	}
	pdftest.Check(t, data)
	var got []string
	for _, f := range found {
		if f.Rule != "pdf-glyph" || f.Severity != finding.Warning || f.Key != "pdf.glyph-in" {
			t.Errorf("finding %+v", f)
		}
		got = append(got, f.Record+" "+f.Args[1].Value.ZH+" "+f.Args[0].Value.ZH)
	}
	if want := []string{"TS-2026-0002 客户 U+20BB7", "TS-2026-0003 主题 U+202E"}; !slices.Equal(got, want) {
		t.Errorf("findings are %q, want %q", got, want)
	}
	if text := pdftest.Squeeze(pdftest.Text(t, data)); !strings.Contains(text, "[U+20BB7]野家[U+20BB7]") {
		t.Errorf("the character's number is not printed:\n%s", text)
	}
}

// TestHostileTexts puts bad texts in every place of a paper.
func TestHostileTexts(t *testing.T) {
	for name, s := range map[string]string{
		"markup":      "<script>alert(1)</script>&amp;]]>",
		"PDF syntax":  ") Tj ET endstream endobj (\\) \\( \\r %%EOF",
		"utf16 bytes": "\u0d0d\u285c\u5c28\u295c\u0a0d",
		"controls":    "\x00\x1b[2J\r\n\x7f\u202e\u2067",
		"long word":   strings.Repeat("W", 5000),
		"brackets":    strings.Repeat("（", 3000),
		"blanks":      strings.Repeat(" ", 3000) + "x",
		"marks":       "a" + strings.Repeat("\u0301", 500),
	} {
		t.Run(name, func(t *testing.T) {
			p := register(t, 2)
			p.Title, p.Organisation, p.System, p.DocumentNo, p.Version = s, s, s, s, s
			p.Period, p.AsOf, p.Classification = s, s, s
			p.Attachment.Name = s
			p.Signatures = []portal.PrintSignature{{Title: s, Name: s, Date: s}, {Title: s}}
			p.Sections[0].Heading, p.Sections[0].Notes, p.Sections[0].Paragraphs = s, []string{s}, []string{s}
			p.Sections[0].Figures = []portal.PrintFigure{{Label: s, Value: s, Note: s}}
			p.Sections[0].Table.Rows[0].Cells[3].Text = s
			p.Sections[0].Table.Columns[0].Title = s
			data := mustPrint(t, p)
			pdftest.Check(t, data)
			if n := pdftest.PageCount(t, data); n > 40 {
				t.Errorf("the paper has %d pages", n)
			}
		})
	}
}
