package ledger

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/schema"
)

// reply is the answer to one question, or to one row of a grid, as it is gathered
// from the cells of a table's row.
type reply struct {
	question, row int // row is -1 but for a grid
	score         int
	scored        bool
	choices       []int // options, in their order or as they were ranked
	ranks         []int // beside choices, of columns that give each option a place
	text          string
	none          bool
}

// replies are the answers of one row.
type replies []*reply

func (r *replies) of(question, row int) *reply {
	for _, a := range *r {
		if a.question == question && a.row == row {
			return a
		}
	}
	a := &reply{question: question, row: row}
	*r = append(*r, a)
	return a
}

// answer reads the cell of a column that answers a question. A blank, a skipped
// question and what the mapping calls missing leave no answer.
func (t *table) answer(e *Entry, m match, cell Cell) *fault {
	q := t.asks.questions[m.question]
	text := Tidy(cell.Text)
	if failed(cell.Text) {
		return faulty("ledger.formula-error", locale.A("text", text))
	}
	none := headed(t.asks.rules.None, text) || Fold(text) == Fold(notApplicable.ZH) || Fold(text) == Fold(notApplicable.EN)
	if headed(t.asks.rules.Missing, text) || !none && empty(text) && q.option(text) < 0 {
		return nil
	}
	row := -1
	if q.Form == GridAnswer {
		if row = m.option; row < 0 {
			return faulty("ledger.grid-row", locale.A("question", q.ID))
		}
	}
	if none && q.option(text) < 0 {
		if !q.None {
			return faulty("ledger.answer-none", locale.A("question", q.ID), locale.A("text", text))
		}
		e.replies.of(m.question, row).none = true
		return nil
	}
	return t.reply(e, m, q, row, cell)
}

func (t *table) reply(e *Entry, m match, q Question, row int, cell Cell) *fault {
	text := Tidy(cell.Text)
	switch q.Form {
	case ScoreAnswer, GridAnswer:
		v, wrong := t.uses.of(t.asks.rules, q).valueOf(q, text)
		if wrong == unread {
			return nil // the scale as a whole is refused
		}
		if wrong != "" {
			return faulty(wrong, locale.A("question", q.ID), locale.A("text", shortened(text)), locale.A("scale", q.scale()), locale.T("options", q.wording()))
		}
		a := e.replies.of(m.question, row)
		a.score, a.scored = v, true
	case OneAnswer, ManyAnswers, OrderAnswer:
		if m.option >= 0 {
			return t.ticked(e, m, q, text)
		}
		return t.chosen(e, m, q, text)
	case NumberAnswer:
		v, _, wrong := number(schema.Field{Type: schema.DecimalField, Title: locale.Plain(q.ID)}, cell, counter.ReplaceAllString(text, "$1"))
		if wrong != nil {
			return wrong
		}
		e.replies.of(m.question, row).text = v.(string)
	case DateAnswer:
		v, _, wrong := t.reader.moment(schema.Field{Type: schema.MomentField, Title: locale.Plain(q.ID)}, cell, text)
		if wrong != nil {
			return wrong
		}
		e.replies.of(m.question, row).text = v.(string)
	default:
		e.replies.of(m.question, row).text = text
	}
	return nil
}

// chosen reads the options that one cell names.
func (t *table) chosen(e *Entry, m match, q Question, text string) *fault {
	parts := []string{text}
	if q.Form != OneAnswer {
		parts = q.parts(text, t.asks.rules.Cut)
	}
	a := &reply{}
	for _, part := range parts {
		o, own := q.choice(part, t.asks.rules.First)
		if o == torn {
			return faulty("ledger.choice-torn", locale.A("question", q.ID), locale.A("text", shortened(part)))
		}
		if o < 0 {
			return faulty("ledger.choice", locale.A("question", q.ID), locale.A("text", shortened(part)), locale.T("options", titles(q.Options)))
		}
		if !slices.Contains(a.choices, o) {
			a.choices = append(a.choices, o)
		}
		a.text = cmp.Or(own, a.text)
	}
	if q.Form == ManyAnswers {
		slices.Sort(a.choices)
	}
	kept := e.replies.of(m.question, -1)
	kept.choices, kept.text = a.choices, a.text
	return nil
}

// ticked reads the column of one option: whether it was chosen, or which place it has.
func (t *table) ticked(e *Entry, m match, q Question, text string) *fault {
	f := Fold(text)
	if q.Form == OrderAnswer {
		place, err := strconv.Atoi(f)
		if err != nil || place < 0 || place > len(q.Options) {
			return faulty("ledger.rank", locale.A("question", q.ID), locale.A("text", shortened(text)), locale.N("n", len(q.Options)))
		}
		if place == 0 {
			return nil
		}
		a := e.replies.of(m.question, -1)
		if slices.Contains(a.ranks, place) {
			return faulty("ledger.rank-twice", locale.A("question", q.ID), locale.N("place", place))
		}
		a.choices, a.ranks = append(a.choices, m.option), append(a.ranks, place)
		return nil
	}
	yes, known := f == "1", f == "1" || f == "0"
	if !known {
		yes, known = locale.ParseFlag(f)
	}
	if !known {
		yes, known = flags[f]
	}
	own := ""
	if o, said := q.choice(text, 0); !known && o == m.option {
		yes, known, own = true, true, said
	}
	if !known && isOther(q.Options[m.option]) {
		yes, known, own = true, true, text
	}
	if !known {
		return faulty("ledger.tick", locale.A("question", q.ID), locale.A("text", shortened(text)), locale.T("option", q.Options[m.option].Title))
	}
	if yes {
		a := e.replies.of(m.question, -1)
		a.choices = append(a.choices, m.option)
		slices.Sort(a.choices)
		a.text = cmp.Or(own, a.text)
	}
	return nil
}

// ordered are the choices in the order of their places.
func (a *reply) ordered() []int {
	if len(a.ranks) == 0 {
		return a.choices
	}
	by := make([]int, len(a.choices))
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(x, y int) int { return cmp.Compare(a.ranks[x], a.ranks[y]) })
	for i, at := range by {
		by[i] = a.choices[at]
	}
	return by
}

// written puts the answers into the entry's fields, in the order of the questions.
func (t *table) written(e *Entry) {
	of := t.request.Kind.Answers
	slices.SortFunc(e.replies, func(a, b *reply) int {
		return cmp.Or(cmp.Compare(a.question, b.question), cmp.Compare(a.row, b.row))
	})
	list := []any{}
	for _, a := range e.replies {
		q := t.asks.questions[a.question]
		item := map[string]any{of.Answer["question"]: q.ID}
		if a.row >= 0 {
			item[of.Answer["row"]] = q.Options[a.row].Value
		}
		if a.none {
			item[of.Answer["none"]] = true
		}
		if a.scored {
			item[of.Answer["score"]] = json.Number(strconv.Itoa(a.score))
		}
		if len(a.choices) > 0 {
			choices := []any{}
			for _, o := range a.ordered() {
				choices = append(choices, q.Options[o].Value)
			}
			item[of.Answer["choices"]] = choices
		}
		if a.text != "" {
			item[of.Answer["text"]] = a.text
		}
		list = append(list, item)
	}
	e.Fields[of.List] = list
}

// wording lists the answers of a scale, for a message.
func (q Question) wording() locale.Text {
	if len(q.Words) == 0 {
		return locale.Plain(q.scale())
	}
	list := make([]locale.Text, len(q.Words))
	for i, w := range q.Words {
		list[i] = w.Text
	}
	return locale.Listed(list...)
}

// shortened bounds a cell's text in a message.
func shortened(s string) string {
	return locale.Shorten(strings.ReplaceAll(s, "\n", " "), 30)
}
