package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/portal"
)

// printFlags are the flags of "kept print".
type printFlags struct {
	editionFlags
	contactFlags
	period, out string
	blank       bool
	copy        string
}

func (a *app) printCommand() *cobra.Command {
	var flags printFlags
	cmd := &cobra.Command{
		Use:     "print PRINT|ID",
		Short:   a.say("cli.print"),
		Long:    a.say("cli.print.long"),
		Example: "  kept print complaint-register\n  kept print kpi-monthly --period 2026-09 -o 2026-09.pdf\n  kept print TS-2026-0007 -o ../TS-2026-0007.pdf\n  kept print complaint --blank\n  kept print SD-02004 --copy 03",
		Args:    a.exactly("PRINT"),
		RunE:    work(func(_ *cobra.Command, args []string) error { return a.print(args[0], flags) }),
	}
	cmd.Flags().StringVar(&flags.period, "period", "", a.say("cli.flag.period"))
	cmd.Flags().BoolVar(&flags.blank, "blank", false, a.say("cli.print.blank"))
	cmd.Flags().StringVar(&flags.copy, "copy", "", a.say("cli.print.copy"))
	cmd.Flags().StringVarP(&flags.out, "output", "o", "", a.say("cli.flag.output"))
	a.editionFlags(cmd, &flags.editionFlags)
	a.contactFlags(cmd, &flags.contactFlags)
	a.momentFlags(cmd)
	return cmd
}

func (a *app) print(id string, flags printFlags) error {
	policy, err := a.policy(flags.editionFlags)
	if err != nil {
		return err
	}
	snapshot, project, err := a.snapshot()
	if err != nil {
		return err
	}
	request := pipeline.PrintRequest{ID: id, Lang: a.printer.Lang(), Policy: policy, Blank: flags.blank, Copy: flags.copy}
	if flags.period != "" {
		if request.Period, err = calendar.ParsePeriod(flags.period); err != nil {
			return a.misuse("cli.bad-period", locale.A("value", flags.period))
		}
	}
	if request.Contacts, err = a.contacts(project, snapshot, flags); err != nil {
		return err
	}
	paper, err := project.Print(snapshot, request)
	if err != nil {
		return a.brokenPrint(a.refused(a.unknownPrint(err)))
	}
	out := flags.out
	if out == "" {
		out = paper.FileName
	}
	if request.Contacts != nil {
		return a.writePrivate(project, out, paper)
	}
	if err := pipeline.WriteFile(out, paper.Bytes); err != nil {
		return err
	}
	if err := annotate.Write(a.Err, annotate.Text, paper.Findings, a.printer); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, annotate.Safe(out))
	return err
}

// unknownPrint turns the name of a print that does not exist into a mistake in
// the call that lists those that do.
func (a *app) unknownPrint(err error) error {
	if none, ok := err.(*pipeline.NoIssueError); ok {
		return a.misuse(none.Key, none.Args...)
	}
	if none, ok := err.(*portal.CopyError); ok {
		return a.misuse(none.Key, none.Args...)
	}
	if unknown, ok := err.(*pipeline.UnknownPrintError); ok {
		return a.misuseNear(nearestID(unknown.ID, unknown.Known), "cli.print.unknown", locale.A("id", unknown.ID), locale.A("known", strings.Join(unknown.Known, ", ")))
	}
	return err
}

// brokenPrint lists what is wrong with the layout of a paper that is not made.
func (a *app) brokenPrint(err error) error {
	broken, ok := err.(*pipeline.BrokenPrintError)
	if !ok {
		return err
	}
	if err := annotate.Write(a.Err, annotate.Text, broken.Found, a.printer); err != nil {
		return err
	}
	return errFindings
}
