package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Day is a calendar day without a zone.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDay reads YYYY-MM-DD and refuses days that do not exist.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is not a date, write YYYY-MM-DD", s)
	}
	return DayOf(t), nil
}

// DayOf is the day of t in t's zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{Year: y, Month: m, Day: d}
}

// String writes YYYY-MM-DD.
func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// Start is midnight at the beginning of d in zone.
func (d Day) Start(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// Add is the day n days later.
func (d Day) Add(n int) Day { return DayOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC)) }

// Compare orders days.
func (d Day) Compare(o Day) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

const daySeconds = 24 * 60 * 60

// number counts days from Thursday, 1970-01-01.
func (d Day) number() int {
	return floorDiv(int(d.Start(time.UTC).Unix()), daySeconds)
}

func dayNumbered(n int) Day { return DayOf(time.Unix(int64(n)*daySeconds, 0).UTC()) }

// weekday tells whether day number n is a Monday to Friday.
func weekday(n int) bool { return n+3-7*floorDiv(n+3, 7) < 5 }

// weekdaysBefore counts Mondays to Fridays from 1969-12-29, a Monday, up to the
// day before n; it is negative for earlier days.
func weekdaysBefore(n int) int {
	weeks := floorDiv(n+3, 7)
	return 5*weeks + min(n+3-7*weeks, 5)
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// ParseInstant reads an RFC 3339 time, or a local one in zone as people and browsers
// write it, to the minute or the second.
func ParseInstant(s string, zone *time.Location) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", time.DateTime, "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
