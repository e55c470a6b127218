package check

import (
	"slices"
	"strings"
	"time"

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
// it. Who held the role when the step was done, or when it was submitted, may
// write it: the last steps before a change of hands come in on the morning after.
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
		if !whole || !ok || e.Before != nil || e.SetBy.Hash == "" || a.edited[edit{t, e.SetBy.Hash}] {
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
	case role != "" && !a.held(by, role, e.Submitted) && !a.held(by, role, s.declared()):
		a.report(t, e.Pointer, e.Recorded, "audit.author-role", append(args, locale.A("role", role))...)
	}
}

// held tells whether a person had a role on the day of a moment.
func (a *auditor) held(person, role string, at time.Time) bool {
	return slices.Contains(a.trusted.Roles(person, at, a.Zone), role)
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
