package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
)

func (a *app) auditCommand() *cobra.Command {
	var format string
	var info bool
	cmd := &cobra.Command{
		Use:     "audit [PATH…]",
		Short:   a.say("audit.command"),
		Long:    a.say("audit.command.long"),
		Example: "  kept audit\n  kept audit --at 2026-09-30 --info\n  kept audit records/complaint --format json\n  kept audit --ledger refs/kept/observed --anchor 3f2a9c41d07b",
		RunE: work(func(_ *cobra.Command, paths []string) error {
			f, err := a.format(format)
			if err != nil {
				return err
			}
			return a.audit(f, paths, info || f == annotate.JSON)
		}),
	}
	cmd.Flags().StringVar(&format, "format", string(annotate.Text), a.formatHelp())
	cmd.Flags().BoolVar(&info, "info", false, a.say("cli.flag.info"))
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	a.momentFlags(cmd)
	a.evidenceFlags(cmd)
	return cmd
}

// format reads --format and --json.
func (a *app) format(name string) (annotate.Format, error) {
	if a.json {
		return annotate.JSON, nil
	}
	f, err := annotate.ParseFormat(name)
	if err != nil {
		return "", a.misuse("cli.bad-format", locale.A("value", name), locale.A("formats", annotate.Offered()))
	}
	return f, nil
}

// aheadOfClock is how far a commit's date may lie ahead of this machine's clock without
// a word. What is found does not hang on that clock.
const aheadOfClock = 24 * time.Hour

// audit judges the history of a commit and says how much it has read.
func (a *app) audit(f annotate.Format, paths []string, info bool) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	moment, err := a.moment(project.Zone())
	if err != nil {
		return err
	}
	lost, err := a.proveAnchors(project, moment)
	if err != nil {
		return err
	}
	found, read, err := project.AuditHistory(moment)
	if err != nil {
		return a.misnamed(err)
	}
	list := append(lost, below(found, paths)...)
	list = visible(f, list, info)
	if f == annotate.JSON {
		err = a.auditJSON(list, read)
	} else {
		err = a.report(f, project, "", annotate.Report{Findings: list})
	}
	if err != nil {
		return err
	}
	if err := a.assurance(read); err != nil {
		return err
	}
	if ahead := read.Newest; ahead.After(a.Now().Add(aheadOfClock)) {
		a.tellErr("audit.ahead-of-clock", locale.A("when", ahead.In(project.Zone()).Format("2006-01-02 15:04:05")))
	}
	errors := list.Count(finding.Error)
	fmt.Fprintln(a.Err, annotate.Safe(a.say("audit.count", locale.N("commits", read.Mainline), locale.N("all", read.Commits),
		locale.N("records", read.Records), locale.N("steps", read.Steps),
		locale.N("errors", errors), locale.N("warnings", list.Count(finding.Warning)))))
	if errors > 0 {
		return errFindings
	}
	return nil
}
