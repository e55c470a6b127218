package check

import (
	"cmp"
	"slices"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Line is one rule as it is listed for people: from the table, or from a kind
// file, which then says its purpose itself.
type Line struct {
	ID       string
	Ref      string // of domain.md §12, "" for none
	Scope    Scope
	Kind     string // id of the kind whose own rule it is, "" for all kinds
	Severity finding.Severity
	Changed  string      // reason for which kept.yaml changed the severity, "" where it did not
	Key      string      // message that says the purpose; "" where Purpose does
	Purpose  locale.Text // of a kind's own rule
}

// In says the rule's purpose in the printer's language.
func (l Line) In(p *locale.Printer) string {
	if l.Key != "" {
		return p.Say(l.Key)
	}
	return p.Text(l.Purpose)
}

// kindRuleID is the line of the table that stands for the kinds' own rules.
const kindRuleID = "kind-rule"

// Lines lists every rule: those of the table in their order, then those of the
// kinds by kind and id. Severities are those of the settings.
func Lines(kinds *schema.Registry, settings []config.Rule) []Line {
	var lines []Line
	for _, r := range All() {
		if r.ID != kindRuleID {
			lines = append(lines, Line{ID: r.ID, Ref: r.Ref, Scope: r.Scope, Severity: r.Severity, Key: r.Purpose})
		}
	}
	for kind := range kinds.All() {
		own := slices.Clone(kind.Rules)
		slices.SortStableFunc(own, func(a, b schema.Rule) int { return cmp.Compare(a.ID, b.ID) })
		for _, r := range own {
			lines = append(lines, Line{ID: r.ID, Ref: r.Ref, Scope: OfState, Kind: kind.ID, Severity: r.Severity, Purpose: r.Purpose})
		}
	}
	for i := range lines {
		if k := slices.IndexFunc(settings, func(s config.Rule) bool { return s.ID == lines[i].ID }); k >= 0 && !fixed(lines[i].ID) {
			lines[i].Severity, lines[i].Changed = settings[k].Severity, settings[k].Reason
		}
	}
	return lines
}
