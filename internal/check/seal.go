package check

import (
	"strings"

	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/signature"
)

// brokenSeals finds seals that no longer say what was sealed: changed after their
// first mainline commit, of a commit that the history does not hold, or with
// figures that the sealed commit does not give.
func brokenSeals(a *auditor) {
	for t := range a.History.All() {
		if kind := a.kind(t); kind != nil && kind.ID == record.SealKind {
			a.sealEdits(t)
		}
	}
	if a.Seals == nil {
		return
	}
	states := a.Seals()
	for i := range states {
		s := &states[i]
		if life := a.History.Timeline(s.Record); life != nil {
			a.sealContent(life, s)
		}
	}
	a.unreadSeals(states)
}

// sealEdits finds every change after the first mainline commit, and a seal of a
// commit that came in by a branch: kept seals the mainline alone, so that either the
// seal was written by other means or the mainline is another since.
func (a *auditor) sealEdits(t *history.Timeline) {
	if a.known(t) == 0 {
		return
	}
	sealed, _ := t.FirstValue("/commit")
	commit, _ := sealed.(string)
	if a.aside()[gitrepo.Hash(commit)] {
		a.report(t, "/commit", &t.Created, "evidence.seal-side", locale.A("commit", gitrepo.Hash(commit).Short()))
	}
	for i := range t.Changes[:a.known(t)] {
		a.sealEdit(t, i)
	}
}

// aside are the commits of the history that are not on the mainline.
func (a *auditor) aside() map[gitrepo.Hash]bool {
	if a.sides == nil {
		a.sides = map[gitrepo.Hash]bool{}
		for _, m := range a.History.Commits() {
			for _, c := range m.Side {
				a.sides[c.Hash] = true
			}
		}
	}
	return a.sides
}

// proposedSealEdits finds the change of a seal before it is merged; once merged it
// is a broken seal.
func proposedSealEdits(a *auditor, t *history.Timeline, i int) {
	if kind := a.kind(t); a.proposed && kind != nil && kind.ID == record.SealKind {
		a.sealEdit(t, i)
	}
}

func (a *auditor) sealEdit(t *history.Timeline, i int) {
	if i == 0 {
		return
	}
	c := &t.Changes[i]
	var fields []string
	if len(c.Events) == 0 {
		fields = append(fields, string(c.Kind)) // as deleted
	}
	for _, e := range c.Events {
		fields = append(fields, strings.TrimPrefix(e.Pointer, "/"))
	}
	a.report(t, "", &c.Recorded, "evidence.seal-edited", locale.A("fields", strings.Join(shortened(fields), ", ")), a.at("when", c.Merged))
}

// mostFields bounds how many names a message lists.
const mostFields = 8

func shortened(list []string) []string {
	if len(list) <= mostFields {
		return list
	}
	return append(list[:mostFields:mostFields], "…")
}

func (a *auditor) sealContent(t *history.Timeline, s *evidence.SealState) {
	commit := locale.A("commit", s.Commit.Short())
	switch {
	case !s.Held:
		a.report(t, "/commit", &t.Created, "evidence.seal-not-held", commit)
	case s.Reason != "":
		a.report(t, "/commit", &t.Created, "evidence.seal-unreadable", commit, locale.A("reason", s.Reason))
	}
	for _, d := range s.Forged {
		f := d.Sealed
		if f == (evidence.Figure{}) {
			f = d.Now
		}
		a.report(t, "/figures", &t.Created, "evidence.seal-forged", commit, locale.A("kpi", f.KPI), locale.A("basis", f.Basis),
			locale.A("sealed", d.Sealed.Words()), locale.A("now", d.Now.Words()), locale.A("tool", s.Tool))
	}
	if s.Tag != "" {
		a.sealTag(t, s)
	}
}

// sealTag judges the tag that confirms a seal. One without a signature says no more
// than the seal does, and is information.
func (a *auditor) sealTag(t *history.Timeline, s *evidence.SealState) {
	tag := locale.A("tag", evidence.Tag(s.Period))
	if !s.Tagged {
		a.report(t, "", &t.Created, "evidence.seal-tag", tag, locale.A("commit", s.Tag.Short()))
	}
	switch status := locale.A("reason", string(s.Signature.Status)+" "+string(s.Signature.Reason)); s.Signature.Status {
	case signature.Good:
	case signature.None:
		a.report(t, "", &t.Created, "evidence.seal-tag-unsigned", tag).Severity = finding.Info
	case signature.Bad:
		a.report(t, "", &t.Created, "evidence.seal-tag-signature", tag, status)
	default:
		a.report(t, "", &t.Created, "evidence.seal-tag-signature", tag, status).Severity = finding.Warning
	}
}

// unreadSeals finds records of the kind that cannot be read as seals.
func (a *auditor) unreadSeals(states []evidence.SealState) {
	read := map[string]bool{}
	for i := range states {
		read[states[i].Record] = true
	}
	for rec := range a.Register.Of(record.SealKind) {
		if life := a.History.Timeline(rec.ID); life != nil && !read[rec.ID] {
			a.report(life, "", &life.Created, "evidence.seal-unread")
		}
	}
}

// sealedTouched tells of sealed figures that are others now, with the commits
// that made the difference; where only time has passed it is information.
func sealedTouched(a *auditor) {
	if a.Seals == nil {
		return
	}
	states := a.Seals()
	for i := range states {
		s := &states[i]
		life := a.History.Timeline(s.Record)
		if life == nil {
			continue
		}
		told := map[string]bool{}
		for _, d := range s.Drifts {
			if !told[d.Sealed.KPI] {
				told[d.Sealed.KPI] = true
				a.sealDrift(life, s, d)
			}
		}
	}
}

func (a *auditor) sealDrift(t *history.Timeline, s *evidence.SealState, d evidence.Drift) {
	args := []locale.Arg{
		locale.A("period", s.Period.String()), locale.A("kpi", d.Sealed.KPI), locale.A("basis", d.Sealed.Basis),
		locale.A("sealed", d.Sealed.Words()), locale.A("now", d.Now.Words()),
	}
	if len(d.Touches) == 0 {
		a.report(t, "/figures", nil, "evidence.sealed-time", args...).Severity = finding.Info
		return
	}
	var by []string
	for _, touch := range d.Touches {
		by = append(by, touch.Record+" "+touch.Commit.Hash.Short())
	}
	f := a.report(t, "/figures", nil, "evidence.sealed-touched", append(args, locale.A("by", strings.Join(shortened(by), ", ")))...)
	f.Commit, f.Part = string(d.Touches[len(d.Touches)-1].Commit.Hash), d.Sealed.KPI
}
