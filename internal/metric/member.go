package metric

import (
	"time"

	"kept/internal/calendar"
	"kept/internal/locale"
)

// member is one thing that a figure counts: a record, an action, a step.
type member struct {
	Evidence
	start time.Time // when its clock began; zero where it has none
	when  time.Time // puts it into a period
	// ripe is when it can be judged; zero is at once.
	ripe        time.Time
	pass        bool        // belongs to the numerator
	left        locale.Text // why it does not count; zero where it does
	doubt       locale.Text // why it is flagged
	provisional bool        // its due time may still move
	net, gross  time.Duration
	future      bool // declared after it was recorded
	attempted   bool // passes because it was tried often enough
}

type memberKey struct {
	definition *Definition
	basis      Basis
	variant    string
}

// once gathers the members of a definition on one basis a single time.
func (in *Inputs) once(d *Definition, b Basis, variant string, gather func() []member) []member {
	key := memberKey{d, b, variant}
	list, ok := in.members[key]
	if !ok {
		if in.members == nil {
			in.members = map[memberKey][]member{}
		}
		list = gather()
		in.members[key] = list
	}
	return list
}

// sort puts the members of one period into the lists of the result. Those that
// cannot be judged yet, and those whose clock runs on over the period's end, are
// not yet due, even if already done (domain.md §0.18).
func (r *Result) sort(in *Inputs, members []member) []member {
	span := r.Period.In(in.Calendar.Zone())
	cutoff := earlier(span.End, in.AsOf)
	var counted []member
	for _, m := range members {
		inside := span.Contains(m.when)
		switch {
		case inside && !m.left.IsZero():
			e := m.Evidence
			e.Reason = m.left
			r.Excluded = append(r.Excluded, e)
		case !m.left.IsZero():
		case inside && m.ripeBy(cutoff, in.AsOf):
			counted = append(counted, m)
			r.count(m)
		case m.notYet(span, cutoff):
			r.NotYetDue = append(r.NotYetDue, m.Evidence)
		}
	}
	return counted
}

func (r *Result) count(m member) {
	e := m.Evidence
	e.Reason = m.doubt
	if !m.doubt.IsZero() {
		r.Flagged = append(r.Flagged, e)
	}
	r.Denominator = append(r.Denominator, e)
	if m.pass {
		r.Numerator = append(r.Numerator, e)
	}
	if m.provisional {
		r.Status = Provisional
	}
}

// ripeBy tells whether a member of the period can be judged: what is placed by a
// due time needs that time to lie before cutoff, what is placed by something
// else needs its own due time, if any, to lie before asOf.
func (m member) ripeBy(cutoff, asOf time.Time) bool {
	if !m.start.IsZero() {
		return m.when.Before(cutoff)
	}
	return m.ripe.Before(asOf)
}

// notYet tells whether a member belongs to the period's list of clocks that
// still run.
func (m member) notYet(span calendar.Interval, cutoff time.Time) bool {
	if m.start.IsZero() {
		return span.Contains(m.when)
	}
	return m.start.Before(cutoff) && !m.when.Before(cutoff)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func orReason(a, b locale.Text) locale.Text {
	if a.IsZero() {
		return b
	}
	return a
}
