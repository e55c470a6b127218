package portal

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// The redaction classes of fields (x-class; domain.md §10). Staff and the empty
// class are shown as they are.
const (
	classPersonal   = "personal"   // masked
	classRestricted = "restricted" // left out
	classMoney      = "money"      // left out
)

// omits tells whether the internal edition leaves out fields of a class.
func omits(class string) bool { return class == classRestricted || class == classMoney }

// hides tells whether a field's value may not stand in a page as it was typed.
func hides(class string) bool { return class == classPersonal || omits(class) }

// maskValue masks what is known to be personal: an address keeps its first
// letter and its domain, a number its first three and last four digits, a name
// its first character.
func maskValue(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if name, domain, ok := strings.Cut(s, "@"); ok {
		return first(name) + "***@" + domain
	}
	if digits := countDigits(s); digits >= 7 && digits*2 > utf8.RuneCountInString(s) {
		r := []rune(s)
		return string(r[:3]) + "****" + string(r[len(r)-4:])
	}
	return first(s) + "**"
}

func first(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

func countDigits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// personal finds addresses, resident ids, mobile and landline numbers. RE2 has
// no look-around: the neighbours are checked in code.
var personal = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+` +
	`|[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]` +
	`|(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}` +
	`|0[0-9]{2,3}-?[0-9]{7,8}`)

// maskText masks what looks personal inside free text. Full-width digits are
// read, and written, as plain ones.
func maskText(s string) string {
	if !suspicious(s) {
		return s
	}
	s = strings.Map(narrow, s)
	var b strings.Builder
	last := 0
	for _, m := range personal.FindAllStringIndex(s, -1) {
		if touchesDigit(s, m[0], m[1]) {
			continue
		}
		b.WriteString(s[last:m[0]])
		b.WriteString(maskValue(s[m[0]:m[1]]))
		last = m[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

// suspicious is a cheap test that most texts fail: whatever personal finds holds
// an @, or ten digits with nothing but hyphens and blanks between them.
func suspicious(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r == '@' || r == '＠':
			return true
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			if digits++; digits == 10 {
				return true
			}
		case r != '-' && r != ' ':
			digits = 0
		}
	}
	return false
}

func narrow(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '＠':
		return '@'
	}
	return r
}

func touchesDigit(s string, start, end int) bool {
	return start > 0 && isDigit(s[start-1]) || end < len(s) && isDigit(s[end])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
