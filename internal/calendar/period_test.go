package calendar

import (
	"testing"
	"time"
)

func TestParsePeriod(t *testing.T) {
	for s, want := range map[string]Period{
		"2026-09": {Month, 2026, 9},
		"2026-12": {Month, 2026, 12},
		"2026-Q3": {Quarter, 2026, 3},
		"2026-H1": {Half, 2026, 1},
		"2026":    {FullYear, 2026, 1},
	} {
		if got, err := ParsePeriod(s); err != nil || got != want || got.String() != s {
			t.Errorf("%s reads as %+v, %v", s, got, err)
		}
	}
	for _, s := range []string{
		"", "26-09", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-H3", "2026-Q", "2026-9",
		"2026/09", "2026-q1", "2026-+1", "0000", "2026-09-01", "２０２６", "2026-Q12",
	} {
		if got, err := ParsePeriod(s); err == nil || got != (Period{}) {
			t.Errorf("%q reads as %+v", s, got)
		}
	}
}

func TestPeriodIn(t *testing.T) {
	for s, want := range map[string]string{
		"2026-09": "2026-09-01 00:00 2026-10-01 00:00",
		"2026-12": "2026-12-01 00:00 2027-01-01 00:00",
		"2026-Q4": "2026-10-01 00:00 2027-01-01 00:00",
		"2026-H1": "2026-01-01 00:00 2026-07-01 00:00", // §15.4
		"2026-H2": "2026-07-01 00:00 2027-01-01 00:00",
		"2026":    "2026-01-01 00:00 2027-01-01 00:00",
	} {
		p, err := ParsePeriod(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.In(shanghai(t)); !got.Start.Equal(span(t, want).Start) || !got.End.Equal(span(t, want).End) {
			t.Errorf("%s is %v, want %s", s, got, want)
		}
	}
}

func TestPeriodShiftAndOf(t *testing.T) {
	for _, v := range []struct {
		from  string
		shift int
		want  string
		grain Grain
		of    string
	}{
		{"2026-09", 4, "2027-01", Quarter, "2026-Q3"},
		{"2026-01", -1, "2025-12", Half, "2026-H1"},
		{"2026-Q4", 1, "2027-Q1", FullYear, "2026"},
		{"2026-H2", -3, "2025-H1", Month, "2026-07"},
		{"2026", -1, "2025", Month, "2026-01"},
	} {
		p, err := ParsePeriod(v.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Shift(v.shift).String(); got != v.want {
			t.Errorf("%s shifted by %d is %s, want %s", v.from, v.shift, got, v.want)
		}
		if got := p.Of(v.grain).String(); got != v.of {
			t.Errorf("%s lies in %s, want %s", v.from, got, v.of)
		}
	}
}

func TestZeroPeriodIsNone(t *testing.T) {
	var p Period
	if p.String() != "" || p.Shift(3) != p || p.Of(Month) != p || p.In(time.UTC) != (Interval{}) {
		t.Error("the zero period is not none")
	}
	if got := PeriodAt("week", time.Now()); got != p {
		t.Errorf("a period of unknown grain is %v", got)
	}
}

func TestParseDay(t *testing.T) {
	if d, err := ParseDay("2026-02-28"); err != nil || d != (Day{2026, 2, 28}) || d.String() != "2026-02-28" {
		t.Errorf("got %v, %v", d, err)
	}
	for _, s := range []string{"", "2026-02-29", "2026-2-1", "2026-09-24T10:00:00+08:00", "20260924"} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("%q reads as %v", s, d)
		}
	}
	if got := (Day{2026, 12, 31}).Add(1); got != (Day{2027, 1, 1}) {
		t.Errorf("the day after 2026-12-31 is %v", got)
	}
}

func TestGrainFits(t *testing.T) {
	grains := []Grain{Month, Quarter, Half, FullYear}
	for i, g := range grains {
		for j, o := range grains {
			if got := g.Fits(o); got != (i <= j) {
				t.Errorf("%s fits %s: %v", g, o, got)
			}
		}
		if g.Fits("") || Grain("").Fits(g) {
			t.Errorf("%s and no grain fit", g)
		}
	}
}
