package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/pipeline"
)

func (a *app) submitCommand() *cobra.Command {
	req := pipeline.SubmitRequest{Asks: true}
	cmd := &cobra.Command{
		Use:     "submit [ID|PATH…]",
		Short:   a.say("submit.cli"),
		Long:    a.say("submit.cli-long"),
		Example: "  kept submit\n  kept submit TS-2026-0001 --message …\n  kept submit --dry-run",
		RunE: work(func(_ *cobra.Command, names []string) error {
			req.Names = names
			return a.submit(req)
		}),
	}
	cmd.Flags().StringVarP(&req.Message, "message", "m", "", a.say("submit.cli-message"))
	cmd.Flags().BoolVar(&req.Dry, "dry-run", false, a.say("submit.cli-dry"))
	return cmd
}

// submit hands in what changed. The files that were taken and the address of the
// pull request go to standard output.
func (a *app) submit(req pipeline.SubmitRequest) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	snapshot.Now = a.Now()
	snapshot.Judge()
	req.Environment, req.Lang = os.Environ(), snapshot.Config.Languages[0]
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	done, err := project.Submit(ctx, snapshot, req)
	if err != nil {
		return err
	}
	if done.OK() {
		for _, f := range done.Files {
			fmt.Fprintln(a.Out, annotate.Safe(f.Path))
		}
	}
	if err := annotate.Write(a.Err, annotate.Text, done.Findings, a.printer); err != nil {
		return err
	}
	for _, line := range done.Said(a.printer) {
		fmt.Fprintln(a.Err, annotate.Safe(line))
	}
	if done.URL != "" {
		fmt.Fprintln(a.Out, annotate.Safe(done.URL))
	}
	switch {
	case done.Findings.Count(finding.Error) > 0:
		return errFindings
	case done.Problem != nil || !done.Dry && done.Remote != "" && !done.Pushed:
		return errUnproven // it has been said
	}
	return nil
}
