package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/config"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

func (a *app) initCommand() *cobra.Command {
	var organisation, organisationEN string
	r := pipeline.InitRequest{}
	cmd := &cobra.Command{
		Use:     "init DIR",
		Short:   a.say("cli.init"),
		Long:    a.say("cli.init.long"),
		Example: "  kept init my-records --organisation … --person u-wangl --name … --email wangl@example.cn --forge gitlab",
		Args:    a.exactly("DIR"),
		RunE: work(func(_ *cobra.Command, args []string) error {
			r.Dir, r.Organisation = args[0], locale.Text{ZH: organisation, EN: organisationEN}
			return a.init(r)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&organisation, "organisation", "", a.say("cli.flag.organisation"))
	f.StringVar(&organisationEN, "organisation-en", "", a.say("cli.flag.organisation-en"))
	f.StringVar(&r.Person, "person", "u-admin", a.say("cli.flag.person"))
	f.StringVar(&r.Name, "name", os.Getenv("GIT_AUTHOR_NAME"), a.say("cli.flag.name"))
	f.StringVar(&r.Email, "email", os.Getenv("GIT_AUTHOR_EMAIL"), a.say("cli.flag.email"))
	f.StringSliceVar(&r.Roles, "roles", []string{"process_owner", "brm", "complaint_handler", "satisfaction_keeper", "doc_controller"}, a.say("cli.flag.roles"))
	f.StringVar(&r.Forge, "forge", "", a.say("cli.flag.forge", locale.A("forges", a.forges())))
	f.StringVar(&r.Branch, "branch", config.Default().Branch, a.say("cli.flag.branch"))
	return cmd
}

func (a *app) init(r pipeline.InitRequest) error {
	if r.Name == "" {
		r.Name = r.Person
	}
	if r.Organisation.ZH == "" {
		r.Organisation.ZH = r.Organisation.EN
	}
	r.Now = a.Now()
	found, err := pipeline.Init(r)
	switch {
	case errors.Is(err, intake.ErrNoForge):
		return a.misuse("cli.bad-forge", locale.A("value", r.Forge), locale.A("forges", a.forges()))
	case errors.Is(err, intake.ErrOccupied):
		return a.misuse("cli.init.occupied", locale.A("dir", r.Dir))
	case err != nil || len(found) > 0:
		return a.wrote("", found, err)
	}
	fmt.Fprintln(a.Err, annotate.Safe(a.say("cli.init.done", locale.A("dir", r.Dir), locale.A("branch", r.Branch), locale.A("roles", strings.Join(r.Roles, ", ")))))
	key := "cli.init.forge-hint"
	if r.Forge != "" {
		key = "cli.init.forge-done"
	}
	fmt.Fprintln(a.Err, annotate.Safe(a.say(key, locale.A("forges", a.forges()))))
	return nil
}

// forges names the forges for which kept has CI.
func (a *app) forges() string {
	names, err := pipeline.Forges()
	if err != nil {
		return ""
	}
	return strings.Join(names, ", ")
}
