package demo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// value finds what a placeholder stands for. The forms:
//
//	{name}, {name.key}    a variable, or a list of the scenario
//	{pick LIST}           one item of a list
//	{pick A|B|C}          one of the words
//	{int LOW HIGH}        a number
//	{chance P A [B]}      A in P of a hundred times, else B, or nothing
//	{now}                 the step's moment
//	{ago SPAN}            a moment before it, by the clock on the wall
//	{later SPAN}          a moment after it, in working time
//	{close N}             the end of the N-th working day after it
//	{date N}              the day N working days after it
//	{day N}               the day N days after it
//	{holder ROLE}         somebody who has a role
//	{other ROLE}          the same, but not the life's actor so far
//	{seq WIDTH}           the next number of the life's kind and year
//	{hex WIDTH}           digits without meaning
func (s *scope) value(expr string, depth int) any {
	words := strings.Fields(expr)
	if len(words) == 0 {
		s.fail("placeholder is empty")
		return nil
	}
	if len(words) == 1 && words[0] != "now" {
		return s.variable(words[0])
	}
	switch args := words[1:]; words[0] {
	case "pick":
		return s.pick(args[0])
	case "int":
		return json.Number(strconv.Itoa(s.dice.between(s.number(args, 0), s.number(args, 1))))
	case "chance":
		return s.chance(args)
	case "hex":
		return fmt.Sprintf("%016x", s.dice.next())[:min(16, s.number(args, 0))]
	case "seq":
		return s.count(s.number(args, 0))
	case "holder", "other":
		return s.holder(words[0] == "other", args[0])
	default:
		return s.moment(words[0], args)
	}
}

// variable looks a dotted name up, first among the variables.
func (s *scope) variable(path string) any {
	name, rest, deeper := strings.Cut(path, ".")
	value, ok := s.vars[name]
	if !ok {
		list, known := s.stage.scenario.lists[name]
		if !known {
			s.fail("placeholder %q names nothing", path)
			return nil
		}
		value = list
	}
	for deeper {
		name, rest, deeper = strings.Cut(rest, ".")
		inside, ok := value.(mapping)
		if !ok {
			s.fail("placeholder %q looks into what is no mapping", path)
			return nil
		}
		value = inside[name]
	}
	return value
}

func (s *scope) pick(from string) any {
	if strings.Contains(from, "|") {
		words := strings.Split(from, "|")
		return words[s.dice.below(len(words))]
	}
	list, ok := s.variable(from).([]any)
	if !ok || len(list) == 0 {
		s.fail("placeholder picks from %q, which is no list", from)
		return nil
	}
	return list[s.dice.below(len(list))]
}

func (s *scope) chance(args []string) any {
	hit := s.dice.percent(s.number(args, 0))
	switch {
	case hit && len(args) > 1:
		return args[1]
	case !hit && len(args) > 2:
		return args[2]
	}
	return nil
}

func (s *scope) number(args []string, i int) int {
	if i < len(args) {
		if n, err := strconv.Atoi(args[i]); err == nil {
			return n
		}
	}
	s.fail("placeholder wants a number in %q", strings.Join(args, " "))
	return 0
}

func (s *scope) holder(other bool, role string) any {
	var but []string
	if actor, ok := s.vars["actor"].(string); ok && other {
		but = append(but, actor)
	}
	p, err := s.stage.cast.holder(s.dice, role, s.now, but...)
	if err != nil {
		s.fail("%w", err)
		return nil
	}
	return p.id
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
	case "ago", "later":
		p, err := parseSpan(strings.Join(args, ""))
		if err != nil {
			s.fail("%w", err)
			return nil
		}
		if d := p.draw(s.dice); form == "ago" {
			return s.now.Add(-d).Format(time.RFC3339)
		} else {
			return work.after(s.now, d).Truncate(time.Minute).Format(time.RFC3339)
		}
	}
	s.fail("placeholder %q is unknown", form)
	return nil
}
