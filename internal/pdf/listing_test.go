package pdf

import (
	"math"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// What stands in one column of code stands in one line on paper, whatever is before
// it; readers find no blank inside a word, and frames meet.
func TestCodeStandsOnAGrid(t *testing.T) {
	lines := []string{
		"iiiill x │ mimi", "MWmw@% x │ WiWiMl", "投诉甲 x │ kept", "──┬──▶ x │ 台账a", "“”… x │ l'i|i.l", "\tab x │ 0123456789ABC",
	}
	data := mustPrint(t, document(t, portal.PrintBlock{Kind: portal.PrintCode, Lines: lines}))
	pdftest.Check(t, data)
	column, words := map[string][]float64{}, map[string]bool{}
	for _, b := range pdftest.TextBoxes(t, data) {
		column[b.Text] = append(column[b.Text], b.Left)
		words[b.Text] = true
	}
	for _, word := range []string{"x", "│"} {
		at := column[word]
		if len(at) != len(lines) {
			t.Fatalf("%q is read in %d of %d lines", word, len(at), len(lines))
		}
		for i, x := range at {
			if math.Abs(x-at[0]) > 0.3 {
				t.Errorf("line %d: %q begins at %.2f points, in the first line at %.2f", i+1, word, x, at[0])
			}
		}
	}
	for _, word := range []string{"iiiill", "MWmw@%", "投诉甲", "mimi", "WiWiMl", "kept", "l'i|i.l", "0123456789ABC"} {
		if !words[word] {
			t.Errorf("%q is not read in one piece", word)
		}
	}
	line := leading(9) * points
	for _, r := range "│┌┼─" {
		place := faces().body.inCell(r, faces().body.look(r), 9)
		bottom, top := faces().body.frame(r)
		if high := (top - bottom) * place.up; math.Abs(high-line) > 0.01 {
			t.Errorf("%c is %.2f points high in a line of %.2f", r, high, line)
		}
	}
}

// Code shrinks until its longest line fits; what is longer yet goes on below under its
// indent, complete and inside its ground.
func TestLongCode(t *testing.T) {
	d := newPaper(faces(), document(t))
	for text, most := range map[string]int{
		"    " + strings.Repeat("x", 400): 7,
		strings.Repeat("投诉 处理，", 60):      9,
		strings.Repeat(" ", 300) + "y":    3,
		"":                                1,
		"short":                           1,
		"  a " + strings.Repeat("word", 30) + " b, c": 3,
	} {
		for _, columns := range []int{2, 3, 11, 80} {
			lines := d.wrapCells(text, columns)
			if got, want := pdftest.Squeeze(strings.Join(lines, "")), pdftest.Squeeze(text); got != want {
				t.Errorf("in %d cells %q becomes %q", columns, want, got)
			}
			if columns == 80 && len(lines) > most {
				t.Errorf("%q takes %d lines", fit(text, 20), len(lines))
			}
			for _, l := range lines {
				if n := d.cells(l); n > columns {
					t.Errorf("%q takes %d of %d cells", l, n, columns)
				}
			}
		}
	}
	if got := d.tabbed("a\t投\t\tb"); got != "a   投  "+"    b" {
		t.Errorf("tabs become %q", got)
	}
	const w = 100.0
	if n := columnsIn(w, 9); float64(n)*4.5/points > w-2*codePad || n < 60 {
		t.Errorf("%d cells on %v mm", n, w)
	}
}
