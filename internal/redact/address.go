package redact

import (
	"net/netip"
	"strings"
)

// The most characters of a mail address before and behind its @.
const (
	maxLocal  = 64
	maxDomain = 255
)

// emails looks around every @.
func (s *scanner) emails() {
	for i, r := range s.runes {
		if r != '@' {
			continue
		}
		start, end := i, i+1
		for start > 0 && i-start < maxLocal && (isWord(s.runes[start-1]) || strings.ContainsRune("._%+-", s.runes[start-1])) {
			start--
		}
		dot := 0
		for end < len(s.runes) && end-i <= maxDomain && (isWord(s.runes[end]) || s.runes[end] == '-' || s.runes[end] == '.') {
			if s.runes[end] == '.' && isWord(s.rune(end+1)) {
				dot = end
			}
			end++
		}
		for end > i && s.runes[end-1] == '.' {
			end--
		}
		if start < i && dot > i+1 {
			s.add(Email, start, end)
		}
	}
}

// addresses looks at every row of digits, letters, dots and colons. What might be
// the number of a section or a version, as 5.1.2.3 and v10.0.0.1, is no address.
func (s *scanner) addresses() {
	for i := 0; i < len(s.runes); i++ {
		if !inAddress(s.runes[i]) {
			continue
		}
		end, dots, colons, long := i, 0, 0, false
		for ; inAddress(s.rune(end)); end++ {
			switch {
			case s.runes[end] == '.':
				dots++
			case s.runes[end] == ':':
				colons++
			case isDigit(s.runes[end]) && isDigit(s.rune(end+1)):
				long = true
			}
		}
		next := end
		for end > i && (s.runes[end-1] == '.' || s.runes[end-1] == ':') {
			end--
		}
		if dots >= 3 && long && colons <= 1 && !isLetter(s.rune(i-1)) {
			s.device(i, s.before(i, end, ':'))
		}
		if colons >= 3 && end-i <= 45 {
			s.device(i, end)
		}
		i = next
	}
}

func inAddress(r rune) bool {
	return isDigit(r) || r|0x20 >= 'a' && r|0x20 <= 'f' || r == '.' || r == ':'
}

// before ends a row at the first r, as an address ends at its port.
func (s *scanner) before(i, end int, r rune) int {
	for ; i < end; i++ {
		if s.runes[i] == r {
			return i
		}
	}
	return end
}

func (s *scanner) device(i, j int) {
	if j-i > 45 {
		return
	}
	if _, err := netip.ParseAddr(string(s.runes[i:j])); err == nil && j-i >= 7 {
		s.add(Address, i, j)
	}
}

// chats looks behind every mention of WeChat for an id: 6 to 20 characters, a
// letter first. Without a colon or 号 before it, it must not look like a word.
func (s *scanner) chats() {
	for i := range s.runes {
		from := s.mention(i)
		if from == 0 {
			continue
		}
		start, told := from, false
		for start-from < 8 && strings.ContainsRune(beforeIDs, s.rune(start)) && s.rune(start) != 0 {
			told = told || s.rune(start) == '号' || s.rune(start) == ':'
			start++
		}
		for start > from && isLetter(s.runes[start-1]) {
			start-- // an id may begin with the letters of ID
		}
		end, odd := start, false
		for isWord(s.rune(end)) || s.rune(end) == '_' || s.rune(end) == '-' {
			odd = odd || !isLetter(s.rune(end))
			end++
		}
		if n := end - start; n >= 6 && n <= 20 && isLetter(s.rune(start)) && (told || odd) {
			s.add(WeChat, start, end)
		}
	}
}

// mention is the place behind a mention of WeChat that begins at i, 0 for none.
func (s *scanner) mention(i int) int {
	if s.runes[i] == '微' && s.rune(i+1) == '信' {
		return i + 2
	}
	if s.runes[i]|0x20 == 'w' && i+6 <= len(s.runes) && !isWord(s.rune(i-1)) {
		if word := strings.ToLower(string(s.runes[i : i+6])); word == "wechat" || word == "weixin" {
			return i + 6
		}
	}
	return 0
}

// plates looks for a province, a letter and five or six letters and digits.
func (s *scanner) plates() {
	for i, r := range s.runes {
		if r < '\u4E00' || !isLetter(s.rune(i+1)) || !strings.ContainsRune(provinces, r) {
			continue
		}
		start := i + 2
		if strings.ContainsRune("· -", s.rune(start)) {
			start++
		}
		end, count := start, 0
		for ; isWord(s.rune(end)); end++ {
			if isDigit(s.runes[end]) {
				count++
			}
		}
		if strings.ContainsRune(plateTails, s.rune(end)) && end-start == 4 {
			end++
		}
		if n := end - start; (n == 5 || n == 6) && count >= 2 {
			s.add(Plate, i, end)
		}
	}
}
