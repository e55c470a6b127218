package cli

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/publish"
)

// root builds the command tree.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "kept",
		Version:           a.Version,
		Short:             a.say("cli.kept"),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              a.known,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetUsageFunc(a.usage)
	root.SetFlagErrorFunc(a.flag)
	root.SuggestionsMinimumDistance = 2
	root.SetVersionTemplate("kept {{.Version}}\n")
	root.Flags().Bool("version", false, a.say("cli.version"))
	flags := root.PersistentFlags()
	flags.StringVarP(&a.dir, "directory", "C", ".", a.say("cli.flag.directory"))
	flags.StringVar(&a.lang, "lang", "", a.say("cli.flag.lang"))
	flags.BoolP("help", "h", false, a.say("cli.flag.help"))
	for _, command := range []*cobra.Command{
		a.initCommand(), a.demoCommand(), a.newCommand(), a.importCommand(), a.advanceCommand(), a.formatCommand(), a.renumberCommand(), a.attachCommand(), a.serveCommand(), a.submitCommand(), a.checkCommand(), a.auditCommand(), a.sealCommand(), a.verifyCommand(),
		a.kpiCommand(), a.dueCommand(), a.trailCommand(), a.buildCommand(), a.printCommand(), a.exportCommand(), a.packCommand(), a.doctorCommand(), a.versionCommand(),
	} {
		root.AddCommand(command)
	}
	root.SetHelpCommand(a.helpCommand(root))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	a.translateCobra(root)
	a.suggest(root)
	return root
}

// translateCobra gives the command that cobra adds its words.
func (a *app) translateCobra(root *cobra.Command) {
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		c.Short, c.Long, c.Example = a.say("cli.completion"), a.say("complete.long"), "  kept completion bash\n  kept completion zsh --help"
		c.SuggestionsMinimumDistance = root.SuggestionsMinimumDistance
		c.Args, c.RunE = a.known, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		for _, shell := range c.Commands() {
			shell.Short = a.say("cli.completion.shell", locale.A("shell", shell.Name()))
			shell.Long, shell.Example = a.say(installing()[shell.Name()]), "  kept completion "+shell.Name()
			shell.Args, shell.ValidArgsFunction = a.exactly(), cobra.NoFileCompletions
			plain := shell.Flags().Lookup("no-descriptions")
			if plain != nil {
				plain.Usage = a.say("complete.no-descriptions")
			}
			if write := a.shellScripts()[shell.Name()]; write != nil {
				shell.RunE = func(*cobra.Command, []string) error { return write(root, plain.Value.String() == "true") }
			}
		}
	}
}

// installing names for each shell the message that tells how completion is installed.
func installing() map[string]string {
	return map[string]string{"bash": "complete.bash", "zsh": "complete.zsh", "fish": "complete.fish", "powershell": "complete.powershell"}
}

func (a *app) say(key string, args ...locale.Arg) string { return a.printer.Say(key, args...) }

// momentFlags adds --at and --as-of to a command that reads history.
func (a *app) momentFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.at, "at", "", a.say("cli.flag.at"))
	cmd.Flags().StringVar(&a.asOf, "as-of", "", a.say("cli.flag.as-of"))
}

// open opens the project and settles the language: --lang, else the first of
// kept.yaml. A folder that belongs to no repository of records is refused, for all
// commands alike.
func (a *app) open() (*pipeline.Project, error) {
	if a.lang != "" {
		l, err := locale.ParseLang(a.lang)
		if err != nil {
			return nil, a.misuse("cli.bad-lang", locale.A("value", a.lang))
		}
		a.printer = a.messages.Printer(l)
	}
	if info, err := os.Stat(a.dir); err == nil && !info.IsDir() || errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New(a.say("cli.no-folder", locale.A("dir", a.dir)))
	}
	project, err := pipeline.Open(a.dir, a.Version)
	if err == nil {
		err = project.Holds()
	}
	if err == nil && a.progress != nil {
		project.Progress = a.progress.tell
	}
	return project, err
}

// moment reads --at, --as-of, --ledger and --anchor.
func (a *app) moment(zone *time.Location) (pipeline.Moment, error) {
	m := pipeline.Moment{At: a.at, Ledger: a.ledger, Anchors: a.anchors}
	if a.asOf == "" {
		return m, nil
	}
	t, ok := parseMoment(a.asOf, zone)
	if !ok {
		return m, a.misuse("cli.bad-moment", locale.A("value", a.asOf))
	}
	m.AsOf = t
	return m, nil
}

// parseMoment reads an RFC 3339 time, a local time to the minute, or a date,
// which stands for its end.
func parseMoment(s string, zone *time.Location) (time.Time, bool) {
	if t, ok := calendar.ParseInstant(s, zone); ok {
		return t, true
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	return t.AddDate(0, 0, 1), err == nil
}

// explain says known troubles in the reader's language.
func (a *app) explain(err error) string {
	var incomplete *gitrepo.HistoryError
	var files *gitrepo.WorkTreeError
	var none *pipeline.NoRecordsError
	var place *fs.PathError
	switch {
	case errors.As(err, &none):
		return a.say(none.Key(), locale.A("dir", none.Dir), locale.A("root", none.Root), locale.A("below", none.Below), locale.A("file", config.File))
	case errors.As(err, &incomplete):
		return a.say(incomplete.Key(), locale.A("command", incomplete.Mend))
	case errors.As(err, &files):
		return a.say(files.Key(), locale.A("command", files.Mend))
	case errors.Is(err, gitrepo.ErrFormat):
		return a.say("cli.trouble.format", locale.A("detail", err.Error()))
	case errors.Is(err, pipeline.ErrUndated):
		return a.say("cli.trouble.undated")
	case errors.Is(err, gitrepo.ErrUnknownRevision):
		return a.say("cli.trouble.no-commit")
	case errors.Is(err, gitrepo.ErrNoRepository):
		return a.say("cli.trouble.no-repository", locale.A("dir", a.dir))
	case errors.Is(err, publish.ErrForeign):
		return a.say("cli.trouble.foreign", locale.A("detail", err.Error()))
	case errors.As(err, &place) && errors.Is(place, fs.ErrNotExist):
		return a.say("cli.trouble.no-file", locale.A("file", place.Path))
	case errors.As(err, &place) && errors.Is(place, fs.ErrPermission):
		return a.say("cli.trouble.denied", locale.A("file", place.Path))
	}
	return err.Error()
}
