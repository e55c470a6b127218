package redact

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Covered stands in place of what is left out of a text.
const Covered = "▇▇▇"

// Text masks, in free text, what [Scan] suspects; all of it, however much there is.
func (p Policy) Text(s string) string {
	if signsOf(s) == 0 {
		return s
	}
	hits := scan(s)
	if len(hits) == 0 {
		return s
	}
	var b strings.Builder
	last := 0
	for _, h := range hits {
		b.WriteString(s[last:h.Start])
		b.WriteString(p.hit(h.Sort, s[h.Start:h.End]))
		last = h.End
	}
	b.WriteString(s[last:])
	return b.String()
}

// Value masks a whole value that is known to be personal: an address keeps its
// first letter and its domain, a number its first three and last four digits, a
// name, or a code for one, its first character.
func (p Policy) Value(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	item := Contact
	if hits := scan(s); len(hits) > 0 {
		item = itemOfSort(hits[0].Sort)
	}
	figures := figuresOf(s)
	switch {
	case strings.ContainsAny(s, "@＠"):
		item = Mail
	case item == Contact && len(figures) >= 7 && len(figures)*2 > utf8.RuneCountInString(s):
		item = Number
	}
	return p.masked(item, s)
}

func (p Policy) hit(sort Sort, s string) string { return p.masked(itemOfSort(sort), s) }

func itemOfSort(s Sort) Item {
	switch s {
	case Mobile, Landline, Resident, Card:
		return Number
	case Email:
		return Mail
	case Name:
		return Contact
	}
	return Device
}

func (p Policy) masked(item Item, s string) string {
	if p.Treat(item) != Masked {
		return Covered
	}
	switch item {
	case Number:
		return maskNumber(s)
	case Mail:
		return maskMail(s)
	}
	return first(s) + "**"
}

// maskNumber keeps the first three and the last four characters; the code of the
// country is left out.
func maskNumber(s string) string {
	row := figuresOf(s)
	if len(row) == 13 || len(row) == 15 {
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(string(row), "00"), "86"); ok && len(rest) == 11 {
			row = []rune(rest)
		}
	}
	if len(row) < 8 {
		return Covered
	}
	return string(row[:3]) + "****" + string(row[len(row)-4:])
}

// figuresOf are the digits of s, and the X that may end the number of an identity
// card.
func figuresOf(s string) []rune {
	var row []rune
	for _, r := range s {
		r = narrow(r)
		if d, ok := numeral(r); ok {
			r = d
		}
		if isDigit(r) || len(row) == 17 && r|0x20 == 'x' {
			row = append(row, r)
		}
	}
	return row
}

func maskMail(s string) string {
	i := strings.IndexAny(s, "@＠")
	_, size := utf8.DecodeRuneInString(s[i:])
	return first(s[:i]) + "***@" + s[i+size:]
}

func first(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// Secrets are values that may not stand in a text, such as those of hidden fields
// in a message about their record.
type Secrets []string

// NewSecrets sorts values so that longer ones go first. Those of fewer than
// three characters are left out: they are in every text.
func NewSecrets(values []string) Secrets {
	list := slices.DeleteFunc(slices.Clone(values), func(s string) bool { return utf8.RuneCountInString(s) < 3 })
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(list)
}

// Cover takes the secrets out of a text.
func (s Secrets) Cover(text string) string {
	for _, one := range s {
		text = strings.ReplaceAll(text, one, Covered)
	}
	return text
}
