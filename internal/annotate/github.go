package annotate

import (
	"fmt"
	"io"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// shownByGitHub is how many annotations of one severity GitHub shows for a step.
const shownByGitHub = 10

// summaryLimit bounds what is added to a step's summary, which may have 1 MiB.
const summaryLimit = 900_000

// writeGitHub writes the gravest findings first, as many as GitHub shows, and then
// the rest as plain lines of the log, unless the summary takes them.
func (r Report) writeGitHub(w io.Writer, p *locale.Printer) error {
	var b strings.Builder
	var rest finding.List
	for _, severity := range severities() {
		shown := 0
		for _, f := range r.Findings {
			switch {
			case f.Severity != severity:
			case shown < shownByGitHub:
				shown++
				annotation(&b, f, p)
			default:
				rest = append(rest, f)
			}
		}
	}
	if len(rest) > 0 {
		key := "annotate.more-below"
		if r.Spill {
			key = "annotate.more-summary"
		}
		fmt.Fprintln(&b, p.Say(key, locale.N("n", len(rest))))
	}
	if !r.Spill {
		for _, f := range rest {
			fmt.Fprintln(&b, textLine(f, p))
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	return nil
}

// annotation writes one workflow command.
func annotation(b *strings.Builder, f finding.Finding, p *locale.Printer) {
	fmt.Fprintf(b, "::%s ", [...]string{"notice", "warning", "error"}[f.Severity])
	if f.Position.Path != "" {
		fmt.Fprintf(b, "file=%s,line=%d,col=%d,", property(f.Position.Path), max(1, f.Position.Line), max(1, f.Position.Column))
	}
	fmt.Fprintf(b, "title=%s::%s\n", property(f.Rule), message(said(f, p)))
}

// Summary writes the verdict and all findings for the summary of a step.
func (r Report) Summary(w io.Writer, p *locale.Printer) error {
	return r.writeMarkdown(w, summaryLimit, p)
}

// message escapes text for the part of a workflow command after "::".
func message(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(Safe(s))
}

// property escapes text for a property of a workflow command.
func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(message(s))
}
