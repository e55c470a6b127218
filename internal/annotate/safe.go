// Package annotate writes findings for people and machines: as text, as JSON and
// as annotations of a forge. What comes out of records and file names is made
// harmless for terminals and CI logs first.
package annotate

import (
	"fmt"
	"strings"
	"unicode"
)

// Safe makes text harmless for a terminal: control characters, line breaks and
// characters that change the direction of writing are shown as \u{…}.
func Safe(s string) string {
	if !strings.ContainsFunc(s, unsafe) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unsafe(r) {
			fmt.Fprintf(&b, "\\u{%x}", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
}
