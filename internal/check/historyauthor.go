package check

import (
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
)

// importer is the role that may bring in records whose git times do not count
// (domain.md §0.4).
const importer = "doc_controller"

// person is who an address belongs to, by the identities in people's records;
// "" where nobody's do. What .mailmap says is never believed.
func (a *auditor) person(address string) string { return a.people[strings.ToLower(address)] }

// authors are the people who wrote a commit: its author and those whom its
// trailers name as co-authors, as a squash merge does.
func (a *auditor) authors(c *gitrepo.Commit) []string {
	list := []string{a.person(c.Author.Email)}
	return append(list, a.named(c, "Co-authored-by")...)
}

// named are the people whom a commit's trailers of a key name.
func (a *auditor) named(c *gitrepo.Commit, key string) []string {
	var list []string
	for _, t := range gitrepo.Trailers(c.Message) {
		if !strings.EqualFold(t.Key, key) {
			continue
		}
		_, address, _ := strings.Cut(strings.TrimSuffix(t.Value, ">"), "<")
		if p := a.person(address); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// authorsInRole compares who wrote a step into git with who is said to have done
// it.
func authorsInRole(a *auditor, t *history.Timeline, i int) {
	c := &t.Changes[i]
	if a.governed(t) == nil || c.Kind == history.Restored {
		return
	}
	if i == 0 && t.Imported {
		a.imported(t)
		return
	}
	for n := range c.Events {
		e := &c.Events[n]
		whole, _ := isStep(e)
		s, ok := stepOf(e.After)
		if !whole || !ok || e.Before != nil || e.SetBy.Hash == "" {
			continue
		}
		a.authorOf(t, e, s)
	}
}

func (a *auditor) authorOf(t *history.Timeline, e *history.Event, s step) {
	by, role := s.text("by"), s.text("role")
	args := []locale.Arg{locale.T("step", stateName(a.kind(t), s.text("to"))), locale.A("by", by), a.at("submitted", e.Submitted)}
	authors := a.authors(e.SetBy)
	known := slices.DeleteFunc(slices.Clone(authors), func(p string) bool { return p == "" })
	switch {
	case len(known) == 0:
		a.report(t, e.Pointer, e.Recorded, "audit.author-unknown", args...).Severity = finding.Info
	case !slices.Contains(known, by):
		a.report(t, e.Pointer, e.Recorded, "audit.author-other", append(args, locale.A("author", known[0]))...)
	case role != "" && !slices.Contains(a.trusted.Roles(by, e.Submitted, a.Zone), role):
		a.report(t, e.Pointer, e.Recorded, "audit.author-role", append(args, locale.A("role", role))...)
	}
}

// imported demands that who brings in records from elsewhere may do so.
func (a *auditor) imported(t *history.Timeline) {
	made := &t.Created
	for _, p := range a.authors(made.SetBy) {
		if p == "" || slices.Contains(a.trusted.Roles(p, made.Submitted, a.Zone), importer) {
			return
		}
	}
	a.report(t, "/"+record.OriginField, made, "audit.import-role", a.at("submitted", made.Submitted), locale.A("role", importer))
}

// ownApprovals finds approvals of one's own work: an approval step by who began
// the record, and an item's approver who is also its author, as typed or by git.
func ownApprovals(a *auditor, t *history.Timeline, i int) {
	kind, c := a.kind(t), &t.Changes[i]
	if kind == nil || c.Kind == history.Restored || i == 0 && t.Imported {
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
		a.report(t, e.Pointer, e.Recorded, "audit.own-approval-author", locale.A("person", approver), a.at("submitted", e.Submitted)).Severity = finding.Warning
	}
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
	for _, other := range t.Steps {
		if other.To == kind.Initial && other.By == s.text("by") {
			a.report(t, e.Pointer, e.Recorded, "audit.own-approval-step", locale.A("person", other.By), locale.T("step", stateName(kind, s.text("to"))))
			return
		}
	}
}

// ownReviews finds changes all of whose authors approved them themselves, by the
// trailers of the commit that brought them in.
func ownReviews(a *auditor) {
	for t := range a.History.All() {
		for i := range a.known(t) {
			c := &t.Changes[i]
			reviewers := append(a.named(c.MergedBy, "Approved-by"), a.named(c.MergedBy, "Reviewed-by")...)
			if len(reviewers) == 0 {
				continue
			}
			author := a.person(c.SetBy.Author.Email)
			if !slices.ContainsFunc(reviewers, func(p string) bool { return p != author }) {
				a.report(t, "", &c.Recorded, "audit.own-review", locale.A("person", author), a.at("merged", c.Merged))
			}
		}
	}
}
