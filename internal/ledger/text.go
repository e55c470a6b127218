package ledger

import (
	"strings"
	"unicode"

	"kept/internal/locale"
)

// Tidy is a cell's text as people mean it: without blanks at its ends, of any
// width, and without characters that nobody sees.
func Tidy(s string) string {
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
		return r
	}, s)
	return strings.TrimSpace(s)
}

// Fold is a text as names are compared: half width, lower case, without blanks.
func Fold(s string) string {
	s = locale.Narrow(Tidy(s))
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}

// heading is what a heading is compared by.
func heading(s string) string {
	s = marks.ReplaceAllString(Fold(s), "")
	return strings.TrimRight(numbering.ReplaceAllString(s, ""), ":")
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
