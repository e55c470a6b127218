package portal

import (
	"strconv"
	"strings"
	"testing"
)

// What says its number keeps it, and nothing is numbered twice.
func TestNumberHeadings(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"none have one":       {"2 甲|3 乙|3 丙|2 丁|3 戊", "1:1 甲|2:1.1 乙|2:1.2 丙|1:2 丁|2:2.1 戊"},
		"all have one":        {"2 1 甲|3 1.1 乙|4 1.1.1 丙|2 2. 丁", "1:1 甲|2:1.1 乙|3:1.1.1 丙|1:2. 丁"},
		"only the upper":      {"2 1 甲|3 乙|3 丙|2 2 丁|3 2.1 戊|3 己", "1:1 甲|2:1.1 乙|2:1.2 丙|1:2 丁|2:2.1 戊|2: 己"},
		"chapters":            {"1 第一章 总则|2 目的|1 第二章 职责", "1: 第一章 总则|2: 目的|1: 第二章 职责"},
		"an appendix":         {"2 1 甲|2 附录 A 乙|3 丙", "1:1 甲|1: 附录 A 乙|2: 丙"},
		"一、":                  {"2 一、甲|2 二、乙", "1: 一、甲|1: 二、乙"},
		"a year is no number": {"2 2026 年度计划|2 乙", "1:1 2026 年度计划|1:2 乙"},
		"a level left out":    {"1 甲|3 乙|2 丙", "1:1 甲|3: 乙|2:1.1 丙"},
		"nothing":             {"", ""},
	} {
		var blocks []PrintBlock
		for h := range strings.SplitSeq(c.in, "|") {
			if level, words, ok := strings.Cut(h, " "); ok {
				n, _ := strconv.Atoi(level)
				blocks = append(blocks, PrintBlock{Kind: PrintHeading, Level: n, Runs: []PrintRun{{Text: words}}}, PrintBlock{Kind: PrintParagraph})
			}
		}
		n := numberHeadings(blocks)
		var got []string
		for _, b := range blocks {
			if b.Kind == PrintHeading {
				got = append(got, strconv.Itoa(b.Level)+":"+b.Number+" "+textOfRuns(b.Runs))
			}
		}
		if s := strings.Join(got, "|"); s != c.want || n != len(got) {
			t.Errorf("%s: got %q (%d), want %q", name, s, n, c.want)
		}
	}
}
