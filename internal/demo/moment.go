package demo

import (
	"fmt"
	"time"

	"kept/internal/calendar"
)

// due is the end of a limit as package calendar computes it (domain.md §0.17).
func (s *scope) due(args []string) any {
	from, err := time.Parse(time.RFC3339, fmt.Sprint(s.variable(args[0])))
	if err != nil {
		s.fail("placeholder counts from no moment: %q", args[0])
		return nil
	}
	limit := calendar.Limit{Amount: s.number(args, 1), Unit: calendar.Unit(args[2])}
	due := s.stage.schedule.calendar.Due(from, limit, s.pauses(args[3:]))
	return due.At.In(s.stage.schedule.zone).Format(time.RFC3339)
}

// pauses reads the list of pauses that a last argument may name.
func (s *scope) pauses(args []string) []calendar.Interval {
	var out []calendar.Interval
	if len(args) == 0 {
		return nil
	}
	list, _ := s.variable(args[0]).([]any)
	for _, item := range list {
		m, _ := item.(mapping)
		from, err := time.Parse(time.RFC3339, fmt.Sprint(m["from"]))
		to, err2 := time.Parse(time.RFC3339, fmt.Sprint(m["to"]))
		if err == nil && err2 == nil {
			out = append(out, calendar.Interval{Start: from, End: to})
		}
	}
	return out
}

func (s *scope) moment(form string, args []string) any {
	work := s.stage.schedule
	switch form {
	case "now":
		return s.now.Format(time.RFC3339)
	case "close":
		return work.day(s.now, s.number(args, 0)).Start(work.zone).Add(18 * time.Hour).Format(time.RFC3339)
	case "date":
		return work.day(s.now, s.number(args, 0)).String()
	case "day":
		return s.now.AddDate(0, 0, s.number(args, 0)).Format(time.DateOnly)
	case "plus":
		from, err := time.Parse(time.DateOnly, fmt.Sprint(s.variable(args[0])))
		if err != nil {
			s.fail("placeholder counts from no day: %q", args[0])
		}
		return from.AddDate(0, 0, s.number(args, 1)).Format(time.DateOnly)
	case "ago":
		return s.now.Add(-s.span(args[0])).Format(time.RFC3339)
	case "later":
		return work.after(s.now, s.span(args[0])).Truncate(time.Minute).Format(time.RFC3339)
	case "after":
		from, err := time.Parse(time.RFC3339, fmt.Sprint(s.variable(args[0])))
		if err != nil {
			s.fail("placeholder counts from no moment: %q", args[0])
		}
		return work.after(from, s.span(args[1])).Truncate(time.Minute).Format(time.RFC3339)
	}
	s.fail("placeholder %q is unknown", form)
	return nil
}

// span draws a duration from a span.
func (s *scope) span(text string) time.Duration {
	p, err := parseSpan(text)
	if err != nil {
		s.fail("%w", err)
	}
	return p.draw(s.dice)
}
