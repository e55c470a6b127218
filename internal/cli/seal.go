package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

func (a *app) sealCommand() *cobra.Command {
	var by, note string
	var confirm bool
	cmd := &cobra.Command{
		Use:     "seal PERIOD",
		Short:   a.say("evidence.cli.seal"),
		Long:    a.say("evidence.cli.seal-long"),
		Example: "  kept seal 2026-09\n  kept seal --confirm 2026-09",
		Args:    a.exactly("PERIOD"),
		RunE: work(func(_ *cobra.Command, args []string) error {
			period, err := calendar.ParsePeriod(args[0])
			if err != nil {
				return a.misuse("cli.bad-period", locale.A("value", args[0]))
			}
			if confirm {
				return a.confirmSeal(period)
			}
			return a.seal(period, by, note)
		}),
	}
	cmd.Flags().StringVar(&by, "by", "", a.say("cli.flag.by"))
	cmd.Flags().StringVar(&note, "note", "", a.say("evidence.cli.flag-note"))
	cmd.Flags().BoolVar(&confirm, "confirm", false, a.say("evidence.cli.flag-confirm"))
	return cmd
}

// seal writes the record of a seal. Without a name it is the one of git's identity,
// if any: what proves is the commit, not the name.
func (a *app) seal(period calendar.Period, by, note string) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	if by == "" {
		snapshot, err := project.WorkTree(time.Time{})
		if err != nil {
			return err
		}
		if by, err = project.Person(snapshot, os.Getenv("GIT_AUTHOR_EMAIL"), gitSettings()...); err != nil {
			return err
		}
	}
	path, found, err := project.Seal(pipeline.SealRequest{Period: period, By: by, Note: note, Now: a.Now()})
	if err := a.wrote(path, found, err); err != nil {
		return err
	}
	a.tellErr("evidence.cli.seal-next", locale.A("period", period.String()))
	return nil
}

// confirmSeal prints the command that signs a seal.
func (a *app) confirmSeal(period calendar.Period) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	c, found, err := project.Confirm(period)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		if err := annotate.Write(a.Err, annotate.Text, found, a.printer); err != nil {
			return err
		}
		return errFindings
	}
	if c.Where != "" {
		a.tellErr("evidence.cli.confirmed", locale.A("tag", c.Tag), locale.A("commit", c.Where.Short()))
		return nil
	}
	if _, err := fmt.Fprintf(a.Out, "git tag -s %s -m '%s' %s\n", c.Tag, c.Tag, c.Commit); err != nil {
		return err
	}
	a.tellErr("evidence.cli.confirm-next", locale.A("tag", c.Tag))
	return nil
}
