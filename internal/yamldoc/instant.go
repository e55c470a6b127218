package yamldoc

import "time"

// commonInstant reads the form in which kept writes a time, 2026-09-01T10:00:00+08:00,
// without an expression: a record's times are read again and again. What it does not
// read is another form, or no time that exists; a test holds it against [anyInstant].
func commonInstant(s string) (time.Time, bool) {
	const form = "0000-00-00T00:00:00+00:00"
	if len(s) != len(form) || s[19] != '+' && s[19] != '-' {
		return time.Time{}, false
	}
	for i := range len(form) {
		if digit := s[i] >= '0' && s[i] <= '9'; i != 19 && digit != (form[i] == '0') || !digit && i != 19 && s[i] != form[i] {
			return time.Time{}, false
		}
	}
	two := func(at int) int { return int(s[at]-'0')*10 + int(s[at+1]-'0') }
	year, month, day := two(0)*100+two(2), two(5), two(8)
	hour, minute, second := two(11), two(14), two(17)
	if hour > 23 || minute > 59 || second > 59 || two(20) > 23 || two(23) > 59 {
		return time.Time{}, false
	}
	offset := two(20)*3600 + two(23)*60
	if s[19] == '-' {
		offset = -offset
	}
	zone := time.UTC
	if offset != 0 {
		zone = time.FixedZone("", offset)
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, zone)
	return t, t.Year() == year && int(t.Month()) == month && t.Day() == day
}
