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
	judge   func(*judge, *record.Record)
}

// Rules lists the rules that judge a record beside its schema, in the order in
// which they run.
func Rules() []Rule {
	return []Rule{
		{"reference-missing", finding.Error, "check.reference-missing.purpose", referencesExist},
		{"reference-kind", finding.Error, "check.reference-kind.purpose", referencesFit},
		{"step-illegal", finding.Error, "check.step-illegal.purpose", stepsAllowed},
		{"step-order", finding.Error, "check.step-order.purpose", stepsInOrder},
		{"step-requires", finding.Error, "check.step-requires.purpose", stepsComplete},
		{"step-guard", finding.Error, "check.step-guard.purpose", stepsGuarded},
		{"step-role", finding.Error, "check.step-role.purpose", stepsByRole},
		{"role-held", finding.Error, "check.role-held.purpose", rolesHeld},
		{"status-step", finding.Error, "check.status-step.purpose", statusFollowsSteps},
		{"time-order", finding.Error, "check.time-order.purpose", timesInOrder},
		{"due-typed", finding.Warning, "check.due-typed.purpose", dueAsComputed},
		{"kind-rule", finding.Error, "check.kind-rule.purpose", kindRules},
	}
}
