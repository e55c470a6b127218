package redact

import (
	"strings"
	"unicode"
)

// names looks at what stands before every form of address.
func (s *scanner) names() {
	all := forms()
	for i, r := range s.runes {
		if !beginsForm(r) {
			continue
		}
		for _, f := range all {
			if s.says(i, f.word) {
				s.named(i, f)
			}
		}
	}
}

func (s *scanner) says(i int, word string) bool {
	for _, r := range word {
		if s.rune(i) != r {
			return false
		}
		i++
	}
	return true
}

// named reports the name that ends before i.
func (s *scanner) named(i int, f form) {
	if s.partOfAWord(i - 1) {
		return
	}
	most := 3
	if f.post {
		most = 1
	}
	end := i + len([]rune(f.word))
	for n := 1; n <= most; n++ {
		start := i - n
		if !s.surname(start) || strings.ContainsAny(string(s.runes[start+1:i]), particles) {
			continue
		}
		if f.post && !s.begins(start) {
			continue
		}
		if s.given(start+1, i) && s.add(Name, start, end) {
			return
		}
	}
}

func (s *scanner) surname(i int) bool {
	return s.rune(i) != 0 && strings.ContainsRune(surnames, s.rune(i))
}

// given tells whether the characters may be a given name.
func (s *scanner) given(i, j int) bool {
	for ; i < j; i++ {
		if !unicode.Is(unicode.Han, s.runes[i]) {
			return false
		}
	}
	return true
}

// begins tells whether a word may begin at i.
func (s *scanner) begins(i int) bool {
	r := s.rune(i - 1)
	return r == 0 || !unicode.Is(unicode.Han, r) || strings.ContainsRune(openings, r)
}
