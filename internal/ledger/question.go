package ledger

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kept/internal/locale"
	"kept/internal/schema"
)

// AnswerForm is what an answer to a question is (domain.md §5.3).
type AnswerForm string

// The forms. Any other is words.
const (
	OneAnswer    AnswerForm = "one"    // of the options
	ManyAnswers  AnswerForm = "many"   // of the options
	OrderAnswer  AnswerForm = "order"  // the options, best first
	ScoreAnswer  AnswerForm = "score"  // a number from Low to High
	GridAnswer   AnswerForm = "grid"   // a number for each option, which is a row
	NumberAnswer AnswerForm = "number" // any number
	DateAnswer   AnswerForm = "date"
)

// Question is one question that the columns of a table may answer.
type Question struct {
	ID        string // Q1
	Form      AnswerForm
	Text      locale.Text
	Low, High int             // of a scale
	Words     []Word          // what the numbers of a scale are called, highest first; none for bare numbers
	Options   []schema.Option // to choose from; of a grid its rows
	None      bool            // "not applicable" is an answer
	Required  bool
}

// Word is what a number of a scale is called.
type Word struct {
	Value int
	Text  locale.Text
}

// Headings are the columns of a template for the question; a table that has them is
// read without a mapping.
func (q Question) Headings(lang locale.Lang) []string {
	own := q.ID + " " + q.Text.In(lang)
	if q.Form != GridAnswer {
		return []string{own}
	}
	list := make([]string, len(q.Options))
	for i, o := range q.Options {
		list[i] = own + ":" + o.Title.In(lang)
		if lang == locale.Chinese {
			list[i] = own + "：" + o.Title.In(lang)
		}
	}
	return list
}

// Choices are the answers that a cell may hold, as they are read again; nil where
// any text or number may stand, or several answers in one cell.
func (q Question) Choices(lang locale.Lang) []string {
	var list []string
	switch q.Form {
	case OneAnswer:
		for _, o := range q.Options {
			list = append(list, o.Title.In(lang))
		}
	case ScoreAnswer, GridAnswer:
		for _, w := range q.Words {
			list = append(list, w.Text.In(lang))
		}
		for n := q.High; len(q.Words) == 0 && n >= q.Low; n-- {
			list = append(list, strconv.Itoa(n))
		}
	}
	if q.None && len(list) > 0 {
		list = append(list, notApplicable.In(lang))
	}
	return list
}

// word is what a number is called.
func (q Question) word(value int) locale.Text {
	for _, w := range q.Words {
		if w.Value == value {
			return w.Text
		}
	}
	return locale.Plain(strconv.Itoa(value))
}

// scale is a name for questions whose numbers mean the same.
func (q Question) scale() string { return strconv.Itoa(q.Low) + "-" + strconv.Itoa(q.High) }

// scored tells that the answer is a number of a scale.
func (q Question) scored() bool { return q.Form == ScoreAnswer || q.Form == GridAnswer }

// number is the number in the question's id, 0 for none.
func (q Question) number() int {
	n, err := strconv.Atoi(strings.TrimLeftFunc(q.ID, func(r rune) bool { return r < '0' || r > '9' }))
	if err != nil {
		return 0
	}
	return n
}

// plain is a text as questions are compared: letters and digits alone.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, asked.ReplaceAllString(marks.ReplaceAllString(Fold(s), ""), ""))
}

// alike says how much two questions have in common: 1 for the same words, 0 for
// nothing.
func alike(a, b string) float64 {
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 1
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y, a, b = y, x, b, a
	}
	if len(x) >= 4 && strings.Contains(b, a) {
		return 0.9
	}
	pairs := map[[2]rune]int{}
	for i := 1; i < len(x); i++ {
		pairs[[2]rune{x[i-1], x[i]}]++
	}
	same := 0
	for i := 1; i < len(y); i++ {
		if p := [2]rune{y[i-1], y[i]}; pairs[p] > 0 {
			pairs[p]--
			same++
		}
	}
	return 2 * float64(same) / float64(max(1, len(x)+len(y)-2))
}

// option finds the option that a text names: as it stands, by its code, or without
// what either has in brackets; -1 for none.
func (q Question) option(text string) int {
	w := Fold(text)
	if w == "" {
		return -1
	}
	at := slices.IndexFunc(q.Options, func(o schema.Option) bool {
		return w == Fold(o.Title.ZH) || w == Fold(o.Title.EN) || w == Fold(o.Value)
	})
	if at >= 0 {
		return at
	}
	return slices.IndexFunc(q.Options, func(o schema.Option) bool {
		return plain(bare(w)) != "" && (plain(bare(w)) == plain(bare(Fold(o.Title.ZH))) || plain(bare(w)) == plain(bare(Fold(o.Title.EN))))
	})
}
