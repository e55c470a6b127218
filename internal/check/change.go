package check

import (
	"slices"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// ChangeRequest is what judging a proposed change reads. Its history ends with
// the change as if it were merged ([history.Propose]); kinds, people and
// tolerances are those of the base, since a change may not grant itself what it
// needs.
type ChangeRequest struct {
	HistoryRequest
	// Base is the register before the change: its people and KPIs count.
	Base *record.Register
	// Parted is the register where the change and its base parted, nil for the base.
	Parted *record.Register
	// Held tells that the change's own commits once held a record as its base has it:
	// the base took it over from them. Nil tells so of none.
	Held func(*record.Record) bool
	// Before and After are the files that govern, before and after the change.
	Before, After Governing
	// Rehearsal is the merge that a forge made to try the change, "" for none: nobody
	// merges it, so that nobody signs it.
	Rehearsal gitrepo.Hash
}

// Governing is what rules the records: kinds, their schemas, kept.yaml, and the
// paths of all files that are not records but decide about them.
type Governing struct {
	Kinds   *schema.Registry
	Schemas map[string]yamldoc.Object // by path
	Config  yamldoc.Object
	Files   map[string]string // contents by path
}

// Review says who must look at a change before it is merged (product.md, How a
// change is merged).
type Review string

// The two kinds of changes.
const (
	Routine      Review = "routine"
	SecondPerson Review = "second_person"
)

// Verdict is what was found in a change.
type Verdict struct {
	Findings finding.List
	Review   Review
	Reasons  []Reason // why a second person is needed; none for a routine change
	// Signatures counts those of the commits that the change brings in.
	Signatures SignatureCount
}

// Reason is a message.
type Reason struct {
	Key  string
	Args []locale.Arg
}

// ChangeRules lists the rules that judge nothing but a proposed change.
func ChangeRules() []Rule {
	return []Rule{
		{ID: "change-schema", Severity: finding.Warning, Purpose: "audit.change.schema.purpose", Scope: OfChange},
		{ID: "change-kind", Severity: finding.Warning, Purpose: "audit.change.kind.purpose", Scope: OfChange},
		{ID: "change-config", Severity: finding.Warning, Purpose: "audit.change.config.purpose", Scope: OfChange},
		{ID: "change-both", Severity: finding.Warning, Purpose: "audit.change.both.purpose", Scope: OfChange},
	}
}

// Change judges a proposed change by the rules of scope [OfChange], and says
// whether it is routine.
func Change(req ChangeRequest) Verdict {
	a := newAuditor(req.HistoryRequest)
	a.proposed = true
	a.trust(req.Base)
	for _, a.rule = range historyRules() {
		if a.rule.Scope == OfChange {
			a.last()
		}
	}
	signed := a.proposedSignatures(&req)
	g := governance{request: req, rules: ChangeRules()}
	g.judge()
	found := Severities(slices.Concat(a.found, g.found, req.beside()), req.Settings)
	v := Verdict{Findings: Accept(found, req.Base, req.AsOf, req.Zone).Sort(), Signatures: signed}
	v.Reasons = append(g.reasons, a.reasons()...)
	v.Review = Routine
	if len(v.Reasons) > 0 {
		v.Review = SecondPerson
	}
	return v
}

// last runs the rule at hand on the proposed change of every record.
func (a *auditor) last() {
	for t := range a.History.All() {
		n := len(t.Changes)
		if n == 0 || t.Changes[n-1].MergedBy.Hash != "" {
			continue
		}
		if a.rule.life != nil {
			a.rule.life(a, t)
		} else {
			a.rule.change(a, t, n-1)
		}
	}
}

// changed yields the records that the proposed change touches, with their kinds,
// nil where unknown, and the number of the change.
func (a *auditor) changed(do func(*history.Timeline, *schema.Kind, int)) {
	for t := range a.History.All() {
		if n := len(t.Changes); n > 0 && t.Changes[n-1].MergedBy.Hash == "" {
			do(t, a.kind(t), n-1)
		}
	}
}
