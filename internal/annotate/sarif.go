package annotate

import (
	"io"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// The parts of a SARIF 2.1.0 log that kept writes.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Language    string            `json:"language"`
		ColumnKind  string            `json:"columnKind"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
		Properties  *sarifReview      `json:"properties,omitempty"`
	}
	sarifInvocation struct {
		Successful bool `json:"executionSuccessful"`
	}
	sarifReview struct {
		Review  string   `json:"review"`
		Reasons []string `json:"reasons"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID            string          `json:"id"`
		Short         sarifText       `json:"shortDescription"`
		Help          string          `json:"helpUri,omitempty"`
		Configuration sarifDefault    `json:"defaultConfiguration"`
		Properties    sarifProperties `json:"properties"`
	}
	// sarifProperties holds the description in each language.
	sarifProperties struct {
		ZH string `json:"zh-CN"`
		EN string `json:"en"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule         string             `json:"ruleId"`
		Index        int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions"` // there and empty: none
		Properties   sarifSubject       `json:"properties"`
	}
	sarifSubject struct {
		Record string `json:"record,omitempty"`
		Commit string `json:"commit,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Status        string `json:"status"`
		Justification string `json:"justification"`
	}
)

// sarifSchema is where the form of the log is published.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// writeSARIF writes one run with all findings and the rules that they break.
func (r Report) writeSARIF(w io.Writer, p *locale.Printer) error {
	rules := r.broken()
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: "kept", Version: Safe(r.Version), Rules: make([]sarifRule, len(rules))}}, Language: string(p.Lang()),
		ColumnKind: "unicodeCodePoints", Invocations: []sarifInvocation{{Successful: true}}, Results: make([]sarifResult, len(r.Findings)),
	}
	index := map[string]int{}
	for i, rule := range rules {
		index[rule.ID] = i
		zh, en := Safe(rule.Purpose.In(locale.Chinese)), Safe(rule.Purpose.In(locale.English))
		run.Tool.Driver.Rules[i] = sarifRule{
			ID: Safe(rule.ID), Short: sarifText{sarifMessage(zh + " / " + en)}, Help: r.Links.Rule(rule.ID),
			Configuration: sarifDefault{sarifLevel(rule.Severity)}, Properties: sarifProperties{zh, en},
		}
	}
	names := fingerprints(r.Findings)
	for i, f := range r.Findings {
		run.Results[i] = sarifFound(f, p)
		run.Results[i].Index = index[f.Rule]
		run.Results[i].Fingerprints = map[string]string{"keptFinding/v1": names[i]}
	}
	if r.Review != nil {
		run.Properties = &sarifReview{"second_person", []string{}}
		if r.Review.Routine {
			run.Properties.Review = "routine"
		}
		for _, reason := range r.Review.Reasons {
			run.Properties.Reasons = append(run.Properties.Reasons, Safe(reason))
		}
	}
	return encode(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

func sarifFound(f finding.Finding, p *locale.Printer) sarifResult {
	result := sarifResult{
		Rule: Safe(f.Rule), Level: sarifLevel(f.Severity), Message: sarifText{sarifMessage(Safe(f.Message(p)))},
		Locations: []sarifLocation{}, Suppressions: []sarifSuppression{}, Properties: sarifSubject{Safe(f.Record), Safe(f.Commit)},
	}
	if f.Position.Path != "" {
		at := sarifPhysical{Artifact: sarifArtifact{uriPath(f.Position.Path), "%SRCROOT%"}}
		if f.Position.Line > 0 {
			at.Region = &sarifRegion{f.Position.Line, f.Position.Column}
		}
		result.Locations = append(result.Locations, sarifLocation{at})
	}
	if f.Accepted != "" {
		result.Suppressions = append(result.Suppressions, sarifSuppression{"external", "accepted", Safe(f.Accepted)})
	}
	return result
}

// sarifMessage keeps brackets from being read as a link to a location.
func sarifMessage(s string) string {
	if !strings.Contains(s, "](") {
		return s
	}
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(s)
}

func sarifLevel(s finding.Severity) string {
	return [...]string{"note", "warning", "error"}[s]
}

// broken lists the rules of the findings in the order of their ids. What belongs to
// no rule of the table was found in reading.
func (r Report) broken() []Rule {
	var rules []Rule
	seen := map[string]bool{}
	for _, f := range r.Findings {
		if seen[f.Rule] {
			continue
		}
		seen[f.Rule] = true
		rule := Rule{f.Rule, f.Severity, r.Reading}
		if i := slices.IndexFunc(r.Rules, func(r Rule) bool { return r.ID == f.Rule }); i >= 0 {
			rule = r.Rules[i]
		}
		if rule.Purpose.IsZero() {
			rule.Purpose = locale.Plain(rule.ID)
		}
		rules = append(rules, rule)
	}
	slices.SortFunc(rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}
