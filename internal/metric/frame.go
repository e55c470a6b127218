package metric

import (
	"math/big"
	"slices"

	"kept/internal/calendar"
	"kept/internal/yamldoc"
)

// frame compares who was invited with who should have been: the records of a
// kind, such as active customers, with a span, such as a contract, in the period
// of the survey. Choosing friendly customers shows in it (domain.md §7.2, K12).
type frame struct {
	cohort
	span     link
	from, to string
	invited  string // field of an invitation
}

func (b *builder) frame(o yamldoc.Object) frame {
	span := o.Object("span")
	m := frame{cohort: b.cohortOf(o, "/survey/frame"), invited: o.Text("invited")}
	m.span = b.link(span, "/survey/frame/span")
	m.from = b.name(span, "from", "/survey/frame/span/from", m.span.kind)
	m.to = b.name(span, "to", "/survey/frame/span/to", m.span.kind)
	return m
}

// add puts the share of the frame that was invited beside the figure, and lists
// the records that were not. Without invitations nothing can be said.
func (m frame) add(in *Inputs, r *Result, s survey) {
	if m.kind == nil {
		return
	}
	x := Extra{Title: in.say("metric.frame"), Unit: Percent}
	whole := 0
	for _, own := range m.periods(in, r, s) {
		ids := m.invitedIn(in, own, r, s)
		if len(ids) == 0 {
			continue
		}
		for f, left := range m.facts(in) {
			if !left.IsZero() || len((coverage{span: m.span, from: m.from, to: m.to}).spans(in, f, own.In(in.Calendar.Zone()))) == 0 {
				continue
			}
			if whole++; !slices.Contains(ids, f.rec.ID) {
				x.Members = append(x.Members, Evidence{Record: f.rec.ID, Item: own.String(), Reason: in.say("metric.not-invited")})
			}
		}
	}
	if whole == 0 {
		return
	}
	x.Value = percent(whole-len(x.Members), whole)
	missing := Extra{Title: in.say("metric.not-invited"), Value: big.NewRat(int64(len(x.Members)), 1), Unit: Count, Members: x.Members}
	x.Members = nil
	r.Extra = append(r.Extra, x, missing)
}

// periods are those that the surveys of the result name, each once, in order.
func (m frame) periods(in *Inputs, r *Result, s survey) []calendar.Period {
	var list []calendar.Period
	for f := range s.inPeriod(in, &Result{Period: r.Period}) {
		if p, err := calendar.ParsePeriod(f.rec.Text(s.period)); err == nil && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b calendar.Period) int {
		return a.In(in.Calendar.Zone()).Start.Compare(b.In(in.Calendar.Zone()).Start)
	})
	return list
}

// invitedIn are the records that an invitation of one period names.
func (m frame) invitedIn(in *Inputs, p calendar.Period, r *Result, s survey) []string {
	var ids []string
	for f := range s.inPeriod(in, &Result{Period: r.Period}) {
		if f.rec.Text(s.period) != p.String() {
			continue
		}
		for _, item := range f.rec.Items(s.invitations) {
			if id := item.Text(m.invited); id != "" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
