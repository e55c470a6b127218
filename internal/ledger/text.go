package ledger

import (
	"strings"
	"unicode"

	"kept/internal/locale"
)

// Tidy is a cell's text as people mean it: without blanks at its ends, of any
// width, and without characters that nobody sees.
func Tidy(s string) string {
	if isTidy(s) {
		return s
	}
	return tidied(s)
}

func tidied(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case r == '\n', r == '\t':
			return r
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r):
			return -1
		case unicode.Is(unicode.Zs, r):
			return ' '
		}
		return locale.Unify(r)
	}, s)
	return strings.TrimSpace(s)
}

// isTidy tells a text of common characters that [Tidy] leaves as it is.
func isTidy(s string) bool {
	for i, r := range s {
		switch {
		case r > ' ' && r < 0x7f, isEast(r), r > 0xff00 && r < 0xff61: // full-width letters and marks
		case r == ' ' || r == '\n' || r == '\t':
			if i == 0 || i == len(s)-1 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isEast tells characters of Chinese and Japanese texts of which none is a blank, is
// seen by nobody, has a case or another width.
func isEast(r rune) bool { return r > 0x3000 && r < 0xa640 }

// Fold is a text as names are compared: half width, lower case, without blanks.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	s = locale.Narrow(Tidy(s))
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}

// isFolded tells a text of common characters that [Fold] leaves as it is.
func isFolded(s string) bool {
	for _, r := range s {
		if !(r > ' ' && r < 'A' || r > 'Z' && r < 0x7f || isEast(r)) {
			return false
		}
	}
	return true
}

// heading is what a heading is compared by.
func heading(s string) string {
	s = marks.ReplaceAllString(Fold(s), "")
	return strings.ReplaceAll(strings.TrimRight(numbering.ReplaceAllString(s, ""), ":."), "_", "")
}

// bare is a heading without what stands in brackets; "" where nothing else does.
func bare(h string) string { return aside.ReplaceAllString(h, "") }

// parted are the parts of a heading that says the same in two languages, or two
// things; none where it is one.
func parted(s string) []string {
	s = tongues.ReplaceAllString(Tidy(s), "$1$3\x00$2$4")
	if !strings.Contains(s, "\x00") {
		return nil
	}
	return strings.Split(s, "\x00")
}
