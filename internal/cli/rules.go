package cli

import (
	"encoding/json"
	"fmt"
	"time"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/portal"
)

// ruleObject is one rule in JSON. Its keys are a public interface.
type ruleObject struct {
	ID       string            `json:"id"`
	Ref      string            `json:"ref,omitempty"` // number in the list of rules of the design, as E7
	Scope    string            `json:"scope"`         // state, change, history or obligation
	Kind     string            `json:"kind,omitempty"`
	Severity string            `json:"severity"`
	Reason   string            `json:"reason,omitempty"` // for which kept.yaml changed the severity
	Purpose  map[string]string `json:"purpose"`
}

// scopeObligation marks what is owed among the rules: it is judged by the rules
// obligation-missed and obligation-overdue.
const scopeObligation = "obligation"

// listRules lists the rules of the table, those of the kinds and the obligations,
// with the severities of this repository.
func (a *app) listRules() error {
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	var rules []ruleObject
	for _, l := range check.Lines(snapshot.Kinds, snapshot.Config.Rules) {
		purpose := l.Purpose
		if l.Key != "" {
			purpose = a.messages.Message(l.Key)
		}
		rules = append(rules, ruleObject{
			ID: l.ID, Ref: l.Ref, Scope: string(l.Scope), Kind: l.Kind, Severity: l.Severity.String(), Reason: l.Changed, Purpose: languages(purpose),
		})
	}
	owed, _ := obligation.Definitions(snapshot.Register)
	for _, d := range owed {
		rules = append(rules, ruleObject{ID: d.ID, Scope: scopeObligation, Severity: finding.Warning.String(), Purpose: languages(d.Title)})
	}
	if a.json {
		enc := json.NewEncoder(a.Out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(rules); err != nil {
			return fmt.Errorf("write rules: %w", err)
		}
		return nil
	}
	return writeTable(a.Out, a.ruleTable(rules))
}

func languages(t locale.Text) map[string]string {
	return map[string]string{string(locale.Chinese): t.In(locale.Chinese), string(locale.English): t.In(locale.English)}
}

func (a *app) ruleTable(rules []ruleObject) portal.Table {
	t := portal.Table{Title: a.say("check.rules.title")}
	for _, key := range []string{"check.column.rule", "check.column.ref", "check.column.scope", "check.column.severity", "check.column.kind", "check.column.purpose"} {
		t.Columns = append(t.Columns, portal.Column{Key: key, Title: a.say(key)})
	}
	for _, r := range rules {
		purpose := r.Purpose[string(a.printer.Lang())]
		if r.Reason != "" {
			purpose += a.say("check.rules.changed", locale.A("reason", r.Reason))
		}
		var row portal.Row
		for _, text := range []string{r.ID, r.Ref, a.scopeWord(r.Scope), a.severityWord(r.Severity), r.Kind, purpose} {
			row.Cells = append(row.Cells, portal.Cell{Text: text})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (a *app) scopeWord(scope string) string {
	switch scope {
	case string(check.OfState):
		return a.say("check.scope.state")
	case string(check.OfChange):
		return a.say("check.scope.change")
	case string(check.OfHistory):
		return a.say("check.scope.history")
	}
	return a.say("check.scope.obligation")
}

func (a *app) severityWord(severity string) string {
	switch severity {
	case finding.Error.String():
		return a.say("annotate.error")
	case finding.Warning.String():
		return a.say("annotate.warning")
	}
	return a.say("annotate.info")
}
