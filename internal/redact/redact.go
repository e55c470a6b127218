// Package redact finds what looks like personal data in free text: numbers of
// phones, identity cards and bank cards, addresses, plates and names with a form
// of address (domain.md §10). It guesses from the form alone, so what it finds is
// a suspicion; full-width digits, and Chinese numerals used as digits, are read as
// digits. Its time grows with the length of the text and with nothing else.
package redact

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Sort is a sort of personal data.
type Sort string

// The sorts.
const (
	Mobile   Sort = "mobile"
	Landline Sort = "landline"
	Resident Sort = "resident" // resident identity number, its check digit right (GB 11643)
	Card     Sort = "card"     // bank card, its check digit right (Luhn)
	Email    Sort = "email"
	Address  Sort = "address" // of a device, IPv4 or IPv6
	WeChat   Sort = "wechat"
	Plate    Sort = "plate" // of a vehicle
	Name     Sort = "name"  // surname with a form of address
)

// Key is the message that says what was found at a place of a field: arguments
// field, line and column.
func (s Sort) Key() string {
	switch s {
	case Mobile:
		return "redact.mobile"
	case Landline:
		return "redact.landline"
	case Resident:
		return "redact.resident"
	case Card:
		return "redact.card"
	case Email:
		return "redact.email"
	case Address:
		return "redact.address"
	case WeChat:
		return "redact.wechat"
	case Plate:
		return "redact.plate"
	}
	return "redact.name"
}

// Hit is one suspicion: the bytes from Start up to End of the text.
type Hit struct {
	Sort       Sort
	Start, End int
}

// maxHits bounds what is told of one text.
const maxHits = 100

// Scan finds personal data in text, in the order of the text and at most 100;
// hits do not overlap.
func Scan(text string) []Hit {
	hits := scan(text)
	return hits[:min(len(hits), maxHits)]
}

func scan(text string) []Hit {
	signs := signsOf(text)
	if signs == 0 {
		return nil
	}
	s := &scanner{text: text}
	if signs.has(numerals) {
		s.normalise(true)
		s.numbers()
	}
	s.normalise(false)
	if signs.has(digits) {
		s.numbers()
	}
	if signs.has(at) {
		s.emails()
	}
	if signs.has(digits) {
		s.addresses()
		s.plates()
	}
	if signs.has(chats) {
		s.chats()
	}
	if signs.has(persons) {
		s.names()
	}
	slices.SortFunc(s.hits, func(a, b Hit) int { return a.Start - b.Start })
	return s.hits
}

// Place is the line and the column, in characters, of a byte of text, both from 1.
func Place(text string, offset int) (line, column int) {
	before := text[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// signs are what a text must hold for a sort of data to be in it.
type signs uint8

const (
	digits signs = 1 << iota
	numerals
	at
	chats
	persons
)

func (s signs) has(one signs) bool { return s&one != 0 }

// signsOf looks once over the text: most hold nothing and are left.
func signsOf(text string) signs {
	var found signs
	figures, spoken := 0, 0
	for _, r := range text {
		switch {
		case r < 0x80:
			switch {
			case isDigit(r) || r == ':':
				figures++
			case r == '@':
				found |= at
			case r|0x20 == 'w':
				found |= chats
			}
		case r >= '\uFF10' && r <= '\uFF1A':
			figures++
		case r == '\uFF20':
			found |= at
		case r == '微':
			found |= chats
		case endsForm(r):
			found |= persons
		default:
			if _, ok := numeral(r); ok {
				spoken++
			}
		}
	}
	if figures >= 3 {
		found |= digits
	}
	if spoken >= 3 && spoken+figures >= 7 {
		found |= numerals
	}
	return found
}

// scanner is a text as characters, normalised, each with its place.
type scanner struct {
	text  string
	runes []rune
	at    []int  // byte offset of each, and of the end
	taken []bool // by a hit, each character
	hits  []Hit
}

func (s *scanner) normalise(withNumerals bool) {
	if s.runes == nil {
		n := utf8.RuneCountInString(s.text)
		s.runes, s.at = make([]rune, 0, n), make([]int, 0, n+1)
	}
	s.runes, s.at = s.runes[:0], s.at[:0]
	for i, r := range s.text {
		if d, ok := numeral(r); ok && withNumerals {
			r = d
		}
		s.runes, s.at = append(s.runes, narrow(r)), append(s.at, i)
	}
	s.at = append(s.at, len(s.text))
}

// narrow makes full-width ASCII plain, and every dash and space one.
func narrow(r rune) rune {
	switch {
	case r >= '\uFF01' && r <= '\uFF5E':
		return r - 0xFEE0
	case r == '\u3000', r == '\u00A0', r == '\t':
		return ' '
	case r >= '\u2010' && r <= '\u2015', r == '\u2212':
		return '-'
	}
	return r
}

// numeral reads a Chinese numeral as the digit that it is spoken for.
func numeral(r rune) (rune, bool) {
	if r < '\u3007' {
		return 0, false
	}
	switch r {
	case '零', '〇':
		return '0', true
	case '一', '壹', '幺':
		return '1', true
	case '二', '贰':
		return '2', true
	case '三', '叁':
		return '3', true
	case '四', '肆':
		return '4', true
	case '五', '伍':
		return '5', true
	case '六', '陆':
		return '6', true
	case '七', '柒':
		return '7', true
	case '八', '捌':
		return '8', true
	case '九', '玖':
		return '9', true
	}
	return 0, false
}

// add takes the characters from i up to j in, unless they belong to another hit.
func (s *scanner) add(sort Sort, i, j int) bool {
	if s.taken == nil {
		s.taken = make([]bool, len(s.runes))
	}
	if slices.Contains(s.taken[i:j], true) {
		return false
	}
	for k := i; k < j; k++ {
		s.taken[k] = true
	}
	s.hits = append(s.hits, Hit{sort, s.at[i], s.at[j]})
	return true
}

// rune is the character at i, 0 outside the text.
func (s *scanner) rune(i int) rune {
	if i < 0 || i >= len(s.runes) {
		return 0
	}
	return s.runes[i]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

func isWord(r rune) bool { return isDigit(r) || isLetter(r) }
