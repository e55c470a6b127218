package ledger

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/locale"
)

// Errors of reading a date.
var (
	errNoDate    = errors.New("no date")
	errNoYear    = errors.New("no year")
	errAmbiguous = errors.New("day and month cannot be told apart")
	errShortYear = errors.New("year of two digits")
	errNoDay     = errors.New("time of day without a day")
	errTenth     = errors.New("day that lost its zero")
	errMonth     = errors.New("month or year without a day")
	errEpoch     = errors.New("small number shown as a day")
)

// moment is a date, or a time of day on it.
type moment struct {
	time  time.Time
	timed bool // it says a time of day
}

// The last day that a spreadsheet knows, 9999-12-31.
const lastSerial = 2958465

// serial reads a spreadsheet's day number: days since 1899-12-30, whose fraction
// is the time of day, or since 1904-01-01.
func serial(number string, from1904 bool, zone *time.Location) (moment, bool) {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n < 1 {
		return moment{}, false
	}
	d, ok := SerialTime(n, from1904)
	t := time.Date(d.Year(), d.Month(), d.Day(), d.Hour(), d.Minute(), d.Second(), 0, zone)
	return moment{t, d.Hour() != 0 || d.Minute() != 0 || d.Second() != 0}, ok
}

// SerialTime is the day and time of day that a spreadsheet's number stands for, to
// the second, in no zone; false of a number that stands for none.
func SerialTime(n float64, from1904 bool) (time.Time, bool) {
	if !(n >= 0 && n < lastSerial+1) {
		return time.Time{}, false
	}
	day, part := math.Modf(n)
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day < 61: // 1900-02-29 never was
		first = first.AddDate(0, 0, 1)
	}
	return first.AddDate(0, 0, int(day)).Add(time.Duration(math.Round(part*86400)) * time.Second), true
}

// leapYear is a year in which every day is to be found that some year has.
const leapYear = 2024

// when reads a cell's date: the day behind it where the cell is shown as a day, or
// where its bare number is one of this century, else what it says.
func (r *reader) when(cell Cell, text string) (moment, error) {
	number := cell.Number
	if number == "" && bareSerial.MatchString(text) {
		number = text
	}
	if n, err := strconv.ParseFloat(number, 64); err == nil && (cell.Dated || n >= firstBare && n < lastBare) {
		if m, ok := serial(number, r.from1904, r.zone); ok {
			return m, plausible(m)
		}
	}
	// Of a number 9.3 nobody knows whether 9.3 or 9.30 was typed; text files hold
	// what a spreadsheet made of it.
	if (cell.Number != "" || r.plain) && lostZero.MatchString(text) {
		return moment{}, errTenth
	}
	m, err := readMoment(text, r.year, r.zone)
	switch {
	case err == nil:
		err = plausible(m)
	case errors.Is(err, errAmbiguous) && r.order != "":
		return r.ordered(text)
	}
	return m, err
}

// ordered reads 3/4/2026 as the mapping says that this file's dates run.
func (r *reader) ordered(text string) (moment, error) {
	m := yearLast.FindStringSubmatch(plainDate(text))
	if r.order == dayFirst {
		return onDay(m[3], m[2], m[1], m[4], r.zone)
	}
	return onDay(m[3], m[1], m[2], m[4], r.zone)
}

// The orders of day and month that a mapping may state.
const (
	dayFirst   = "day-first"
	monthFirst = "month-first"
)

// firstYear is after the days of small numbers, in either system: 1900-01-05 is a 5
// in a column of dates, and no day on which anything happened.
const firstYear = 1906

func plausible(m moment) error {
	if m.time.Year() < firstYear {
		return errEpoch
	}
	return nil
}

// The days, as numbers, of the years 2000 to 2099 in either system.
const (
	firstBare = 35064
	lastBare  = 73051
)

// readMoment reads a date as people write it. year stands in for one that is not
// written, 0 for none known.
func readMoment(text string, year int, zone *time.Location) (moment, error) {
	if m, ok := commonMoment(text, zone); ok {
		return m, nil
	}
	return uncommonMoment(text, year, zone)
}

func uncommonMoment(text string, year int, zone *time.Location) (moment, error) {
	s := plainDate(text)
	switch {
	case longDate.MatchString(s):
		m := longDate.FindStringSubmatch(s)
		return onDay(m[1], m[2], m[3], m[4], zone)
	case solidDate.MatchString(s):
		m := solidDate.FindStringSubmatch(s)
		return onDay(m[1], m[2], m[3], m[4], zone)
	case solidTime.MatchString(s):
		m := solidTime.FindStringSubmatch(s)
		return onDay(m[1], m[2], m[3], m[4]+":"+m[5]+":"+cmp.Or(m[6], "00"), zone)
	case yearLast.MatchString(s):
		m := yearLast.FindStringSubmatch(s)
		return eitherFirst(m, zone)
	case shortYear.MatchString(s):
		return moment{}, errShortYear
	case yearless.MatchString(s):
		m := yearless.FindStringSubmatch(s)
		read, err := onDay(strconv.Itoa(cmp.Or(year, leapYear)), m[1], m[2], m[3], zone)
		if err == nil && year == 0 {
			err = errNoYear
		}
		return read, err
	case s != "" && dayTime.MatchString(s):
		return moment{}, errNoDay
	}
	return lesser(s, year, zone)
}

// plainDate is a date of one width, with one kind of dash, without the day of the
// week and blanks around Chinese units, in Arabic digits where it is written in
// Chinese ones throughout.
func plainDate(text string) string {
	s := dashes.ReplaceAllString(locale.Narrow(Tidy(text)), "-")
	s = strings.Join(strings.Fields(weekday.ReplaceAllString(s, " ")), " ")
	s = unitBlanks.ReplaceAllString(s, "$1")
	if m := hanDate.FindStringSubmatch(s); m != nil {
		year, month, day := hanYear(m[1]), hanNumber(m[2]), hanNumber(m[3])
		s = strconv.Itoa(year) + "-" + strconv.Itoa(month) + "-" + strconv.Itoa(day) + m[4]
	}
	return s
}

// hanYear reads 二〇二六.
func hanYear(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n := 0
	for _, r := range s {
		n = n*10 + hanDigits[r]
	}
	return n
}

// hanNumber reads 九, 十二, 二十, 三十一 and 廿三.
func hanNumber(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case '十':
			n = max(n, 1) * 10
		case '廿':
			n = 20
		default:
			n += hanDigits[r]
		}
	}
	return n
}

// eitherFirst reads 9/30/2026 and 30/9/2026, which only the numbers tell apart.
func eitherFirst(m []string, zone *time.Location) (moment, error) {
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[2])
	switch {
	case first > 12:
		return onDay(m[3], m[2], m[1], m[4], zone)
	case second > 12 || first == second:
		return onDay(m[3], m[1], m[2], m[4], zone)
	}
	return moment{}, errAmbiguous
}

// onDay is a day and what is written behind it.
func onDay(year, month, day, rest string, zone *time.Location) (moment, error) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return moment{}, errNoDate
	}
	return withTime(t, rest, zone)
}

// withTime is a day and the time of day that is written behind it, if any.
func withTime(t time.Time, rest string, zone *time.Location) (moment, error) {
	if strings.TrimSpace(rest) == "" || halfDay.MatchString(rest) {
		return moment{t, false}, nil
	}
	part := dayTime.FindStringSubmatch(rest)
	if part == nil {
		return moment{}, errNoDate
	}
	return atHour(t, part, zone)
}

// atHour is a day's time, of the pieces of dayTime.
func atHour(day time.Time, part []string, zone *time.Location) (moment, error) {
	hour, _ := strconv.Atoi(part[2])
	minute, _ := strconv.Atoi(part[4])
	if part[3] != "" {
		minute = 30
	}
	second, _ := strconv.Atoi(part[5] + part[6])
	half := strings.ToLower(part[1] + part[7])
	switch {
	case night[half] && (hour < 5 || hour == 12 && minute > 0):
		return moment{}, errNoDate // of which day, nobody knows
	case night[half] && hour == 12:
		hour = 24
	case (night[half] || afternoon[half]) && hour < 12, noon[half] && hour < 11:
		hour += 12
	case morning[half] && hour == 12:
		hour = 0
	}
	midnight := hour == 24 && minute == 0 && second == 0
	if hour > 23 && !midnight || minute > 59 || second > 59 {
		return moment{}, errNoDate
	}
	if part[8] != "" {
		offset, err := time.Parse("Z0700", zeroZone.Replace(part[8]))
		if err != nil {
			return moment{}, errNoDate
		}
		zone = offset.Location()
	}
	return moment{time.Date(day.Year(), day.Month(), day.Day(), hour, minute, second, 0, zone), true}, nil
}

// zeroZone writes a zone without colon, and that of Greenwich as one letter.
var zeroZone = strings.NewReplacer(":", "", "UTC", "Z", "GMT", "Z")

// yearOf is the year of dates that have none: the one that the sheet's name says,
// else the one that the file's name and the lines above the header say between them.
// Above a header only a year counts that is called one; 0 where nothing or more than
// one is said.
func yearOf(sheet, file string, above []string) int {
	if years := yearsIn(sheet, false); len(years) > 0 {
		return only(years)
	}
	years := yearsIn(file, false)
	for _, text := range above {
		years = append(years, yearsIn(text, true)...)
	}
	return only(years)
}

// only is the one year of a list, 0 where there are none or several.
func only(years []int) int {
	years = slices.Compact(slices.Sorted(slices.Values(years)))
	if len(years) != 1 {
		return 0
	}
	return years[0]
}

// yearsIn are the years of this century that a text says, or calls so.
func yearsIn(text string, called bool) []int {
	text = hanYears.ReplaceAllStringFunc(locale.Narrow(text), func(s string) string {
		return strconv.Itoa(hanYear(strings.TrimSuffix(s, yearSign))) + yearSign
	})
	var years []int
	for _, at := range digits.FindAllStringIndex(text, -1) {
		y, _ := strconv.Atoi(text[at[0]:at[1]])
		if at[1]-at[0] != 4 || y < 2000 || y > 2099 || called && !strings.HasPrefix(strings.TrimSpace(text[at[1]:]), yearSign) {
			continue
		}
		years = append(years, y)
	}
	return years
}
