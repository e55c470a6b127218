package metric

import (
	"testing"

	"kept/internal/calendar"
)

func TestTargetAt(t *testing.T) {
	targets := []Target{
		{From: calendar.Day{Year: 2026, Month: 7, Day: 1}, Value: rat(98, 1)},
		{From: calendar.Day{Year: 2024, Month: 1, Day: 1}, Value: rat(95, 1)},
	}
	for day, want := range map[calendar.Day]int64{
		{Year: 2026, Month: 6, Day: 30}: 95,
		{Year: 2026, Month: 7, Day: 1}:  98,
	} {
		if got := targetAt(targets, day); got == nil || got.Value.Cmp(rat(want, 1)) != 0 {
			t.Errorf("target on %s is %v, want %d", day, got, want)
		}
	}
	if got := targetAt(targets, calendar.Day{Year: 2023, Month: 12, Day: 31}); got != nil {
		t.Errorf("a target before there was one: %v", got)
	}
}

// 99.96 prints as 100.0 and still misses 100 (domain.md §7.1.8).
func TestJudgeIsExact(t *testing.T) {
	for _, v := range []struct {
		value, target int64 // in hundredths
		most          bool
		want          Status
	}{
		{9996, 10000, false, Missed},
		{10000, 10000, false, Met},
		{200, 200, true, Met},
		{201, 200, true, Missed},
	} {
		r := Result{Value: rat(v.value, 100), Target: &Target{Value: rat(v.target, 100), AtMost: v.most}}
		if r.judge(); r.Status != v.want {
			t.Errorf("%+v is %s", v, r.Status)
		}
	}
	r := Result{Value: rat(1, 1)}
	if r.judge(); r.Status != NoTarget {
		t.Errorf("without a target: %s", r.Status)
	}
}
