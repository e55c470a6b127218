package check

import (
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// HistoryRequest is what an audit of a history reads. Commits merged at or after
// AsOf are not known (domain.md §0.18), except to say that they lie ahead.
type HistoryRequest struct {
	Request
	History *history.History
	// Branch is the protected branch, by which merge messages are read.
	Branch string
	// Future is how far a declared time may lie after its commit, and how far
	// clocks may differ.
	Future time.Duration
	// Tolerance is how much later than it happened a step may be recorded; the
	// zero limit is that of the KPI that measures the lag, else one working day.
	Tolerance calendar.Limit
	// Substitutions are the standing orders to show another history.
	Substitutions []gitrepo.Substitution
	// Signatures, Ledger and Assurance are what stands behind the commits; nil where
	// nobody asked.
	Signatures *evidence.Signatures
	Ledger     *evidence.Ledger
	Assurance  *evidence.Assurance
	// Robots are addresses that commit for people, in small letters: what they commit
	// is the work of those whom the trailers name.
	Robots []string
	// Mailmap is what .mailmap makes of addresses, both in small letters. It is shown
	// and never believed.
	Mailmap map[string]string
	// Blob reads a file of the history, so that a record that is gone can be judged by
	// its last version; nil where nobody can.
	Blob func(gitrepo.Hash) ([]byte, error)
	// Governed gives the commits that changed what governs; nil where nobody asked.
	Governed func() []Governed
	// Seals gives the seals with what their commits give; nil for none.
	Seals func() []evidence.SealState
	// Counting tells that information is counted and not shown: what no setting and no
	// exception makes more of has the top of its file for a place, which costs nothing.
	Counting bool
}

// historyRule is a rule with the part of a history that it judges: one change of
// a record, a record's whole life, or everything.
type historyRule struct {
	Rule
	change func(*auditor, *history.Timeline, int)
	life   func(*auditor, *history.Timeline)
	whole  func(*auditor)
}

// HistoryRules lists the rules that judge a history, in the order in which they
// run (domain.md §7.3). Those of scope [OfChange] judge a proposed change, too.
func HistoryRules() []Rule {
	rules := historyRules()
	list := make([]Rule, len(rules))
	for i, r := range rules {
		list[i] = r.Rule
	}
	return list
}

// All lists the rules of every scope.
func All() []Rule { return slices.Concat(Rules(), HistoryRules(), ChangeRules(), ReadingRules()) }

// History judges the history of every record and the commits that carry it. It
// reads kinds, people and calendar from the register, those of the commit that
// is judged (domain.md §0.16). Severities are those of the settings, and findings that
// an exception accepts are information.
func History(req HistoryRequest) finding.List {
	a := newAuditor(req)
	for _, a.rule = range historyRules() {
		switch {
		case a.rule.whole != nil:
			a.rule.whole(a)
		case a.rule.life != nil:
			for t := range req.History.All() {
				a.rule.life(a, t)
			}
		default:
			for t := range req.History.All() {
				for i := range a.known(t) {
					a.rule.change(a, t, i)
				}
			}
		}
	}
	list := Accept(Severities(a.found, req.Settings), req.Register, req.AsOf, req.Zone)
	return append(list, Severities(Unused(list, req.Register, req.AsOf, req.Zone), req.Settings)...).Sort()
}

// auditor carries what the rules of history share.
type auditor struct {
	HistoryRequest
	proposed bool             // judge the change that is not merged yet, alone
	trusted  *record.Register // whose people and tolerances count
	rule     historyRule
	found    finding.List
	people   map[string]string                  // by folded address
	extras   map[string]extras                  // by kind
	edited   map[edit]bool                      // whose steps were reported as edited
	records  map[gitrepo.Hash]*history.Timeline // by commit, once asked for
	kinds    map[*history.Timeline]*schema.Kind
	by       map[gitrepo.Hash]time.Time // when the mainline surely held a commit
	sides    map[gitrepo.Hash]bool      // commits that came in by merges
	placed   map[gitrepo.Hash]int       // numbers of mainline commits
	special  map[string]bool            // rules whose findings settings or exceptions change
}

// edit is a commit's part in a record.
type edit struct {
	life   *history.Timeline
	commit gitrepo.Hash
}

func newAuditor(req HistoryRequest) *auditor {
	a := &auditor{HistoryRequest: req, extras: map[string]extras{}, edited: map[edit]bool{}, kinds: map[*history.Timeline]*schema.Kind{}}
	if req.Counting {
		a.special = specialRules(req)
	}
	a.trust(req.Register)
	return a
}

// trust takes people and tolerances from a register.
func (a *auditor) trust(reg *record.Register) {
	a.trusted = reg
	a.identify(reg)
	if a.Tolerance == (calendar.Limit{}) || a.proposed {
		a.Tolerance = a.lag()
	}
}

// lag is the limit by which the register's own KPI judges late recording.
func (a *auditor) lag() calendar.Limit {
	for rec := range a.trusted.Of(record.KPIKind) {
		if rec.Text("measure") == "recorded_lag" {
			if l, err := calendar.ParseLimit(rec.Text("within")); err == nil {
				return l
			}
		}
	}
	return calendar.Limit{Amount: 1, Unit: calendar.WorkingDays}
}

// known counts the changes of a life that were merged before AsOf; a proposed one
// is known.
func (a *auditor) known(t *history.Timeline) int {
	if a.proposed {
		return len(t.Changes)
	}
	n := len(t.Changes)
	for n > 0 && !a.knows(&t.Changes[n-1].Recorded) {
		n--
	}
	return n
}

// knows tells whether the mainline had taken something in before AsOf. What a commit
// dated earlier builds on was there by then, whatever date it gives itself: one
// commit of the year 2099 hides nothing that follows it.
func (a *auditor) knows(r *history.Recorded) bool {
	if r.Merged.Before(a.AsOf) {
		return true
	}
	if a.by == nil {
		a.by = map[gitrepo.Hash]time.Time{}
		var earliest time.Time
		for _, m := range slices.Backward(a.History.Commits()) {
			if when := m.Committer.When; !when.IsZero() && (earliest.IsZero() || when.Before(earliest)) {
				earliest = when
			}
			a.by[m.Hash] = earliest
		}
	}
	by, ok := a.by[r.MergedBy.Hash]
	return ok && by.Before(a.AsOf)
}

// kind is the kind of a life, by the folder of its file; nil where it is unknown.
// Where it was moved between kinds, the one with a lifecycle counts: a detour
// through another folder takes no record out of its rules.
func (a *auditor) kind(t *history.Timeline) *schema.Kind {
	if kind, ok := a.kinds[t]; ok {
		return kind
	}
	found := a.Register.Kinds().Kind(record.KindOf(t.Path))
	for i := len(t.Changes) - 1; i >= 0 && (found == nil || len(found.Steps) == 0); i-- {
		if other := a.Register.Kinds().Kind(record.KindOf(t.Changes[i].Path)); other != nil && (found == nil || len(other.Steps) > 0) {
			found = other
		}
	}
	a.kinds[t] = found
	return found
}

// governed is the kind of a life with a lifecycle, nil for any other.
func (a *auditor) governed(t *history.Timeline) *schema.Kind {
	if kind := a.kind(t); kind != nil && len(kind.Steps) > 0 {
		return kind
	}
	return nil
}

// report adds a finding of the rule at hand about a record.
func (a *auditor) report(t *history.Timeline, pointer string, by *history.Recorded, key string, args ...locale.Arg) *finding.Finding {
	place := a.position
	if a.counted() {
		place = a.top
	}
	f := finding.Finding{
		Position: place(t, pointer), Rule: a.rule.ID, Severity: a.rule.Severity, Record: t.ID,
		Key: key, Args: append([]locale.Arg{locale.A("record", t.ID)}, args...),
	}
	if by != nil && by.SetBy != nil {
		f.Commit = string(by.SetBy.Hash)
	}
	a.found = append(a.found, f)
	return &a.found[len(a.found)-1]
}

// position is the place of a value in the file as it lies now, or the file's top
// where it lay last.
func (a *auditor) position(t *history.Timeline, pointer string) finding.Position {
	if rec := a.Register.Get(t.ID); rec != nil && t.Present {
		return rec.Position(indexed(rec, pointer))
	}
	return a.top(t, pointer)
}

// top is the top of the file where it lay last.
func (a *auditor) top(t *history.Timeline, _ string) finding.Position {
	p := finding.Position{Line: 1, Column: 1}
	if n := len(t.Changes); n > 0 {
		p.Path = t.Changes[n-1].Path
	}
	return p
}

// counted tells that nobody sees what the rule at hand finds.
func (a *auditor) counted() bool {
	return a.Counting && a.rule.Severity == finding.Info && !a.special[a.rule.ID]
}

// specialRules are those that a setting or an exception names.
func specialRules(req HistoryRequest) map[string]bool {
	special := map[string]bool{}
	for _, s := range req.Settings {
		special[s.ID] = true
	}
	for _, e := range approvedExceptions(req.Register, req.AsOf, req.Zone) {
		special[e.rule] = true
	}
	return special
}

// moment writes a time in the organisation's zone.
func (a *auditor) moment(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(a.Zone).Format("2006-01-02 15:04:05")
}

// at is an argument that is a time.
func (a *auditor) at(name string, t time.Time) locale.Arg { return locale.A(name, a.moment(t)) }
