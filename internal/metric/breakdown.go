package metric

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/schema"
)

// breakdown counts the values of a field. A record with several counts once for
// each; one without any counts as not stated, last among equals.
func (in *Inputs) breakdown(field schema.Field, members []*facts) Breakdown {
	b := Breakdown{By: field.Title}
	counts, whole := map[string]int{}, 0
	for _, f := range members {
		for _, value := range f.values(field) {
			counts[value]++
			whole++
		}
	}
	values := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), compareEmptyLast(x, y), cmp.Compare(x, y))
	})
	sum := 0
	for _, value := range values {
		sum += counts[value]
		part := Part{Count: counts[value], Share: percent(counts[value], whole), Cumulative: percent(sum, whole)}
		switch {
		case value == "":
			part.Name = in.say("metric.not-stated")
		case field.Type == schema.RefField:
			part.Record = value
		default:
			part.Name = optionTitle(field, value)
		}
		b.Parts = append(b.Parts, part)
	}
	return b
}

func compareEmptyLast(x, y string) int {
	switch {
	case x == y:
		return 0
	case x == "":
		return 1
	case y == "":
		return -1
	}
	return 0
}

// values are a field's values of a record, "" for none.
func (f *facts) values(field schema.Field) []string {
	var list []string
	switch n, ok := f.rec.Number(field.Name); {
	case field.Type == schema.IntegerField && ok:
		list = []string{n.RatString()}
	case field.List:
		list = f.rec.Texts(field.Name)
	default:
		list = []string{f.rec.Text(field.Name)}
	}
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

func optionTitle(field schema.Field, value string) locale.Text {
	for _, o := range field.Options {
		if o.Value == value {
			return o.Title
		}
	}
	return locale.Plain(value)
}

// compute measures what was done in the period.
func (s spell) compute(in *Inputs, p calendar.Period) Spell {
	span := p.In(in.Calendar.Zone())
	var hours []time.Duration
	for f, m := range s.placed(in) {
		start, ok := f.moment(s.start)
		if ok && m.left.IsZero() && span.Contains(m.when) {
			hours = append(hours, in.Calendar.Working(calendar.Interval{Start: start, End: m.when}, f.pauses(s.pauses)))
		}
	}
	slices.Sort(hours)
	return Spell{Title: s.title, Count: len(hours), Mean: mean(hours), Median: median(hours), P90: nearestRank(hours, 90)}
}

// Changed is the change from one number to another in percent; nil where there
// was none before, which nothing can be compared with (domain.md §4.6).
func Changed(now, before int) *big.Rat {
	return percent(now-before, before)
}
