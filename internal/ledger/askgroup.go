package ledger

import (
	"slices"
	"strings"
)

// optionHeading is a heading that has a question's number and one of its options
// alone: 6(网络运维).
type optionHeading struct {
	text, option string
}

// groups finds the columns that have a number and an option alone, of a row of
// headings whose numbers are not the questionnaire's: where pages were counted, or
// questions left out. The options of one number together are those of one question, or
// the question's number is as far away as that of the columns before; a number alone
// decides nothing.
func (a *asker) groups(row Row) map[string]match {
	by, order := map[int][]optionHeading{}, []int(nil)
	away, moves := map[int]int{}, 0
	for _, c := range row.Cells {
		text := Tidy(c.Text)
		number, rest := numbered(text)
		if number == 0 {
			continue
		}
		m := a.match(text)
		inner, bare := strings.CutPrefix(rest, "(")
		switch {
		case m.fit == moved:
			moves = a.questions[m.question].number() - number
		case m.fit != fits && bare && strings.HasSuffix(inner, ")"):
			if by[number] == nil {
				order = append(order, number)
				away[number] = moves
			}
			by[number] = append(by[number], optionHeading{text, strings.TrimSuffix(inner, ")")})
		}
	}
	found := map[string]match{}
	for _, number := range order {
		q := a.whose(by[number], number+away[number])
		if q < 0 {
			continue
		}
		for _, h := range by[number] {
			found[h.text] = match{q, a.questions[q].option(h.option), moved, -1}
		}
	}
	return found
}

// whose is the question that has all the options: the only one, or of several the one
// with a number; -1 for none. One option alone proves nothing.
func (a *asker) whose(headings []optionHeading, number int) int {
	var list []int
	for i, q := range a.questions {
		if q.Form != ManyAnswers && q.Form != OrderAnswer && q.Form != GridAnswer {
			continue
		}
		if !slices.ContainsFunc(headings, func(h optionHeading) bool { return q.option(h.option) < 0 }) {
			list = append(list, i)
		}
	}
	if at := slices.IndexFunc(list, func(i int) bool { return a.questions[i].number() == number }); at >= 0 {
		return list[at]
	}
	if len(list) == 1 && len(headings) > 1 {
		return list[0]
	}
	return -1
}

// under finds headings in two rows: a question above, and below it options or rows of
// a grid. They are put together as one heading, the question with the option in
// brackets.
func (a *asker) under(upper, lower Row) map[string]match {
	found := map[string]match{}
	above := ""
	for i := range lower.Cells {
		below := Tidy(lower.At(i + 1).Text)
		if text := Tidy(upper.At(i + 1).Text); text != "" || below == "" {
			above = text
		}
		if above == "" || below == "" || below == above {
			continue
		}
		if m := a.match(above); m.question < 0 || m.option >= 0 {
			continue
		}
		if m := a.match(together(above, below)); (m.fit == fits || m.fit == moved) && m.option >= 0 {
			found[together(above, below)] = m
		}
	}
	return found
}

// together is a question's heading with the one below it.
func together(above, below string) string {
	return strings.TrimRight(above, ":：") + "(" + below + ")"
}
