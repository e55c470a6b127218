package pdf

import (
	"maps"
	"strconv"
	"strings"

	"kept/internal/portal"
)

// mostPasses is how often a paper is laid out before references that do not come to
// rest are left out.
const mostPasses = 5

// settled lays out a paper. Behind words that lead to a heading it says on which page
// that stands: the paper is laid out again with the pages found until they stay as
// they are, since a number's own width moves the text. A heading that would wander
// forever is not named: what is printed is right.
func settled(faces *Faces, p *portal.Print) *paper {
	d := lay(faces, p, nil)
	refs := map[string]int{}
	now := d.pagesOf(referred(p))
	for pass := 1; !maps.Equal(refs, now); pass++ {
		refs = resting(refs, now, pass)
		d = lay(faces, p, refs)
		now = d.pagesOf(refs)
	}
	return d
}

// resting is the pages to try next: those found, without the ones that still move
// after so many passes, and at last none.
func resting(tried, found map[string]int, pass int) map[string]int {
	next := maps.Clone(found)
	switch {
	case pass > 2*mostPasses:
		clear(next)
	case pass > mostPasses:
		maps.DeleteFunc(next, func(id string, page int) bool { return tried[id] != page })
	}
	return next
}

// lay fills the pages and numbers them. Refs are the pages of headings, by their ids.
func lay(faces *Faces, p *portal.Print, refs map[string]int) *paper {
	d := newPaper(faces, p)
	d.refs = refs
	d.mark(p.Title, 0)
	d.cover()
	for i, s := range p.Sections {
		if i == len(p.Sections)-1 && endsWithTable(s) {
			d.tail = d.signed() + 3 + d.noted(s.Notes)
		}
		d.section(s)
	}
	d.signatures()
	d.contents()
	d.numberPages()
	return d
}

// referred are the ids that words of a paper lead to.
func referred(p *portal.Print) map[string]int {
	ids := map[string]int{}
	if p.Words.PageRef == "" {
		return ids
	}
	see := func(runs []portal.PrintRun) {
		for _, r := range runs {
			if r.To != "" {
				ids[r.To] = 0
			}
		}
	}
	for i := range p.Sections {
		for _, b := range p.Sections[i].Text {
			see(b.Runs)
			for _, row := range append([][]portal.PrintGridCell{b.Head}, b.Rows...) {
				for _, c := range row {
					see(c.Runs)
				}
			}
		}
	}
	return ids
}

// pagesOf is the page of each id that is an anchor.
func (d *paper) pagesOf(ids map[string]int) map[string]int {
	pages := map[string]int{}
	for id := range ids {
		if at, known := d.anchors[id]; known {
			pages[id] = at.page.number
		}
	}
	return pages
}

// withPages puts the page behind words that lead to a heading.
func (d *paper) withPages(runs []portal.PrintRun) []portal.PrintRun {
	if len(d.refs) == 0 {
		return runs
	}
	var out []portal.PrintRun
	for i, r := range runs {
		out = append(out, r)
		page, known := d.refs[r.To]
		if !known || i+1 < len(runs) && runs[i+1].To == r.To {
			continue
		}
		words := strings.ReplaceAll(d.print.Words.PageRef, "{page}", strconv.Itoa(page))
		out = append(out, portal.PrintRun{Text: words, To: r.To, Strong: r.Strong})
	}
	return out
}
