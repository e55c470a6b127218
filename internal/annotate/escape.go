package annotate

import (
	"fmt"
	"strings"
	"unicode"
)

// reserved are the marks with a meaning in Markdown, HTML or mathematics.
const reserved = "&<>|`\\*_~[](){}!#$^\"'"

// naming are the marks by which forges find people, tickets, labels and the like
// in text that has been rendered already.
const naming = "@#!$%&~^*"

// apart is a character without width: it keeps a forge from seeing a name or an
// address where there is text.
const apart = "&#8203;"

// plain makes text of anything for a comment in Markdown, for a table's cell as for
// a line: nothing in it is a mark, a tag, a mention, a number of a ticket or an
// address.
func plain(s string) string {
	runes := []rune(strings.TrimSpace(Safe(s)))
	var b strings.Builder
	for i, r := range runes {
		if strings.ContainsRune(reserved, r) || r == '@' {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
		if i+1 < len(runes) && parts(runes[:i+1], runes[i+1]) {
			b.WriteString(apart)
		}
	}
	return b.String()
}

// parts tells whether text and its next character must be kept apart: @name, #12,
// GH-12, https://, www.
func parts(before []rune, next rune) bool {
	r := before[len(before)-1]
	switch {
	case strings.ContainsRune(naming, r):
		return unicode.IsLetter(next) || unicode.IsDigit(next) || next == '"' || next == '\''
	case r == ':':
		return next == '/'
	case next == '.':
		return endsWith(before, "www")
	case next == '-':
		return endsWith(before, "gh")
	}
	return false
}

func endsWith(runes []rune, word string) bool {
	n := len(word)
	return len(runes) >= n && strings.EqualFold(string(runes[len(runes)-n:]), word)
}

// item is text in Markdown for a line of a list, in which it begins no list of its
// own.
func item(text string) string {
	if text != "" && strings.ContainsRune("-+=0123456789", rune(text[0])) {
		return apart + text
	}
	return text
}

// link is a link in Markdown, or the text alone where there is no address.
func link(text, address string) string {
	if address == "" {
		return plain(text)
	}
	return "[" + plain(text) + "](" + address + ")"
}
