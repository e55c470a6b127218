package calendar

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// shanghai is the zone of all vectors.
func shanghai(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func officeHours() []Window {
	return []Window{{9 * time.Hour, 12 * time.Hour}, {13 * time.Hour, 18 * time.Hour}}
}

// notice2018 and notice2019 are the vectors' fixture: the last days of 2018 are
// named by the notice for 2019 (domain.md §8).
func notice2018(t testing.TB) Year {
	return Year{
		Year: 2018,
		Off:  daysOf(t, "2018-01-01 2018-09-24 2018-10-01 2018-10-02 2018-10-03 2018-10-04 2018-10-05"),
	}
}

func notice2019(t testing.TB) Year {
	return Year{Year: 2019, Off: daysOf(t, "2018-12-30 2018-12-31 2019-01-01"), Workdays: daysOf(t, "2018-12-29")}
}

func daysOf(t testing.TB, list string) []Day {
	t.Helper()
	var days []Day
	for _, s := range strings.Fields(list) {
		d, err := ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		days = append(days, d)
	}
	return days
}

// shipped reads the days of a calendar record that kept ships.
func shipped(t testing.TB, year string) Year {
	t.Helper()
	data, err := os.ReadFile("../../templates/init/records/calendar/CN-" + year + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	off, workdays, ok := strings.Cut(string(data), "workdays:")
	if !ok {
		t.Fatalf("calendar of %s names no workdays", year)
	}
	date := regexp.MustCompile(`"(\d{4}-\d{2}-\d{2})"`)
	y := Year{Year: at(t, year+"-01-01 00:00").Year()}
	for _, m := range date.FindAllStringSubmatch(off, -1) {
		y.Off = append(y.Off, daysOf(t, m[1])...)
	}
	for _, m := range date.FindAllStringSubmatch(workdays, -1) {
		y.Workdays = append(y.Workdays, daysOf(t, m[1])...)
	}
	return y
}

// company is the calendar of the vectors: the shipped years and the fixture.
func company(t testing.TB) *Calendar {
	t.Helper()
	years := []Year{shipped(t, "2026"), notice2019(t), notice2018(t), shipped(t, "2024"), shipped(t, "2025")}
	c, err := New(shanghai(t), officeHours(), years)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at reads "2026-09-24 10:00" in Shanghai.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04:05"
	moment, err := time.ParseInLocation(layout[:len(s)], s, shanghai(t))
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// span reads "2026-09-24 14:00 2026-09-24 16:00".
func span(t testing.TB, s string) Interval {
	t.Helper()
	return Interval{Start: at(t, s[:16]), End: at(t, s[17:])}
}
