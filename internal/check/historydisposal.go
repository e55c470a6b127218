package check

import (
	"strings"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// disposedOpen finds records that went under a disposal while somebody still had to
// act on them, or while they had to be kept (domain.md §9.4): as their last version
// says, on the day on which they went.
func disposedOpen(a *auditor, t *history.Timeline) {
	n := a.known(t)
	kind := a.governed(t)
	if n == 0 || kind == nil || t.Changes[n-1].Kind != history.Deleted || !a.Register.Disposed(t.ID) {
		return
	}
	c := &t.Changes[n-1]
	last, _ := t.ValueAfter(n-1, "/"+record.StatusField)
	id, _ := last.(string)
	state, _ := kind.State(id)
	if state.Phase == schema.Open || state.Phase == schema.Draft {
		a.gone(t, c, "audit.disposal-open", locale.T("state", state.Title))
		return
	}
	if end, ok := a.keptUntil(t, c); ok && c.Merged.Before(end.Add(1).Start(a.Zone)) {
		a.gone(t, c, "audit.disposal-early", locale.A("end", end.String()), a.at("deleted", c.Merged))
	}
}

// keptUntil is the last day on which a record that is gone had to be kept, by its
// last version; false where nobody can read that, or where it had no such day.
func (a *auditor) keptUntil(t *history.Timeline, c *history.Change) (calendar.Day, bool) {
	if a.Blob == nil || t.Last == "" {
		return calendar.Day{}, false
	}
	data, err := a.Blob(t.Last)
	if err != nil {
		return calendar.Day{}, false
	}
	rec, _ := record.Parse(c.Path, data, a.Register.Kinds())
	if rec == nil || rec.Broken || rec.Kind == nil {
		return calendar.Day{}, false
	}
	j := judge{Request: a.Request, until: c.Merged}
	end, _, ok := j.retentionEnd(rec)
	return end, ok
}

// gone reports a file where it lay last.
func (a *auditor) gone(t *history.Timeline, c *history.Change, key string, args ...locale.Arg) {
	a.report(t, "", &c.Recorded, key, args...).Position = finding.Position{Path: c.Path, Line: 1, Column: 1}
}

// disposedAfter tells that a disposal lists a record which was gone before the
// mainline held the disposal, or before anything had been decided about it: such
// papers are written to cover a deletion.
func (a *auditor) disposedAfter(t *history.Timeline, c *history.Change) bool {
	at := a.places()
	for rec := range a.Register.Of(record.DisposalKind) {
		paper := a.History.Timeline(rec.ID)
		if paper == nil || rec.Status() != record.DestroyedState {
			continue
		}
		n := 0
		for n < len(paper.Changes) && at[paper.Changes[n].MergedBy.Hash] <= at[c.MergedBy.Hash] {
			n++
		}
		decided := paper.TextAfter(n, "/"+record.StatusField)
		if n > 0 && (rec.Kind == nil || decided != rec.Kind.Initial) && lists(paper, n, t) {
			return false
		}
	}
	return true
}

// lists tells whether a disposal named a record by its first n changes.
func lists(paper *history.Timeline, n int, t *history.Timeline) bool {
	for _, c := range paper.Changes[:n] {
		for i := range c.Events {
			e := &c.Events[i]
			item, _ := e.After.(map[string]any)
			id, ok := item[recordField].(string)
			if !ok && strings.HasSuffix(e.Pointer, "/"+recordField) {
				id, _ = e.After.(string)
			}
			if field(e.Pointer) == itemsField && strings.EqualFold(id, t.ID) {
				return true
			}
		}
	}
	return false
}

// places numbers the mainline commits.
func (a *auditor) places() map[gitrepo.Hash]int {
	if a.placed == nil {
		a.placed = map[gitrepo.Hash]int{}
		for i, m := range a.History.Commits() {
			a.placed[m.Hash] = i
		}
	}
	return a.placed
}
