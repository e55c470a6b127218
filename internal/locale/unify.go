package locale

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unified are radicals, as text copied from a PDF has them, and the characters that
// they stand for in simplified Chinese, where Unicode names none or another.
var unified = pairs("⼾户⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟")

func pairs(s string) map[rune]rune {
	m := map[rune]rune{}
	list := []rune(s)
	for i := 0; i < len(list); i += 2 {
		m[list[i]] = list[i+1]
	}
	return m
}

// Unify is the usual character for one that only looks the same: a radical, or a twin
// kept for the sake of other character sets. Any other is returned as it is.
func Unify(r rune) rune {
	if r < 0x2E80 || r >= 0x2FE0 && r < 0xF900 || r >= 0xFB00 {
		return r
	}
	if u, known := unified[r]; known {
		return u
	}
	if u, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r))); u != utf8.RuneError {
		return u
	}
	return r
}
