package ledger

import (
	"kept/internal/finding"
	"kept/internal/locale"
)

// unsaved tells a column, or one that completes it, whose cell is a formula without
// the result, which is no blank.
func (t *table) unsaved(r Row, i int) (column int, unsaved bool) {
	if r.At(i + 1).Unsaved {
		return i, true
	}
	for _, other := range t.beside[i] {
		if r.At(other + 1).Unsaved {
			return other, true
		}
	}
	return i, false
}

// headed is how many columns there are up to the last that has a heading.
func (h *head) headed() int {
	for n := len(h.texts); n > 0; n-- {
		if h.texts[n-1] != "" {
			return n
		}
	}
	return 0
}

// overflow refuses what stands in a row of a text file behind its last heading: a
// separator inside a cell that nobody quoted has moved all that follows. In a
// workbook cells do not move; see [table.unheaded].
func (t *table) overflow(r Row) finding.List {
	if t.page.Name != "" {
		return nil
	}
	for i := t.head.headed(); i < len(r.Cells); i++ {
		if text := Tidy(r.Cells[i].Text); text != "" {
			at := Place(t.request.File, t.page.Name, r.Number, i+1)
			return finding.List{refusal(at, "ledger.no-heading", locale.A("column", Column(i+1)), locale.A("text", shortened(text)))}
		}
	}
	return nil
}

// unheaded are the columns, from 0, that say something in a record's row and have no
// heading: nothing of them is imported, and a preview must say so.
func (t *table) unheaded() []int {
	var says []bool
	for _, r := range t.rows[t.head.last+1:] {
		for i, c := range r.Cells {
			for len(says) <= i {
				says = append(says, i < len(t.head.texts) && t.head.texts[i] != "")
			}
			if !says[i] && (c.Unsaved || Tidy(c.Text) != "") && t.idle(r) == "" {
				says[i] = true
			}
		}
	}
	var list []int
	for i, said := range says {
		if said && (i >= len(t.head.texts) || t.head.texts[i] == "") {
			list = append(list, i)
		}
	}
	return list
}
