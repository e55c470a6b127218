package check

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// deletedRecords finds records that were on the mainline and are gone. One that
// was destroyed under a disposal, which had been decided by then, or goes on under
// another id, is none.
func deletedRecords(a *auditor, t *history.Timeline) {
	n := a.known(t)
	if n == 0 || t.Changes[n-1].Kind != history.Deleted {
		return
	}
	c := &t.Changes[n-1]
	switch {
	case !a.Register.Disposed(t.ID):
		a.gone(t, c, "audit.record-deleted", a.at("created", t.Created.Merged), a.at("deleted", c.Merged))
	case !a.proposed && a.disposedAfter(t, c):
		a.gone(t, c, "audit.record-deleted-first", a.at("created", t.Created.Merged), a.at("deleted", c.Merged))
	}
}

// restoredRecords tells of records that were gone for a while. What came back with
// other values was changed under cover of its absence; a declared revert that brings
// back what there was is information.
func restoredRecords(a *auditor, t *history.Timeline, i int) {
	c := &t.Changes[i]
	if c.Kind != history.Restored || len(a.otherIdentity(t, i)) > 0 {
		return
	}
	args := []locale.Arg{a.at("deleted", lastDeletion(t, i).Merged), a.at("restored", c.Merged)}
	if changed := changedWhileGone(t, i); len(changed) > 0 {
		a.report(t, "", &c.Recorded, "audit.record-restored-other", append(args, locale.A("fields", strings.Join(shortened(changed), ", ")))...).Severity = finding.Error
		return
	}
	f := a.report(t, "", &c.Recorded, "audit.record-restored", args...)
	if reverts(c) {
		f.Severity = finding.Info
	}
}

// changedWhileGone lists the fields that are others after a restoration than they
// were before the deletion, in the order in which they first came.
func changedWhileGone(t *history.Timeline, i int) []string {
	gone := beforeDeletion(t, i)
	var names []string
	compare := func(p string) {
		before, _ := t.ValueAfter(gone, p)
		after, _ := t.ValueAfter(i+1, p)
		if !equal(before, after) && !slices.Contains(names, field(p)) {
			names = append(names, field(p))
		}
	}
	for _, c := range t.Changes[:i+1] {
		for n := range c.Events {
			e := &c.Events[n]
			inside(e.Pointer, e.Before, compare)
			inside(e.Pointer, e.After, compare)
		}
	}
	return names
}

// inside calls do for a value, or for those inside an item, of which a later event
// may have changed one.
func inside(pointer string, v any, do func(string)) {
	item, ok := v.(map[string]any)
	switch {
	case v == nil:
	case !ok:
		do(pointer)
	default:
		for _, key := range slices.Sorted(maps.Keys(item)) {
			inside(yamldoc.Pointer(pointer, key), item[key], do)
		}
	}
}

// reusedIDs finds ids under which another record lies than before a deletion.
func reusedIDs(a *auditor, t *history.Timeline, i int) {
	for _, pointer := range a.otherIdentity(t, i) {
		kind := a.kind(t)
		gone := beforeDeletion(t, i)
		before, _ := t.ValueAfter(gone, pointer)
		after, _ := t.ValueAfter(i+1, pointer)
		a.report(t, pointer, &t.Changes[i].Recorded, "audit.id-reused", locale.T("field", kind.NameTitle(field(pointer))),
			locale.T("before", shown(kind, pointer, before)), locale.T("after", shown(kind, pointer, after)))
	}
}

// otherIdentity lists the values that make a record this one, and that differ
// between what lay there before a deletion and what came after it.
func (a *auditor) otherIdentity(t *history.Timeline, i int) []string {
	kind := a.kind(t)
	if kind == nil || t.Changes[i].Kind != history.Restored {
		return nil
	}
	fields := []string{kind.Label, record.TitleField, kind.Date}
	for _, f := range kind.Fields {
		if f.Required && len(f.Refs) == 1 {
			fields = append(fields, f.Name)
		}
	}
	slices.Sort(fields)
	gone := beforeDeletion(t, i)
	var differ []string
	for _, name := range slices.Compact(fields) {
		pointer := "/" + name
		before, _ := t.ValueAfter(gone, pointer)
		after, _ := t.ValueAfter(i+1, pointer)
		if name != "" && (before != nil || after != nil) && !equal(before, after) {
			differ = append(differ, pointer)
		}
	}
	return differ
}

// beforeDeletion counts the changes before the deletion that change i ends.
func beforeDeletion(t *history.Timeline, i int) int {
	for n := i - 1; n >= 0; n-- {
		if t.Changes[n].Kind == history.Deleted {
			return n
		}
	}
	return i
}

func lastDeletion(t *history.Timeline, i int) *history.Change {
	return &t.Changes[beforeDeletion(t, i)]
}

func equal(a, b any) bool { return reflect.DeepEqual(a, b) }

// sequenced is one id of a sequence.
type sequenced struct {
	n    int
	life *history.Timeline
}

// numberGaps finds numbers between two of one sequence that the mainline never
// held. The first year of a kind may begin anywhere: its earlier numbers may lie
// on paper.
func numberGaps(a *auditor) {
	series := map[string][]sequenced{} // by what stands before the number
	first := map[string]string{}       // earliest series of a kind
	for t := range a.History.All() {
		kind := a.kind(t)
		if kind == nil || !strings.Contains(kind.IDs.Template, "{seq") || a.known(t) == 0 {
			continue
		}
		for _, id := range append([]string{t.ID}, t.Aliases...) {
			prefix, n, ok := number(id)
			if !ok || kind.IDs.Pattern != nil && !kind.IDs.Pattern.MatchString(id) {
				continue
			}
			series[prefix] = append(series[prefix], sequenced{n, t})
			if known, ok := first[kind.ID]; !ok || prefix < known {
				first[kind.ID] = prefix
			}
		}
	}
	begins := map[string]bool{}
	for _, prefix := range first {
		begins[prefix] = true
	}
	for _, prefix := range slices.Sorted(maps.Keys(series)) {
		a.gaps(prefix, series[prefix], begins[prefix])
	}
}

// gaps reports what is missing in one sequence, each run of numbers once, at the
// record that follows it.
func (a *auditor) gaps(prefix string, list []sequenced, begins bool) {
	slices.SortFunc(list, func(x, y sequenced) int { return cmp.Compare(x.n, y.n) })
	last := 0
	if begins {
		last = list[0].n - 1
	}
	for _, next := range list {
		if next.n > last+1 {
			width := len(next.life.ID) - len(prefix)
			from, to := padded(prefix, last+1, width), padded(prefix, next.n-1, width)
			f := a.report(next.life, "", &next.life.Created, "audit.number-gap", locale.A("from", from), locale.A("to", to), locale.N("n", next.n-1-last))
			f.Record = from
		}
		last = next.n
	}
}

func padded(prefix string, n, width int) string {
	digits := strconv.Itoa(n)
	return prefix + strings.Repeat("0", max(0, width-len(digits))) + digits
}

// number parts an id into the number at its end and what stands before it.
func number(id string) (prefix string, n int, ok bool) {
	prefix = strings.TrimRight(id, "0123456789")
	n, err := strconv.Atoi(id[len(prefix):])
	return prefix, n, err == nil && prefix != ""
}
