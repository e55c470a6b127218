package ledger

import (
	"strconv"
	"strings"
	"time"
)

// lesser reads the forms that few ledgers have: years of the Republic, months by
// name, Chinese digits without a year. It tells what says no day from what is no date.
func lesser(s string, year int, zone *time.Location) (moment, error) {
	if m := republic.FindStringSubmatch(s); m != nil {
		n := hanYear(m[1])
		return onDay(strconv.Itoa(firstRepublic+n), strconv.Itoa(hanOrPlain(m[2])), strconv.Itoa(hanOrPlain(m[3])), m[4], zone)
	}
	if m := hanYearless.FindStringSubmatch(s); m != nil {
		return readMoment(strconv.Itoa(hanNumber(m[1]))+"-"+strconv.Itoa(hanNumber(m[2]))+m[3], year, zone)
	}
	if shortNamed.MatchString(s) {
		return moment{}, errShortYear
	}
	if m, err := named(s, zone); err == nil {
		return m, nil
	}
	if dayless.MatchString(s) {
		return moment{}, errMonth
	}
	return moment{}, errNoDate
}

// firstRepublic is the year before the first one of the Republic of China's count.
const firstRepublic = 1911

func hanOrPlain(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return hanNumber(s)
}

// named reads dates with the month's English name.
func named(s string, zone *time.Location) (moment, error) {
	s = ordinal.ReplaceAllString(englishDay.ReplaceAllString(s, ""), "$1")
	m := namedDate.FindStringSubmatch(s)
	if m == nil {
		return moment{}, errNoDate
	}
	date := strings.Join(strings.FieldsFunc(m[1], func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' }), " ")
	for _, layout := range []string{"2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006"} {
		if t, err := time.ParseInLocation(layout, date, zone); err == nil {
			return withTime(t, m[2], zone)
		}
	}
	return moment{}, errNoDate
}
