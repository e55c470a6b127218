package check

import (
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
)

// ownApprovals finds approvals of one's own work: an approval step by who began
// the record, and an item's approver who is also its author, as typed or by git.
func ownApprovals(a *auditor, t *history.Timeline, i int) {
	kind, c := a.kind(t), &t.Changes[i]
	if kind == nil || c.Kind == history.Restored || i == 0 && t.Imported || a.importedAgain(c) {
		return
	}
	for n := range c.Events {
		e := &c.Events[n]
		if whole, _ := isStep(e); whole {
			a.approvalStep(t, e)
			continue
		}
		item, ok := e.After.(map[string]any)
		switch {
		case ok:
			approver, _ := item["approved_by"].(string)
			a.approvedItem(t, e, item, approver)
		case strings.HasSuffix(e.Pointer, "/approved_by") && strings.Count(e.Pointer, "/") == 3:
			approver, _ := e.After.(string)
			made, by := t.ValueAfter(i+1, strings.TrimSuffix(e.Pointer, "/approved_by"))
			item, _ := made.(map[string]any)
			if by.SetBy != nil {
				a.approvedItem(t, &history.Event{Pointer: e.Pointer, Recorded: &by}, item, approver)
			}
		case e.Pointer == "/approved_by":
			approver, _ := e.After.(string)
			a.approvedItem(t, e, map[string]any{"requested_by": t.TextAfter(i+1, "/requested_by")}, approver)
		}
	}
}

// approvedItem judges one item that says who approved it.
func (a *auditor) approvedItem(t *history.Timeline, e *history.Event, item map[string]any, approver string) {
	if approver == "" {
		return
	}
	for _, key := range []string{"by", "requested_by", "owner"} {
		if item[key] == approver {
			a.report(t, e.Pointer, e.Recorded, "audit.own-approval-item", locale.A("person", approver))
			return
		}
	}
	if slices.Equal(a.authors(e.SetBy), []string{approver}) {
		f := a.report(t, e.Pointer, e.Recorded, "audit.own-approval-author", locale.A("person", approver), a.at("submitted", e.Submitted))
		f.Severity = finding.Warning
		if a.anothers(t, approver) {
			f.Severity = finding.Info
		}
		return
	}
	a.backed(t, e, approver)
}

// anothers tells whether a record belongs to somebody else by its own words: an
// approver may write down what he allows another.
func (a *auditor) anothers(t *history.Timeline, person string) bool {
	n := a.known(t)
	owner, registrar := t.TextAfter(n, "/owner"), t.TextAfter(n, "/registered_by")
	return owner != "" && owner != person && registrar != person
}

// backed looks for a typed approver among those whom git knows to have had a hand
// in the item: author, committer, merger and trailers. Where nobody but its author
// had, the approval rests on that author's word. Reference data comes with what was
// approved before there was a history.
func (a *auditor) backed(t *history.Timeline, e *history.Event, approver string) {
	if e.SetBy.Hash == "" || e.MergedBy.Hash == "" {
		return // who merges it is not known yet
	}
	alone := true
	for _, c := range []*gitrepo.Commit{e.SetBy, e.MergedBy} {
		for _, address := range []string{c.Author.Email, c.Committer.Email} {
			if a.robot(address) {
				continue // no second pair of eyes
			}
			if a.person(address) == approver {
				return
			}
			alone = alone && strings.EqualFold(address, e.SetBy.Author.Email)
		}
		for _, key := range []string{"Approved-by", "Reviewed-by", "Merged-by", "Signed-off-by", "Co-authored-by"} {
			if slices.Contains(a.named(c, key), approver) {
				a.trailed(t, e, approver)
				return
			}
		}
	}
	f := a.report(t, e.Pointer, e.Recorded, "audit.own-approval-unbacked", locale.A("person", approver), a.at("submitted", e.Submitted))
	f.Severity = finding.Info
	if first := t.Changes[0].MergedBy.Hash == e.MergedBy.Hash; alone && !(first && a.governed(t) == nil) {
		f.Severity = finding.Warning
	}
}

// trailed tells of an approval for which a trailer alone stands that the author of
// the item wrote, too: whoever commits can write any name there.
func (a *auditor) trailed(t *history.Timeline, e *history.Event, approver string) {
	author := e.SetBy.Author.Email
	for _, c := range []*gitrepo.Commit{e.SetBy, e.MergedBy} {
		for _, address := range []string{c.Author.Email, c.Committer.Email} {
			if !strings.EqualFold(address, author) {
				return
			}
		}
	}
	a.report(t, e.Pointer, e.Recorded, "audit.own-approval-trailer", locale.A("person", approver), a.at("submitted", e.Submitted)).Severity = finding.Info
}

// approvalStep judges a step into the state whose actor the kind calls the
// approver.
func (a *auditor) approvalStep(t *history.Timeline, e *history.Event) {
	s, ok := stepOf(e.After)
	if !ok || e.Before != nil {
		return
	}
	kind := a.kind(t)
	d, approves := kind.DerivedName("approved_by")
	if !approves || d.State != s.text("to") || s.text("by") == "" {
		return
	}
	if len(t.Steps) > 0 && t.Steps[0].To == kind.Initial && t.Steps[0].By == s.text("by") {
		a.report(t, e.Pointer, e.Recorded, "audit.own-approval-step", locale.A("person", s.text("by")), locale.T("step", stateName(kind, s.text("to"))))
	}
}

// ownReviews finds changes that nobody but their authors approved, by the trailers
// of the commit that brought them in: a squash by a robot names both.
func ownReviews(a *auditor) {
	for t := range a.History.All() {
		for i := range a.known(t) {
			c := &t.Changes[i]
			reviewers := append(a.named(c.MergedBy, "Approved-by"), a.named(c.MergedBy, "Reviewed-by")...)
			if len(reviewers) == 0 {
				continue
			}
			authors := a.authors(c.SetBy)
			if !slices.ContainsFunc(reviewers, func(p string) bool { return !slices.Contains(authors, p) }) {
				a.report(t, "", &c.Recorded, "audit.own-review", locale.A("person", reviewers[0]), a.at("merged", c.Merged))
			}
		}
	}
}
