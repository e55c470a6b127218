package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/submit"
)

// founding is what init was told and has asked.
type founding struct {
	dir, organisation, organisationEN string
	languages                         []string
	zone, forge, branch               string
	people                            []string // as of --person
	peopleFile                        string
	hook, commit, yes                 bool
	update, dryRun                    bool
	take, keep                        []string

	founders []intake.Founder
	given    func(flag string) bool // whether the command line has it
}

func (a *app) initCommand() *cobra.Command {
	f := &founding{}
	cmd := &cobra.Command{
		Use:     "init DIR",
		Short:   a.say("init.cli"),
		Long:    a.say("init.cli-long"),
		Example: a.say("init.cli-examples"),
		Args: func(cmd *cobra.Command, args []string) error {
			if f.update && len(args) == 0 {
				return nil
			}
			return a.exactly("DIR")(cmd, args)
		},
		RunE: work(func(cmd *cobra.Command, args []string) error {
			f.dir, f.given = strings.Join(args, ""), cmd.Flags().Changed
			if f.update {
				return a.update(f)
			}
			return a.init(f)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.organisation, "organisation", "", a.say("init.flag-organisation"))
	flags.StringVar(&f.organisationEN, "organisation-en", "", a.say("init.flag-organisation-en"))
	flags.StringSliceVar(&f.languages, "language", []string{string(locale.Chinese), string(locale.English)}, a.say("init.flag-language"))
	flags.StringVar(&f.zone, "time-zone", config.DefaultZone, a.say("init.flag-zone"))
	flags.StringVar(&f.forge, "forge", "none", a.say("init.flag-forge"))
	flags.StringVar(&f.branch, "branch", "", a.say("init.flag-branch"))
	flags.StringArrayVar(&f.people, "person", nil, a.say("init.flag-person"))
	flags.StringVar(&f.peopleFile, "people", "", a.say("init.flag-people"))
	flags.BoolVar(&f.hook, "hook", false, a.say("init.flag-hook"))
	flags.BoolVar(&f.commit, "commit", false, a.say("init.flag-commit"))
	flags.BoolVar(&f.update, "update", false, a.say("init.flag-update"))
	flags.BoolVar(&f.dryRun, "dry-run", false, a.say("init.flag-dry-run"))
	flags.StringArrayVar(&f.take, "take", nil, a.say("init.flag-take"))
	flags.StringArrayVar(&f.keep, "keep", nil, a.say("init.flag-keep"))
	flags.BoolVarP(&f.yes, "yes", "y", false, a.say("init.flag-yes"))
	return cmd
}

// noForge says that no CI is wanted.
const noForge = "none"

func (a *app) init(f *founding) error {
	if err := intake.Vacant(f.dir); errors.Is(err, intake.ErrOccupied) {
		return a.occupied(f.dir)
	}
	view, err := pipeline.NewInterview()
	if err != nil {
		return err
	}
	found, err := f.readPeople(view)
	if err != nil || len(found) > 0 {
		return a.wrote("", found, err)
	}
	if !f.given("branch") {
		f.branch = headOf(f.dir)
	}
	if f.given("language") {
		a.speak(f.languages)
	} else if l, err := locale.ParseLang(a.lang); err == nil {
		f.languages = append([]string{string(l)}, slices.DeleteFunc(f.languages, func(tag string) bool { return tag == string(l) })...)
	}
	if a.Asks && !f.yes {
		if err := a.ask(f, view); err != nil {
			return err
		}
	}
	r, err := a.founded(f, view)
	if err != nil {
		return err
	}
	found, err = pipeline.Init(r)
	switch {
	case errors.Is(err, intake.ErrOccupied):
		return a.occupied(f.dir)
	case err != nil || len(found) > 0:
		return a.wrote("", found, err)
	}
	return a.begin(f, r)
}

// occupied says that there is something in the folder, and what to run where it is
// records.
func (a *app) occupied(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, config.File)); err != nil {
		return a.misuse("init.occupied", locale.A("dir", dir))
	}
	command := "kept init --update"
	if dir != "." {
		command += " " + forShell(dir)
	}
	return a.misuse("init.occupied-records", locale.A("dir", dir), locale.A("command", command))
}

// speak goes over to the first language of the records, unless --lang says what to
// speak.
func (a *app) speak(tags []string) {
	if a.lang != "" || len(tags) == 0 {
		return
	}
	if l, err := locale.ParseLang(strings.TrimSpace(tags[0])); err == nil {
		a.printer = a.messages.Printer(l)
	}
}

// readPeople reads --person and --people.
func (f *founding) readPeople(view *pipeline.Interview) (finding.List, error) {
	for _, s := range f.people {
		f.founders = append(f.founders, intake.ParseFounder(s))
	}
	if f.peopleFile == "" {
		return nil, nil
	}
	data, err := os.ReadFile(f.peopleFile)
	if err != nil {
		return nil, err
	}
	list, found := view.People(f.peopleFile, data)
	f.founders = append(f.founders, list...)
	return found, nil
}

// headOf is the branch that a .git in dir is on, the usual one where there is none.
func headOf(dir string) string {
	data, err := os.ReadFile(filepath.Join(dir, ".git", "HEAD"))
	if branch, ok := strings.CutPrefix(strings.TrimSpace(string(data)), "ref: refs/heads/"); err == nil && ok {
		return branch
	}
	return config.Default().Branch
}

// missing tells of what has no default and was not told.
func (a *app) missing(f *founding) error {
	var missing []string
	if strings.TrimSpace(f.organisation+f.organisationEN) == "" {
		missing = append(missing, a.say("init.organisation-missing"))
	}
	if len(f.founders) == 0 {
		missing = append(missing, a.say("init.person-missing"))
	}
	if len(missing) == 0 {
		return nil
	}
	return usageError{errors.New(strings.Join(missing, a.say("intake.cli.semicolon")))}
}

// founded is the request of what was told.
func (a *app) founded(f *founding, view *pipeline.Interview) (pipeline.InitRequest, error) {
	r := pipeline.InitRequest{
		Dir: f.dir, Organisation: locale.Text{ZH: strings.TrimSpace(f.organisation), EN: strings.TrimSpace(f.organisationEN)},
		Branch: f.branch, People: view.Cast(f.founders), Now: a.Now(),
	}
	if r.Organisation.ZH == "" {
		r.Organisation.ZH = r.Organisation.EN
	}
	for _, tag := range f.languages {
		l, err := locale.ParseLang(strings.TrimSpace(tag))
		if err != nil {
			return r, a.misuse("cli.bad-lang", locale.A("value", tag))
		}
		r.Languages = append(r.Languages, l)
	}
	if key, args := view.Fault(intake.AnswerZone, f.zone); key != "" {
		return r, a.misuse("init.bad", locale.A("what", "--time-zone "+f.zone), locale.A("why", a.say(key, args...)))
	}
	zone, err := time.LoadLocation(f.zone)
	if err != nil {
		return r, err
	}
	r.Zone = zone
	if f.forge != noForge && f.forge != "" {
		if r.Forge = f.forge; !slices.Contains(view.Forges, f.forge) {
			return r, a.misuse("init.bad-forge", locale.A("value", f.forge), locale.A("forges", strings.Join(view.Forges, ", ")))
		}
	}
	return r, a.missing(f)
}

// committer is the address that git commits with here, "" where git knows no name or
// no address.
func committer() string {
	name, email := pipeline.Identity(context.Background(), os.Environ())
	if s := os.Getenv("GIT_AUTHOR_NAME"); s != "" {
		name = s
	}
	if s := os.Getenv("GIT_AUTHOR_EMAIL"); s != "" {
		email = s
	}
	if name == "" {
		return ""
	}
	return email
}

// unknown tells whether an address is none of the people's, where any has one.
func unknown(email string, people []intake.Founder) bool {
	some := false
	for _, p := range people {
		if strings.EqualFold(p.Email, email) {
			return false
		}
		some = some || p.Email != ""
	}
	return some
}

// begin sets git up, and says what comes next. No commit is made that would be nobody's.
func (a *app) begin(f *founding, r pipeline.InitRequest) error {
	req := pipeline.BeginRequest{Dir: f.dir, Branch: r.Branch, Environment: os.Environ(), Hook: f.hook}
	me := committer()
	stranger := me != "" && unknown(me, r.People)
	if f.commit && !stranger {
		req.Message = a.say("init.first-message")
	}
	made, err := pipeline.BeginRepository(context.Background(), req)
	end := farewell{founding: f, request: r, made: made, committed: f.commit && err == nil && !stranger, hooked: f.hook && err == nil}
	end.unnamed = me == "" || stranger
	var refused *submit.CommitError
	switch {
	case err == nil && stranger:
		end.trouble = a.say("init.stranger", locale.A("email", me))
	case err == nil:
	case errors.Is(err, submit.ErrNoGit):
		end.trouble = a.say("init.no-git")
	case errors.Is(err, submit.ErrNobody):
		end.trouble, end.hooked = a.say("init.nobody"), f.hook
	case errors.As(err, &refused):
		end.trouble, end.hooked = a.say("init.refused", locale.A("said", refused.Said)), f.hook
	default:
		end.trouble = a.say("init.git-trouble", locale.A("said", err.Error()))
	}
	a.farewell(end)
	if end.trouble != "" && f.commit {
		return errUnproven // it has been said
	}
	return nil
}
