package metric

import (
	"maps"
	"math/big"
	"slices"

	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// scoreIndex is the weighted mean over the dimensions that were answered of the
// mean points of their answers: the satisfaction index. What a score is worth
// stands in the form; weights are those of the questions, summed by dimension,
// and 1 where a question has none (domain.md §5.4).
type scoreIndex struct {
	survey
	dimension, weight     string // fields of a question
	scale, worth, forText string // the form's list of scores, its points, its value
}

func (b *builder) scoreIndex() measure {
	o := b.rec.Object.Object("survey")
	m := scoreIndex{
		survey: b.survey(), dimension: o.Text("dimension"), weight: o.Text("weight"),
		scale: o.Text("scale"), worth: o.Text("points"), forText: o.Text("value"),
	}
	for _, key := range []string{"dimension", "scale", "points", "value"} {
		if !o.Has(key) {
			b.fail("/survey", "metric.missing-key", locale.A("name", "survey."+key))
		}
	}
	return m
}

// tally sums the points of one dimension.
type tally struct {
	points, weight *big.Rat
	n              int64
	weighed        map[string]bool // questions whose weight is in
}

func (m scoreIndex) fill(in *Inputs, _ *Definition, r *Result) {
	dimensions := map[string]*tally{}
	anonymous := false
	for f := range m.inPeriod(in, r) {
		anonymous = anonymous || m.anonymous != nil && f.holds(m.anonymous)
		points, asked := m.pointsOf(in, f), m.askedIn(in, f)
		for response, left := range m.answersTo(in, f.rec.ID) {
			e := Evidence{Record: response.rec.ID, Reason: left}
			if !left.IsZero() {
				r.Excluded = append(r.Excluded, e)
				continue
			}
			if m.addAnswers(response, asked, points, dimensions) {
				r.Denominator = append(r.Denominator, e)
			}
		}
	}
	r.Value = weightedMean(dimensions)
	for _, name := range slices.Sorted(maps.Keys(dimensions)) {
		t := dimensions[name]
		mean := new(big.Rat).Quo(t.points, big.NewRat(t.n, 1))
		r.Extra = append(r.Extra, Extra{Title: in.say("metric.dimension", locale.T("name", m.named(in, name))), Value: mean, Unit: Score})
	}
	if r.sample(); anonymous && r.Status == TooFew {
		r.suppress()
	}
}

// named is what the form calls a dimension.
func (m scoreIndex) named(in *Inputs, dimension string) locale.Text {
	form, _ := m.kind.Field(m.form)
	for _, id := range form.Refs {
		if kind := in.Register.Kinds().Kind(id); kind != nil {
			field, _ := kind.Field(m.questions + "." + m.dimension)
			return optionTitle(field, dimension)
		}
	}
	return locale.Plain(dimension)
}

// pointsOf is what each score is worth by the form of a survey.
func (m scoreIndex) pointsOf(in *Inputs, f *facts) map[string]*big.Rat {
	points := map[string]*big.Rat{}
	form := in.Register.Get(f.rec.Text(m.form))
	if form == nil {
		return points
	}
	for _, item := range form.Items(m.scale) {
		value, ok := item.Number(m.forText)
		worth, known := item.Number(m.worth)
		if ok && known {
			points[value.RatString()] = worth
		}
	}
	return points
}

// addAnswers adds one response; false where none of its answers counts.
func (m scoreIndex) addAnswers(f *facts, asked map[string]yamldoc.Object, points map[string]*big.Rat, into map[string]*tally) bool {
	counts := false
	for _, item := range f.rec.Items(m.answers) {
		id := item.Text(m.question)
		question, ok := asked[id]
		score, given := item.Number(m.score)
		if !ok || !given || points[score.RatString()] == nil {
			continue
		}
		counts = true
		name := question.Text(m.dimension)
		t := into[name]
		if t == nil {
			t = &tally{new(big.Rat), new(big.Rat), 0, map[string]bool{}}
			into[name] = t
		}
		t.points.Add(t.points, points[score.RatString()])
		t.n++
		if !t.weighed[id] {
			t.weighed[id] = true
			weight, ok := question.Number(m.weight)
			if !ok {
				weight = big.NewRat(1, 1)
			}
			t.weight.Add(t.weight, weight)
		}
	}
	return counts
}

// weightedMean leaves out dimensions without answers and so shares their weight
// among the rest.
func weightedMean(dimensions map[string]*tally) *big.Rat {
	sum, weights := new(big.Rat), new(big.Rat)
	for _, t := range dimensions {
		mean := new(big.Rat).Quo(t.points, big.NewRat(t.n, 1))
		sum.Add(sum, mean.Mul(mean, t.weight))
		weights.Add(weights, t.weight)
	}
	if weights.Sign() <= 0 {
		return nil
	}
	return sum.Quo(sum, weights)
}
