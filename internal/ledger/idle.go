package ledger

import (
	"slices"
	"strings"
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
	case examples.MatchString(word):
		return "ledger.left-example"
	case t.repeatsHead(r):
		return "ledger.left-head"
	case signs.MatchString(word), distinct(r) == 1 && t.mapped() > 2, hints(r):
		return "ledger.left-note"
	}
	return ""
}

// hints tells a row of which each cell stands in brackets: how the column below is
// to be filled in.
func hints(r Row) bool {
	for _, c := range r.Cells {
		if s := Fold(c.Text); s != "" && !hint.MatchString(s) {
			return false
		}
	}
	return distinct(r) > 1
}

// repeatsHead tells a row of the header that stands again, as on each printed page.
func (t *table) repeatsHead(r Row) bool {
	return slices.ContainsFunc(t.head.lines, func(line []string) bool {
		same, said := 0, 0
		for i, c := range r.Cells[:min(len(r.Cells), len(line))] {
			if len(c.Text) > len(line[i])+mostMarks {
				continue // longer than any way to write the heading
			}
			if h := t.head.heading(c.Text); h != "" && h == t.head.heading(line[i]) {
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

// distinct counts the different texts of a row.
func distinct(r Row) int {
	var seen []string
	for _, c := range r.Cells {
		if s := Tidy(c.Text); s != "" && !slices.Contains(seen, s) {
			seen = append(seen, s)
		}
	}
	return len(seen)
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
