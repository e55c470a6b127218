package locale

import (
	"unicode"

	"golang.org/x/text/width"
)

// Columns is how many columns of a terminal s takes: two for a wide character,
// none for one that joins the character before it.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
				n++
			}
		}
	}
	return n
}
