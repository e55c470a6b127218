package pdf

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes a text that can be set as it is: lines end with \n, of more than two
// empty ones below each other two are left, tabs and odd blanks are blanks, and every character that the face lacks or that would act
// instead of being read is written as [U+20BB7] and told to report.
func (f *face) clean(s string, report func(rune)) string {
	if f.isClean(s) {
		return s
	}
	var b strings.Builder
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	ends := 0
	for _, r := range s {
		if ends++; r != '\n' {
			ends = 0
		}
		switch {
		case ends > mostEnds:
		case r == '\t' || unicode.Is(unicode.Zs, r) && r != 0x3000:
			b.WriteByte(' ')
		case r == '\n' || f.plain(r):
			b.WriteRune(r)
		default:
			b.WriteString("[" + codePoint(r) + "]")
			report(r)
		}
	}
	return b.String()
}

// mostEnds is how many ends of lines stand behind each other.
const mostEnds = 3

func (f *face) isClean(s string) bool {
	ends := 0
	for _, r := range s {
		if r == '\n' {
			if ends++; ends > mostEnds {
				return false
			}
			continue
		}
		ends = 0
		if !f.plain(r) || r == utf8.RuneError {
			return false
		}
	}
	return true
}

func (f *face) plain(r rune) bool { return f.look(r).class&printable != 0 }

// codePoint names a character as Unicode does: U+20BB7.
func codePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }
