package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/intake"
	"kept/internal/locale"
)

func (a *app) renumberCommand() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use:     "renumber ID|PATH",
		Short:   a.say("intake.cli.renumber"),
		Long:    a.say("intake.cli.renumber-long"),
		Example: "  kept renumber TS-2026-0007\n  kept renumber records/complaint/2026/09/TS-2026-0007.yaml --to TS-2026-0012",
		Args:    a.exactly("ID|PATH"),
		RunE:    work(func(_ *cobra.Command, args []string) error { return a.renumber(args[0], to) }),
	}
	cmd.Flags().StringVar(&to, "to", "", a.say("intake.cli.renumber-to"))
	return cmd
}

func (a *app) renumber(name, to string) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	rec, err := snapshot.Named(name)
	if err != nil {
		return err
	}
	if rec == nil {
		return a.misuse("intake.cli.no-record", locale.A("id", name))
	}
	used, err := a.used(project)
	if err != nil {
		return err
	}
	to, paths, found, err := project.Renumber(snapshot, intake.RenumberRequest{Record: rec, Used: used, To: to})
	if err := a.wrote(strings.Join(paths, "\n"), found, err); err != nil {
		return err
	}
	a.tellErr("intake.cli.renumbered", locale.A("from", rec.ID), locale.A("to", to))
	if kept := snapshot.Register.Get(rec.ID); kept != nil && kept.Path != rec.Path {
		var naming []string
		for _, ref := range snapshot.Register.To(kept.ID) {
			naming = append(naming, ref.From)
		}
		if len(naming) > 0 {
			a.tellErr("intake.cli.renumber-stay", locale.A("from", rec.ID), locale.A("records", strings.Join(naming, ", ")))
		}
	}
	return nil
}
