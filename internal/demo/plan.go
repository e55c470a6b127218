package demo

import (
	"fmt"
	"strconv"
	"time"

	"kept/internal/calendar"
)

// schedulePlans puts the beginnings of all lives into the queue: those of each
// period, and as many of the spread ones as are left of the wanted number.
func (s *stage) schedulePlans() error {
	left := s.req.Records - s.records
	for _, def := range s.scenario.lives {
		if def.plan.every == "" {
			continue
		}
		n, err := s.planPeriods(def)
		if err != nil {
			return fmt.Errorf("plan life %q: %w", def.name, err)
		}
		left -= n
	}
	for _, def := range s.scenario.lives {
		if def.plan.spread {
			// Each life brings itself and, now and then, another record.
			s.planSpread(def, max(24, left*100/(100+def.plan.rate)))
		}
	}
	return nil
}

// planPeriods plans one life in each period, or one for each item of a list,
// but those that skip names ("2" the third period; "1.4" the fifth item in the
// second). It gives the number of records to expect.
func (s *stage) planPeriods(def *lifeDef) (int, error) {
	p := def.plan
	offset, err := parseSpan(p.offset)
	if err != nil {
		return 0, err
	}
	dice := newDice(s.req.Seed, "plan/"+def.name)
	items := []any{nil}
	if p.each != "" {
		items, _ = s.scenario.lists[p.each].([]any)
	}
	type slot struct {
		at   time.Time
		vars mapping
	}
	var slots []slot
	period := calendar.PeriodAt(calendar.Grain(p.every), s.start)
	for i := 0; period.In(s.schedule.zone).Start.Before(s.end); i++ {
		from := period.In(s.schedule.zone).Start
		for j, item := range items {
			days := int(offset.draw(dice) / workday)
			at := s.schedule.after(from.AddDate(0, 0, days).Add(9*time.Hour), time.Duration(dice.below(420))*time.Minute)
			if !at.Before(s.end) {
				continue
			}
			vars := mapping{"period": period.String(), "it": item, "year": strconv.Itoa(at.Year()), "period_end": lastDay(period, s.schedule.zone), "next_end": lastDay(period.Shift(1), s.schedule.zone)}
			if skips(p.skip, i, j) {
				s.miss(p, vars, at)
				continue
			}
			slots = append(slots, slot{at, vars})
		}
		period = period.Shift(1)
	}
	for i, slot := range slots {
		s.queue.plan(slot.at, s.beginner(def, slot.at, slot.vars, i, len(slots)))
	}
	count := len(slots)
	if list, ok := s.scenario.lists[p.brings].([]any); ok {
		count += count * len(list) * p.rate / 100
	}
	return count, nil
}

// miss notes what is true because a life was skipped.
func (s *stage) miss(p planDef, vars mapping, at time.Time) {
	sc := s.scope("missed", at)
	for key, value := range vars {
		sc.vars[key] = value
	}
	for _, m := range p.missed {
		if filled, ok := sc.fill(m).(mapping); ok && sc.err == nil && sc.keeps(orElse(text(m, "$where"), "x x")) {
			s.truth.add([]mapping{filled}, "", "", "")
		}
	}
}

func text(m mapping, key string) string {
	t, _ := m[key].(string)
	return t
}

func skips(list []string, period, item int) bool {
	return contains(list, strconv.Itoa(period)) || contains(list, strconv.Itoa(period)+"."+strconv.Itoa(item))
}

// planSpread plans n lives over the whole time, nearly all in working time.
func (s *stage) planSpread(def *lifeDef, n int) {
	dice := newDice(s.req.Seed, "plan/"+def.name)
	first := calendar.DayOf(s.last).Add(1)
	days := int(s.end.Sub(first.Start(s.schedule.zone)) / (24 * time.Hour))
	for i := range n {
		// One life in each n-th part of the time, so that none is crowded.
		day := first.Add((i*days + dice.below(days)) / n)
		if work, _ := s.schedule.calendar.IsWorkday(day); !work && !dice.percent(15) {
			day = s.schedule.day(day.Start(s.schedule.zone), 1)
		}
		hour := time.Duration(dice.between(9*60, 18*60-10)) * time.Minute
		if dice.percent(8) {
			hour = time.Duration(dice.between(7*60, 22*60)) * time.Minute
		}
		at := day.Start(s.schedule.zone).Add(hour)
		s.queue.plan(at, s.beginner(def, at, mapping{}, i, n))
	}
}

// beginner begins a life when its time has come.
func (s *stage) beginner(def *lifeDef, at time.Time, vars mapping, order, expected int) func() error {
	return func() error {
		l, err := s.begin(def, at, vars, order, expected)
		if err != nil {
			return err
		}
		return l.proceed()
	}
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// lastDay is the last day of a period.
func lastDay(p calendar.Period, zone *time.Location) string {
	return calendar.DayOf(p.In(zone).End).Add(-1).String()
}
