package ledger

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// use is how the numbers of one scale stand in a file: what its words say of them,
// and whether any stand alone.
type use struct {
	question  Question // one of those on the scale
	questions []string // ids, in the order of columns
	pairs     []placed // numbers beside words, and those that headings explain
	bare      []placed // numbers alone
	samples   []sample
	reading   reading
	read      bool // reading is known
	how       string
}

// placed is a pair with its cell; of a number alone the value is not known.
type placed struct {
	pair
	at      finding.Position
	pointed bool
}

// mostSamples bounds the different cells of which one is shown.
const mostSamples = 64

// sample is a cell that a preview shows with what it was taken for.
type sample struct {
	row  int
	text string
}

// evidence are the pairs of the file.
func (u *use) evidence() []pair {
	list := make([]pair, len(u.pairs))
	for i, p := range u.pairs {
		list[i] = p.pair
	}
	return list
}

// settle decides how the numbers are read: as stated, else as the file itself
// proves. Where neither says it, numbers alone are refused: a scale read upside down
// is the most damaging error that nobody sees.
func (u *use) settle(rules Asking) (list finding.List) {
	q := u.question
	proven := readings(q.Low, q.High, u.evidence())
	text, key := rules.codes(q)
	if text != "" {
		pairs, ok := q.stated(text)
		rs := readings(q.Low, q.High, pairs)
		if !ok || len(rs) != 1 {
			return finding.List{u.fault(finding.Position{Path: "--scale " + key + text}, "ledger.scale-form", locale.A("text", text))}
		}
		u.reading, u.read, u.how = rs[0], true, "ledger.scale-stated"
		if u.printed() {
			u.how = "ledger.scale-printed"
		}
		for _, p := range u.pairs {
			if v, ok := u.reading.value(p.code); len(u.bare) > 0 && (!ok || v != p.value) {
				return finding.List{u.fault(p.at, "ledger.scale-against", locale.A("text", text), locale.N("code", p.code), locale.T("word", q.word(p.value)))}
			}
		}
	}
	if len(u.pairs) > 0 && len(u.bare) == 0 {
		list = u.contradiction(proven)
	}
	switch {
	case len(u.bare) == 0:
		if !u.read {
			u.how = "ledger.scale-words"
		}
	case u.read:
	case len(u.pairs) > 0 && len(proven) == 1:
		u.reading, u.read, u.how = proven[0], true, "ledger.scale-proven"
	case len(u.pairs) > 0 && len(proven) == 0:
		list = append(list, u.fault(u.bare[0].at, "ledger.scale-torn", u.ends()...))
	default:
		list = append(list, u.fault(u.bare[0].at, "ledger.scale-unstated", u.ends()...))
	}
	return list
}

// printed tells a scale without words whose numbers are those of the file.
func (u *use) printed() bool {
	return len(u.question.Words) == 0 && !u.reading.falling && u.reading.from == u.question.Low
}

// contradiction warns where numbers stand beside words that the questionnaire gives
// other numbers; the words decide.
func (u *use) contradiction(proven []reading) finding.List {
	for _, p := range u.pairs {
		if p.pointed && p.code != p.value || len(proven) == 0 && p.code != p.value {
			f := u.fault(p.at, "ledger.scale-contradicts", locale.N("code", p.code), locale.T("word", u.question.word(p.value)), locale.N("value", p.value))
			f.Severity = finding.Warning
			return finding.List{f}
		}
	}
	return nil
}

func (u *use) fault(at finding.Position, key string, args ...locale.Arg) finding.Finding {
	return refusal(at, key, append([]locale.Arg{locale.T("questions", u.named())}, args...)...)
}

// named lists the questions.
func (u *use) named() locale.Text {
	list := make([]locale.Text, len(u.questions))
	for i, q := range u.questions {
		list[i] = locale.Plain(q)
	}
	return locale.Listed(list...)
}

// ends are the two ways to state a scale, for a message.
func (u *use) ends() []locale.Arg {
	q := u.question
	return []locale.Arg{
		locale.N("code", u.bare[0].code), locale.A("scale", q.scale()), locale.T("low", q.word(q.Low)), locale.T("high", q.word(q.High)),
	}
}

// codes is what is stated of a question's numbers, with the key under which.
func (r Asking) codes(q Question) (text, key string) {
	for _, key := range []string{q.ID, q.scale()} {
		if text := r.Codes[key]; text != "" {
			return text, key + ":"
		}
	}
	if len(q.Words) > 0 || r.Codes[""] != "" && strings.Contains(r.Codes[""], "="+strconv.Itoa(q.High)) {
		return r.Codes[""], ""
	}
	return "", ""
}

// note tells a reader how the scale was understood, with one cell as an example.
func (u *use) note() (Note, bool) {
	q := u.question
	at := slices.IndexFunc(u.samples, func(s sample) bool {
		_, wrong := u.valueOf(q, s.text)
		return wrong == ""
	})
	if at < 0 || u.how == "" {
		return Note{}, false
	}
	example := u.samples[at]
	value, _ := u.valueOf(q, example.text)
	args := []locale.Arg{
		locale.T("questions", u.named()), locale.T("list", u.listed()), locale.A("scale", q.scale()), locale.N("row", example.row),
		locale.A("text", example.text), locale.N("value", value), locale.T("word", q.word(value)),
	}
	return Note{u.how, args}, true
}

// listed says what each number means, highest first; of a long scale its ends.
func (u *use) listed() locale.Text {
	q := u.question
	var list []locale.Text
	for v := q.High; v >= q.Low; v-- {
		if q.High-q.Low > 6 && v != q.High && v != q.Low {
			continue
		}
		code := v
		if u.read {
			for c := u.reading.from; c <= u.reading.to; c++ {
				if got, _ := u.reading.value(c); got == v {
					code = c
				}
			}
		}
		w, n := q.word(v), strconv.Itoa(code)
		list = append(list, locale.Text{ZH: n + " = " + w.ZH, EN: n + " = " + w.EN})
	}
	return locale.Listed(list...)
}

// unread tells a number whose scale has no direction.
const unread = "unread"

// valueOf is a cell's number on the scale; a key of the catalogue says why not.
func (u *use) valueOf(q Question, text string) (int, string) {
	s, ok := q.scoreOf(text)
	switch {
	case !ok:
		return 0, "ledger.score"
	case s.worded:
		if s.value < q.Low || s.value > q.High {
			return 0, "ledger.score-range"
		}
		return s.value, ""
	case !u.read:
		return 0, unread
	}
	v, ok := u.reading.value(s.code)
	if !ok {
		return 0, "ledger.score-range"
	}
	return v, ""
}

// look takes in what a cell says of the scale.
func (u *use) look(q Question, cell Cell, row int, at finding.Position) {
	s, ok := q.scoreOf(cell.Text)
	switch {
	case !ok:
		return
	case s.worded && s.coded && len(q.Words) > 0:
		u.pairs = append(u.pairs, placed{pair{s.code, s.value}, at, s.pointed})
	case !s.worded: // points and stars say what they are, and nothing of other numbers
		u.bare = append(u.bare, placed{pair{code: s.code}, at, false})
	}
	if t := Tidy(cell.Text); len(u.samples) < mostSamples && !slices.ContainsFunc(u.samples, func(s sample) bool { return s.text == t }) {
		u.samples = append(u.samples, sample{row, t})
	}
	if !slices.Contains(u.questions, q.ID) {
		u.questions = append(u.questions, q.ID)
	}
}
