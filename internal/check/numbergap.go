package check

import (
	"cmp"
	"slices"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// place is a number of a kind's sequence that is accounted for.
type place struct {
	year, n int
	rec     *record.Record // nil where it was renumbered or disposed of
}

// numbersWithoutGap finds numbers that are missing before the last of a year (E3).
// A number that was given up in a renumbering, or that a disposal lists, is
// accounted for.
func numbersWithoutGap(j *judge) {
	for kind := range j.Register.Kinds().All() {
		if kind.IDs.Template == "" {
			continue
		}
		last := place{}
		for _, next := range j.places(kind) {
			if next.year != last.year {
				last = place{year: next.year}
			}
			if next.n > last.n+1 {
				j.gap(kind, last, next)
			}
			last = next
		}
	}
}

// places lists what is accounted for, by year and number.
func (j *judge) places(kind *schema.Kind) []place {
	var list []place
	add := func(id string, rec *record.Record) {
		if year, n, ok := kind.IDs.Numbered(id); ok {
			list = append(list, place{year, n, rec})
		}
	}
	for rec := range j.Register.Of(kind.ID) {
		add(rec.ID, rec)
		if old := rec.Text(record.RenumberedField); old != "" {
			add(old, nil)
		}
	}
	for id := range j.Register.DisposedIDs() {
		add(id, nil)
	}
	slices.SortStableFunc(list, func(a, b place) int { return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.n, b.n)) })
	return list
}

// gap reports the numbers between two as a finding about the first of them, which
// stands at the record behind them or, where that is gone, before them.
func (j *judge) gap(kind *schema.Kind, last, next place) {
	rec := cmp.Or(next.rec, last.rec)
	if rec == nil {
		return
	}
	from, to := kind.IDs.ID(next.year, last.n+1), kind.IDs.ID(next.year, next.n-1)
	pos := rec.Position("/" + record.IDField)
	missing := &record.Record{ID: from}
	if from == to {
		j.report(missing, pos, "check.number-gap", locale.A("missing", from))
		return
	}
	j.report(missing, pos, "check.number-gap.many", locale.A("from", from), locale.A("to", to), locale.N("n", next.n-last.n-1))
}
