package metric

import (
	"math/big"
	"strings"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// attainedShare is the share of measured results that reach their target, by the
// period that the record names. It compares the values as written, never rounded
// ones; a result without an occurrence, or without a value, counts on neither
// side. What the record claims is compared with what it comes to (K17, domain.md
// §6.3).
type attainedShare struct {
	cohort
	period, list                            string
	name                                    []string // fields of an item that name it
	actual, target, denominator             string
	direction, lower                        string // field, and its value where less is better
	claimed, claimsMet, claimsNot, claimsNo string // field, and its words
	weight                                  string
}

func (b *builder) attainedShare() measure {
	o := b.rec.Object.Object("results")
	m := attainedShare{
		cohort: b.cohort(""), list: o.Text("list"), name: o.Texts("name"),
		actual: o.Text("actual"), target: o.Text("target"), denominator: o.Text("denominator"),
		direction: o.Text("direction"), lower: o.Text("lower"), weight: o.Text("weight"),
		claimed: o.Text("claimed"), claimsMet: o.Text("met"), claimsNot: o.Text("missed"), claimsNo: o.Text("none"),
	}
	m.period = b.name(b.rec.Object, "period", "/period", m.kind)
	if m.kind == nil {
		return m
	}
	b.name(o, "list", "/results/list", m.kind)
	field, _ := m.kind.Field(m.list)
	for _, name := range append([]string{m.actual, m.target, m.denominator, m.direction, m.weight, m.claimed}, m.name...) {
		if name != "" && !hasField(field, name) {
			b.fail("/results", "metric.unknown-name", locale.A("name", m.list+"."+name), locale.T("kind", m.kind.Title))
		}
	}
	return m
}

func hasField(list schema.Field, name string) bool {
	for _, f := range list.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

func (m attainedShare) fill(in *Inputs, _ *Definition, r *Result) {
	reached, all := new(big.Rat), new(big.Rat)
	weighted := false
	for f, left := range m.facts(in) {
		own, err := calendar.ParsePeriod(f.rec.Text(m.period))
		if err != nil || !own.Grain.Fits(r.Period.Grain) || own.Of(r.Period.Grain) != r.Period {
			continue
		}
		for i, item := range f.rec.Items(m.list) {
			e := Evidence{Record: f.rec.ID, Item: m.named(f, i, item), Reason: left}
			met, why := m.judge(in, item)
			m.compare(in, r, e, item, met, why)
			if e.Reason = orReason(left, why); !e.Reason.IsZero() {
				r.Excluded = append(r.Excluded, e)
				continue
			}
			weight, ok := item.Number(m.weight)
			if weighted = weighted || ok; !ok {
				weight = big.NewRat(1, 1)
			}
			all.Add(all, weight)
			r.Denominator = append(r.Denominator, e)
			if met {
				reached.Add(reached, weight)
				r.Numerator = append(r.Numerator, e)
			}
		}
	}
	r.share()
	if weighted && all.Sign() > 0 {
		value := new(big.Rat).Quo(new(big.Rat).Mul(reached, big.NewRat(100, 1)), all)
		r.Extra = append(r.Extra, Extra{Title: in.say("metric.weighted"), Value: value, Unit: Percent})
	}
}

// named joins the fields that name an item.
func (m attainedShare) named(f *facts, i int, item yamldoc.Object) string {
	var parts []string
	for _, name := range m.name {
		if text := item.Text(name); text != "" {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		field, _ := f.rec.Kind.Field(m.list)
		return itemName(field, item, i)
	}
	return strings.Join(parts, "/")
}

// judge compares the exact values, or says why there is nothing to compare.
func (m attainedShare) judge(in *Inputs, item yamldoc.Object) (met bool, why locale.Text) {
	if n, ok := item.Number(m.denominator); ok && n.Sign() == 0 {
		return false, in.say("metric.no-occurrence")
	}
	actual, ok := item.Number(m.actual)
	target, aimed := item.Number(m.target)
	switch {
	case !ok:
		return false, in.say("metric.not-measured")
	case !aimed:
		return false, in.say("metric.no-target")
	}
	return Target{Value: target, AtMost: item.Text(m.direction) == m.lower}.Reached(actual), locale.Text{}
}

// compare flags a claim that disagrees with the values.
func (m attainedShare) compare(in *Inputs, r *Result, e Evidence, item yamldoc.Object, met bool, why locale.Text) {
	computed := m.claimsNot
	switch {
	case !why.IsZero():
		computed = m.claimsNo
	case met:
		computed = m.claimsMet
	}
	if claim := item.Text(m.claimed); claim != "" && claim != computed && e.Reason.IsZero() {
		e.Reason = in.say("metric.claim-differs")
		r.Flagged = append(r.Flagged, e)
	}
}
