package cli

import (
	"fmt"
	"os"
	"slices"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// summaryVariable names the file to which a step of GitHub, Gitea or Forgejo adds
// its summary.
const summaryVariable = "GITHUB_STEP_SUMMARY"

// formatHelp explains --format.
func (a *app) formatHelp() string {
	return a.say("cli.flag.format", locale.A("formats", annotate.Offered()))
}

// visible leaves information out unless it is asked for; SARIF keeps what an
// exception accepts, as suppressed.
func visible(f annotate.Format, list finding.List, info bool) finding.List {
	if info {
		return list
	}
	return slices.DeleteFunc(list, func(found finding.Finding) bool {
		return found.Severity == finding.Info && (f != annotate.SARIF || found.Accepted == "")
	})
}

// report writes findings and, for GitHub, the summary of the step. base is the
// revision that governs the links and rules, "" for the files at hand.
func (a *app) report(f annotate.Format, project *pipeline.Project, base string, r annotate.Report) error {
	if f == annotate.Text || f == annotate.JSON {
		return r.Write(a.Out, f, a.printer)
	}
	beside := project.Beside(base)
	r.Version, r.Reading = a.Version, a.messages.Message("annotate.rule-reading")
	r.Links = annotate.Links{
		Repository: beside.Config.RepositoryURL, Revision: string(beside.Head), Portal: beside.Config.PortalURL, Lang: a.printer.Lang(),
	}
	for _, l := range beside.Rules {
		purpose := l.Purpose
		if l.Key != "" {
			purpose = a.messages.Message(l.Key)
		}
		r.Rules = append(r.Rules, annotate.Rule{ID: l.ID, Severity: l.Severity, Purpose: purpose})
	}
	name := os.Getenv(summaryVariable)
	r.Spill = f == annotate.GitHub && name != ""
	if err := r.Write(a.Out, f, a.printer); err != nil || !r.Spill {
		return err
	}
	return a.summarize(name, r)
}

// summarize adds to the summary of a step.
func (a *app) summarize(name string, r annotate.Report) error {
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return fmt.Errorf("open %s: %w", summaryVariable, err)
	}
	if err := r.Summary(file, a.printer); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write %s: %w", summaryVariable, err)
	}
	return nil
}
