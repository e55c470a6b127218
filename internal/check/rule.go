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
	// Ref are the rules of domain.md §12 that it carries out, as "E7"; "" for none.
	Ref string
	// One of the two: what judges each record, or the register as a whole.
	judge func(*judge, *record.Record)
	whole func(*judge)
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
		{ID: "step-span", Severity: finding.Error, Purpose: "check.step-span.purpose", Scope: OfState, judge: stepsSpan},
		{ID: "step-role", Severity: finding.Error, Purpose: "check.step-role.purpose", Scope: OfState, judge: stepsByRole},
		{ID: "role-held", Severity: finding.Error, Purpose: "check.role-held.purpose", Scope: OfState, Ref: "E8", judge: rolesHeld},
		{ID: "status-step", Severity: finding.Error, Purpose: "check.status-step.purpose", Scope: OfState, Ref: "E4", judge: statusFollowsSteps},
		{ID: "time-order", Severity: finding.Error, Purpose: "check.time-order.purpose", Scope: OfState, Ref: "E5", judge: timesInOrder},
		{ID: "time-future", Severity: finding.Error, Purpose: "check.time-future.purpose", Scope: OfState, Ref: "E6", judge: timesPast},
		{ID: "due-typed", Severity: finding.Warning, Purpose: "check.due-typed.purpose", Scope: OfState, judge: dueAsComputed},
		{ID: "calendar-missing", Severity: finding.Warning, Purpose: "check.calendar-missing.purpose", Scope: OfState, Ref: "E23", judge: calendarsPublished},
		{ID: "personal-data", Severity: finding.Error, Purpose: "check.personal-data.purpose", Scope: OfState, Ref: "E22", judge: noPersonalData},
		{ID: "retention-passed", Severity: finding.Warning, Purpose: "check.retention-passed.purpose", Scope: OfState, Ref: "E26", judge: retentionRuns},
		{ID: "disposal-early", Severity: finding.Error, Purpose: "check.disposal-early.purpose", Scope: OfState, Ref: "E26", judge: disposalsDue},
		{ID: "exception-rule", Severity: finding.Error, Purpose: "check.exception-rule.purpose", Scope: OfState, judge: exceptionsOfRules},
		{ID: "kind-rule", Severity: finding.Error, Purpose: "check.kind-rule.purpose", Scope: OfState, judge: kindRules},
		{ID: "number-gap", Severity: finding.Warning, Purpose: "check.number-gap.purpose", Scope: OfState, Ref: "E3", whole: numbersWithoutGap},
		{ID: "document-version", Severity: finding.Error, Purpose: "check.document-version.purpose", Scope: OfState, Ref: "E24", whole: oneVersionInForce},
		{ID: "identity-shared", Severity: finding.Error, Purpose: "check.identity-shared.purpose", Scope: OfState, whole: addressesOnce},
		{ID: "form-number", Severity: finding.Warning, Purpose: "check.form-number.purpose", Scope: OfState, Ref: "E25", whole: formsListed},
		{ID: "obligation-missed", Severity: finding.Warning, Purpose: "check.obligation-missed.purpose", Scope: OfState, Ref: "E15 E16 E17", whole: dutiesMissed},
		{ID: "obligation-overdue", Severity: finding.Warning, Purpose: "check.obligation-overdue.purpose", Scope: OfState, Ref: "E20", whole: dutiesOverdue},
		{ID: "exception-unused", Severity: finding.Info, Purpose: "check.exception-unused.purpose", Scope: OfState},
		{ID: "exception-expired", Severity: finding.Warning, Purpose: "check.exception-expired.purpose", Scope: OfState},
	}
}
