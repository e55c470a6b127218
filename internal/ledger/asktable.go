package ledger

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// Note is what a reader of the preview should know of a file as a whole: a key of the
// catalogue with its arguments.
type Note struct {
	Key  string
	Args []locale.Arg
}

// headRows is how far down a page its headings are compared with questions.
const headRows = 20

// asking is the known headings with those of a page's first rows that answer a
// question, for this page alone.
func (s *synonyms) asking(a *asker, rows []Row) *synonyms {
	if a == nil {
		return s
	}
	m := *s.mapping
	m.Columns = slices.Clone(m.Columns)
	own := &synonyms{mapping: &m, by: s.by, exact: map[string]found{}}
	answers := func(text string, f match) {
		if _, seen := own.exact[text]; !seen {
			own.exact[text] = found{len(m.Columns), 0}
			m.Columns = append(m.Columns, MappedColumn{To: a.target(f), Headings: []string{text}, ask: &f})
		}
	}
	for i, r := range rows[:min(len(rows), headRows)] {
		together := a.groups(r)
		if i+1 < len(rows) {
			maps.Copy(together, a.under(r, rows[i+1]))
		}
		for _, text := range slices.Sorted(maps.Keys(together)) {
			answers(text, together[text])
		}
		for _, c := range r.Cells {
			text := Tidy(c.Text)
			if _, seen := own.exact[text]; seen || text == "" {
				continue
			}
			f := a.match(text)
			if f.fit != fits && f.fit != moved || f.fit == fits && a.unsure(text) && s.knows(text) {
				continue
			}
			answers(text, f)
		}
	}
	return own
}

// unsure tells a heading without a number that the mapping does not give to a
// question: a field's own heading comes first.
func (a *asker) unsure(text string) bool {
	if _, _, ok := a.own(text); ok {
		return false
	}
	n, _ := numbered(text)
	return n == 0
}

func (s *synonyms) knows(text string) bool { _, ok := s.find(text); return ok }

// target names a question, or one of its options, as a column's target.
func (a *asker) target(m match) string {
	q := a.questions[m.question]
	if m.option < 0 {
		return AnswerTarget + "." + q.ID
	}
	return AnswerTarget + "." + q.ID + "." + q.Options[m.option].Value
}

// uses are the scales of a file, in the order in which they were met.
type uses struct {
	keys []string
	by   map[string]*use
}

func (u *uses) of(rules Asking, q Question) *use {
	key := q.scale()
	if rules.Codes[q.ID] != "" {
		key = q.ID
	}
	found := u.by[key]
	if found == nil {
		found = &use{question: q}
		u.by[key] = found
		u.keys = append(u.keys, key)
	}
	return found
}

// survey looks through a table before it is read: which columns answer what, and
// what its cells say of scales.
func (t *table) survey(l *Ledger) {
	holder := map[[2]int]int{}
	var shifted []locale.Text
	for i, h := range t.holds {
		if h < 0 || t.mapping.Columns[h].ask == nil {
			continue
		}
		m := *t.mapping.Columns[h].ask
		at := [2]int{m.question, m.option}
		if other, twice := holder[at]; twice {
			l.Found = append(l.Found, t.headFault(i, "ledger.question-twice", locale.A("question", t.asks.questions[m.question].ID), locale.A("column", Column(other+1))))
		}
		holder[at] = i
		if m.fit == moved {
			shifted = append(shifted, locale.Plain(Column(i+1)+" "+shortened(t.head.texts[i])+" → "+t.asks.questions[m.question].ID))
		}
		t.scan(i, t.asks.questions[m.question], m)
	}
	if len(shifted) > 0 {
		l.Notes = append(l.Notes, Note{"ledger.question-moved", []locale.Arg{locale.T("list", locale.Listed(shifted...))}})
	}
	l.Notes = append(l.Notes, t.counts...)
	for i, text := range t.head.texts {
		if t.holds[i] < 0 && text != "" {
			t.stranger(l, i, holder)
		}
	}
}

// stranger refuses a heading whose number is a question's and whose text is not.
func (t *table) stranger(l *Ledger, i int, holder map[[2]int]int) {
	m := t.asks.match(t.head.texts[i])
	if m.fit != foreign && m.fit != clashes {
		return
	}
	for at := range holder {
		if at[0] == m.question && m.fit == foreign {
			return // another column answers the question: this one is of none
		}
	}
	q := t.asks.questions[m.question]
	args := []locale.Arg{locale.A("question", q.ID), locale.T("text", q.Text)}
	if m.fit == foreign {
		l.Found = append(l.Found, t.headFault(i, "ledger.question-text", args...))
		return
	}
	o := t.asks.questions[m.other]
	l.Found = append(l.Found, t.headFault(i, "ledger.question-other", append(args, locale.A("other", o.ID), locale.T("meant", o.Text))...))
}

func (t *table) headFault(i int, key string, args ...locale.Arg) finding.Finding {
	at := Place(t.request.File, t.page.Name, t.rows[t.head.last].Number, i+1)
	return refusal(at, key, append([]locale.Arg{locale.A("heading", shortened(t.head.texts[i]))}, args...)...)
}

// scan takes in what a column says of its scale.
func (t *table) scan(i int, q Question, m match) {
	if !q.scored() {
		t.count(i, q, m)
		return
	}
	u := t.uses.of(t.asks.rules, q)
	_, rest := numbered(t.head.texts[i])
	for _, p := range q.promised(rest) {
		u.pairs = append(u.pairs, placed{p, Place(t.request.File, t.page.Name, t.rows[t.head.last].Number, i+1), false})
	}
	for _, r := range t.rows[t.head.last+1:] {
		cell := r.At(i + 1)
		if t.idle(r) != "" || headed(t.asks.rules.Missing, Tidy(cell.Text)) || empty(cell.Text) {
			continue
		}
		u.look(q, cell, r.Number, Place(t.request.File, t.page.Name, r.Number, i+1))
	}
}

// count tells that numbers of a column count a question's options.
func (t *table) count(i int, q Question, m match) {
	if len(q.Options) == 0 || m.option >= 0 || t.asks.rules.First < 0 {
		return
	}
	for _, r := range t.rows[t.head.last+1:] {
		text := r.At(i + 1).Text
		if t.idle(r) != "" || headed(t.asks.rules.Missing, Tidy(text)) {
			continue
		}
		for _, part := range q.parts(text, t.asks.rules.Cut) {
			if _, err := strconv.Atoi(Fold(part)); err == nil {
				list := make([]locale.Text, len(q.Options))
				for n, o := range q.Options {
					code := strconv.Itoa(n + t.asks.rules.First)
					list[n] = locale.Text{ZH: code + " = " + o.Title.ZH, EN: code + " = " + o.Title.EN}
				}
				t.counts = append(t.counts, Note{"ledger.options-counted", []locale.Arg{locale.A("question", q.ID), locale.T("list", locale.Listed(list...))}})
				return
			}
		}
	}
}

// settle decides how each scale is read, and notes it.
func (u *uses) settle(l *Ledger, rules Asking) {
	for _, key := range u.keys {
		s := u.by[key]
		l.Found = append(l.Found, s.settle(rules)...)
		if u.counted(rules) && s.doubtful(rules, key) {
			l.Found = append(l.Found, s.fault(s.bare[0].at, "ledger.scale-counted", s.ends()...))
			s.read, s.how = false, ""
		}
		if n, ok := s.note(); ok {
			l.Notes = append(l.Notes, n)
		}
		if s.read && !s.printed() && len(s.bare) > 0 {
			l.Codes = append(l.Codes, key+": "+strconv.Itoa(s.reading.from)+" = "+s.question.word(s.lowest()).ZH)
		}
	}
}

// counted tells that a scale with words was stated to be numbered as its options
// stand, best first.
func (u *uses) counted(rules Asking) bool {
	for _, s := range u.by {
		q := s.question
		text, key := rules.codes(q)
		if len(q.Words) == 0 || !rules.Stated[strings.TrimSuffix(key, ":")] {
			continue
		}
		pairs, _ := q.stated(text)
		if rs := readings(q.Low, q.High, pairs); len(rs) == 1 && rs[0].falling && rs[0].from == 1 {
			return true
		}
	}
	return false
}

// doubtful tells numbers of a scale from 0 that may count its options, too: nothing
// was stated of them for this file, and no 0 proves that they are as printed.
func (u *use) doubtful(rules Asking, key string) bool {
	q := u.question
	return q.Low == 0 && len(q.Words) == 0 && len(u.bare) > 0 && !rules.Stated[key] && !rules.Stated[q.ID] && !rules.Stated[q.scale()] &&
		!slices.ContainsFunc(u.bare, func(p placed) bool { return p.code == 0 })
}

// lowest is what the first code means.
func (u *use) lowest() int {
	v, _ := u.reading.value(u.reading.from)
	return v
}
