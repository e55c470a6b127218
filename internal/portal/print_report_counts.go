package portal

import (
	"math/big"
	"slices"
	"strings"

	"kept/internal/yamldoc"
)

// The parts of a balance, in their order.
var balanceParts = []string{"start", "opened", "reopened", "closed", "end"}

// countSections is the balance of open records with its check: open at the start +
// opened + reopened − closed = open at the end (domain.md §4.6). Balances of several
// kinds are a row each; counts in another form are a list.
func (v *View) countSections(r *reader) []PrintSection {
	sections := v.listSections(r, "counts")
	if len(sections) == 0 {
		return nil
	}
	t := sections[0].Table
	if at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == "part" }); at >= 0 { // the name says it
		t.Columns[at].Weight = 0
	}
	items := r.rec.Items("counts")
	whole := len(items) > len(balanceParts) && len(items)%len(balanceParts) == 0
	for i, item := range items {
		_, ok := item.Number("value")
		whole = whole && ok && item.Text("part") == balanceParts[i%len(balanceParts)]
	}
	if whole {
		sections[0].Table = v.balances(t, items, r.rec.ID)
	}
	for list := range slices.Chunk(items, len(balanceParts)) {
		if n := balanceOf(list); n != nil && (!whole || !balanced(n)) {
			sections[0].Notes = append(sections[0].Notes, v.identity(n))
		}
	}
	return sections
}

// balanceOf are the numbers of one balance, nil where the list is none.
func balanceOf(list []yamldoc.Object) []*big.Rat {
	if len(list) != len(balanceParts) {
		return nil
	}
	var numbers []*big.Rat
	for i, item := range list {
		n, ok := item.Number("value")
		if !ok || item.Text("part") != balanceParts[i] {
			return nil
		}
		numbers = append(numbers, n)
	}
	return numbers
}

func balanced(n []*big.Rat) bool {
	sum := new(big.Rat).Add(n[0], n[1])
	return sum.Add(sum, n[2]).Sub(sum, n[3]).Cmp(n[4]) == 0
}

// balances is a row for each kind. Its name is what stands before the colon in the
// names of its counts, as the publication holds them.
func (v *View) balances(of *Table, items []yamldoc.Object, id string) *Table {
	t := &Table{ID: of.ID, Title: of.Title, Columns: []Column{
		{Key: "kind", Title: v.p.Say("portal.backlog-kind"), Weight: 12},
		{Key: "start", Title: v.p.Say("portal.backlog-start"), Align: Right, Weight: 6},
		{Key: "opened", Title: v.p.Say("portal.backlog-registered"), Align: Right, Weight: 6},
		{Key: "reopened", Title: v.p.Say("portal.backlog-reopened"), Align: Right, Weight: 6},
		{Key: "closed", Title: v.p.Say("portal.backlog-closed"), Align: Right, Weight: 6},
		{Key: "end", Title: v.p.Say("portal.backlog-end"), Align: Right, Weight: 6},
		{Key: "holds", Title: v.p.Say("portal.backlog-holds"), Align: Center, Weight: 6},
	}}
	for list := range slices.Chunk(items, len(balanceParts)) {
		name, _, _ := strings.Cut(strings.Replace(list[0].Text("name"), "：", ":", 1), ":")
		row, n := Row{ID: id, Cells: []Cell{{Text: v.mask(name)}}}, balanceOf(list)
		for _, one := range n {
			row.Cells = append(row.Cells, Cell{Text: quotient(one)})
		}
		holds := Cell{Text: v.p.Say("portal.backlog-yes"), Tone: Good}
		if !balanced(n) {
			holds = Cell{Text: v.p.Say("portal.backlog-no"), Tone: Bad}
		}
		t.Rows = append(t.Rows, Row{ID: id, Cells: append(row.Cells, holds)})
	}
	return t
}
