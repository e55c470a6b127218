package pdf

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// corpusRunes is how many characters the corpus has at least.
const corpusRunes = 24_000

// ordinary are the runs of which records' texts are made.
var ordinary = [...]string{
	"用户反映主干链路丢包率超过", "3%", "，", "值班工程师于", "15", "分钟内响应", "；", "“", "恢复正常", "”", "（", "含备件", "）", "。",
	"TS-2026-0001", " ", "Switch", "/", "7×24", "：", "《服务级别协议》", "、", "℃", "¥1,280.50", "—", "…", "ＡＢＣ", "①", "é", "²",
}

// corpus is texts of ordinary runs and of Han characters from all over the
// Unified Repertoire, the same in every run.
func corpus() []string {
	random := rand.New(rand.NewPCG(20260901, 7))
	var texts []string
	for total := 0; total < corpusRunes; {
		var b strings.Builder
		for range 5 + random.IntN(60) {
			if random.IntN(3) == 0 {
				b.WriteRune(0x4e00 + rune(random.IntN(20_902)))
				continue
			}
			b.WriteString(ordinary[random.IntN(len(ordinary))])
		}
		texts = append(texts, b.String())
		total += len([]rune(b.String()))
	}
	return texts
}

// corpusPaper sets the texts in two narrow columns.
func corpusPaper(t *testing.T, texts []string) *portal.Print {
	p := register(t, 0)
	table := p.Sections[0].Table
	table.Columns = []portal.Column{{Title: "甲", Weight: 5}, {Title: "乙", Weight: 9}}
	for i := 0; i+1 < len(texts); i += 2 {
		table.Rows = append(table.Rows, portal.Row{ID: fmt.Sprint(i), Cells: []portal.Cell{{Text: texts[i]}, {Text: texts[i+1]}}})
	}
	return p
}

// TestCorpusIsComplete wants every character of every text back through
// pdftotext, each text in one piece and in its order. Furniture that stands
// between two pages is what makes a text continue elsewhere; the rows here fit
// their pages.
func TestCorpusIsComplete(t *testing.T) {
	texts := corpus()
	data, found, err := Print(faces(), corpusPaper(t, texts))
	if err != nil || len(found) > 0 {
		t.Fatalf("print says %v and finds %v", err, found)
	}
	got := pdftest.Squeeze(pdftest.Text(t, data))
	runes := 0
	for i, s := range texts[:len(texts)/2*2] {
		want := pdftest.Squeeze(s)
		_, after, ok := strings.Cut(got, want)
		if !ok {
			t.Fatalf("text %d is not in one piece behind the one before: %q", i, want)
		}
		got = after
		runes += len([]rune(want))
	}
	if runes < 20_000 {
		t.Errorf("only %d characters were looked for", runes)
	}
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
