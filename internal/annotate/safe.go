// Package annotate writes findings for people and machines: as text, as JSON, as
// annotations of a forge, as code quality, as SARIF and as a comment in Markdown.
// What comes out of records and file names is made harmless for terminals, CI logs
// and forges first.
package annotate

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// logCommand is the older form of a CI log's command, which runners obey anywhere
// in a line: ##[group], ##vso[task.complete].
var logCommand = regexp.MustCompile(`##([A-Za-z]*)\[`)

// Safe makes text harmless for a terminal and for the log of a CI job: control
// characters, line breaks and characters that change the direction of writing are
// shown as \u{…}, and nothing reads as a command to the runner.
func Safe(s string) string {
	if strings.ContainsFunc(s, unsafe) {
		var b strings.Builder
		for _, r := range s {
			if unsafe(r) {
				fmt.Fprintf(&b, "\\u{%x}", r)
				continue
			}
			b.WriteRune(r)
		}
		s = b.String()
	}
	if strings.HasPrefix(strings.TrimSpace(s), "::") {
		s = strings.Replace(s, "::", `\u{3a}:`, 1)
	}
	if strings.Contains(s, "##") {
		s = logCommand.ReplaceAllString(s, `#\u{23}$1[`)
	}
	return s
}

func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
}
