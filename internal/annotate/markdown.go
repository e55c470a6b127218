package annotate

import (
	"fmt"
	"io"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

const (
	// commentLimit bounds a comment: GitHub takes 65,536 characters, others more.
	commentLimit = 60_000
	// unfolded is how many findings of one severity are shown without a click.
	unfolded = 10
	// reasonsLimit is how many reasons for a second person are listed.
	reasonsLimit = 30
	// marker is how a job finds the comment that it wrote earlier.
	marker = "<!-- kept -->"
)

// comment is a comment in the making. What does not fit is counted, not cut.
type comment struct {
	strings.Builder
	report Report
	p      *locale.Printer
	limit  int // bytes
	left   int // findings that did not fit
}

// writeMarkdown writes a comment: the verdict, the findings by severity, and what
// their rules protect.
func (r Report) writeMarkdown(w io.Writer, limit int, p *locale.Printer) error {
	c := &comment{report: r, p: p, limit: limit}
	c.head()
	for _, severity := range severities() {
		c.group(severity)
	}
	c.rules()
	if c.left > 0 {
		c.line("")
		c.line(p.Say("annotate.left-out", locale.N("n", c.left)))
	}
	if _, err := io.WriteString(w, c.String()); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	return nil
}

func (c *comment) line(text string) {
	c.WriteString(text)
	c.WriteByte('\n')
}

// head is the verdict and the reasons for it.
func (c *comment) head() {
	c.line(marker)
	review := c.report.Review
	switch {
	case review == nil:
		c.line("### " + c.p.Say("annotate.headline"))
	case review.Routine:
		c.line("### " + c.p.Say("annotate.headline.routine"))
	default:
		c.line("### " + c.p.Say("annotate.headline.second-person"))
	}
	c.line("")
	c.line(c.result())
	if review == nil || len(review.Reasons) == 0 {
		return
	}
	c.line("")
	c.line(c.p.Say("annotate.reasons"))
	c.line("")
	for i, reason := range review.Reasons {
		if i == reasonsLimit {
			c.line("- " + c.p.Say("annotate.more-reasons", locale.N("n", len(review.Reasons)-i)))
			break
		}
		c.line("- " + item(plain(reason)))
	}
}

// result says whether the check is passed, with the numbers.
func (c *comment) result() string {
	list := c.report.Findings
	args := []locale.Arg{
		locale.N("errors", list.Count(finding.Error)), locale.N("warnings", list.Count(finding.Warning)), locale.N("infos", list.Count(finding.Info)),
	}
	switch {
	case len(list) == 0:
		return c.p.Say("annotate.clean")
	case list.Count(finding.Error) == 0:
		return c.p.Say("annotate.passed", args...)
	}
	failed := c.p.Say("annotate.failed", args...)
	if c.report.Review != nil {
		failed += c.p.Say("annotate.failed.change")
	}
	return failed
}

// group is the findings of one severity: the first in sight, the rest and all
// information folded.
func (c *comment) group(severity finding.Severity) {
	var list finding.List
	for _, f := range c.report.Findings {
		if f.Severity == severity {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return
	}
	shown := min(unfolded, len(list))
	if severity == finding.Info {
		shown = 0
	}
	title := c.p.Say("annotate.group", locale.A("severity", severityWord(severity, c.p)), locale.N("n", len(list)))
	if shown > 0 {
		c.line("")
		c.line("**" + title + "**")
		c.table(list[:shown])
		title = c.p.Say("annotate.group-rest", locale.A("severity", severityWord(severity, c.p)), locale.N("n", len(list)-shown))
	}
	if rest := list[shown:]; len(rest) > 0 {
		c.folded(title, func() { c.table(rest) })
	}
}

func (c *comment) folded(title string, inside func()) {
	c.line("")
	c.line("<details><summary>" + title + "</summary>")
	inside()
	c.line("")
	c.line("</details>")
}

func (c *comment) table(list finding.List) {
	c.line("")
	c.line("| " + c.p.Say("annotate.column.place") + " | " + c.p.Say("annotate.column.message") + " | " + c.p.Say("annotate.column.rule") + " |")
	c.line("|---|---|---|")
	for _, f := range list {
		row := "| " + c.place(f) + " | " + plain(said(f, c.p)) + " | " + link(f.Rule, c.report.Links.Rule(f.Rule)) + " |"
		if c.Len()+len(row) > c.limit {
			c.left++
			continue
		}
		c.line(row)
	}
}

// place is the file and line of a finding, and the commit that it is about.
func (c *comment) place(f finding.Finding) string {
	at := f.Position
	at.Column = 0
	place := link(at.String(), c.report.Links.File(at.Path, at.Line))
	if f.Commit != "" {
		short := f.Commit[:min(len(f.Commit), 10)]
		place = strings.TrimSpace(place + " " + link(short, c.report.Links.Commit(f.Commit)))
	}
	return place
}

// rules says what the rules protect that were broken.
func (c *comment) rules() {
	if len(c.report.Rules) == 0 || len(c.report.Findings) == 0 || c.Len() > c.limit {
		return
	}
	c.folded(c.p.Say("annotate.rules"), func() {
		c.line("")
		for _, rule := range c.report.broken() {
			row := "- " + item(link(rule.ID, c.report.Links.Rule(rule.ID))) + c.p.Say("annotate.colon") + plain(c.p.Text(rule.Purpose))
			if c.Len()+len(row) <= c.limit {
				c.line(row)
			}
		}
	})
}
