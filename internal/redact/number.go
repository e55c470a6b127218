package redact

import "slices"

// group is a row of digits, the characters from start up to end.
type group struct{ start, end int }

func (g group) len() int { return g.end - g.start }

// numbers looks at every row of digits, alone and joined with those that follow
// behind one separator, as people write 138 0013 8000 and 0519-8888 8888.
func (s *scanner) numbers() {
	groups := s.groups()
	for _, detect := range []func([]group) (Sort, int){s.resident, s.card, s.mobile, s.landline} {
		for i := range groups {
			if sort, n := detect(groups[i:]); n > 0 {
				end := groups[i+n-1].end
				if sort == Resident && s.rune(end)|0x20 == 'x' {
					end++
				}
				s.add(sort, groups[i].start, end)
			}
		}
	}
}

func (s *scanner) groups() []group {
	var groups []group
	for i := 0; i < len(s.runes); i++ {
		if !isDigit(s.runes[i]) {
			continue
		}
		g := group{i, i + 1}
		for isDigit(s.rune(g.end)) {
			g.end++
		}
		groups, i = append(groups, g), g.end
	}
	return groups
}

// joined gives the digits of the first groups that hold at least least and at
// most most of them, and how many groups those are; 0 where none do. Each of the
// groups follows the one before behind one space, dash or closing bracket.
func (s *scanner) joined(groups []group, least, most int) (string, int) {
	n := 0
	for i, g := range groups {
		if n += g.len(); i > 0 && !s.follows(groups[i-1], g) || n > most {
			return "", 0
		}
		if n >= least {
			return s.digits(groups[:i+1]), i + 1
		}
	}
	return "", 0
}

func (s *scanner) digits(groups []group) string {
	var row []byte
	for _, g := range groups {
		for _, r := range s.runes[g.start:g.end] {
			row = append(row, byte(r))
		}
	}
	return string(row)
}

func (s *scanner) follows(a, b group) bool {
	switch b.start - a.end {
	case 1:
		r := s.rune(a.end)
		return r == ' ' || r == '-' || r == ')'
	case 2:
		return s.rune(a.end) == ')' && s.rune(a.end+1) == ' '
	}
	return false
}

// mobile finds 11 digits of the form 1[3-9]…, with or without the code of China.
func (s *scanner) mobile(groups []group) (Sort, int) {
	if groups[0].len() < 2 {
		return "", 0
	}
	for _, prefix := range []string{"", "86", "0086"} {
		row, n := s.joined(groups, 11+len(prefix), 11+len(prefix))
		if n == 0 || row[:len(prefix)] != prefix || !mobileNumber(row[len(prefix):]) {
			continue
		}
		if first := groups[0].len(); n == 1 || slices.Contains([]int{3, 7, 11}, first-len(prefix)) || first == len(prefix) {
			return Mobile, n
		}
	}
	return "", 0
}

func mobileNumber(s string) bool { return s[0] == '1' && s[1] >= '3' && s[1] <= '9' }

// landline finds an area code and 7 or 8 digits.
func (s *scanner) landline(groups []group) (Sort, int) {
	if s.runes[groups[0].start] != '0' {
		return "", 0
	}
	first := groups[0].len()
	if first != 3 && first != 4 && first < 10 {
		return "", 0
	}
	best := 0
	for size := 10; size <= 12; size++ {
		if row, n := s.joined(groups, size, size); n > 0 && n <= 3 && landlineNumber(row) && (n == 1 || first == area(row)) {
			best = n
		}
	}
	return Landline, best
}

// area is the number of digits of an area code: 010 and 02x have three.
func area(row string) int {
	if row[1] <= '2' {
		return 3
	}
	return 4
}

func landlineNumber(row string) bool {
	if row[1] == '0' || row[1] == '1' && row[2] != '0' {
		return false
	}
	rest := row[area(row):]
	return (len(rest) == 7 || len(rest) == 8) && rest[0] >= '2' && rest[0] <= '8'
}

// resident finds 18 characters with a date of birth and the right last one.
func (s *scanner) resident(groups []group) (Sort, int) {
	if first := groups[0].len(); first != 6 && first < 17 || isLetter(s.rune(groups[0].start-1)) {
		return "", 0
	}
	for _, size := range []int{18, 17} {
		row, n := s.joined(groups, size, size)
		if n == 0 || n > 1 && groups[0].len() != 6 {
			continue
		}
		end := groups[n-1].end
		if size == 17 {
			if s.rune(end)|0x20 != 'x' || isWord(s.rune(end+1)) {
				continue
			}
			row += "X"
		} else if isLetter(s.rune(end)) {
			continue
		}
		if born(row[6:14]) && row[17] == residentCheck(row) {
			return Resident, n
		}
	}
	return "", 0
}

func born(day string) bool {
	century, month, date := day[:2], day[4:6], day[6:]
	return (century == "18" || century == "19" || century == "20") && month >= "01" && month <= "12" && date >= "01" && date <= "31"
}

// residentCheck is the last character that 17 digits demand (GB 11643, ISO 7064
// MOD 11-2).
func residentCheck(row string) byte {
	p := 0
	for i := range 17 {
		p = (p + int(row[i]-'0')) * 2 % 11
	}
	return "10X98765432"[p%11]
}

// card finds 16 to 19 digits of a bank card, the last of which checks the others.
func (s *scanner) card(groups []group) (Sort, int) {
	if first := groups[0].len(); first != 4 && first != 6 && first < 16 || isLetter(s.rune(groups[0].start-1)) {
		return "", 0
	}
	for size := 19; size >= 16; size-- {
		row, n := s.joined(groups, size, size)
		if n == 0 || n > 1 && groups[0].len() != 4 && groups[0].len() != 6 || isLetter(s.rune(groups[n-1].end)) {
			continue
		}
		if (row[0] >= '3' && row[0] <= '6' || row[:2] == "95") && luhn(row) {
			return Card, n
		}
	}
	return "", 0
}

func luhn(row string) bool {
	sum := 0
	for i := range len(row) {
		d := int(row[len(row)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
