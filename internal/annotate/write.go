package annotate

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// Format is a way of writing findings.
type Format string

// The formats.
const (
	Text   Format = "text"   // path:line:column: severity: message [rule]
	JSON   Format = "json"   // one array of objects
	GitHub Format = "github" // workflow commands, gravest first
)

// ParseFormat reads a format's name.
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case Text, JSON, GitHub:
		return f, nil
	}
	return "", fmt.Errorf("choose format text, json or github, not %q", s)
}

// Write writes a sorted list of findings in the printer's language.
func Write(w io.Writer, f Format, list finding.List, p *locale.Printer) error {
	switch f {
	case JSON:
		return writeJSON(w, list, p)
	case GitHub:
		return writeGitHub(w, list, p)
	}
	return writeText(w, list, p)
}

func writeText(w io.Writer, list finding.List, p *locale.Printer) error {
	for _, f := range list {
		line := fmt.Sprintf("%s: %s: %s [%s]", f.Position, severityWord(f.Severity, p), said(f, p), f.Rule)
		if _, err := fmt.Fprintln(w, Safe(line)); err != nil {
			return fmt.Errorf("write findings: %w", err)
		}
	}
	return nil
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
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(objects); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	return nil
}

// writeGitHub writes the gravest findings first: GitHub shows only ten a step.
func writeGitHub(w io.Writer, list finding.List, p *locale.Printer) error {
	for _, severity := range []finding.Severity{finding.Error, finding.Warning, finding.Info} {
		for _, f := range list {
			if f.Severity != severity {
				continue
			}
			level := [...]string{"notice", "warning", "error"}[severity]
			_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", level,
				property(f.Position.Path), max(1, f.Position.Line), max(1, f.Position.Column), property(f.Rule), message(said(f, p)))
			if err != nil {
				return fmt.Errorf("write findings: %w", err)
			}
		}
	}
	return nil
}

// message escapes text for the part of a workflow command after "::".
func message(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(Safe(s))
}

// property escapes text for a property of a workflow command.
func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(message(s))
}
