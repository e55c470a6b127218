package obligation

import (
	"math/big"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/schema"
)

// span demands that other records, such as contracts, cover enough months of the
// period (domain.md §0.13, §0.21).
type span struct {
	kind     *schema.Kind
	link     string // field of theirs that names the record
	from, to string // first and last day; without the last one it is open-ended
	when     *expr.Program
	months   *big.Rat
}

// runs are the joined runs of days that the records linked to id cover, open ends
// cut a period of the longest grain after the last moment that is asked for.
func (s *span) runs(in *inputs, id string) []calendar.Run {
	if s == nil {
		return nil
	}
	var list []calendar.Run
	last := ""
	for _, ref := range in.Register.To(id) {
		rec := in.Register.Get(ref.From)
		if ref.Field != s.link || rec == nil || rec.Kind != s.kind || rec.ID == last {
			continue
		}
		last = rec.ID
		k := in.known(rec)
		if k == nil || !k.holds(s.when, in.AsOf) {
			continue
		}
		zone := in.Calendar.Zone()
		from, ok := rec.Moment(s.from, zone)
		if !ok {
			continue
		}
		run := calendar.Run{First: calendar.DayOf(from.In(zone)), Last: calendar.DayOf(in.Until.In(zone).AddDate(1, 0, 0))}
		if to, ok := rec.Moment(s.to, zone); ok {
			run.Last = calendar.DayOf(to.In(zone))
		}
		list = append(list, run)
	}
	return calendar.Join(list)
}

// covers tells whether the runs cover enough months of the period.
func (s *span) covers(joined []calendar.Run, p calendar.Period) bool {
	var inside []calendar.Run
	for _, run := range joined {
		if part := run.Clip(p.Days()); part.First.Compare(part.Last) <= 0 {
			inside = append(inside, part)
		}
	}
	return calendar.Months(inside).Cmp(s.months) >= 0
}
