package pipeline

import (
	"slices"

	"kept/internal/ledger"
	"kept/internal/locale"
)

// mostFell is how many unknown words of a column a preview names.
const mostFell = 10

// fallen is an unknown word of a column, and where it stands.
type fallen struct {
	ledger.Fell
	cells []cell
}

// fell tells the words that took the mapping's else, a sentence for each column: what
// was read as something else must be seen, word by word and with its cells.
func (w *previewer) fell() []string {
	var columns []string
	by := map[string][]*fallen{}
	for _, r := range w.plan.Rows {
		for _, f := range r.Entry.Fell {
			at := cell{sheet: r.Entry.Sheet, row: r.Entry.Row, column: f.Column}
			list, ok := by[f.Heading]
			if !ok {
				columns = append(columns, f.Heading)
			}
			n := slices.IndexFunc(list, func(o *fallen) bool { return o.Word == f.Word && o.To == f.To })
			if n < 0 {
				n = len(list)
				list = append(list, &fallen{Fell: f})
				by[f.Heading] = list
			}
			list[n].cells = append(list[n].cells, at)
		}
	}
	var said []string
	for _, heading := range columns {
		said = append(said, w.fellIn(heading, by[heading]))
	}
	return said
}

func (w *previewer) fellIn(heading string, list []*fallen) string {
	var words []string
	for n, f := range list {
		if n == mostFell && len(list) > mostFell+1 {
			words = append(words, w.p.Say("import.fell-more", locale.N("n", len(list)-n)))
			break
		}
		words = append(words, w.p.Say("import.fell-word", locale.A("word", shorten(f.Word)), locale.T("to", f.To), locale.A("cells", w.cells(f.cells, false))))
	}
	return w.p.Say("import.fell", locale.A("heading", covered(heading)), locale.A("words", w.join(words)))
}
