package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/record"
)

// checkFlags are what kept check is asked for.
type checkFlags struct {
	format string
	base   string // judge the work tree as a change of this commit
	info   bool
	rules  bool // list the rules instead of judging
	// evidence compares the store outside git with the records instead.
	evidence bool
	clauses  bool // show the matrix of the clauses instead
	onGap    bool // a gap of the matrix is an error
}

func (a *app) checkCommand() *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:     "check [PATH…]",
		Short:   a.say("cli.check"),
		Long:    a.say("cli.check.long"),
		Example: "  kept check\n  kept check records/complaint\n  kept check --base origin/main --format markdown\n  kept check --rules",
		RunE: work(func(cmd *cobra.Command, paths []string) error {
			if cmd.Flags().Changed("base") && strings.TrimSpace(flags.base) == "" {
				return a.misuse("cli.base-empty")
			}
			f, err := a.format(flags.format)
			if err != nil {
				return err
			}
			info := flags.info || f == annotate.JSON
			switch {
			case flags.rules:
				return a.listRules()
			case flags.clauses:
				return a.clauses(flags.onGap)
			case flags.onGap:
				return a.misuse("portal.on-gap-alone")
			case flags.evidence:
				return a.checkEvidence(f, paths, info)
			case flags.base != "":
				return a.checkBase(f, flags.base, paths, info)
			}
			return a.check(f, paths, info)
		}),
	}
	cmd.Flags().StringVar(&flags.format, "format", string(annotate.Text), a.formatHelp())
	cmd.Flags().StringVar(&flags.base, "base", "", a.say("audit.flag.base"))
	cmd.Flags().BoolVar(&flags.info, "info", false, a.say("cli.flag.info"))
	cmd.Flags().BoolVar(&flags.rules, "rules", false, a.say("check.flag.rules"))
	cmd.Flags().BoolVar(&flags.evidence, "evidence", false, a.say("intake.cli.check-evidence"))
	cmd.Flags().BoolVar(&flags.clauses, "clauses", false, a.say("portal.flag-clauses"))
	cmd.Flags().BoolVar(&flags.onGap, "fail-on-gap", false, a.say("portal.flag-on-gap"))
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	cmd.Flags().StringVar(&a.asOf, "as-of", "", a.say("cli.flag.as-of"))
	return cmd
}

// check judges the work tree. A clean one is silent.
func (a *app) check(f annotate.Format, paths []string, info bool) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	moment, err := a.moment(project.Zone())
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(moment.AsOf)
	if err != nil {
		return err
	}
	if paths, err = a.places(project, snapshot, paths); err != nil {
		return err
	}
	snapshot.Now = a.Now()
	snapshot.Judge()
	return a.show(f, project, shown(below(snapshot.Findings, paths), info))
}

// places are the paths that arguments name: a file or folder, the folder of a kind that
// has no record yet, or a record's number. Anything else is a slip, which must not look
// like a clean check.
func (a *app) places(project *pipeline.Project, s *pipeline.Snapshot, args []string) ([]string, error) {
	paths := make([]string, len(args))
	for i, arg := range args {
		paths[i] = arg
		if _, err := os.Lstat(filepath.Join(project.Dir, filepath.FromSlash(slashed(arg)))); err == nil {
			continue
		}
		if rec := s.Register.Get(arg); rec != nil {
			paths[i] = rec.Path
			continue
		}
		kind, in := strings.CutPrefix(slashed(arg), record.Folder+"/")
		if _, err := os.Lstat(filepath.Join(project.Dir, schemaFolder, strings.TrimSuffix(kind, "/")+".kind.yaml")); !in || err != nil {
			return nil, a.noRecord(s, "cli.check.nowhere", arg)
		}
	}
	return paths, nil
}

// slashed is a path as git writes it.
func slashed(path string) string { return strings.ReplaceAll(path, "\\", "/") }

// show writes findings and their numbers; errors among them end the command with
// exit code 1.
func (a *app) show(f annotate.Format, project *pipeline.Project, list finding.List) error {
	if err := a.report(f, project, "", annotate.Report{Findings: list}); err != nil {
		return err
	}
	errors := list.Count(finding.Error)
	if len(list) > 0 {
		fmt.Fprintln(a.Err, a.say("cli.check.count", locale.N("errors", errors), locale.N("warnings", list.Count(finding.Warning))))
	}
	if errors > 0 {
		return errFindings
	}
	return nil
}

// shown leaves information out unless it is asked for; what an exception accepts
// stays visible.
func shown(list finding.List, info bool) finding.List {
	if info {
		return list
	}
	return slices.DeleteFunc(list, func(f finding.Finding) bool { return f.Severity == finding.Info && f.Accepted == "" })
}

// below keeps the findings of files at or below one of the paths, and those of what
// decides about them: the configuration, and the files of their kinds. No paths keep
// all.
func below(list finding.List, paths []string) finding.List {
	if len(paths) == 0 {
		return slices.Clone(list)
	}
	var inside finding.List
	for _, f := range list {
		for _, p := range paths {
			p = strings.TrimSuffix(strings.TrimPrefix(slashed(p), "./"), "/")
			if p == "." || f.Position.Path == p || strings.HasPrefix(f.Position.Path, p+"/") || decides(f.Position.Path, p) {
				inside = append(inside, f)
				break
			}
		}
	}
	return inside
}

// decides tells whether a file decides about the records at or below a path.
func decides(file, path string) bool {
	if file == config.File {
		return true
	}
	folder, name, _ := strings.Cut(file, "/")
	kind, _, _ := strings.Cut(name, ".")
	top, rest, _ := strings.Cut(path, "/")
	of, _, _ := strings.Cut(rest, "/")
	return folder == schemaFolder && top == record.Folder && (of == "" || of == kind)
}

// schemaFolder holds the files of the kinds.
const schemaFolder = "schemas"
