package demo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kept/internal/record"
)

// value finds what a placeholder stands for. The forms:
//
//	{name}, {name.key}    a variable, or a list of the scenario
//	{pick LIST}           one item of a list
//	{deal LIST}           the same, but no item again until all were dealt
//	{pick A|B|C}          one of the words
//	{int LOW HIGH}        a number
//	{integer VAR}         a variable's digits as a number
//	{chance P A [B]}      A in P of a hundred times, else B, or nothing
//	{now}                 the step's moment
//	{head}                the newest commit of the mainline
//	{evidence LIST}       the digest of an evidence file with the text of a list
//	{issue FIELD}         what an issue of a report says in a field, see [Request]
//	{ago SPAN}            a moment before it, by the clock on the wall
//	{later SPAN}          a moment after it, in working time
//	{after VAR SPAN}      a moment after one that a variable holds, in working time
//	{close N}             the end of the N-th working day after it
//	{date N}              the day N working days after it
//	{day N}               the day N days after it
//	{holder ROLE}         somebody who has a role
//	{other ROLE}          the same, but not the life's actor so far
//	{due VAR N UNIT}      when a limit that began at a moment is used up
//	{find LIST KEY VAR}   the item of a list whose key equals a variable
//	{plus VAR N}          the day N days after one that a variable holds
//	{last LIFE}           the id of the newest record of a definition
//	{pad WIDTH VAR}       a number with zeros before it
//	{seq WIDTH [SERIES]}  the next number of the life's ids, or of a series and year
//	{unless VAR TEXT}     TEXT where a variable is empty
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
	case "evidence":
		return s.evidence(args[0])
	case "issue":
		return s.issue(args[0])
	case "pick":
		return s.pick(args[0])
	case "deal":
		return s.deal(args[0])
	case "int":
		return json.Number(strconv.Itoa(s.dice.between(s.number(args, 0), s.number(args, 1))))
	case "chance":
		return s.chance(args)
	case "hex":
		return fmt.Sprintf("%016x", s.dice.next())[:min(16, s.number(args, 0))]
	case "integer":
		return json.Number(fmt.Sprint(s.variable(args[0])))
	case "find":
		return s.find(args)
	case "last":
		return s.stage.previous[args[0]][record.IDField]
	case "pad":
		return pad(fmt.Sprint(s.variable(args[1])), s.number(args, 0))
	case "due":
		return s.due(args)
	case "seq":
		if len(args) > 1 {
			return s.stage.nextNumber(args[1]+s.text("{year}"), s.number(args, 0))
		}
		return s.count(s.number(args, 0))
	case "unless":
		if !empty(s.variable(args[0])) {
			return nil
		}
		return args[1]
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

func (s *scope) deal(name string) any {
	k := s.decks[name]
	if k == nil {
		list, _ := s.variable(name).([]any)
		k = &deck[any]{items: list}
		s.decks[name] = k
	}
	if len(k.items) == 0 {
		s.fail("placeholder deals from %q, which is no list", name)
		return nil
	}
	return k.deal(s.dice)
}

func (s *scope) find(args []string) any {
	list, _ := s.variable(args[0]).([]any)
	want := s.variable(args[2])
	for _, item := range list {
		if m, ok := item.(mapping); ok && m[args[1]] == want {
			return m
		}
	}
	s.fail("placeholder finds no %q among %q", args[2], args[0])
	return nil
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
