package annotate_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
)

// sarif is what SARIF 2.1.0 demands of a log, as far as kept writes it; an unknown
// key fails.
type sarif struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []struct {
		Tool struct {
			Driver struct {
				Name    string `json:"name"`
				Version string `json:"version"`
				Rules   []struct {
					ID            string                 `json:"id"`
					Short         text                   `json:"shortDescription"`
					Help          string                 `json:"helpUri"`
					Configuration struct{ Level string } `json:"defaultConfiguration"`
					Properties    map[string]string      `json:"properties"`
				} `json:"rules"`
			} `json:"driver"`
		} `json:"tool"`
		Language    string                                `json:"language"`
		ColumnKind  string                                `json:"columnKind"`
		Invocations []struct{ ExecutionSuccessful *bool } `json:"invocations"`
		Results     []result                              `json:"results"`
		Properties  *struct {
			Review  string
			Reasons []string
		} `json:"properties"`
	} `json:"runs"`
}

type text struct {
	Text string `json:"text"`
}

type result struct {
	Rule      string `json:"ruleId"`
	Index     *int   `json:"ruleIndex"`
	Level     string `json:"level"`
	Message   text   `json:"message"`
	Locations []struct {
		Physical struct {
			Artifact struct{ URI, URIBaseID string }       `json:"artifactLocation"`
			Region   *struct{ StartLine, StartColumn int } `json:"region"`
		} `json:"physicalLocation"`
	} `json:"locations"`
	Fingerprints map[string]string                              `json:"partialFingerprints"`
	Suppressions []struct{ Kind, Status, Justification string } `json:"suppressions"`
	Properties   struct{ Record, Commit string }                `json:"properties"`
}

// parse reads a log and asserts what the standard demands of every log.
func parse(t *testing.T, written string) sarif {
	t.Helper()
	var log sarif
	dec := json.NewDecoder(strings.NewReader(written))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || !strings.HasSuffix(log.Schema, "sarif-schema-2.1.0.json") || len(log.Runs) != 1 {
		t.Fatalf("no log of SARIF 2.1.0: %+v", log)
	}
	run := log.Runs[0]
	rules := run.Tool.Driver.Rules
	if run.Tool.Driver.Name != "kept" || rules == nil || run.Results == nil || run.ColumnKind != "unicodeCodePoints" {
		t.Errorf("run is %+v", run)
	}
	if !regexp.MustCompile(`^[a-z]{2}(-[A-Z]{2})?$`).MatchString(run.Language) || len(run.Invocations) != 1 || run.Invocations[0].ExecutionSuccessful == nil {
		t.Errorf("language %q, invocations %v", run.Language, run.Invocations)
	}
	var ids []string
	for _, rule := range rules {
		ids = append(ids, rule.ID)
		if rule.ID == "" || rule.Short.Text == "" || !slices.Contains(levels, rule.Configuration.Level) || len(rule.Properties) != 2 {
			t.Errorf("rule is %+v", rule)
		}
		if u, err := url.Parse(rule.Help); err != nil || rule.Help != "" && u.Host == "" {
			t.Errorf("helpUri %q", rule.Help)
		}
	}
	if sorted := slices.Sorted(slices.Values(ids)); len(slices.Compact(sorted)) != len(ids) {
		t.Errorf("a rule stands twice in %q", ids)
	}
	for _, r := range run.Results {
		validResult(t, r, ids)
	}
	return log
}

var levels = []string{"note", "warning", "error"}

func validResult(t *testing.T, r result, ids []string) {
	t.Helper()
	if r.Index == nil || *r.Index < 0 || *r.Index >= len(ids) || ids[*r.Index] != r.Rule || !slices.Contains(levels, r.Level) || r.Message.Text == "" {
		t.Errorf("result is %+v", r)
	}
	if r.Locations == nil || r.Suppressions == nil || len(r.Fingerprints) != 1 {
		t.Errorf("result lacks a part: %+v", r)
	}
	for _, l := range r.Locations {
		a := l.Physical.Artifact
		if u, err := url.Parse(a.URI); err != nil || u.IsAbs() || a.URI == "" || strings.HasPrefix(a.URI, "/") || a.URIBaseID != "%SRCROOT%" {
			t.Errorf("location %+v: %v", a, err)
		}
		if reg := l.Physical.Region; reg != nil && (reg.StartLine < 1 || reg.StartColumn < 0) {
			t.Errorf("region %+v", reg)
		}
	}
	for _, s := range r.Suppressions {
		if s.Kind != "external" || s.Status != "accepted" || s.Justification == "" {
			t.Errorf("suppression %+v", s)
		}
	}
}

func TestSARIF(t *testing.T) {
	accepted := said("", "已知 [x](1)", finding.Info)
	accepted.Accepted, accepted.Record, accepted.Commit = "EX-2026-0001", "TS-1", "abc"
	broken := said("records/甲 #1.yaml", "读不懂", finding.Warning)
	broken.Rule, broken.Position.Line = "yaml-syntax", 0
	r := annotate.Report{
		Findings: finding.List{accepted, broken, said("records/a.yaml", "早", finding.Error)}, Version: "1.2", Reading: locale.Text{ZH: "能读", EN: "read"},
		Review: &annotate.Review{Reasons: []string{"因"}},
		Rules:  []annotate.Rule{{ID: "unbroken"}, {ID: "time-order", Severity: finding.Error, Purpose: locale.Text{ZH: "先后", EN: "order"}}},
		Links:  annotate.Links{Portal: "https://p.example.cn", Lang: locale.Chinese},
	}
	run := parse(t, report(t, r, annotate.SARIF)).Runs[0]
	rules, results := run.Tool.Driver.Rules, run.Results
	if len(rules) != 2 || rules[0].Short.Text != "先后 / order" || rules[0].Help != "https://p.example.cn/zh-CN/rule/time-order.html" ||
		rules[0].Configuration.Level != "error" || rules[0].Properties["en"] != "order" || rules[1].Short.Text != "能读 / read" {
		t.Errorf("rules are %+v", rules)
	}
	if s := results[0].Suppressions; len(s) != 1 || s[0].Justification != "EX-2026-0001" || results[0].Level != "note" || results[0].Message.Text != `已知 \[x\](1)` {
		t.Errorf("the accepted one is %+v", results[0])
	}
	if results[0].Properties.Record != "TS-1" || results[0].Properties.Commit != "abc" || len(results[0].Locations) != 0 {
		t.Errorf("the accepted one is %+v", results[0])
	}
	if l := results[1].Locations[0].Physical; l.Artifact.URI != "records/%E7%94%B2%20%231.yaml" || l.Region != nil || len(results[1].Suppressions) != 0 {
		t.Errorf("location is %+v", l)
	}
	if reg := results[2].Locations[0].Physical.Region; reg == nil || reg.StartLine != 12 || reg.StartColumn != 9 {
		t.Errorf("region is %+v", reg)
	}
	if run.Properties == nil || run.Properties.Review != "second_person" || !slices.Equal(run.Properties.Reasons, []string{"因"}) || run.Tool.Driver.Version != "1.2" {
		t.Errorf("review is %+v", run.Properties)
	}
}

// A log of nothing and a log of attacks are logs.
func TestSARIFIsAlwaysValid(t *testing.T) {
	if run := parse(t, write(t, annotate.SARIF, nil)).Runs[0]; len(run.Results) != 0 {
		t.Errorf("nothing is %+v", run)
	}
	if run := parse(t, report(t, hostile(), annotate.SARIF)).Runs[0]; len(run.Results) != len(attacks) {
		t.Errorf("%d results", len(run.Results))
	}
}
