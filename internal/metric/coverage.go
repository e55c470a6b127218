package metric

import (
	"math/big"
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// coverage is the share of the records covered by spans of enough months in the
// period for which an event took place in it: customers under contract that had
// their review (K16). Months are whole calendar months of the joined spans and
// left-over days / 31 (domain.md §0.21).
type coverage struct {
	cohort
	months *big.Rat
	span   link
	from   string
	to     string // the last day; none is open-ended
	event  link
	held   string
}

// link is records of another kind that name the ones measured.
type link struct {
	kind  *schema.Kind
	field string // dotted
	when  *expr.Program
}

func (b *builder) coverage() measure {
	span, event := b.rec.Object.Object("span"), b.rec.Object.Object("event")
	m := coverage{cohort: b.cohort(""), span: b.link(span, "/span"), event: b.link(event, "/event"), to: span.Text("to")}
	m.from = b.name(span, "from", "/span/from", m.span.kind)
	m.held = b.name(event, "at", "/event/at", m.event.kind)
	var ok bool
	if m.months, ok = b.rec.Number("months"); !ok {
		b.fail("/months", "metric.score", locale.A("name", "months"))
	}
	return m
}

func (b *builder) link(o yamldoc.Object, pointer string) link {
	l := link{kind: b.kind(o, "kind", pointer+"/kind")}
	l.field = b.name(o, "link", pointer+"/link", l.kind)
	if l.kind != nil {
		l.when = b.condition(o, "when", pointer+"/when", record.Types(l.kind, b.reg.Kinds()))
	}
	return l
}

// of yields the linked records that name id, each once, in the order of ids.
func (l link) of(in *Inputs, id string) func(yield func(*facts) bool) {
	return func(yield func(*facts) bool) {
		last := ""
		for _, ref := range in.Register.To(id) {
			rec := in.Register.Get(ref.From)
			if ref.Field != l.field || rec == nil || rec.Kind != l.kind || rec.ID == last {
				continue
			}
			last = rec.ID
			f := in.factsOf(rec)
			if f == nil || l.when != nil && !f.holds(l.when) {
				continue
			}
			if !yield(f) {
				return
			}
		}
	}
}

func (m coverage) fill(in *Inputs, _ *Definition, r *Result) {
	span := r.Period.In(in.Calendar.Zone())
	for f, left := range m.facts(in) {
		if monthsOf(m.spans(in, f, span)).Cmp(m.months) < 0 {
			continue
		}
		e := Evidence{Record: f.rec.ID, Due: span.End.Add(-time.Nanosecond)}
		if !left.IsZero() {
			e.Reason = left
			r.Excluded = append(r.Excluded, e)
			continue
		}
		held := m.firstHeld(in, f, span, &e)
		r.Denominator = append(r.Denominator, e)
		if held {
			r.Numerator = append(r.Numerator, e)
		}
	}
	r.share()
	// Until the period is over, a customer without a review may still get one.
	if r.Unfinished && r.Value != nil {
		r.Status = Provisional
	}
}

// firstHeld finds the first event of the period and notes it.
func (m coverage) firstHeld(in *Inputs, f *facts, span calendar.Interval, e *Evidence) bool {
	for event := range m.event.of(in, f.rec.ID) {
		at, ok := event.moment(m.held)
		if !ok || !span.Contains(at) || !e.Done.IsZero() && !at.Before(e.Done) {
			continue
		}
		e.Item, e.Done, e.Commit = event.rec.ID, at, ""
		if s, ok := event.derived(m.held); ok && s.recorded.MergedBy != nil {
			e.Commit = s.recorded.MergedBy.Hash
		}
	}
	return !e.Done.IsZero()
}

// days is a run of days, both ends inside.
type days struct{ first, last calendar.Day }

// spans are the joined runs of days inside the period, in order.
func (m coverage) spans(in *Inputs, f *facts, period calendar.Interval) []days {
	start, end := calendar.DayOf(period.Start), calendar.DayOf(period.End).Add(-1)
	var list []days
	for linked := range m.span.of(in, f.rec.ID) {
		zone := in.Calendar.Zone()
		from, ok := linked.rec.Moment(m.from, zone)
		if !ok {
			continue
		}
		d := days{calendar.DayOf(from.In(zone)), end}
		if to, ok := linked.rec.Moment(m.to, zone); ok {
			d.last = calendar.DayOf(to.In(zone))
		}
		if d.first.Compare(start) < 0 {
			d.first = start
		}
		if d.last.Compare(end) > 0 {
			d.last = end
		}
		if d.first.Compare(d.last) <= 0 {
			list = append(list, d)
		}
	}
	return join(list)
}

// join merges runs that overlap or follow each other without a gap.
func join(list []days) []days {
	slices.SortFunc(list, func(a, b days) int { return a.first.Compare(b.first) })
	var joined []days
	for _, d := range list {
		if last := len(joined) - 1; last >= 0 && d.first.Compare(joined[last].last.Add(1)) <= 0 {
			if d.last.Compare(joined[last].last) > 0 {
				joined[last].last = d.last
			}
			continue
		}
		joined = append(joined, d)
	}
	return joined
}

// monthsOf counts the whole calendar months inside the runs, and left-over days
// as 31 to a month.
func monthsOf(list []days) *big.Rat {
	sum := new(big.Rat)
	for _, d := range list {
		for day := d.first; day.Compare(d.last) <= 0; {
			next := calendar.DayOf(time.Date(day.Year, day.Month+1, 1, 0, 0, 0, 0, time.UTC))
			if day.Day == 1 && next.Compare(d.last.Add(1)) <= 0 {
				sum.Add(sum, big.NewRat(1, 1))
				day = next
				continue
			}
			sum.Add(sum, big.NewRat(1, 31))
			day = day.Add(1)
		}
	}
	return sum
}
