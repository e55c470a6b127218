package pdf

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// corpusRunes is how many characters a corpus has at least.
const corpusRunes = 24_000

// ordinary are the runs of which records' texts are made.
var ordinary = [...]string{
	"用户反映主干链路丢包率超过", "3%", "，", "值班工程师于", "15", "分钟内响应", "；", "“", "恢复正常", "”", "（", "含备件", "）", "。",
	"TS-2026-0001", " ", "Switch", "/", "7×24", "：", "《服务级别协议》", "、", "℃", "¥1,280.50", "—", "…", "ＡＢＣ", "①", "é", "²",
	" acknowledged within ", "fi", "(a)", "AVAW", "e.g.", "\"To\"", "？", "！", "～", "·", "+86", "0.5", "[x]", "{y}", "\\", "<z>", "&", "#", "@", "_", "~",
}

// rare are alphabets of what faces may lack: Extension A, and Extension B in plane 2.
var rare = [...][2]rune{{0x3400, 0x4db5}, {0x20000, 0x2a6d6}}

// corpus is texts of ordinary runs, of Han characters from all over the Unified
// Repertoire and of rare ones, the same in every run.
func corpus(seed uint64, longest int) []string {
	random := rand.New(rand.NewPCG(20260901, seed))
	var texts []string
	for total := 0; total < corpusRunes; {
		var b strings.Builder
		for range 5 + random.IntN(longest) {
			switch n := random.IntN(120); {
			case n < 40:
				b.WriteRune(0x4e00 + rune(random.IntN(20_902)))
			case n == 40:
				r := rare[random.IntN(len(rare))]
				b.WriteRune(r[0] + rune(random.IntN(int(r[1]-r[0]))))
			default:
				b.WriteString(ordinary[random.IntN(len(ordinary))])
			}
		}
		texts = append(texts, strings.TrimSpace(b.String()))
		total += utf8.RuneCountInString(b.String())
	}
	return texts
}

// lacking adds to a report the characters of a text that the face lacks, each with
// where it stands, and returns the text as it is to be printed.
func lacking(report map[string]bool, where, text string) string {
	var b strings.Builder
	for _, r := range text {
		if faces().Covers(r) || unicode.IsSpace(r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "[U+%04X]", r)
		report[fmt.Sprintf("%s U+%04X", where, r)] = true
	}
	return b.String()
}

// The furniture of a page is what stands before headEnd and behind footBegin.
const headEnd, footBegin = "头▲终", "脚▼始"

// furnished makes a paper whose furniture can be told from its text.
func furnished(p *portal.Print) *portal.Print {
	p.AsOf, p.Classification, p.Sample = headEnd, footBegin, false
	p.Words.Number, p.Words.Nothing, p.Words.Continued = "〖序〗", "〖完〗", "〖〗"
	return p
}

var repeated = regexp.MustCompile(`〖[^〗]*〗`)

// bodyOf prints a paper and reads it back: without blanks, furniture and what is
// marked as repeated. The report names each character that could not be printed, with
// its record and field.
func bodyOf(t *testing.T, p *portal.Print) (string, map[string]bool) {
	t.Helper()
	data, found, err := Print(faces(), p)
	if err != nil {
		t.Fatal(err)
	}
	var body strings.Builder
	for i, page := range pdftest.Pages(t, data) {
		_, rest, ok := strings.Cut(pdftest.Squeeze(page), headEnd)
		end := strings.LastIndex(rest, footBegin)
		if !ok || end < 0 {
			t.Fatalf("page %d has no head or no foot", i+1)
		}
		body.WriteString(rest[:end])
	}
	report := map[string]bool{}
	for _, f := range found {
		where, char := f.Record, ""
		for _, a := range f.Args {
			if a.Name == "char" {
				char = a.Value.ZH
			} else {
				where += "/" + a.Value.ZH
			}
		}
		report[where+" "+char] = true
	}
	return repeated.ReplaceAllString(body.String(), ""), report
}

// sameText wants the characters of two texts to be the same, one by one.
func sameText(t *testing.T, got, want string) {
	t.Helper()
	g, w := []rune(got), []rune(pdftest.Squeeze(want))
	if len(w) < 20_000 {
		t.Errorf("only %d characters are looked for", len(w))
	}
	for i := range w {
		if i >= len(g) || g[i] != w[i] {
			t.Fatalf("after %q comes %q, want %q", string(w[max(0, i-30):i]), string(g[min(i, len(g)):min(i+30, len(g))]), string(w[i:min(i+30, len(w))]))
		}
	}
	if len(g) > len(w) {
		t.Errorf("at the end stands %q", string(g[len(w):min(len(g), len(w)+60)]))
	}
}

// sameReport wants every character that the face lacks named, and no other.
func sameReport(t *testing.T, got, want map[string]bool) {
	t.Helper()
	if len(want) < 20 {
		t.Errorf("only %d characters are lacking", len(want))
	}
	for place := range want {
		if !got[place] {
			t.Errorf("%s is not reported", place)
		}
	}
	for place := range got {
		if !want[place] {
			t.Errorf("%s is reported", place)
		}
	}
}

// Every character of a table comes back in its order, or is named with its record and
// column.
func TestCorpusInATable(t *testing.T) {
	p, want, lack := furnished(register(t, 0)), strings.Builder{}, map[string]bool{}
	p.Signatures = nil
	table := p.Sections[0].Table
	table.Columns = []portal.Column{{Title: "〖甲〗", Weight: 5}, {Title: "〖乙〗", Weight: 9}}
	texts := corpus(7, 60)
	for i := 0; i+1 < len(texts); i += 2 {
		row := portal.Row{ID: fmt.Sprintf("TS-%d", i), Cells: []portal.Cell{{Text: texts[i]}, {Text: texts[i+1]}}}
		table.Rows = append(table.Rows, row)
		fmt.Fprintf(&want, "%d%s%s", i/2+1, lacking(lack, row.ID+"/〖甲〗", texts[i]), lacking(lack, row.ID+"/〖乙〗", texts[i+1]))
	}
	got, report := bodyOf(t, p)
	sameText(t, got, want.String())
	sameReport(t, report, lack)
}

// So does every character of a form: of values beside each other, of long ones that
// run over pages, of boxes and of lists.
func TestCorpusInAForm(t *testing.T) {
	p, want, lack := furnished(register(t, 0)), strings.Builder{}, map[string]bool{}
	p.Landscape, p.Signatures = false, nil
	f := portal.PrintForm{Columns: 2, ID: "TS-2026-0007"}
	texts := corpus(8, 70)
	take := func(n int) string {
		n = min(n, len(texts))
		s := strings.Join(texts[:n], "")
		texts = texts[n:]
		return s
	}
	for i := 0; len(texts) > 0; i++ {
		name := func(c string) string { return fmt.Sprintf("〖%d%s〗", i, c) }
		say := func(c, s string) string {
			want.WriteString(lacking(lack, f.ID+"/"+name(c), s))
			return s
		}
		b := portal.PrintFormBlock{Title: name("块")}
		b.Cells = append(b.Cells,
			portal.PrintFormCell{Label: name("a"), Value: say("a", take(1))}, portal.PrintFormCell{Label: name("b"), Value: say("b", take(1))},
			portal.PrintFormCell{Label: name("c"), Span: 2, Value: say("c", take(5+60*(i%5)))})
		if s := take(1); s != "" {
			b.Cells = append(b.Cells, portal.PrintFormCell{Label: name("d"), Span: 2, Ticks: []portal.PrintTick{{Text: say("d", s)}}})
		}
		list := &portal.Table{Columns: []portal.Column{{Title: name("e"), Weight: 3}, {Title: name("f"), Weight: 5}}}
		for n := 1; n < 4 && len(texts) > 1; n++ {
			fmt.Fprint(&want, n)
			list.Rows = append(list.Rows, portal.Row{Cells: []portal.Cell{{Text: say("e", take(1))}, {Text: say("f", take(1))}}})
		}
		b.Cells = append(b.Cells, portal.PrintFormCell{Label: name("表"), Table: list})
		f.Blocks = append(f.Blocks, b)
	}
	p.Sections = []portal.PrintSection{{Form: &f}}
	got, report := bodyOf(t, p)
	sameText(t, got, want.String())
	sameReport(t, report, lack)
}

// So does every character of a document: of headings, paragraphs in several manners,
// items, notes, tables and code.
func TestCorpusInADocument(t *testing.T) {
	lack, want := map[string]bool{}, strings.Builder{}
	texts := corpus(9, 60)
	take := func() (s string) {
		if len(texts) > 0 {
			s, texts = texts[0], texts[1:]
		}
		return s
	}
	say := func() []portal.PrintRun {
		var runs []portal.PrintRun
		for n := range 3 {
			s := take()
			want.WriteString(lacking(lack, "", s))
			runs = append(runs, portal.PrintRun{Text: s, Strong: n == 1, Code: n == 2, To: []string{"", "", "nowhere"}[n]})
		}
		return runs
	}
	var blocks []portal.PrintBlock
	for i := 0; len(texts) > 0; i++ {
		add := func(b portal.PrintBlock) { blocks = append(blocks, b) }
		fmt.Fprintf(&want, "%d.", i)
		add(portal.PrintBlock{Kind: portal.PrintHeading, Level: i%4 + 1, Number: fmt.Sprintf("%d.", i), Runs: say()})
		add(portal.PrintBlock{Kind: portal.PrintParagraph, Runs: append(say(), say()...)})
		want.WriteString("3)")
		add(portal.PrintBlock{Kind: portal.PrintItem, Level: i%5 + 1, Marker: "3)", Runs: say()})
		add(portal.PrintBlock{Kind: portal.PrintQuote, Level: 1, Quoted: 1, Runs: say()})
		table := portal.PrintBlock{Kind: portal.PrintGrid, Head: []portal.PrintGridCell{{Runs: said("〖甲〗")}, {Runs: said("〖乙〗")}}}
		for range 3 {
			table.Rows = append(table.Rows, []portal.PrintGridCell{{Runs: say()}, {Runs: say()}})
		}
		add(table)
		code := portal.PrintBlock{Kind: portal.PrintCode}
		for range 4 {
			s := take()
			want.WriteString(lacking(lack, "", s))
			code.Lines = append(code.Lines, s)
		}
		add(code)
	}
	got, report := bodyOf(t, furnished(document(t, blocks...)))
	sameText(t, got, want.String())
	sameReport(t, report, lack)
}

// TestEveryHanCharacter sets each of the Unified Repertoire once, in the order of
// their numbers.
func TestEveryHanCharacter(t *testing.T) {
	p := register(t, 0)
	var all []rune
	for r := rune(0x4e00); r <= 0x9fa5; r++ {
		all = append(all, r)
	}
	p.Sections[0].Paragraphs = []string{string(all)}
	seen := map[rune]bool{}
	for _, r := range pdftest.Text(t, mustPrint(t, p)) {
		seen[r] = true
	}
	for _, r := range all {
		if !seen[r] {
			t.Errorf("U+%04X does not come back", r)
		}
	}
}

// TestRareTexts puts what the face cannot show in every place of a paper: each
// becomes its number, and nothing breaks.
func TestRareTexts(t *testing.T) {
	for name, s := range map[string]string{
		"beyond the plane": "𠮷𡃁",
		"emoji":            "👩‍👧‍👦🇨🇳",
		"private use":      "\ue000\uf8ff",
		"no characters":    "\ufffe\uffff\ufdd0",
		"broken UTF-8":     "\xff\xfe甲\xc0\x80\xed\xa0\x80",
		"right to left":    "שלום \u2067م\u2069",
		"separators":       "a\u2028b\u2029c\u0085d\vd\ff",
		"overlong number":  strings.Repeat("9", 400),
		"replacement":      "\ufffd",
	} {
		t.Run(name, func(t *testing.T) {
			p := register(t, 2)
			everywhere(p, s)
			data, _, err := Print(faces(), p)
			if err != nil {
				t.Fatal(err)
			}
			pdftest.Check(t, data)
			text := pdftest.Squeeze(pdftest.Text(t, data))
			for _, r := range s {
				if r >= bmp && !strings.Contains(text, "["+codePoint(r)+"]") {
					t.Errorf("%s is not named", codePoint(r))
				}
			}
		})
	}
}

// everywhere puts s in each text of a paper.
func everywhere(p *portal.Print, s string) {
	for _, place := range []*string{
		&p.Title, &p.Organisation, &p.System, &p.DocumentNo, &p.Version, &p.Period, &p.AsOf, &p.Classification,
		&p.Attachment.Name, &p.Words.Page, &p.Words.Number, &p.Words.Nothing, &p.Words.Sign, &p.Words.Date,
		&p.Words.DataVersion, &p.Words.Version, &p.Words.AsOf, &p.Words.Period, &p.Words.Sample,
	} {
		*place = s
	}
	p.Signatures = []portal.PrintSignature{{Title: s}, {Title: s, Name: s}, {Title: s}}
	section := &p.Sections[0]
	section.Heading, section.Notes, section.Paragraphs = s, []string{s}, []string{s}
	section.Figures = []portal.PrintFigure{{Label: s, Value: s, Note: s}}
	for i := range section.Table.Columns {
		section.Table.Columns[i].Title = s
	}
	for _, r := range section.Table.Rows {
		for i := range r.Cells {
			r.Cells[i].Text = s
		}
	}
}
