package pdf

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// hostile are texts that a record or a document may hold.
var hostile = []string{
	strings.Repeat("x", 5000),
	"e" + strings.Repeat("\u0301", 500) + "后",
	"עברית\u202eabc\u2066العربية\u2069后",
	`) Tj ET Q \( ((( \\) endstream endobj 1 0 obj << /S /JavaScript /JS (app.alert(1)) >> %%EOF`,
	"a\x00b\x07c\x1b[31md\x7fe\u200bf\ufeffg",
	strings.Repeat("9", 400) + "." + strings.Repeat("8", 400),
	"首" + strings.Repeat("\n", 3000) + "尾",
	strings.Repeat("（", 700) + strings.Repeat("，", 700),
	"<script>alert(1)</script>]]>&amp;", "𠮷野家 ok",
}

// kinds are the names that say what an object of a file is or does.
var kinds = regexp.MustCompile(`/(Type|Subtype|S) ?/[A-Za-z0-9]+`)

// active are the names of what could act in a reader.
var active = regexp.MustCompile(`/(JavaScript|JS|Launch|OpenAction|AA|SubmitForm|ImportData|GoToR|GoToE|RichMedia|Rendition|URI|EmbeddedFile )\b`)

func kindsOf(data []byte) map[string]bool {
	set := map[string]bool{}
	for _, k := range kinds.FindAll(data, -1) {
		set[string(k)] = true
	}
	return set
}

// survives prints a paper of hostile texts, which are want in their order: they come
// back complete, each character that cannot be printed is named, all stands between
// the margins and clear of the foot, nothing in the file acts or is of another kind than
// in a harmless paper, and there is an end to it.
func survives(t *testing.T, p, harmless *portal.Print, want string, lack map[string]bool) {
	t.Helper()
	p = furnished(p)
	got, report := bodyOf(t, p)
	if want = pdftest.Squeeze(want); got != want {
		n := 0
		for n < min(len(got), len(want)) && got[n] == want[n] {
			n++
		}
		t.Errorf("after %q comes %q, want %q", fit(want[max(0, n-30):n], 30), fit(got[n:], 40), fit(want[n:], 40))
	}
	for place := range lack {
		if !report[place] {
			t.Errorf("%s is not reported", place)
		}
	}
	data := mustPrint(t, p)
	pdftest.Check(t, data)
	if n := pdftest.PageCount(t, data); n > 60 {
		t.Errorf("%d pages", n)
	}
	insideOf(t, data)
	d := newPaper(faces(), p)
	for _, box := range pdftest.TextBoxes(t, data) {
		if over := d.bottom()*points + 1; box.Top < over && box.Bottom > (d.bottom()+footRule)*points {
			t.Errorf("%q runs into the foot: %+v", fit(box.Text, 20), box)
		}
	}
	if found := active.Find(data); found != nil {
		t.Errorf("the file holds %q", found)
	}
	known := kindsOf(mustPrint(t, harmless))
	for kind := range kindsOf(data) {
		if !known[kind] {
			t.Errorf("the file holds an object of another kind: %s", kind)
		}
	}
}

func TestHostileTable(t *testing.T) {
	p, want, lack := register(t, 1), strings.Builder{}, map[string]bool{}
	p.Signatures = nil
	table := p.Sections[0].Table
	table.Columns = []portal.Column{{Title: "〖甲〗", Weight: 1}, {Title: "〖乙〗", Weight: 3}}
	table.Rows = nil
	for i, s := range hostile {
		id := string(rune('A' + i))
		table.Rows = append(table.Rows, portal.Row{ID: id, Cells: []portal.Cell{{Text: id}, {Text: s}}})
		fmt.Fprintf(&want, "%d%s%s", i+1, id, lacking(lack, id+"/〖乙〗", s))
	}
	table.Rows = append(table.Rows, portal.Row{Kind: portal.GroupRow, Head: hostile[0] + hostile[2]}, portal.Row{ID: "Z", Cells: []portal.Cell{{Text: "末"}}})
	fmt.Fprintf(&want, "%s%s%d末/", hostile[0], lacking(lack, "Z", hostile[2]), len(hostile)+1)
	survives(t, p, register(t, 1), want.String(), lack)
}

func TestHostileForm(t *testing.T) {
	want, lack := strings.Builder{}, map[string]bool{}
	f := portal.PrintForm{Columns: 2, ID: "TS-1"}
	for _, s := range hostile {
		say := func(s string) string {
			want.WriteString(lacking(lack, "TS-1/〖标〗", s))
			return s
		}
		list := &portal.Table{Columns: []portal.Column{{Title: "〖标〗", Weight: 1}}}
		cells := []portal.PrintFormCell{
			{Label: "〖标〗", Span: 2, Value: say(s)},
			{Label: "〖标〗", Span: 2, Ticks: []portal.PrintTick{{Text: say(oneLine(s))}, {Text: say("乙")}}},
			{Label: "〖标〗", Span: 2, Value: say(s)},
			{Label: "〖表〗", Table: list},
		}
		want.WriteString("1")
		list.Rows = []portal.Row{{Cells: []portal.Cell{{Text: say(s)}}}}
		f.Blocks = append(f.Blocks, portal.PrintFormBlock{Title: "〖块〗", Cells: cells})
	}
	survives(t, formed(t, f), formed(t, formOf(portal.PrintFormCell{Label: "甲", Value: "𠮷"})), want.String(), lack)
}

func TestHostileDocument(t *testing.T) {
	want, lack := strings.Builder{}, map[string]bool{}
	say := func(s string) []portal.PrintRun {
		want.WriteString(lacking(lack, "", s))
		return []portal.PrintRun{{Text: s, Strong: true, Link: "javascript:alert(1)"}}
	}
	var blocks []portal.PrintBlock
	for _, s := range hostile {
		blocks = append(blocks,
			portal.PrintBlock{Kind: portal.PrintHeading, Level: 1, Runs: say(oneLine(fit(s, 300)))},
			portal.PrintBlock{Kind: portal.PrintParagraph, Runs: say(s)},
			portal.PrintBlock{Kind: portal.PrintItem, Level: 30, Runs: say(s)},
			portal.PrintBlock{Kind: portal.PrintQuote, Level: 1, Quoted: 1, Runs: say(s)},
			portal.PrintBlock{Kind: portal.PrintGrid, Rows: [][]portal.PrintGridCell{{{Runs: say("甲")}, {Runs: say(s)}}}},
			portal.PrintBlock{Kind: portal.PrintCode, Lines: []string{s, "\t" + s}})
		want.WriteString(lacking(lack, "", s+s))
	}
	blocks = append(blocks, portal.PrintBlock{Kind: portal.PrintImage, Image: &portal.PrintPicture{Data: []byte("\x89PNG\r\n\x1a\nno image"), Alt: "流程图"}})
	want.WriteString("流程图")
	p := document(t, blocks...)
	survives(t, p, document(t, portal.PrintBlock{Kind: portal.PrintParagraph, Runs: said("甲")}), want.String(), lack)
	_, found, err := Print(faces(), p)
	if err != nil || found[len(found)-1].Rule != "pdf-image" {
		t.Errorf("what is no picture is not named: %v, %v", found[len(found)-1], err)
	}
}
