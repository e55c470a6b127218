package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/demo"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/schemas"
	"kept/site"
	"kept/templates"
)

func (a *app) demoCommand() *cobra.Command {
	req := demo.Request{Schemas: schemas.FS, Templates: templates.FS, Site: site.Procedure}
	cmd := &cobra.Command{
		Use:     "demo DIR",
		Short:   a.say("cli.demo"),
		Long:    a.say("cli.demo.long"),
		Example: "  kept demo build/demo\n  kept demo big --records 10000 --years 3 --seed 7",
		Args:    a.exactly("DIR"),
		RunE: work(func(_ *cobra.Command, args []string) error {
			if req.Records < 1 || req.Records > 1_000_000 || req.Years < 1 || req.Years > 20 {
				return a.misuse("cli.bad-size")
			}
			req.Dir = args[0]
			sum, err := pipeline.PlayDemo(req, a.Version)
			if err != nil {
				return err
			}
			fmt.Fprintln(a.Err, annotate.Safe(a.say("cli.demo.done", locale.A("dir", req.Dir), locale.N("records", sum.Records),
				locale.N("commits", sum.Commits), locale.A("commit", sum.Head.Short()), locale.A("truth", sum.Truth))))
			return nil
		}),
	}
	cmd.Flags().IntVar(&req.Records, "records", demo.DefaultRecords, a.say("cli.flag.records"))
	cmd.Flags().IntVar(&req.Years, "years", demo.DefaultYears, a.say("cli.flag.years"))
	cmd.Flags().Uint64Var(&req.Seed, "seed", 0, a.say("cli.flag.seed"))
	return cmd
}
