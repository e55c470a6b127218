package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

func (a *app) buildCommand() *cobra.Command {
	var out string
	var strict bool
	var shown editionFlags
	cmd := &cobra.Command{
		Use:     "build",
		Short:   a.say("cli.build"),
		Long:    a.say("cli.build.long"),
		Example: "  kept build\n  kept build --out /srv/portal --as-of 2026-10-01\n  kept build --edition audit --out /srv/audit",
		Args:    a.exactly(),
		RunE:    work(func(*cobra.Command, []string) error { return a.build(out, strict, shown) }),
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", a.say("cli.flag.out"))
	cmd.Flags().BoolVar(&strict, "strict", false, a.say("cli.flag.strict"))
	a.editionFlags(cmd, &shown)
	a.momentFlags(cmd)
	a.evidenceFlags(cmd)
	return cmd
}

func (a *app) build(out string, strict bool, shown editionFlags) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	moment, err := a.moment(project.Zone())
	if err != nil {
		return err
	}
	if out == "" {
		out = filepath.Join(project.Dir, "site", "public")
	}
	if project.Governs(out) {
		return a.misuse("cli.bad-out", locale.A("path", out))
	}
	policy, err := a.policy(shown)
	if err != nil {
		return err
	}
	request := pipeline.BuildRequest{Moment: moment, Out: out, Policy: policy}
	if a.lang != "" {
		request.Languages = []locale.Lang{a.printer.Lang()}
	}
	built, err := project.Build(request)
	if err != nil {
		return a.refused(a.misnamed(err))
	}
	a.tell(built, out)
	if strict && built.Findings.Count(finding.Error) > 0 {
		return errFindings
	}
	return nil
}

// tell says what was built and how to open it, on standard error; of the prints
// those in the reader's language.
func (a *app) tell(built *pipeline.Built, out string) {
	say := func(key string, args ...locale.Arg) { fmt.Fprintln(a.Err, annotate.Safe(a.say(key, args...))) }
	say("cli.build.done", locale.N("pages", built.Pages), locale.N("prints", len(built.Prints)), locale.A("commit", built.Commit.Short()))
	say("cli.build.open", locale.A("path", filepath.Join(out, "index.html")))
	issued := 0
	for _, p := range built.Prints {
		if p.Lang != a.printer.Lang() {
			continue
		}
		if p.Record != "" {
			issued++
			continue
		}
		say("cli.build.print", locale.A("title", p.Title), locale.A("path", filepath.Join(out, filepath.FromSlash(p.Path))))
	}
	if issued > 0 {
		say("cli.build.issued", locale.N("n", issued))
	}
	if n := len(built.Findings); n > 0 {
		say("cli.build.findings", locale.N("errors", built.Findings.Count(finding.Error)), locale.N("warnings", built.Findings.Count(finding.Warning)))
	}
}
