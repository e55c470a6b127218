package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/record"
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
	rec, err := snapshot.Named(slashed(name))
	if err != nil {
		return err
	}
	if rec == nil {
		return a.noRecord(snapshot, "intake.cli.no-record", name)
	}
	used, err := a.used(project)
	if err != nil {
		return err
	}
	if u, ok, err := project.Collided(rec.Path); err != nil {
		return err
	} else if ok {
		c, found, err := project.Settle(snapshot, u, used, to)
		return a.settled(c, found, err)
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

// settled tells how a number that two branches took was settled, and what to do
// with git now.
func (a *app) settled(c pipeline.Collision, found finding.List, err error) error {
	if err := a.wrote(strings.Join(c.Paths, "\n"), found, err); err != nil {
		return err
	}
	key := "intake.cli.collided"
	if c.Published {
		key = "intake.cli.collided-published"
	}
	a.tellErr(key, locale.A("from", c.From), locale.A("to", c.To), locale.T("kept", c.Kept.Title()), locale.T("moved", c.Moved.Title()))
	if len(c.Plans) > 2 {
		var ids []string
		for _, plan := range c.Plans[2:] {
			ids = append(ids, record.StemOf(plan.Path))
		}
		a.tellErr("intake.cli.collided-links", locale.A("records", strings.Join(ids, ", ")), locale.A("to", c.To))
	}
	if len(c.Unclear) > 0 {
		a.tellErr("intake.cli.renumber-stay", locale.A("from", c.From), locale.A("records", strings.Join(c.Unclear, ", ")))
	}
	if len(c.Left) > 0 {
		a.tellErr("intake.cli.collided-left", locale.A("files", strings.Join(c.Left, ", ")))
	}
	finish := "git commit --no-edit"
	switch c.Joining {
	case "CHERRY_PICK_HEAD":
		finish = "git cherry-pick --continue"
	case "REBASE_HEAD":
		finish = "git rebase --continue"
	}
	if len(c.Later) > 0 {
		a.tellErr("intake.cli.collided-later", locale.A("from", c.From), locale.A("to", c.To), locale.A("records", strings.Join(c.Later, ", ")), locale.A("command", strings.Replace(finish, "--continue", "--abort", 1)))
	}
	a.tellErr("intake.cli.collided-next")
	for _, command := range []string{"git add " + strings.Join(c.Paths, " "), finish} {
		fmt.Fprintln(a.Err, "  "+annotate.Safe(command))
	}
	return nil
}
