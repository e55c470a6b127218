package chart

import (
	"math"
	"strconv"
)

// axis is the upright scale: ticks from low to high, a round step apart.
type axis struct{ low, high, step float64 }

// wanted is the number of steps an axis aims at.
const wanted = 5

// scale makes the axis of a trend: from its bounds, or from its values and its
// target, widened to round numbers. Percentages stay within 0 and 100 where the
// values do.
func (t *Trend) scale() axis {
	low, high := t.Low, t.High
	if low == 0 && high == 0 || !finite(low) || !finite(high) || low >= high {
		low, high = t.extremes()
	}
	if low == high {
		margin := max(math.Abs(low)*0.1, 1)
		low, high = low-margin, high+margin
		if t.Unit == "%" {
			low, high = bounded(low, high)
		}
	}
	step := roundStep((high - low) / wanted)
	a := axis{math.Floor(low/step+1e-9) * step, math.Ceil(high/step-1e-9) * step, step}
	if low >= 0 {
		a.low = max(0, a.low)
	}
	return a
}

// bounded moves a range of percentages inside 0 and 100.
func bounded(low, high float64) (float64, float64) {
	if high > 100 && low < 100 && high-low < 100 {
		return low - (high - 100), 100
	}
	return max(low, 0), high
}

// extremes are the smallest and the largest of values and target; 0 and 1 where
// there is none.
func (t *Trend) extremes() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	see := func(v *float64) {
		if v != nil && finite(*v) {
			low, high = min(low, *v), max(high, *v)
		}
	}
	see(t.Target)
	for _, p := range t.Points {
		see(p.Value)
	}
	if low > high {
		return 0, 1
	}
	return low, high
}

func finite(v float64) bool { return !math.IsNaN(v) && math.Abs(v) < 1e12 }

// roundStep is the smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is
// not below v.
func roundStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= v*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// ticks are the values at which the axis is labelled.
func (a axis) ticks() []float64 {
	var list []float64
	for i := range 4 * wanted {
		v := a.low + float64(i)*a.step
		if v > a.high+a.step/1000 {
			break
		}
		list = append(list, v)
	}
	return list
}

// label writes a tick with no more decimals than the step has.
func (a axis) label(v float64, unit string) string {
	digits := max(0, int(math.Ceil(-math.Log10(a.step)-1e-9)))
	if frac := a.step * math.Pow(10, float64(digits)); math.Abs(frac-math.Round(frac)) > 1e-6 {
		digits++
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if v == 0 || math.Abs(v) < a.step/1000 {
		s = strconv.FormatFloat(0, 'f', digits, 64)
	}
	return s + unit
}
