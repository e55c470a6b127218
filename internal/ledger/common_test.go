package ledger

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"kept/internal/locale"
)

// What common texts are spared must change none of them: each character alone, and
// beside others, where blanks at the ends and inside are told apart.
func TestShortWaysOfTexts(t *testing.T) {
	slowFold := func(s string) string {
		return strings.ToLower(strings.Join(strings.Fields(locale.Narrow(tidied(s))), ""))
	}
	texts := []string{"", "\xff", "a\xc3", "（空）", " a", "a ", "a b", "a\nb", "\n", "(  跳 过 )", "ＡＢ　１２", "ｱ", "\u00a0", "\ufeffA"}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r < 0x10000 || r%97 == 0 || unicode.In(r, unicode.Cf, unicode.Cc, unicode.Zs) {
			texts = append(texts, string(r), "某"+string(r)+"a")
		}
	}
	for _, s := range texts {
		if got, want := Tidy(s), tidied(s); got != want {
			t.Errorf("Tidy(%q) is %q, not %q", s, got, want)
		}
		folded := slowFold(s)
		if got := Fold(s); got != folded {
			t.Errorf("Fold(%q) is %q, not %q", s, got, folded)
		}
		if got := empty(s); got != nothing[folded] {
			t.Errorf("empty(%q) is %v", s, got)
		}
		if want := strings.IndexFunc(folded, func(r rune) bool { return isHan(r) && !strings.ContainsRune(s, r) }); want >= 0 && isTidy(s) {
			t.Errorf("%q is compared as %q, whose characters it has not", s, folded)
		}
	}
	for word := range nothing {
		for _, s := range []string{word, " " + strings.Join(strings.Split(word, ""), "  ") + "\n", strings.ToUpper(word)} {
			if !empty(s) {
				t.Errorf("%q says something", s)
			}
		}
	}
}

// Dates of the common forms, and what nearly is one, are read as the long way does.
func TestCommonMoment(t *testing.T) {
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	saoPaulo, _ := time.LoadLocation("America/Sao_Paulo") // has days that begin at one o'clock
	var texts []string
	for _, sign := range []string{"-", "/", ".", "年", "--", " "} {
		for _, year := range []string{"2026", "26", "02026", "0000", "1986", "2018"} {
			for _, day := range []string{"9" + sign + "3", "09" + sign + "03", "2" + sign + "29", "13" + sign + "1", "0" + sign + "1", "11" + sign + "4", "5" + sign + "4", "1" + sign + "111"} {
				for _, rest := range []string{"", " ", " 8:05", " 18:5", " 0:00:00", " 24:00", " 23:59:60", " 8:05:", " 8:05:09Z", "T08:05", "  8:05", " 8:05 pm", " 108:05", " 8", "日"} {
					texts = append(texts, year+sign+day+rest)
				}
			}
		}
	}
	read := 0
	for _, zone := range []*time.Location{time.UTC, shanghai, saoPaulo} {
		for _, s := range texts {
			m, ok := commonMoment(s, zone)
			want, err := uncommonMoment(s, 0, zone)
			if ok && (err != nil || m.timed != want.timed || !m.time.Equal(want.time) || m.time.String() != want.time.String()) {
				t.Errorf("%q in %v is %v, not %v %v", s, zone, m, want, err)
			}
			if ok {
				read++
			}
		}
	}
	if read < 500 {
		t.Errorf("only %d of %d were read", read, 3*len(texts))
	}
	for _, s := range []string{"2026-9-3", "2026/09/03 8:05", "2026.9.3 18:05:09"} {
		if _, ok := commonMoment(s, shanghai); !ok {
			t.Errorf("%q is not read", s)
		}
	}
}

func FuzzCommonMoment(f *testing.F) {
	f.Add("2026/9/3 8:05", 0)
	f.Fuzz(func(t *testing.T, s string, year int) {
		m, ok := commonMoment(s, time.UTC)
		if !ok {
			return
		}
		want, err := uncommonMoment(s, year, time.UTC)
		if got := fmt.Sprint(m); err != nil || got != fmt.Sprint(want) {
			t.Errorf("%q is %s, not %v %v", s, got, want, err)
		}
	})
}
