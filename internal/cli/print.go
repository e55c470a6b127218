package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

func (a *app) printCommand() *cobra.Command {
	var period, out string
	cmd := &cobra.Command{
		Use:     "print PRINT",
		Short:   a.say("cli.print"),
		Long:    a.say("cli.print.long"),
		Example: "  kept print complaint-register\n  kept print kpi-monthly --period 2026-09 -o 2026-09.pdf",
		Args:    a.exactly("PRINT"),
		RunE:    work(func(_ *cobra.Command, args []string) error { return a.print(args[0], period, out) }),
	}
	cmd.Flags().StringVar(&period, "period", "", a.say("cli.flag.period"))
	cmd.Flags().StringVarP(&out, "output", "o", "", a.say("cli.flag.output"))
	a.momentFlags(cmd)
	return cmd
}

func (a *app) print(id, period, out string) error {
	snapshot, project, err := a.snapshot()
	if err != nil {
		return err
	}
	request := pipeline.PrintRequest{ID: id, Lang: a.printer.Lang()}
	if period != "" {
		if request.Period, err = calendar.ParsePeriod(period); err != nil {
			return a.misuse("cli.bad-period", locale.A("value", period))
		}
	}
	paper, err := project.Print(snapshot, request)
	if err != nil {
		return a.unknownPrint(err)
	}
	if out == "" {
		out = paper.FileName
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
	if unknown, ok := err.(*pipeline.UnknownPrintError); ok {
		return a.misuse("cli.print.unknown", locale.A("id", unknown.ID), locale.A("known", strings.Join(unknown.Known, ", ")))
	}
	return err
}
