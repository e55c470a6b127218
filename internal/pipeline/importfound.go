package pipeline

import (
	"cmp"
	"slices"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
)

// mostAlike is how many faults of one kind and column are told one by one.
const mostAlike = 8

// alike is a fault that stands in several cells of one column in the same words.
type alike struct {
	finding.Finding
	at    cell // of the first; its column is that of all
	in    bool // it stands in the ledger
	cells []cell
}

// sameWords is what findings have in common that are told once.
type sameWords struct {
	severity   finding.Severity
	rule, said string
	at         finding.Position // of what stands in the ledger, sheet and column
}

// alikeKind is what tells faults of one kind and column from others.
type alikeKind struct {
	severity finding.Severity
	rule     string
	key      string
	sheet    string
	column   int
}

func (a *alike) kind() alikeKind {
	return alikeKind{a.Severity, a.Rule, a.Key, a.at.sheet, a.at.column}
}

// found are the findings in words, covered: those of the file first, then those of
// rows by row and column, errors before warnings. The same words in one column are told
// once, with their cells; of many in other words the first are told, with the number
// of the rest. Where rows are refused, warnings of rules wait: they are about records
// that are not written.
func (w *previewer) found() finding.List {
	list := w.plan.Found
	for _, r := range w.plan.Rows {
		list = append(list[:len(list):len(list)], r.Found...)
	}
	refused := w.plan.Refused()
	var groups []*alike
	by := map[sameWords]*alike{}
	masked := map[string]string{}
	for _, f := range w.sorted(list) {
		if refused && f.Severity != finding.Error && f.Rule != ledger.RuleImport {
			continue
		}
		at, in := cellAt(f.Position, w.plan.file)
		same := sameWords{f.Severity, f.Rule, f.Message(w.p), f.Position}
		if in {
			same.at = finding.Position{Path: at.sheet, Column: at.column}
		}
		a := by[same]
		if a == nil {
			if _, known := masked[same.said]; !known {
				masked[same.said] = covered(same.said)
			}
			f.Said = locale.Plain(masked[same.said])
			a = &alike{Finding: f, at: at, in: in}
			by[same] = a
			groups = append(groups, a)
		}
		a.cells = append(a.cells, at)
	}
	return w.bounded(groups)
}

// sorted puts what stands in the file as a whole first, then errors, then the rest,
// each by sheet as they were read, row and column.
func (w *previewer) sorted(list finding.List) finding.List {
	sheets := map[string]int{}
	for n, t := range w.plan.Ledger.Tables {
		sheets[t.Sheet] = n
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b finding.Finding) int {
		x, inX := cellAt(a.Position, w.plan.file)
		y, inY := cellAt(b.Position, w.plan.file)
		if !inX || !inY {
			return rank(inX) - rank(inY)
		}
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(sheets[x.sheet], sheets[y.sheet]), cmp.Compare(x.row, y.row), cmp.Compare(x.column, y.column))
	})
	return list
}

// rank puts what is not before what is.
func rank(is bool) int {
	if is {
		return 1
	}
	return 0
}

// bounded words groups of findings, of each kind no more than a reader can take in.
func (w *previewer) bounded(list []*alike) finding.List {
	total := map[alikeKind]int{}
	for _, a := range list {
		total[a.kind()]++
	}
	var found finding.List
	told := map[alikeKind]int{}
	rest := map[alikeKind]*alike{}
	var places []alikeKind // of found, where it tells a rest
	for _, a := range list {
		k := a.kind()
		told[k]++
		switch {
		case !a.in || told[k] <= mostAlike || total[k] == mostAlike+1:
			found, places = append(found, w.grouped(a)), append(places, alikeKind{})
			continue
		case rest[k] == nil:
			rest[k] = &alike{}
			found, places = append(found, a.Finding), append(places, k)
		}
		rest[k].cells = append(rest[k].cells, a.cells...)
	}
	for n, k := range places {
		if r := rest[k]; r != nil {
			found[n].Said = locale.Plain(w.p.Say("import.alike-more", locale.N("n", len(slices.Compact(r.cells))), locale.A("cells", w.cells(r.cells, true))))
		}
	}
	return found
}

// grouped is a finding with its further cells.
func (w *previewer) grouped(a *alike) finding.Finding {
	cells := slices.Compact(slices.Clone(a.cells))
	if !a.in || len(cells) < 2 {
		return a.Finding
	}
	key := "import.alike"
	if a.at.column == 0 {
		key = "import.alike-rows"
	}
	a.Said = locale.Plain(w.p.Say(key, locale.A("said", a.Message(w.p)), locale.N("n", len(cells)), locale.A("cells", w.cells(cells, true))))
	return a.Finding
}
