package metric

import (
	"math"
)

// z is the 97.5 % point of the normal distribution (domain.md §0.21).
const z = 1.959964

// wilson is the 95 % interval of a share of k in n, as percentages; nil for n = 0
// (domain.md §5.4).
func wilson(k, n int) *Range {
	if n == 0 {
		return nil
	}
	p, m := float64(k)/float64(n), float64(n)
	centre := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m)) / (1 + z*z/m)
	return &Range{Low: 100 * max(0, centre-half), High: 100 * min(1, centre+half)}
}

// netPromoter is the 95 % interval of a net promoter score, cut to ±100. frame
// is the number of people who could have answered, 0 where it is not known. It is
// nil for n = 0, and where all gave the same kind of answer: the formula then has
// no width, which would claim a certainty that there is not (domain.md §5.4).
func netPromoter(promoters, detractors, n, frame int) *Range {
	if n == 0 {
		return nil
	}
	p, d, m := float64(promoters)/float64(n), float64(detractors)/float64(n), float64(n)
	variance := (p + d - (p-d)*(p-d)) / m
	if variance <= 0 {
		return nil
	}
	if frame > 1 && frame >= n {
		variance *= float64(frame-n) / float64(frame-1)
	}
	half := 100 * z * math.Sqrt(variance)
	score := 100 * (p - d)
	return &Range{Low: max(-100, score-half), High: min(100, score+half)}
}

// The sizes below which a sample says too little, or little (domain.md §0.12).
const (
	tooFew = 5
	few    = 30
)

// suppress leaves only how many answered: so few could be told apart (domain.md
// §0.12).
func (r *Result) suppress() {
	r.Value, r.Interval, r.Numerator, r.Extra = nil, nil, nil, nil
}

// sample sets what a small number of answers means for the verdict.
func (r *Result) sample() {
	switch n := len(r.Denominator); {
	case n == 0:
	case n < tooFew:
		r.Status = TooFew
	case n < few:
		r.Small = true
	}
}
