package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/schema"
)

// actFlags are what a new record and a step have in common.
type actFlags struct {
	sets           []string
	by, role, when string
	note           string
}

func (a *app) addActFlags(cmd *cobra.Command, f *actFlags) {
	cmd.Flags().StringArrayVar(&f.sets, "set", nil, a.say("cli.flag.set"))
	cmd.Flags().StringVar(&f.by, "by", "", a.say("cli.flag.by"))
	cmd.Flags().StringVar(&f.role, "role", "", a.say("cli.flag.role"))
	cmd.Flags().StringVar(&f.when, "when", "", a.say("cli.flag.when"))
}

func (a *app) newCommand() *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:     "new KIND",
		Short:   a.say("cli.new"),
		Long:    a.say("cli.new.long"),
		Example: "  kept new customer --set title=Example --set type=enterprise\n  kept new complaint --by u-wangl --set customer=KH-0001 --set channel=hotline --set received_at='2026-09-18 17:30'",
		Args:    a.exactly("KIND"),
		RunE:    work(func(_ *cobra.Command, args []string) error { return a.new(args[0], f) }),
	}
	a.addActFlags(cmd, &f)
	return cmd
}

func (a *app) new(kind string, f actFlags) error {
	s, err := a.desk(f)
	if err != nil {
		return err
	}
	k, err := a.kindOf(s.snapshot, kind)
	if err != nil {
		return err
	}
	used, err := a.used(s.project)
	if err != nil {
		return err
	}
	path, found, err := s.project.New(s.snapshot, intake.NewRequest{Kind: k, Used: used, Sets: s.sets, By: s.by, Role: f.role, Now: s.when})
	return a.wrote(path, found, err)
}

// kindOf is the kind that an argument names.
func (a *app) kindOf(s *pipeline.Snapshot, id string) (*schema.Kind, error) {
	if k := s.Kinds.Kind(id); k != nil {
		return k, nil
	}
	return nil, a.misuseNear(nearestKind(id, s.Kinds), "cli.new.kind", locale.A("kind", id), locale.A("kinds", strings.Join(s.Kinds.IDs(), ", ")))
}

// used lists the ids that history knows; of an incomplete one it warns.
func (a *app) used(p *pipeline.Project) ([]string, error) {
	used, err := p.UsedIDs()
	var incomplete *gitrepo.HistoryError
	if errors.As(err, &incomplete) {
		a.tellErr("cli.new.shallow", locale.A("mend", incomplete.Mend))
		return used, nil
	}
	return used, err
}

func (a *app) advanceCommand() *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "advance ID [STATE|OPERATION]",
		Short: a.say("cli.advance"),
		Long:  a.say("cli.advance.long"),
		Example: "  kept advance TS-2026-0001\n  kept advance TS-2026-0001 acknowledged --set ack_content=…\n" +
			"  kept advance TS-2026-0001 extend --set to='2026-09-30 18:00' --set reason=…\n" +
			"  kept advance TS-2026-0001 in_handling --set 'actions+:={\"id\":\"A1\",\"kind\":\"correction\",\"text\":\"…\",\"owner\":\"u-…\",\"due\":\"2026-09-21\"}'",
		Args: a.between("ID", "STATE|OPERATION"),
		RunE: work(func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return a.steps(args[0])
			}
			return a.advance(args[0], args[1], f)
		}),
	}
	a.addActFlags(cmd, &f)
	cmd.Flags().StringVar(&f.note, "note", "", a.say("cli.flag.note"))
	return cmd
}

func (a *app) advance(id, state string, f actFlags) error {
	s, err := a.desk(f)
	if err != nil {
		return err
	}
	rec := s.snapshot.Register.Get(id)
	if rec == nil {
		return a.noRecord(s.snapshot, "cli.advance.unknown", id)
	}
	used, err := a.used(s.project)
	if err != nil {
		return err
	}
	paths, found, err := s.project.Advance(s.snapshot, intake.AdvanceRequest{
		Record: rec, Used: used, To: state, Sets: s.sets, At: s.when, By: s.by, Role: f.role, Note: f.note,
	})
	return a.wrote(strings.Join(paths, "\n"), found, err)
}

// steps lists what may be done to a record: each step and operation, who may do
// it, what it requires and what it allows.
func (a *app) steps(id string) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	rec := snapshot.Register.Get(id)
	if rec == nil || rec.Kind == nil {
		return a.noRecord(snapshot, "cli.advance.unknown", id)
	}
	choices{a.Out, a.printer}.list(rec, project.Choices(snapshot, rec, a.Now()))
	return nil
}

// desk is the work tree opened for writing.
type desk struct {
	project  *pipeline.Project
	snapshot *pipeline.Snapshot
	sets     []intake.Set
	by       string
	when     time.Time
}

func (a *app) desk(f actFlags) (*desk, error) {
	project, err := a.open()
	if err != nil {
		return nil, err
	}
	s := &desk{project: project, by: f.by, when: a.Now()}
	for _, text := range f.sets {
		set, err := intake.ParseSet(text)
		if err != nil {
			return nil, a.misuse("cli.bad-set", locale.A("value", text))
		}
		s.sets = append(s.sets, set)
	}
	if f.when != "" {
		var ok bool
		if s.when, ok = calendar.ParseInstant(f.when, project.Zone()); !ok {
			return nil, a.misuse("cli.bad-when", locale.A("value", f.when))
		}
	}
	if s.snapshot, err = project.WorkTree(time.Time{}); err != nil {
		return nil, err
	}
	s.snapshot.Now = a.Now()
	if s.by == "" {
		s.by, err = project.Person(s.snapshot, os.Getenv("GIT_AUTHOR_EMAIL"), gitSettings()...)
		if err == nil && s.by == "" {
			err = a.misuse("cli.nobody")
		}
	}
	return s, err
}

// gitSettings are the user's own git configuration files.
func gitSettings() []string {
	if file := os.Getenv("GIT_CONFIG_GLOBAL"); file != "" {
		return []string{file}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	return []string{filepath.Join(home, ".gitconfig"), filepath.Join(home, ".config", "git", "config")}
}

// wrote prints the path that was written after what warns of it, or the findings
// that kept it from being written.
func (a *app) wrote(path string, found finding.List, err error) error {
	if err != nil {
		return err
	}
	if err := annotate.Write(a.Err, annotate.Text, shown(found.Sort(), false), a.printer); err != nil {
		return err
	}
	if found.Count(finding.Error) > 0 {
		a.tellErr("cli.nothing-written")
		return errFindings
	}
	for line := range strings.SplitSeq(path, "\n") {
		if _, err := fmt.Fprintln(a.Out, annotate.Safe(line)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) tellErr(key string, args ...locale.Arg) {
	fmt.Fprintln(a.Err, annotate.Safe(a.say(key, args...)))
}
