package metric

import (
	"cmp"
	"math/big"
	"slices"

	"kept/internal/locale"
)

// scores judges the answers to the questions that count: the share that reaches
// a score (K12), or the net promoter score (K14). Blank answers are on neither
// side (domain.md §5.4).
type scores struct {
	survey
	nps       bool
	high, low *big.Rat // reaches high; of a net promoter score, at most low detracts
	weighting string   // responses, or customers: the mean of the customers' own figures
}

func (b *builder) scores(nps bool) measure {
	m := scores{survey: b.survey(), nps: nps, weighting: b.rec.Text("weighting")}
	var ok bool
	if m.high, ok = b.rec.Number("high"); !ok {
		b.fail("/high", "metric.score", locale.A("name", "high"))
	}
	if m.low, ok = b.rec.Number("low"); !ok && nps {
		b.fail("/low", "metric.score", locale.A("name", "low"))
	}
	return m
}

// answer is one score with its side: 1 above, −1 below, 0 between.
type answer struct {
	Evidence
	customer string
	side     int
}

func (m scores) fill(in *Inputs, d *Definition, r *Result) {
	var list []answer
	frame, anonymous := 0, false
	for f := range m.inPeriod(in, r) {
		list = append(list, m.answered(in, f, r)...)
		frame += len(f.rec.Items(m.invitations))
		anonymous = anonymous || m.anonymous != nil && f.holds(m.anonymous)
	}
	high, low := 0, 0
	for _, a := range list {
		r.Denominator = append(r.Denominator, a.Evidence)
		switch a.side {
		case 1:
			high++
			r.Numerator = append(r.Numerator, a.Evidence)
		case -1:
			low++
		}
	}
	byAnswer, byCustomer := m.figure(high, low, len(list)), m.meanOfCustomers(list)
	r.Value, r.Interval = byAnswer, m.interval(high, low, len(list), frame)
	beside := Extra{Title: in.say("metric.by-customer"), Value: byCustomer, Unit: d.Unit}
	if m.weighting == "customers" {
		r.Value, r.Interval = byCustomer, nil
		beside = Extra{Title: in.say("metric.by-answer"), Value: byAnswer, Unit: d.Unit}
	}
	if r.Value != nil {
		r.Extra = append(r.Extra, beside)
	}
	r.sample()
	m.frame.add(in, r, m.survey)
	if anonymous && r.Status == TooFew {
		r.suppress()
	}
}

func (m scores) figure(high, low, n int) *big.Rat {
	if m.nps {
		return percent(high-low, n)
	}
	return percent(high, n)
}

func (m scores) interval(high, low, n, frame int) *Range {
	if m.nps {
		return netPromoter(high, low, n, frame)
	}
	return wilson(high, n)
}

// answered reads the scores that one survey got; responses that cannot be used
// are excluded with their reason.
func (m scores) answered(in *Inputs, f *facts, r *Result) []answer {
	var list []answer
	asked := m.askedIn(in, f)
	for response, left := range m.answersTo(in, f.rec.ID) {
		at, _ := response.momentIn(response.rec.Object, m.submitted)
		e := Evidence{Record: response.rec.ID, Done: at}
		if !left.IsZero() {
			e.Reason = left
			r.Excluded = append(r.Excluded, e)
			continue
		}
		for _, item := range response.rec.Items(m.answers) {
			score, ok := item.Number(m.score)
			if _, counts := asked[item.Text(m.question)]; !ok || !counts {
				continue
			}
			e.Item = item.Text(m.question)
			list = append(list, answer{e, response.rec.Text(m.customer), m.side(score)})
		}
	}
	return list
}

func (m scores) side(score *big.Rat) int {
	switch {
	case score.Cmp(m.high) >= 0:
		return 1
	case m.low != nil && score.Cmp(m.low) <= 0:
		return -1
	}
	return 0
}

// meanOfCustomers gives every customer the same weight, however many answered for
// it.
func (m scores) meanOfCustomers(list []answer) *big.Rat {
	if slices.ContainsFunc(list, func(a answer) bool { return a.customer == "" }) {
		return nil // nobody knows whose they are
	}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b answer) int { return cmp.Compare(a.customer, b.customer) })
	sum, customers := new(big.Rat), int64(0)
	for len(sorted) > 0 {
		high, low, n := 0, 0, 0
		for n < len(sorted) && sorted[n].customer == sorted[0].customer {
			switch sorted[n].side {
			case 1:
				high++
			case -1:
				low++
			}
			n++
		}
		sum.Add(sum, m.figure(high, low, n))
		customers++
		sorted = sorted[n:]
	}
	if customers == 0 {
		return nil
	}
	return sum.Quo(sum, big.NewRat(customers, 1))
}

// responseRate is the share of the delivered invitations that were answered. A
// survey without invitations has none (K13).
type responseRate struct{ survey }

func (b *builder) responseRate() measure { return responseRate{b.survey()} }

func (m responseRate) fill(in *Inputs, _ *Definition, r *Result) {
	valid, answered, sent, undelivered := 0, 0, 0, 0
	for f := range m.inPeriod(in, r) {
		listed := len(r.Excluded)
		invited := m.invited(in, f, r)
		sent += invited
		undelivered += len(r.Excluded) - listed
		// Sheets of an open link stand beside no invitations.
		if m.responses == nil || invited == 0 {
			continue
		}
		for _, left := range m.answersTo(in, f.rec.ID) {
			answered++
			if left.IsZero() {
				valid++
			}
		}
	}
	r.share()
	if sent == 0 {
		return
	}
	count := func(key string, n int) Extra {
		return Extra{Title: in.say(key), Value: big.NewRat(int64(n), 1), Unit: Count}
	}
	r.Extra = []Extra{
		count("metric.sent", sent), count("metric.undelivered", undelivered), count("metric.completed", len(r.Numerator)),
	}
	if m.responses != nil {
		r.Extra = append(r.Extra, count("metric.valid", valid), Extra{Title: in.say("metric.valid-rate"), Value: percent(valid, answered), Unit: Percent})
	}
}

// invited sorts the invitations of one survey and counts those sent.
func (m responseRate) invited(in *Inputs, f *facts, r *Result) int {
	field, ok := f.rec.Kind.Field(m.invitations)
	if !ok {
		return 0
	}
	sent := 0
	for i, item := range f.rec.Items(m.invitations) {
		vars := recordItem(field, item, in)
		if m.sent != nil && !holds(m.sent, vars) {
			continue
		}
		sent++
		e := Evidence{Record: f.rec.ID, Item: itemName(field, item, i)}
		switch {
		case m.undelivered != nil && holds(m.undelivered, vars):
			e.Reason = in.say("metric.not-delivered")
			r.Excluded = append(r.Excluded, e)
			continue
		case m.completed != nil && holds(m.completed, vars):
			r.Numerator = append(r.Numerator, e)
		}
		r.Denominator = append(r.Denominator, e)
	}
	return sent
}
