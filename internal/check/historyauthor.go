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
// "" where nobody's do, and for a robot's, which is nobody. What .mailmap says is
// never believed.
func (a *auditor) person(address string) string {
	if a.robot(address) {
		return ""
	}
	return a.people[strings.ToLower(address)]
}

// robot tells the address of a program that commits for people, by the settings.
func (a *auditor) robot(address string) bool {
	return slices.Contains(a.Robots, strings.ToLower(address))
}

// authors are the people who wrote a commit: its author and those whom its
// trailers name as co-authors, as a squash merge does. What a robot wrote was
// written by those alone, or by who signed it off.
func (a *auditor) authors(c *gitrepo.Commit) []string {
	list := a.named(c, "Co-authored-by")
	if !a.robot(c.Author.Email) {
		return append([]string{a.person(c.Author.Email)}, list...)
	}
	if len(list) == 0 {
		list = a.named(c, "Signed-off-by")
	}
	return list
}

// unknownAuthor tells why no person stands behind a commit: it is a robot's whose
// trailers name nobody, an address that .mailmap alone explains, or neither.
func (a *auditor) unknownAuthor(c *gitrepo.Commit) (string, []locale.Arg) {
	address := strings.ToLower(c.Author.Email)
	if a.robot(address) {
		return "audit.author-robot", []locale.Arg{locale.A("robot", address)}
	}
	if mapped := a.person(a.Mailmap[address]); mapped != "" {
		return "audit.author-mailmap", []locale.Arg{locale.A("person", mapped)}
	}
	return "audit.author-unknown", nil
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
	if i == 0 && t.Imported || c.ImportedAgain {
		a.imported(t, &c.Recorded)
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
		key, more := a.unknownAuthor(e.SetBy)
		a.report(t, e.Pointer, e.Recorded, key, append(args, more...)...).Severity = finding.Info
	case !slices.Contains(known, by):
		a.report(t, e.Pointer, e.Recorded, "audit.author-other", append(args, locale.A("author", known[0]))...)
	case role != "" && !a.held(t, by, role, e.Submitted) && !a.held(t, by, role, s.declared()):
		a.report(t, e.Pointer, e.Recorded, "audit.author-role", append(args, locale.T("role", roleTitle(a.trusted.Kinds(), role)))...)
	case role != "" && !a.proposed:
		if c, later := a.grantedLater(t.ID, by, role, e, s.declared()); later {
			f := a.report(t, e.Pointer, e.Recorded, "audit.author-role-later", append(args, locale.T("role", roleTitle(a.trusted.Kinds(), role)), a.at("granted", c.Submitted), locale.A("commit", c.SetBy.Hash.Short()))...)
			if c.Kind == history.Created || !c.Submitted.After(a.Calendar.Due(e.Submitted, a.Tolerance, nil).At) {
				f.Severity = finding.Info
			}
		}
	}
}

// held tells whether a person had a role for a record on the day of a moment.
func (a *auditor) held(t *history.Timeline, person, role string, at time.Time) bool {
	return slices.Contains(a.trusted.RolesFor(a.Register.Get(t.ID), person, at, a.Zone), role)
}

// imported demands that who brings in records from elsewhere may do so, at first and
// when a changed row is imported again.
func (a *auditor) imported(t *history.Timeline, made *history.Recorded) {
	for _, p := range a.authors(made.SetBy) {
		if p == "" || slices.Contains(a.trusted.Roles(p, made.Submitted, a.Zone), importer) {
			return
		}
	}
	a.report(t, "/"+record.OriginField, made, "audit.import-role", a.at("submitted", made.Submitted), locale.T("role", roleTitle(a.trusted.Kinds(), importer)))
}

// importedLater finds a record that says it came from a ledger and did not begin so:
// steps that came with an import are not asked for what they require.
func importedLater(a *auditor, t *history.Timeline) {
	rec := a.Register.Get(t.ID)
	if rec == nil || t.Imported || rec.Brought() == 0 {
		return
	}
	at := &t.Created
	for i := range t.Changes {
		for n := range t.Changes[i].Events {
			e := &t.Changes[i].Events[n]
			if (strings.HasPrefix(e.Pointer, "/"+record.ImportedField) || e.Pointer == "/"+record.OriginField) && i > 0 {
				at = e.Recorded
			}
		}
	}
	a.report(t, "/"+record.ImportedField, at, "audit.import-later", a.at("submitted", at.Submitted))
}
