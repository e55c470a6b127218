package metric

import (
	"math"
	"testing"
	"time"
)

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

// The vectors of domain.md §5.4.
func TestWilson(t *testing.T) {
	for _, v := range []struct {
		k, n      int
		low, high float64
	}{
		{8, 10, 49.02, 94.33},
		{10, 10, 72.25, 100},
		{0, 10, 0, 27.75},
		{1, 1, 20.65, 100},
		{45, 50, 78.64, 95.65},
		{3, 4, 30.06, 95.44},
		{17, 20, 64.0, 94.8}, // §15.4
	} {
		if got := wilson(v.k, v.n); !near(got.Low, v.low, 0.06) || !near(got.High, v.high, 0.06) {
			t.Errorf("%d/%d: %+v, want %v to %v", v.k, v.n, *got, v.low, v.high)
		}
	}
	if wilson(0, 0) != nil {
		t.Error("an interval of nothing")
	}
}

func TestNetPromoter(t *testing.T) {
	for _, v := range []struct {
		promoters, passives, detractors, frame int
		low, high                              float64
	}{
		{6, 3, 1, 0, 8.4, 91.6},
		{6, 3, 1, 25, 17.1, 82.9},
		{10, 5, 5, 0, -11.3, 61.3},
		{50, 33, 17, 0, 18.3, 47.7},
		{2, 0, 1, 0, -73.3, 100}, // cut to ±100
	} {
		n := v.promoters + v.passives + v.detractors
		if got := netPromoter(v.promoters, v.detractors, n, v.frame); !near(got.Low, v.low, 0.06) || !near(got.High, v.high, 0.06) {
			t.Errorf("%+v: %+v", v, *got)
		}
	}
	// All passives: no spread in the formula, and no interval of no width.
	if netPromoter(0, 0, 4, 0) != nil || netPromoter(0, 0, 0, 0) != nil {
		t.Error("an interval without width")
	}
}

func TestOrderStatistics(t *testing.T) {
	h := time.Hour
	// 1, 2, 3, 10 h: mean 4, median (2+3)/2, P90 the 4th (ceil 3.6).
	list := []time.Duration{h, 2 * h, 3 * h, 10 * h}
	if mean(list).Cmp(rat(4, 1)) != 0 || median(list).Cmp(rat(5, 2)) != 0 || nearestRank(list, 90).Cmp(rat(10, 1)) != 0 {
		t.Errorf("%v %v %v", mean(list), median(list), nearestRank(list, 90))
	}
	if median(list[:3]).Cmp(rat(2, 1)) != 0 || mean(nil) != nil || median(nil) != nil || nearestRank(nil, 90) != nil {
		t.Error("odd or empty lists")
	}
}
