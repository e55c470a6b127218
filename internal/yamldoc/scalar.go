package yamldoc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// longText is the number of characters from which a text on one line is
// written as a literal block.
const longText = 80

// numberLike covers what some YAML reader takes for a number, a date or a time:
// 08, 1_000, 0x1F, 1:30, 2026-09-01, 2026-09-01T10:00:00+08:00.
var numberLike = regexp.MustCompile(`^[-+.]?[0-9][-+0-9a-fA-FxXoOTtZz:._ ]*$`)

// reserved tells the words that some YAML reader takes for a flag or nothing.
func reserved(s string) bool {
	if len(s) > len("false") {
		return false
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return true
	}
	return false
}

// quoted writes a string on one line: plain where every YAML reader takes it
// for the same text, else in double quotes, or in single ones where those would
// need escapes.
func quoted(s string, inFlow bool) string {
	if plainReads(s) && !(inFlow && strings.ContainsAny(s, ",[]{}:#?")) {
		return s
	}
	if strings.ContainsAny(s, "\"\\") && !strings.ContainsFunc(s, mustEscape) {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return doubleQuoted(s)
}

func plainReads(s string) bool {
	switch {
	case s == "" || strings.TrimSpace(s) != s:
		return false
	case strings.ContainsAny(s[:1], "-?:,[]{}#&*!|>'\"%@`.+<=~"):
		return false
	case strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":"):
		return false
	case s[0] <= '9' && numberLike.MatchString(s) || reserved(s):
		return false
	}
	return !strings.ContainsFunc(s, mustEscape)
}

func mustEscape(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError || invisible(r) }

func doubleQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == utf8.RuneError:
			b.WriteString(`\uFFFD`)
		case mustEscape(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// literal tells whether a text is written as a block, and can be so without
// loss: its first line must show the indentation, its end the chomping.
func literal(s string) bool {
	if strings.IndexByte(s, '\n') < 0 && utf8.RuneCountInString(s) <= longText {
		return false
	}
	body := strings.TrimRight(s, "\n")
	if body == "" || strings.ContainsAny(body[:1], " \t\n") || strings.TrimRight(body, " \t") != body {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && mustEscape(r) })
}

// block writes a literal block's header and lines.
func block(b *strings.Builder, s, indent string) {
	body := strings.TrimRight(s, "\n")
	switch len(s) - len(body) {
	case 0:
		b.WriteString("|-")
	case 1:
		b.WriteString("|")
	default:
		b.WriteString("|+")
	}
	b.WriteByte('\n')
	for line := range strings.SplitSeq(body, "\n") {
		if line != "" {
			b.WriteString(indent)
			b.WriteString(line)
		}
		b.WriteByte('\n')
	}
	for range len(s) - len(body) - 1 {
		b.WriteByte('\n')
	}
}
