package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

func (a *app) formatCommand() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:     "fmt [PATH…]",
		Short:   a.say("intake.cli.fmt"),
		Long:    a.say("intake.cli.fmt-long"),
		Example: "  kept fmt\n  kept fmt records/complaint\n  kept fmt --check",
		RunE:    work(func(_ *cobra.Command, paths []string) error { return a.canonical(paths, check) }),
	}
	cmd.Flags().BoolVar(&check, "check", false, a.say("intake.cli.fmt-check"))
	return cmd
}

// canonical writes files in canonical form and names them; with check it only names
// them. A file that was left alone is a finding.
func (a *app) canonical(paths []string, check bool) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	for i := range paths {
		paths[i] = slashed(paths[i])
	}
	plans, found, err := project.Format(paths)
	if errors.Is(err, pipeline.ErrNoRecords) {
		return a.misuse("intake.cli.no-records", locale.A("file", strings.Join(paths, ", ")))
	}
	if err != nil {
		return err
	}
	if !check {
		if err := project.Rewrite(plans); err != nil {
			return err
		}
	}
	for _, p := range plans {
		if _, err := fmt.Fprintln(a.Out, annotate.Safe(p.Path)); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		if err := annotate.Write(a.Err, annotate.Text, found.Sort(), a.printer); err != nil {
			return err
		}
		return errFindings
	}
	if check && len(plans) > 0 {
		a.tellErr("intake.cli.fmt-needed", locale.N("files", len(plans)))
		return errFindings
	}
	return nil
}
