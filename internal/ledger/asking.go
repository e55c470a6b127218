package ledger

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
)

// AnswerTarget is a column that answers a question of the request.
const AnswerTarget = "$answer"

// Asking is how a mapping reads the answers to questions (domain.md §11.1).
type Asking struct {
	// Headings are a company's own for a question, Q3, or for one of its options, Q3.a.
	Headings map[string][]string
	Missing  []string // no answer was given: a blank, never a score
	None     []string // the question does not apply
	// Codes says what bare numbers mean: by a scale ("1-5") or a question, "1=非常满意".
	Codes map[string]string
	// Stated are the keys of Codes that were said of this very file, and not by a
	// mapping for every file; "" among them is what was said of no scale by name.
	Stated map[string]bool
	Cut    string // signs at which a cell is cut into several options
	First  int    // the number of the first option in a coded file
}

// match is what a heading says about questions.
type match struct {
	question int // index, -1 for none
	option   int // index of the question's options, -1 for the question as a whole
	fit      fit
	other    int // the question whose number the heading has, or whose text; -1 for none
}

type fit int

const (
	unlike fit = iota
	fits
	moved   // the text is that of another question than the number's, word by word
	foreign // the number is a question's, the text is not
	clashes // the number is one question's, the text looks like another's
)

// The likeness from which texts are one question, and at which they surely are.
const (
	similar = 0.6
	certain = 0.85
)

// asker finds the columns that answer questions.
type asker struct {
	questions []Question
	texts     [][2]string // of each question, plain, in both languages
	rules     Asking
	known     map[string]match
}

func newAsker(questions []Question, rules Asking) *asker {
	a := &asker{questions: questions, rules: rules, known: map[string]match{}}
	for _, q := range questions {
		a.texts = append(a.texts, [2]string{plain(q.Text.ZH), plain(q.Text.EN)})
	}
	return a
}

// match compares a heading with the questions, by number and by text.
func (a *asker) match(text string) match {
	m, ok := a.known[text]
	if !ok {
		m = a.compare(text)
		a.known[text] = m
	}
	return m
}

func (a *asker) compare(text string) match {
	if q, o, ok := a.own(text); ok {
		return match{q, o, fits, -1}
	}
	number, rest := numbered(text)
	by, option := -1, -1
	own := 0.0
	if number > 0 {
		by = slices.IndexFunc(a.questions, func(q Question) bool { return q.number() == number })
	}
	if by >= 0 {
		own, option = a.likeness(by, rest)
		if plain(rest) == "" {
			return match{by, -1, fits, -1}
		}
	}
	best, bestOption, most := a.nearest(rest, by)
	switch {
	case own == 1, by >= 0 && most < 1 && own >= similar && own+0.1 >= most:
		return match{by, option, fits, -1}
	case by >= 0 && most == 1:
		return match{best, bestOption, moved, by}
	case by >= 0 && most >= similar:
		return match{by, option, clashes, best}
	case by >= 0:
		return match{by, option, foreign, -1}
	case number > 0 && most >= certain:
		return match{best, bestOption, moved, -1}
	case number == 0 && most >= certain:
		return match{best, bestOption, fits, -1}
	}
	return match{-1, -1, unlike, -1}
}

// own is the question that the mapping gives a heading to.
func (a *asker) own(text string) (question, option int, ok bool) {
	for i, q := range a.questions {
		if headed(a.rules.Headings[q.ID], text) {
			return i, -1, true
		}
		for j, o := range q.Options {
			if headed(a.rules.Headings[q.ID+"."+o.Value], text) {
				return i, j, true
			}
		}
	}
	return -1, -1, false
}

func headed(list []string, text string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return Fold(s) == Fold(text) })
}

// nearest is the question, but for one, that a text is most like.
func (a *asker) nearest(text string, but int) (question, option int, most float64) {
	question, option = -1, -1
	for i := range a.questions {
		if i == but {
			continue
		}
		if l, o := a.likeness(i, text); l > most {
			question, option, most = i, o, l
		}
	}
	return question, option, most
}

// likeness is how like a text is to a question; behind or within brackets may stand
// one of its options. An option alone is as good as the question's text where the
// heading has a number; without one it says too little, and counts as similar.
func (a *asker) likeness(i int, text string) (float64, int) {
	q := a.questions[i]
	whole, option := max(alike(plain(text), a.texts[i][0]), alike(plain(text), a.texts[i][1])), -1
	if q.Form != ManyAnswers && q.Form != OrderAnswer && q.Form != GridAnswer {
		return whole, -1
	}
	for _, cut := range cuts(text) {
		o := q.option(cut[1])
		if o < 0 {
			o = q.counted(cut[1])
		}
		if o < 0 {
			continue
		}
		l := max(alike(plain(cut[0]), a.texts[i][0]), alike(plain(cut[0]), a.texts[i][1]))
		if plain(cut[0]) == "" {
			l = similar
		}
		if l >= similar && l >= whole || option < 0 && l >= similar {
			whole, option = l, o
		}
	}
	return whole, option
}

// counted is the option that a number behind a heading counts, -1 for none.
func (q Question) counted(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 || n > len(q.Options) {
		return -1
	}
	return n - 1
}

// cuts are the ways to part a heading into a question and one of its options.
func cuts(text string) [][2]string {
	var list [][2]string
	if strings.HasSuffix(text, ")") {
		for i, r := range text {
			if r == '(' {
				list = append(list, [2]string{text[:i], text[i+1 : len(text)-1]})
			}
		}
	}
	for i, r := range text {
		if strings.ContainsRune(":-—_|/.", r) {
			list = append(list, [2]string{text[:i], text[i+len(string(r)):]})
		}
	}
	return list
}

// numbered parts a heading into a question's number, 0 for none, and its text.
func numbered(text string) (int, string) {
	s := asked.ReplaceAllString(marks.ReplaceAllString(locale.Narrow(Tidy(text)), ""), "")
	s = strings.TrimRight(strings.TrimSpace(s), ":")
	for _, form := range questionNumbers {
		if m := form.FindStringSubmatch(s); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n, strings.TrimLeft(m[2], " 、:.．)")
		}
	}
	return 0, s
}
