package check

import (
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// disposedOpen finds records that went under a disposal while somebody still had to
// act on them (domain.md §9.4): as their last version says.
func disposedOpen(a *auditor, t *history.Timeline) {
	n := a.known(t)
	kind := a.governed(t)
	if n == 0 || kind == nil || t.Changes[n-1].Kind != history.Deleted || !a.Register.Disposed(t.ID) {
		return
	}
	last, _ := t.ValueAfter(n-1, "/"+record.StatusField)
	id, _ := last.(string)
	state, _ := kind.State(id)
	if state.Phase == schema.Open || state.Phase == schema.Draft {
		a.report(t, "", &t.Changes[n-1].Recorded, "audit.disposal-open", locale.T("state", state.Title))
	}
}
