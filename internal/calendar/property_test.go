package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func moments(c *Calendar) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		// Minutes from 2023, before the first published year, to 2028.
		start := time.Date(2023, 6, 1, 0, 0, 0, 0, c.zone)
		return start.Add(time.Duration(rapid.IntRange(0, 5*365*24*60).Draw(t, "minute")) * time.Minute)
	})
}

func intervals(c *Calendar) *rapid.Generator[[]Interval] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Interval {
		start := moments(c).Draw(t, "start")
		return Interval{start, start.Add(time.Duration(rapid.IntRange(-60, 20*24*60).Draw(t, "length")) * time.Minute)}
	}), 0, 4)
}

// Adding n working hours and measuring what lies between are inverse, whatever
// the pauses, and no earlier instant would do.
func TestDueAndWorkingAreInverse(t *testing.T) {
	c := company(t)
	rapid.Check(t, func(t *rapid.T) {
		start := moments(c).Draw(t, "start")
		n := rapid.IntRange(1, 200).Draw(t, "hours")
		pauses := intervals(c).Draw(t, "pauses")
		due := c.Due(start, Limit{n, WorkingHours}, pauses).At
		want := time.Duration(n) * time.Hour
		if got := c.Working(Interval{start, due}, pauses); got != want {
			t.Fatalf("%v to %v holds %v, want %v", start, due, got, want)
		}
		if got := c.Working(Interval{start, due.Add(-time.Minute)}, pauses); got >= want {
			t.Fatalf("%v is not the earliest due time", due)
		}
	})
}

// Working days agree with counting day by day.
func TestDueAgreesWithCounting(t *testing.T) {
	c := company(t)
	rapid.Check(t, func(t *rapid.T) {
		start := moments(c).Draw(t, "start")
		n := rapid.IntRange(0, 40).Draw(t, "days")
		day := DayOf(start)
		if clock(start) >= 18*time.Hour {
			day = day.Add(1)
		}
		for left := n; ; day = day.Add(1) {
			if work, _ := c.IsWorkday(day); work {
				if left == 0 {
					break
				}
				left--
			}
		}
		want := day.Start(c.zone).Add(18 * time.Hour)
		if got := c.Due(start, Limit{n, WorkingDays}, nil).At; !got.Equal(want) {
			t.Fatalf("%v + %d working days = %v, want %v", start, n, got, want)
		}
	})
}

// Working time adds up over any cut.
func TestWorkingIsAdditive(t *testing.T) {
	c := company(t)
	rapid.Check(t, func(t *rapid.T) {
		a := moments(c).Draw(t, "a")
		b := a.Add(time.Duration(rapid.IntRange(0, 90*24*60).Draw(t, "ab")) * time.Minute)
		e := b.Add(time.Duration(rapid.IntRange(0, 90*24*60).Draw(t, "bc")) * time.Minute)
		pauses := intervals(c).Draw(t, "pauses")
		sum := c.Working(Interval{a, b}, pauses) + c.Working(Interval{b, e}, pauses)
		if got := c.Working(Interval{a, e}, pauses); got != sum {
			t.Fatalf("%v to %v: %v, in two parts %v", a, e, got, sum)
		}
	})
}

// Periods partition time: each instant lies in one, and one begins where the
// last ended; what is written is read back.
func TestPeriodsPartitionTime(t *testing.T) {
	c := company(t)
	rapid.Check(t, func(t *rapid.T) {
		at := moments(c).Draw(t, "at")
		grain := rapid.SampledFrom([]Grain{Month, Quarter, Half, FullYear}).Draw(t, "grain")
		p := PeriodAt(grain, at)
		if !p.In(c.zone).Contains(at) {
			t.Fatalf("%v does not hold %v", p, at)
		}
		if next := p.Shift(1).In(c.zone); !next.Start.Equal(p.In(c.zone).End) || next.Contains(at) {
			t.Fatalf("%v does not begin where %v ends", p.Shift(1), p)
		}
		n := rapid.IntRange(-100, 100).Draw(t, "n")
		if p.Shift(n).Shift(-n) != p {
			t.Fatalf("%v shifted by %d and back is %v", p, n, p.Shift(n).Shift(-n))
		}
		if back, err := ParsePeriod(p.String()); err != nil || back != p {
			t.Fatalf("%v reads back as %v, %v", p, back, err)
		}
		if year := p.Of(FullYear); year.Year != at.Year() || year.Grain != FullYear {
			t.Fatalf("%v lies in year %v", p, year)
		}
	})
}

func TestDaysAreNumberedInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-800_000, 3_000_000).Draw(t, "n")
		d := dayNumbered(n)
		if d.number() != n || d.Add(1).number() != n+1 || d.Compare(d.Add(1)) >= 0 {
			t.Fatalf("day %d is %v with number %d", n, d, d.number())
		}
		wd := d.Start(time.UTC).Weekday()
		if weekday(n) != (wd != time.Saturday && wd != time.Sunday) {
			t.Fatalf("%v is a %v", d, wd)
		}
		step := weekdaysBefore(n+1) - weekdaysBefore(n)
		if (step == 1) != weekday(n) {
			t.Fatalf("%v adds %d weekdays", d, step)
		}
	})
}
