package ledger

import (
	"slices"
	"strconv"

	"kept/internal/finding"
	"kept/internal/locale"
)

// resolved is a row with what its ditto marks stand for, from the record's row before
// it; a column that answers a question keeps the words. The cells that were filled are
// told in a note.
func (t *table) resolved(before, r Row) Row {
	own := false
	for i, c := range r.Cells {
		if i >= len(t.holds) || t.holds[i] < 0 || t.mapping.Columns[t.holds[i]].ask != nil || !dittos[Fold(c.Text)] {
			continue
		}
		above := before.At(i + 1)
		if Tidy(above.Text) == "" {
			continue
		}
		if !own {
			r.Cells, own = slices.Clone(r.Cells), true
		}
		r.Cells[i] = above
		t.dittos = append(t.dittos, Column(i+1)+strconv.Itoa(r.Number))
	}
	return r
}

// sayDittos tells which cells were taken from the row above.
func (t *table) sayDittos(l *Ledger) {
	n := len(t.dittos)
	if n == 0 {
		return
	}
	var cells []locale.Text
	for _, name := range t.dittos[:min(n, 5)] {
		cells = append(cells, locale.Plain(name))
	}
	l.Notes = append(l.Notes, Note{"ledger.ditto", []locale.Arg{locale.T("cells", locale.Listed(cells...)), locale.N("n", n)}})
}

// The headings by which a row is taken for the header of another table, and those that
// stand twice beside each other.
const (
	otherHeadings = 3
	twiceHeadings = 3
)

// mayHead tells a row of which two cells are headings as they stand: hardly any row of
// a record is looked at more closely.
func (t *table) mayHead(r Row) bool {
	n := 0
	for _, c := range r.Cells {
		if len(c.Text) > longestHeading || c.Text == "" {
			continue
		}
		if _, fits := t.words.by[Fold(c.Text)]; fits {
			if n++; n == 2 {
				return true
			}
		}
	}
	return false
}

// longestHeading is how many bytes a heading has at most that is known as it stands.
const longestHeading = 90

// another refuses a sheet with a second table, below the first under a header of its
// own or beside it: its cells would be read as what the first one's columns say.
func (t *table) another() finding.List {
	for i, r := range t.rows {
		if i >= t.head.first && i <= t.head.last {
			continue
		}
		if !t.mayHead(r) {
			continue
		}
		if t.repeatsHead(r) {
			if t.movesHead(r) {
				return finding.List{refusal(Place(t.request.File, t.page.Name, r.Number, 1), "ledger.head-moved", locale.N("row", r.Number), locale.N("head", t.rows[t.head.last].Number))}
			}
			continue
		}
		said := 0
		for _, text := range texts(r) {
			if text != "" {
				said++
			}
		}
		if n := t.words.score(texts(r)); n >= otherHeadings && n*3 >= said*2 {
			return finding.List{refusal(Place(t.request.File, t.page.Name, r.Number, 1), "ledger.second-table", locale.N("row", r.Number), locale.A("text", shortened(first(r))))}
		}
	}
	twice, at := 0, 0
	for i, text := range t.head.texts {
		earlier := slices.Index(t.head.texts[:i], text)
		if text == "" || earlier < 0 || t.holds[earlier] < 0 {
			continue
		}
		if _, fits := t.words.find(text); fits && t.mapping.Columns[t.holds[earlier]].To != DropTarget && t.mapping.Columns[t.holds[earlier]].To != IgnoreTarget {
			if twice++; at == 0 {
				at = i + 1
			}
		}
	}
	if twice >= twiceHeadings {
		return finding.List{refusal(Place(t.request.File, t.page.Name, t.rows[t.head.last].Number, at), "ledger.side-table", locale.A("column", Column(at)))}
	}
	return nil
}

// movesHead tells a row of the header that stands again with its columns in another
// order: what follows would be read into the wrong fields.
func (t *table) movesHead(r Row) bool {
	for i, c := range r.Cells {
		said := t.head.heading(c.Text)
		if said == "" {
			continue
		}
		here, elsewhere := false, false
		for _, line := range t.head.lines {
			for j, text := range line {
				if t.head.heading(text) == said {
					here, elsewhere = here || j == i, elsewhere || j != i
				}
			}
		}
		if elsewhere && !here {
			return true
		}
	}
	return false
}
