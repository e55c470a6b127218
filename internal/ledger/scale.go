package ledger

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kept/internal/locale"
)

// spoken is an answer on a scale as a cell says it.
type spoken struct {
	value   int // by its word, or by points or stars
	worded  bool
	code    int // a number beside the word, or alone
	coded   bool
	pointed bool // the number is called points
	plain   bool // points or stars without a word
}

// scoreOf reads a cell of a question on a scale; false where it is neither a word of
// the scale nor a number.
func (q Question) scoreOf(text string) (spoken, bool) {
	f := Fold(text)
	if v, ok := q.wordOf(f); ok {
		return spoken{value: v, worded: true}, true
	}
	if m := starred.FindStringSubmatch(f); m != nil {
		n := utf8.RuneCountInString(strings.ReplaceAll(m[1], "☆", ""))
		return spoken{value: n, worded: true, code: n, plain: true}, n > 0
	}
	if m := points.FindStringSubmatch(f); m != nil {
		n, _ := strconv.Atoi(m[1])
		return spoken{value: n, worded: true, code: n, plain: true}, true
	}
	if m := bareCode.FindStringSubmatch(f); m != nil {
		n, _ := strconv.Atoi(m[1])
		return spoken{code: n, coded: true}, true
	}
	if m := codeBefore.FindStringSubmatch(f); m != nil {
		if v, ok := q.wordOf(m[2]); ok {
			n, _ := strconv.Atoi(m[1])
			return spoken{value: v, worded: true, code: n, coded: true}, true
		}
	}
	if m := codeBehind.FindStringSubmatch(f); m != nil {
		if v, ok := q.wordOf(m[1]); ok {
			n, _ := strconv.Atoi(m[2])
			return spoken{value: v, worded: true, code: n, coded: n <= q.High+1, pointed: m[3] != "" && n <= q.High}, true
		}
	}
	if m := letter.FindStringSubmatch(f); m != nil {
		if v, ok := q.wordOf(m[1]); ok {
			return spoken{value: v, worded: true}, true
		}
	}
	return spoken{}, false
}

// wordOf is the value of a word of the scale, in either language or in both.
func (q Question) wordOf(folded string) (int, bool) {
	for _, w := range q.Words {
		zh, en := Fold(w.Text.ZH), Fold(w.Text.EN)
		if folded == zh || en != "" && (folded == en || plain(folded) == plain(zh+en)) {
			return w.Value, true
		}
	}
	return 0, false
}

// reading turns the numbers of a file into those of a scale.
type reading struct {
	from, to int // code from is the lowest or, falling, the highest value
	falling  bool
	low      int
}

// value is what a code means; false where the scale has no such number.
func (r reading) value(code int) (int, bool) {
	n := code - r.from
	if n < 0 || code > r.to {
		return 0, false
	}
	if r.falling {
		return r.low + r.to - code, true
	}
	return r.low + n, true
}

// pair is a number of a file with what it means.
type pair struct{ code, value int }

// readings are the ways to read a scale that agree with every pair: rising or
// falling, counted from 0, from 1 or as the scale itself.
func readings(low, high int, pairs []pair) []reading {
	var list []reading
	for _, from := range []int{low, 1, 0} {
		for _, falling := range []bool{false, true} {
			r := reading{from: from, to: from + high - low, falling: falling, low: low}
			if slices.Contains(list, r) {
				continue
			}
			agrees := !slices.ContainsFunc(pairs, func(p pair) bool {
				v, ok := r.value(p.code)
				return !ok || v != p.value
			})
			if agrees {
				list = append(list, r)
			}
		}
	}
	return list
}

// stated reads what a person says of a scale's numbers: "1=非常满意", "5=5,1=1".
func (q Question) stated(text string) ([]pair, bool) {
	var pairs []pair
	for part := range strings.FieldsFuncSeq(locale.Narrow(text), func(r rune) bool { return r == ',' || r == '、' || r == ';' }) {
		code, word, ok := strings.Cut(part, "=")
		n, err := strconv.Atoi(Fold(code))
		if !ok || err != nil {
			return nil, false
		}
		v, known := q.wordOf(Fold(word))
		if !known {
			if v, err = strconv.Atoi(Fold(word)); err != nil || v < q.Low || v > q.High {
				return nil, false
			}
		}
		pairs = append(pairs, pair{n, v})
	}
	return pairs, len(pairs) > 0
}

// promised are the pairs that a heading explains: （1分非常不满意，5分非常满意）.
func (q Question) promised(heading string) []pair {
	f := Fold(heading)
	var pairs []pair
	for _, w := range q.Words {
		for _, text := range []string{Fold(w.Text.ZH), Fold(w.Text.EN)} {
			for from := 0; text != ""; {
				at := strings.Index(f[from:], text)
				if at < 0 {
					break
				}
				at += from
				from = at + len(text)
				if m := codeInFront.FindStringSubmatch(f[:at]); m != nil {
					n, _ := strconv.Atoi(m[1])
					pairs = append(pairs, pair{n, w.Value})
				}
			}
		}
	}
	return pairs
}
