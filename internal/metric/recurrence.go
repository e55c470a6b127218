package metric

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/locale"
)

// recurrence is the share of the records placed in a period that come back to an
// earlier one: they say so themselves, or an earlier record with the same values
// lies at most some local days before (K07, domain.md §0.21).
type recurrence struct {
	cohort
	same     []string // fields
	days     int
	earlier  *expr.Program // which earlier records count
	declared *expr.Program // the record says so itself
	never    *expr.Program // records for which it cannot be told
}

func (b *builder) recurrence() measure {
	m := recurrence{cohort: b.cohort("at"), same: b.rec.Texts("same")}
	for _, name := range m.same {
		if m.kind == nil {
			break
		}
		if _, ok := m.kind.Field(name); !ok {
			b.fail("/same", "metric.unknown-name", locale.A("name", name), locale.T("kind", m.kind.Title))
		}
	}
	if len(m.same) == 0 {
		b.fail("/same", "metric.missing-key", locale.A("name", "same"))
	}
	n, _ := b.rec.Number("days")
	m.days = whole(n)
	m.earlier = b.condition(b.rec.Object, "earlier", "/earlier", b.kindTypes())
	m.declared = b.condition(b.rec.Object, "pass", "/pass", b.kindTypes())
	m.never = b.condition(b.rec.Object, "never", "/never", b.kindTypes())
	return m
}

func (m recurrence) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		known := m.known(in)
		var list []member
		for f, e := range m.placed(in) {
			m.judge(f, &e, known[m.key(f)])
			list = append(list, e)
		}
		return list
	}))
	r.share()
	silent, only := Extra{Title: in.say("metric.recurs-silently"), Unit: Count}, Extra{Title: in.say("metric.recurs-by-word"), Unit: Count}
	for _, e := range r.Numerator {
		f := in.factsOf(in.Register.Get(e.Record))
		switch said := m.says(f); {
		case e.Item == "":
			only.Members = append(only.Members, e)
		case !said:
			silent.Members = append(silent.Members, e)
			e.Reason = silent.Title
			r.Flagged = append(r.Flagged, e)
		}
	}
	for _, x := range []Extra{silent, only} {
		x.Value = big.NewRat(int64(len(x.Members)), 1)
		r.Extra = append(r.Extra, x)
	}
}

func (m recurrence) says(f *facts) bool { return m.declared != nil && f.holds(m.declared) }

// former is a record that a later one may come back to.
type former struct {
	id string
	at time.Time
}

// known lists by their values the records that count, whatever the cohort is.
func (m recurrence) known(in *Inputs) map[string][]former {
	index := map[string][]former{}
	for f := range in.of(m.kind.ID) {
		at, ok := f.moment(m.at)
		key := m.key(f)
		if !ok || key == "" || m.earlier != nil && !f.holds(m.earlier) {
			continue
		}
		index[key] = append(index[key], former{f.rec.ID, at})
	}
	for _, list := range index {
		slices.SortStableFunc(list, func(a, b former) int { return a.at.Compare(b.at) })
	}
	return index
}

// key joins the values that must be the same; "" where one is not there.
func (m recurrence) key(f *facts) string {
	values := make([]string, len(m.same))
	for i, name := range m.same {
		if values[i] = f.rec.Text(name); values[i] == "" {
			return ""
		}
	}
	return strings.Join(values, "\x00")
}

// judge looks for the latest earlier record and notes it as the item.
func (m recurrence) judge(f *facts, e *member, list []former) {
	if m.never != nil && f.holds(m.never) {
		return
	}
	zone := f.in.Calendar.Zone()
	first := calendar.DayOf(e.when.In(zone)).Add(-m.days).Start(zone)
	for _, earlier := range list {
		before := earlier.at.Before(e.when) || earlier.at.Equal(e.when) && earlier.id < f.rec.ID
		if before && !earlier.at.Before(first) {
			e.Item = earlier.id
		}
	}
	e.pass = e.Item != "" || m.says(f)
}
