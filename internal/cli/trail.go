package cli

import (
	"github.com/spf13/cobra"

	"kept/internal/pipeline"
	"kept/internal/portal"
)

func (a *app) trailCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "trail ID",
		Short:   a.say("cli.trail"),
		Long:    a.say("cli.trail.long"),
		Example: "  kept trail TS-2026-0007\n  kept trail TS-2026-0007 --json",
		Args:    a.exactly("ID"),
		RunE:    work(func(_ *cobra.Command, args []string) error { return a.trail(args[0]) }),
	}
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	a.momentFlags(cmd)
	a.evidenceFlags(cmd)
	return cmd
}

func (a *app) trail(id string) error {
	snapshot, project, err := a.snapshot()
	if err != nil {
		return err
	}
	timeline := snapshot.History.Timeline(id)
	if timeline == nil {
		return a.noRecord(snapshot, "cli.trail.unknown", id)
	}
	view := portal.New(project.Source(snapshot, project.Measures(snapshot)), a.printer.Lang())
	if a.json {
		return a.writeJSON(pipeline.Trail(view, snapshot.Assurance, timeline))
	}
	return writeTable(a.Out, view.TrailTable(timeline))
}
