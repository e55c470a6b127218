package pdf

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// em is the width of one Han character in the face.
const em = 1000

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width int // in Han characters
		want  []string
	}{
		"fits":                      {"投诉台账", 4, []string{"投诉台账"}},
		"breaks anywhere in Han":    {"客户投诉台账登记", 3, []string{"客户投", "诉台账", "登记"}},
		"no comma at the start":     {"客户投，诉台账", 3, []string{"客户", "投，诉", "台账"}},
		"no bracket at the start":   {"处理时长（小时）", 7, []string{"处理时长（小", "时）"}},
		"no bracket at the end":     {"客户投（诉）", 4, []string{"客户投", "（诉）"}},
		"no quotation mark at end":  {"客户说“不满", 4, []string{"客户说", "“不满"}},
		"Latin words stay whole":    {"更换 switch 后", 4, []string{"更换", "switch", "后"}},
		"too long a word is broken": {"abcdefghijklmnop", 4, []string{"abcdefg", "hijklmno", "p"}},
		"not after a hyphen":        {"见SLA-2026条", 4, []string{"见", "SLA-202", "6条"}},
		"lines of the text stand":   {"甲\n\n乙丙", 5, []string{"甲", "", "乙丙"}},
		"blanks vanish at a break":  {"ab    cd", 1, []string{"a", "b", "c", "d"}},
		"only closing marks":        {"）））））", 2, []string{"））", "））", "）"}},
		"narrower than a character": {"投诉", 0, []string{"投", "诉"}},
		"nothing":                   {"", 4, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := faces().body.wrap(c.text, c.width*em); !slices.Equal(got, c.want) {
				t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
			}
		})
	}
}

// TestWrapKeepsEverything breaks random texts at random widths: nothing but
// blanks may vanish, no line may be too wide, no line may begin or end with
// what 避头尾 forbids unless it has but one character to give.
func TestWrapKeepsEverything(t *testing.T) {
	f := faces().body
	vocabulary := []rune("用户反映主干链路丢包率超过百分之三值班工程师于十五分钟内响应，。；：“”（）《》、 SLA-2026/abc %￥")
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		for range random.IntN(150) {
			b.WriteRune(vocabulary[random.IntN(len(vocabulary))])
		}
		width := random.IntN(30 * em)
		lines := f.wrap(b.String(), width)
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(b.String(), " ", ""); got != want {
			t.Fatalf("wrap(%q, %d) lost something: %q", b.String(), width, lines)
		}
		for _, l := range lines {
			if f.measureText(f.trimEnd(l)) > width && utf8.RuneCountInString(f.trimEnd(l)) > 1 {
				t.Fatalf("line %q of %q is wider than %d", l, b.String(), width)
			}
		}
	}
}

// TestWrapCorpus looks at ordinary sentences, in which every line can obey.
func TestWrapCorpus(t *testing.T) {
	f := faces().body
	text := strings.Repeat("用户反映：主干链路（常州—上海）丢包率超过3%，值班工程师于“十五分钟”内响应；更换光模块后恢复正常。", 20)
	for width := 8; width < 60; width++ {
		for _, l := range f.wrap(text, width*em) {
			first, _ := utf8.DecodeRuneInString(l)
			last, _ := utf8.DecodeLastRuneInString(l)
			if f.look(first).class&closing != 0 || f.look(last).class&opening != 0 {
				t.Fatalf("at width %d a line stands badly: %q", width, l)
			}
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("投诉（A）\r\n\t𠮷\u202e", 3000)
	f.Fuzz(func(t *testing.T, s string, width int) {
		face := faces().body
		clean := face.clean(s, func(rune) {})
		got := strings.Join(face.wrap(clean, width), "")
		for _, blank := range []string{" ", "\n", "\u3000"} {
			got, clean = strings.ReplaceAll(got, blank, ""), strings.ReplaceAll(clean, blank, "")
		}
		if got != clean {
			t.Errorf("wrap(%q, %d) lost something", s, width)
		}
	})
}
