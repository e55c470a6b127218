package metric

import (
	"math/big"
	"slices"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/schema"
)

// rate is the number of records placed in a period for each hundred of a volume
// that other records state by month, as tickets handled. It has no value while a
// month of the period lacks its volume (K05).
type rate struct {
	cohort
	volume volume
}

// volume is records that each belong to the period that they name.
type volume struct {
	kind          *schema.Kind
	period, value string
	when          *expr.Program
}

func (b *builder) rate() measure {
	o := b.rec.Object.Object("volume")
	v := volume{kind: b.kind(o, "kind", "/volume/kind")}
	v.period = b.name(o, "period", "/volume/period", v.kind)
	v.value = b.name(o, "value", "/volume/value", v.kind)
	v.when = b.condition(o, "when", "/volume/when", b.typesOf(v.kind))
	return rate{b.cohort("at"), v}
}

func (m rate) fill(in *Inputs, d *Definition, r *Result) {
	counting{m.cohort}.fill(in, d, r)
	r.Value = nil
	part := big.NewRat(int64(len(r.Numerator)), 1)
	sum, known, missing := m.volume.of(in, r.Period)
	r.Extra = append(r.Extra, Extra{Title: in.say("metric.volume"), Value: sum, Unit: Count, Members: known})
	if len(missing) > 0 {
		r.Extra = append(r.Extra, Extra{Title: in.say("metric.volume-missing"), Value: big.NewRat(int64(len(missing)), 1), Unit: Count, Members: missing})
		r.Ratio = &Ratio{Part: part}
		return
	}
	r.Ratio = &Ratio{part, sum}
	if sum.Sign() > 0 {
		r.Value = new(big.Rat).Quo(new(big.Rat).Mul(part, big.NewRat(100, 1)), sum)
	}
}

// of sums the volumes of the months of a period, names the records, and the
// months that have none. The sum is nil where no month has one.
func (v volume) of(in *Inputs, p calendar.Period) (sum *big.Rat, known, missing []Evidence) {
	stated := map[calendar.Period]bool{}
	for f := range in.of(v.kind.ID) {
		own, err := calendar.ParsePeriod(f.rec.Text(v.period))
		n, ok := f.rec.Number(v.value)
		if err != nil || !ok || own.Grain != calendar.Month || own.Of(p.Grain) != p || v.when != nil && !f.holds(v.when) {
			continue
		}
		if sum == nil {
			sum = new(big.Rat)
		}
		sum.Add(sum, n)
		stated[own] = true
		known = append(known, Evidence{Record: f.rec.ID, Item: own.String()})
	}
	for month := calendar.PeriodAt(calendar.Month, p.In(in.Calendar.Zone()).Start); month.Of(p.Grain) == p; month = month.Shift(1) {
		if !stated[month] {
			missing = append(missing, Evidence{Item: month.String(), Reason: in.say("metric.volume-missing")})
		}
	}
	slices.SortStableFunc(known, func(a, b Evidence) int { return compareItems(a, b) })
	return sum, known, missing
}

func compareItems(a, b Evidence) int {
	switch {
	case a.Item < b.Item:
		return -1
	case a.Item > b.Item:
		return 1
	}
	return 0
}

// pauseShare is the working time paused in a hundred of the working time from
// start to done, of the records done in a period (K18).
type pauseShare struct{ lapse }

func (m pauseShare) fill(in *Inputs, d *Definition, r *Result) {
	paused, total := new(big.Rat), new(big.Rat)
	for _, c := range m.members(in, d, r) {
		total.Add(total, inHours(c.gross))
		paused.Add(paused, inHours(c.gross-c.net))
		if c.net < c.gross {
			r.Numerator = append(r.Numerator, c.Evidence)
		}
	}
	r.Ratio = &Ratio{paused, total}
	if total.Sign() > 0 {
		r.Value = new(big.Rat).Quo(new(big.Rat).Mul(paused, big.NewRat(100, 1)), total)
	}
	r.Extra = []Extra{
		{Title: in.say("metric.paused"), Value: paused, Unit: Hours},
		{Title: in.say("metric.total"), Value: total, Unit: Hours},
	}
}

// faultlessShare is the share of the governed records of a period without an
// error that the checks find in them. A file that cannot be read belongs to the
// month of its folder (K24).
type faultlessShare struct{}

func (faultlessShare) fill(in *Inputs, d *Definition, r *Result) {
	if in.Faulty == nil {
		return
	}
	members := in.once(d, r.Basis, "", func() []member {
		var list []member
		for rec := range in.Register.All() {
			if rec.Kind == nil || rec.Kind.Envelope != schema.Governed || rec.Kind.Date == "" {
				continue
			}
			e := member{Evidence: Evidence{Record: rec.ID}}
			var ok bool
			if e.when, ok = dated(in, rec); ok {
				list = append(list, e)
			}
		}
		return list
	})
	// Only what the period counts is judged.
	span := r.Period.In(in.Calendar.Zone())
	var counted []member
	for _, e := range members {
		if span.Contains(e.when) {
			e.pass = !in.Faulty(e.Record)
			counted = append(counted, e)
		}
	}
	r.sort(in, counted)
	r.share()
}
