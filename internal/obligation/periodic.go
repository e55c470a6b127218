package obligation

import (
	"fmt"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/schema"
)

// periodic is owed for every period whose last day lies from "from" to "until":
// by the company once or, with each, by every record that has it then.
type periodic struct {
	cadence  calendar.Grain
	due      calendar.Limit
	from     calendar.Day
	until    calendar.Day // zero: no end
	each     *each
	evidence evidence
}

// each chooses the records that owe a period.
type each struct {
	kind *schema.Kind
	when *expr.Program // judged at the period's end, or at AsOf where that is earlier
	span *span
}

// evidence is where it shows that a period's duty was done.
type evidence struct {
	kind   *schema.Kind
	when   *expr.Program
	period string // field that names the period; "" takes the period of the moment
	at     string // field, derived name or limit
	link   string // field that names the record of each
}

// proof is the earliest record that did a duty.
type proof struct {
	record string
	moment
}

type proofKey struct {
	period calendar.Period
	record string // in lower case
}

// farthest bounds how many years back periods are listed.
const farthest = 50

func (r periodic) duties(in *inputs, d *Definition) []Duty {
	var list []Duty
	proofs := r.evidence.gather(in, r.cadence)
	owing := r.owing(in)
	for p := r.bounded(in, r.first(in), len(owing)); r.owed(p) && !p.In(in.Calendar.Zone()).Start.After(in.Until); p = p.Shift(1) {
		due := in.Calendar.DueAfter(p.Days().Last, r.due)
		next := in.Calendar.DueAfter(p.Shift(1).Days().Last, r.due)
		for _, o := range owing {
			if !o.owes(in, p) {
				continue
			}
			duty := Duty{
				Definition: d, Period: p, Record: o.id, Title: o.title, Owner: d.Person,
				Due: due.At, Provisional: due.Provisional,
			}
			if proof, ok := proofs[proofKey{p, strings.ToLower(o.id)}]; ok {
				duty.done(proof.moment, proof.record)
			}
			duty.judge(in, next.At)
			list = append(list, duty)
		}
	}
	return list
}

// first is the first period that is owed.
func (r periodic) first(in *inputs) calendar.Period {
	zone := in.Calendar.Zone()
	start := r.from.Start(zone)
	if bound := in.AsOf.In(zone).AddDate(-farthest, 0, 0); start.Before(bound) {
		start = bound
	}
	return calendar.PeriodAt(r.cadence, start)
}

// fewest is how many past periods are listed of each record, however many owe.
const fewest = 12

// bounded begins later where too many records owe too many periods: the newest are
// listed, and a finding says since when.
func (r periodic) bounded(in *inputs, first calendar.Period, owing int) calendar.Period {
	if r.each == nil || owing == 0 {
		return first
	}
	p := calendar.PeriodAt(r.cadence, in.AsOf.In(in.Calendar.Zone())).Shift(-max(fewest, in.share/owing))
	if span := in.Calendar.Zone(); !first.In(span).Start.Before(p.In(span).Start) {
		return first
	}
	in.warn("obligation.too-many", locale.N("records", owing), locale.A("first", p.String()))
	return p
}

// owed tells whether the obligation still held at a period's end.
func (r periodic) owed(p calendar.Period) bool {
	return r.until == calendar.Day{} || p.Days().Last.Compare(r.until) <= 0
}

// done notes who did it and when.
func (d *Duty) done(m moment, by string) {
	d.Done, d.Evidence = m.at, by
	if m.proof.MergedBy != nil {
		d.Submitted, d.Merged, d.Commit = m.proof.Submitted, m.proof.Merged, m.proof.MergedBy.Hash
	}
}

// gather indexes what was done by period and record, the earliest of each; of two
// at one moment the first by id counts.
func (e evidence) gather(in *inputs, g calendar.Grain) map[proofKey]proof {
	found := map[proofKey]proof{}
	for rec := range in.Register.Of(e.kind.ID) {
		k := in.known(rec)
		if k == nil || k.state().Phase == schema.Void || !k.holds(e.when, in.AsOf) {
			continue
		}
		m, ok := k.event(e.at)
		if !ok {
			continue
		}
		period, ok := e.periodOf(k, m, g)
		if !ok {
			continue
		}
		for _, id := range e.records(k) {
			key := proofKey{period, strings.ToLower(id)}
			if earlier, taken := found[key]; !taken || m.at.Before(earlier.at) {
				found[key] = proof{rec.ID, m}
			}
		}
	}
	return found
}

// records are those of each for which k was done; the company is "".
func (e evidence) records(k *known) []string {
	if e.link == "" {
		return []string{""}
	}
	return k.names(e.link)
}

// periodOf is the period that the record names, as a text or as a number of a
// year, or the one of the moment.
func (e evidence) periodOf(k *known, m moment, g calendar.Grain) (calendar.Period, bool) {
	if e.period == "" {
		return calendar.PeriodAt(g, m.at.In(k.in.Calendar.Zone())), true
	}
	o, name := within(k.rec.Object, e.period)
	text := o.Text(name)
	if year, ok := o.Number(name); text == "" && ok && year.IsInt() {
		text = fmt.Sprintf("%04s", year.Num())
	}
	p, err := calendar.ParsePeriod(text)
	return p, err == nil && p.Grain == g
}

// owing is who owes: the company, or a record of each.
type owing struct {
	id    string
	title locale.Text
	each  *each
	known *known
	runs  []calendar.Run // that its spans cover
	begin time.Time      // when the record came to be; zero where that is not known
}

func (r periodic) owing(in *inputs) []owing {
	if r.each == nil {
		return []owing{{}}
	}
	var list []owing
	for rec := range in.Register.Of(r.each.kind.ID) {
		if k := in.known(rec); k != nil {
			list = append(list, owing{
				id: rec.ID, title: rec.Title(), each: r.each, known: k,
				runs: r.each.span.runs(in, rec.ID), begin: k.begin(),
			})
		}
	}
	return list
}

// owes tells whether the record has to do it for a period: one that its spans
// cover or, without spans, one in which it was there.
func (o owing) owes(in *inputs, p calendar.Period) bool {
	if o.each == nil {
		return true
	}
	at := p.In(in.Calendar.Zone()).End
	if o.each.span != nil && !o.each.span.covers(o.runs, p) || o.each.span == nil && !o.begin.Before(at) {
		return false
	}
	if in.AsOf.Before(at) {
		at = in.AsOf
	}
	return o.known.holds(o.each.when, at)
}
