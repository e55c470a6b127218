package config_test

import (
	"slices"
	"testing"

	"kept/internal/config"
	"kept/internal/finding"
)

func TestRulesChangeSeverityWithAReason(t *testing.T) {
	c, found := load(t, `rules:
  - {id: number-gap, severity: error, reason: 编号由系统分配}
  - {id: due-typed, severity: info, reason: 过渡期}
evidence_store: ../evidence/
contacts: /srv/contacts.yaml
`)
	if len(found) > 0 {
		t.Fatalf("findings: %v", found)
	}
	want := []config.Rule{
		{ID: "number-gap", Severity: finding.Error, Reason: "编号由系统分配", Position: finding.Position{Path: "kept.yaml", Line: 2, Column: 10}},
		{ID: "due-typed", Severity: finding.Info, Reason: "过渡期", Position: finding.Position{Path: "kept.yaml", Line: 3, Column: 10}},
	}
	if !slices.Equal(c.Rules, want) {
		t.Errorf("rules are %+v", c.Rules)
	}
	if c.EvidenceStore != "../evidence" || c.Contacts != "/srv/contacts.yaml" {
		t.Errorf("places are %q and %q", c.EvidenceStore, c.Contacts)
	}
}

// What is not said in full changes nothing.
func TestRulesThatCannotBeUsed(t *testing.T) {
	for text, want := range map[string]string{
		"rules: off\n": "kept.yaml:1:8 config.rules",
		"rules:\n  - {severity: info, reason: x}\n":                                                                   "kept.yaml:2:5 config.rule-id",
		"rules:\n  - {id: number-gap, severity: off, reason: x}\n":                                                    "kept.yaml:2:32 config.rule-severity",
		"rules:\n  - {id: number-gap, severity: info}\n":                                                              "kept.yaml:2:5 config.rule-reason",
		"rules:\n  - {id: number-gap, severity: info, reason: \"  \"}\n":                                              "kept.yaml:2:5 config.rule-reason",
		"rules:\n  - {id: number-gap, severity: info, reason: x, until: y}\n":                                         "kept.yaml:2:49 config.unknown-key",
		"rules:\n  - {id: number-gap, severity: info, reason: x}\n  - {id: number-gap, severity: error, reason: x}\n": "kept.yaml:3:10 config.rule-twice",
		"evidence_store: evidence\n":                                                                                  "kept.yaml:1:17 config.outside",
		"evidence_store: ../x/../../y/..":                                                                             "",
		"contacts: a/../b\n":                                                                                          "kept.yaml:1:11 config.outside",
		"contacts: [x]\n":                                                                                             "kept.yaml:1:11 config.outside",
		"contacts: \"..\\\\x\"\n":                                                                                     "kept.yaml:1:11 config.outside",
	} {
		c, found := load(t, text)
		if want == "" && len(found) > 0 || want != "" && !slices.Equal(found, []string{want}) {
			t.Errorf("%q: findings %q, want %q", text, found, want)
		}
		if len(c.Rules) > 1 || c.Contacts != "" {
			t.Errorf("%q: %+v is used", text, c)
		}
	}
}
