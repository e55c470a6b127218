package ledger

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// blankRow is the reason that nobody needs to be told.
const blankRow = "blank"

// idle tells why a row is no record; "" where it is one.
func (t *table) idle(r Row) string {
	if r.blank() {
		return blankRow
	}
	said := first(r)
	word := Fold(said)
	switch {
	case sums.MatchString(word), slices.ContainsFunc(t.mapping.Skip, func(s string) bool { return strings.HasPrefix(word, Fold(s)) }):
		return "ledger.left-sum"
	case sumOf.MatchString(word) && figuresBehind(r, said):
		return "ledger.left-sum"
	case examples.MatchString(word):
		return "ledger.left-example"
	case t.repeatsHead(r):
		return "ledger.left-head"
	case signs.MatchString(word), !varied(r) && t.mapped() > 2, hints(r):
		return "ledger.left-note"
	}
	return ""
}

// figuresBehind tells a row that says nothing but figures beside its first text.
func figuresBehind(r Row, said string) bool {
	n := 0
	for _, c := range r.Cells {
		switch s := Fold(c.Text); {
		case s == "" || s == Fold(said):
		case !figure.MatchString(s):
			return false
		default:
			n++
		}
	}
	return n > 0
}

// hints tells a row of which each cell stands in brackets: how the column below is
// to be filled in.
func hints(r Row) bool {
	for _, c := range r.Cells {
		if s := Fold(c.Text); s != "" && !hint.MatchString(s) {
			return false
		}
	}
	return varied(r)
}

// repeatsHead tells a row of the header that stands again, as on each printed page.
func (t *table) repeatsHead(r Row) bool {
	return slices.ContainsFunc(t.head.lines, func(line []string) bool {
		same, said := 0, 0
		for i, c := range r.Cells[:min(len(r.Cells), len(line))] {
			if len(c.Text) > len(line[i])+mostMarks {
				continue // longer than any way to write the heading
			}
			want := t.head.heading(line[i])
			if want == "" || !mayBe(c.Text, want) {
				continue
			}
			if t.head.heading(c.Text) == want {
				same++
			}
		}
		if same < 2 {
			return false
		}
		for _, c := range r.Cells {
			if t.head.heading(c.Text) != "" {
				said++
			}
		}
		return same*2 > said
	})
}

// mayBe tells whether a text may be a heading that is compared as want: none is
// without the Chinese character that it begins with, whose second forms are not tidy.
func mayBe(text, want string) bool {
	first, _ := utf8.DecodeRuneInString(want)
	return !isHan(first) || strings.ContainsRune(text, first) || !isTidy(text)
}

func isHan(r rune) bool { return r >= 0x4e00 && r < 0xa000 }

// mostMarks is how many bytes a heading may have more where it stands again: marks of
// duty and full-width letters.
const mostMarks = 100

// mostHeadings bounds the texts whose headings are remembered.
const mostHeadings = 1 << 12

// heading is [heading], remembered: most cells of a ledger say what others say.
func (h *head) heading(text string) string {
	if known, ok := h.known[text]; ok {
		return known
	}
	if h.known == nil {
		h.known = map[string]string{}
	}
	said := heading(text)
	if len(h.known) < mostHeadings {
		h.known[text] = said
	}
	return said
}

func (t *table) mapped() int {
	n := 0
	for _, h := range t.holds {
		if h >= 0 {
			n++
		}
	}
	return n
}

// varied tells a row that says more than one thing.
func varied(r Row) bool {
	said := first(r)
	return slices.ContainsFunc(r.Cells, func(c Cell) bool { s := Tidy(c.Text); return s != "" && s != said })
}

// first is the first text of a row.
func first(r Row) string {
	for _, c := range r.Cells {
		if s := Tidy(c.Text); s != "" {
			return s
		}
	}
	return ""
}
