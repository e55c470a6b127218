// Package check judges records: one table of rules, each with a stable id, a
// purpose, a severity and the scope it belongs to. Rules about one kind stand in
// its kind file; what stands here holds for every kind.
package check

import (
	"kept/internal/finding"
	"kept/internal/record"
)

// Rule is one line of the table.
type Rule struct {
	ID       string
	Severity finding.Severity
	// Purpose is the key of the sentence that says what the rule protects.
	Purpose string
	// Scope is what the rule looks at.
	Scope Scope
	// Ref is the rule of domain.md §12 that it carries out, as E7; "" for none.
	Ref   string
	judge func(*judge, *record.Record)
}

// Scope is what a rule looks at: the records as they stand, one change of them, or
// the whole history.
type Scope string

// The scopes.
const (
	OfState   Scope = "state"
	OfChange  Scope = "change"
	OfHistory Scope = "history"
)

// Rules lists the rules that judge a record beside its schema, in the order in
// which they run.
func Rules() []Rule {
	return []Rule{
		{ID: "reference-missing", Severity: finding.Error, Purpose: "check.reference-missing.purpose", Scope: OfState, Ref: "E1", judge: referencesExist},
		{ID: "reference-kind", Severity: finding.Error, Purpose: "check.reference-kind.purpose", Scope: OfState, judge: referencesFit},
		{ID: "step-illegal", Severity: finding.Error, Purpose: "check.step-illegal.purpose", Scope: OfState, Ref: "E7", judge: stepsAllowed},
		{ID: "step-order", Severity: finding.Error, Purpose: "check.step-order.purpose", Scope: OfState, Ref: "E5", judge: stepsInOrder},
		{ID: "step-requires", Severity: finding.Error, Purpose: "check.step-requires.purpose", Scope: OfState, Ref: "E4", judge: stepsComplete},
		{ID: "step-guard", Severity: finding.Error, Purpose: "check.step-guard.purpose", Scope: OfState, judge: stepsGuarded},
		{ID: "step-role", Severity: finding.Error, Purpose: "check.step-role.purpose", Scope: OfState, judge: stepsByRole},
		{ID: "role-held", Severity: finding.Error, Purpose: "check.role-held.purpose", Scope: OfState, Ref: "E8", judge: rolesHeld},
		{ID: "status-step", Severity: finding.Error, Purpose: "check.status-step.purpose", Scope: OfState, Ref: "E4", judge: statusFollowsSteps},
		{ID: "time-order", Severity: finding.Error, Purpose: "check.time-order.purpose", Scope: OfState, Ref: "E5", judge: timesInOrder},
		{ID: "due-typed", Severity: finding.Warning, Purpose: "check.due-typed.purpose", Scope: OfState, judge: dueAsComputed},
		{ID: "kind-rule", Severity: finding.Error, Purpose: "check.kind-rule.purpose", Scope: OfState, judge: kindRules},
	}
}
