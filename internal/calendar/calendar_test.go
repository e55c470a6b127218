package calendar

import (
	"strings"
	"testing"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// TestShippedYearsAgree compares every day of the shipped years with a source
// that somebody else keeps.
func TestShippedYearsAgree(t *testing.T) {
	c := company(t)
	for d := (Day{2024, 1, 1}); d.Year < 2027; d = d.Add(1) {
		wd := d.Start(time.UTC).Weekday()
		want := wd != time.Saturday && wd != time.Sunday
		if h := HolidayUtil.GetHolidayByYmd(d.Year, int(d.Month), d.Day); h != nil {
			want = h.IsWork()
		}
		if got, known := c.IsWorkday(d); got != want || !known {
			t.Errorf("%s: workday %v, known %v; lunar-go says %v", d, got, known, want)
		}
	}
}

func TestShippedYearsStayInTheirYear(t *testing.T) {
	for _, year := range []string{"2024", "2025", "2026"} {
		y := shipped(t, year)
		if len(y.Off) < 20 || len(y.Workdays) < 5 {
			t.Errorf("calendar of %s names %d days off and %d workdays", year, len(y.Off), len(y.Workdays))
		}
		for _, d := range append(y.Off, y.Workdays...) {
			if !strings.HasPrefix(d.String(), year) {
				t.Errorf("calendar of %s names %s", year, d)
			}
		}
	}
}

// The working days of 2026 by month (domain.md §8).
func TestWorkdaysOf2026(t *testing.T) {
	c := company(t)
	for i, want := range []int{21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23} {
		got := 0
		for d := (Day{2026, time.Month(i + 1), 1}); int(d.Month) == i+1; d = d.Add(1) {
			if work, _ := c.IsWorkday(d); work {
				got++
			}
		}
		if got != want {
			t.Errorf("2026-%02d has %d working days, want %d", i+1, got, want)
		}
	}
}

func TestIsWorkdayOutsidePublishedYears(t *testing.T) {
	c := company(t)
	for s, want := range map[string]bool{"2027-01-01": true, "2027-01-02": false, "2023-10-02": true} {
		if work, known := c.IsWorkday(daysOf(t, s)[0]); work != want || known {
			t.Errorf("%s: workday %v, known %v", s, work, known)
		}
	}
}

func TestLaterNoticeCounts(t *testing.T) {
	day := daysOf(t, "2018-12-31")
	c, err := New(time.UTC, officeHours(), []Year{{Year: 2019, Off: day}, {Year: 2018, Workdays: day}})
	if err != nil {
		t.Fatal(err)
	}
	if work, _ := c.IsWorkday(day[0]); work {
		t.Error("2018-12-31 is worked in spite of the notice of 2019")
	}
}

func TestNewRefuses(t *testing.T) {
	hour := time.Hour
	for _, v := range []struct {
		name    string
		windows []Window
		years   []Year
		want    string
	}{
		{"no windows", nil, nil, "needs a working window"},
		{"overlap", []Window{{9 * hour, 12 * hour}, {11 * hour, 18 * hour}}, nil, "does not fit"},
		{"backwards", []Window{{12 * hour, 9 * hour}}, nil, "does not fit"},
		{"next day", []Window{{20 * hour, 25 * hour}}, nil, "does not fit"},
		{"before midnight", []Window{{-hour, hour}}, nil, "does not fit"},
		{"a year twice", officeHours(), []Year{{Year: 2026}, {Year: 2026}}, "year 2026 is given twice"},
	} {
		if _, err := New(time.UTC, v.windows, v.years); err == nil || !strings.Contains(err.Error(), v.want) {
			t.Errorf("%s: error %v, want %q", v.name, err, v.want)
		}
	}
}

// TestWorkdaysAreCountedOneByOne compares the count with the days themselves, over
// the National Day of 2026 and its make-up days.
func TestWorkdaysAreCountedOneByOne(t *testing.T) {
	c := company(t)
	first := daysOf(t, "2026-09-20")[0]
	for span := range 40 {
		n := 0
		for i := range span {
			if work, _ := c.IsWorkday(first.Add(i + 1)); work {
				n++
			}
		}
		if got := c.Workdays(first, first.Add(span)); got != n {
			t.Errorf("%d days from %v hold %d working days, want %d", span, first, got, n)
		}
	}
	if got := c.Workdays(first, first.Add(-9)); got != 0 {
		t.Errorf("backwards: %d", got)
	}
}
