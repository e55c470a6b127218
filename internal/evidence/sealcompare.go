package evidence

import (
	"slices"

	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/metric"
	"kept/internal/signature"
)

// Difference is a published figure beside the same one at another moment.
type Difference struct {
	Sealed Figure
	Now    Figure // the zero figure where there is none
}

// Differences compares published figures with others of the same period, in the
// order of the first. What is computed and was not published is none: a new
// indicator changes no old paper.
func Differences(sealed, now []Figure) []Difference {
	byKey := make(map[string]Figure, len(now))
	for _, f := range now {
		byKey[f.Key()] = f
	}
	var list []Difference
	for _, f := range sealed {
		if other := byKey[f.Key()]; other != f {
			list = append(list, Difference{Sealed: f, Now: other})
		}
	}
	return list
}

// Drift is a published figure that is another now.
type Drift struct {
	Difference
	// Touches are the records that made the difference, by their changes after the
	// sealed commit; none where only time has passed.
	Touches []Touch
}

// SealState is a seal beside what its commit and the present history give.
type SealState struct {
	Seal
	Record string // id
	// Held tells that the history holds the sealed commit.
	Held bool
	// Reason is why the sealed commit cannot be read; "" where it can.
	Reason string
	Forged []Difference // Now is what the sealed commit gives
	Drifts []Drift
	// Tag is where the tag of the seal leads, "" where there is none; Tagged tells
	// that the mainline holds that commit and that it holds the seal.
	Tag    gitrepo.Hash
	Tagged bool
	// Signature is what the tag's signature is worth, where there is a tag.
	Signature signature.Result
}

// Moved names the records by whose coming, going or changing sides two results
// differ, the definition's own among them; where the sides are the same, all that
// are counted, as a mean may change by each. Ids are sorted.
func Moved(before, after metric.Result) []string {
	ids := map[string]bool{}
	lists := func(r metric.Result) [][]metric.Evidence {
		return [][]metric.Evidence{r.Numerator, r.Denominator, r.Excluded}
	}
	was, now := lists(before), lists(after)
	for i := range was {
		for _, id := range onlyIn(was[i], now[i]) {
			ids[id] = true
		}
		for _, id := range onlyIn(now[i], was[i]) {
			ids[id] = true
		}
	}
	if len(ids) == 0 {
		for _, list := range slices.Concat(was, now) {
			for _, e := range list {
				ids[e.Record] = true
			}
		}
	}
	ids[after.KPI] = true
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

type memberKey struct{ record, item string }

// onlyIn lists the records of members that the other list lacks.
func onlyIn(list, other []metric.Evidence) []string {
	there := make(map[memberKey]bool, len(other))
	for _, e := range other {
		there[memberKey{e.Record, e.Item}] = true
	}
	var ids []string
	for _, e := range list {
		if !there[memberKey{e.Record, e.Item}] {
			ids = append(ids, e.Record)
		}
	}
	return ids
}

// Touch is the newest change of a record after a commit.
type Touch struct {
	Record string
	Commit *gitrepo.Commit // who set it
	Merged *gitrepo.Commit // the mainline commit
}

// Since lists the records among ids that the mainline changed after the commit of
// a number given by [Position], oldest change first.
func Since(h *history.History, position int, ids []string) []Touch {
	number := map[gitrepo.Hash]int{}
	for i, m := range h.Commits() {
		number[m.Hash] = i
	}
	var list []Touch
	for _, id := range ids {
		t := h.Timeline(id)
		if t == nil || len(t.Changes) == 0 {
			continue
		}
		last := t.Changes[len(t.Changes)-1]
		if last.MergedBy != nil && number[last.MergedBy.Hash] > position {
			list = append(list, Touch{Record: t.ID, Commit: last.SetBy, Merged: last.MergedBy})
		}
	}
	slices.SortStableFunc(list, func(a, b Touch) int { return number[a.Merged.Hash] - number[b.Merged.Hash] })
	return list
}

// Position is the number, from zero, of the mainline commit that is, or brought
// in, a commit; false where the history does not hold it.
func Position(h *history.History, commit gitrepo.Hash) (int, bool) {
	for i, m := range h.Commits() {
		if m.Hash == commit {
			return i, true
		}
		if slices.ContainsFunc(m.Side, func(c *gitrepo.Commit) bool { return c.Hash == commit }) {
			return i, true
		}
	}
	return 0, false
}
