package annotate

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// Format is a way of writing findings.
type Format string

// The formats.
const (
	Text     Format = "text"     // path:line:column: severity: message [rule]
	JSON     Format = "json"     // one array of objects
	GitHub   Format = "github"   // workflow commands, gravest first
	GitLab   Format = "gitlab"   // code quality report
	SARIF    Format = "sarif"    // SARIF 2.1.0
	Markdown Format = "markdown" // a comment for forges without annotations
)

// Formats lists the formats in the order in which they are offered.
func Formats() []Format { return []Format{Text, JSON, GitHub, GitLab, SARIF, Markdown} }

// Offered names all formats for people: "text, json, …".
func Offered() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// ParseFormat reads a format's name.
func ParseFormat(s string) (Format, error) {
	if f := Format(s); slices.Contains(Formats(), f) {
		return f, nil
	}
	return "", fmt.Errorf("choose a format of %s, not %q", Offered(), s)
}

// Write writes a sorted list of findings in the printer's language, with nothing
// known beside them.
func Write(w io.Writer, f Format, list finding.List, p *locale.Printer) error {
	return Report{Findings: list}.Write(w, f, p)
}

// Write writes a report in the printer's language. JSON holds the findings alone.
func (r Report) Write(w io.Writer, f Format, p *locale.Printer) error {
	switch f {
	case JSON:
		return writeJSON(w, r.Findings, p)
	case GitHub:
		return r.writeGitHub(w, p)
	case GitLab:
		return r.writeGitLab(w, p)
	case SARIF:
		return r.writeSARIF(w, p)
	case Markdown:
		return r.writeMarkdown(w, commentLimit, p)
	}
	return writeText(w, r.Findings, p)
}

func writeText(w io.Writer, list finding.List, p *locale.Printer) error {
	for _, f := range list {
		if _, err := fmt.Fprintln(w, textLine(f, p)); err != nil {
			return fmt.Errorf("write findings: %w", err)
		}
	}
	return nil
}

func textLine(f finding.Finding, p *locale.Printer) string {
	return Safe(fmt.Sprintf("%s: %s: %s [%s]", f.Position, severityWord(f.Severity, p), said(f, p), f.Rule))
}

// said is the message, and the exception that accepts the finding.
func said(f finding.Finding, p *locale.Printer) string {
	if f.Accepted == "" {
		return f.Message(p)
	}
	return f.Message(p) + p.Say("annotate.accepted", locale.A("exception", f.Accepted))
}

func severityWord(s finding.Severity, p *locale.Printer) string {
	switch s {
	case finding.Error:
		return p.Say("annotate.error")
	case finding.Warning:
		return p.Say("annotate.warning")
	}
	return p.Say("annotate.info")
}

// severities lists the severities, gravest first.
func severities() []finding.Severity {
	return []finding.Severity{finding.Error, finding.Warning, finding.Info}
}

// Object is a finding in JSON. Its keys are a public interface.
type Object struct {
	Path     string `json:"path"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Record   string `json:"record,omitempty"`
	Commit   string `json:"commit,omitempty"`
	Message  string `json:"message"`
	Accepted string `json:"accepted,omitempty"` // id of the exception that accepts it
}

func writeJSON(w io.Writer, list finding.List, p *locale.Printer) error {
	objects := make([]Object, len(list))
	for i, f := range list {
		objects[i] = Object{
			Path: f.Position.Path, Line: f.Position.Line, Column: f.Position.Column,
			Severity: f.Severity.String(), Rule: f.Rule, Record: f.Record, Commit: f.Commit, Message: f.Message(p), Accepted: f.Accepted,
		}
	}
	return encode(w, objects)
}

// encode writes one JSON value, indented.
func encode(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	return nil
}
