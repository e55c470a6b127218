package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
)

func (a *app) checkCommand() *cobra.Command {
	var format string
	var base string
	var info bool
	cmd := &cobra.Command{
		Use:     "check [PATH…]",
		Short:   a.say("cli.check"),
		Long:    a.say("cli.check.long"),
		Example: "  kept check\n  kept check records/complaint\n  kept check --format github",
		RunE: work(func(_ *cobra.Command, paths []string) error {
			f, err := annotate.ParseFormat(format)
			if err != nil {
				return a.misuse("cli.bad-format", locale.A("value", format))
			}
			if a.json {
				f = annotate.JSON
			}
			if base != "" {
				return a.checkBase(f, base, paths, info || f == annotate.JSON)
			}
			return a.check(f, paths, info || f == annotate.JSON)
		}),
	}
	cmd.Flags().StringVar(&format, "format", string(annotate.Text), a.say("cli.flag.format"))
	cmd.Flags().StringVar(&base, "base", "", a.say("audit.flag.base"))
	cmd.Flags().BoolVar(&info, "info", false, a.say("cli.flag.info"))
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	cmd.Flags().StringVar(&a.asOf, "as-of", "", a.say("cli.flag.as-of"))
	return cmd
}

// check judges the work tree. A clean one is silent; information is shown only
// where it is asked for.
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
	snapshot.Judge()
	list := below(snapshot.Findings, paths)
	if !info {
		list = slices.DeleteFunc(list, func(f finding.Finding) bool { return f.Severity == finding.Info })
	}
	if err := annotate.Write(a.Out, f, list, a.printer); err != nil {
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

// below keeps the findings of files at or below one of the paths; no paths keep
// all.
func below(list finding.List, paths []string) finding.List {
	if len(paths) == 0 {
		return slices.Clone(list)
	}
	var inside finding.List
	for _, f := range list {
		for _, p := range paths {
			p = strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(p, "\\", "/"), "./"), "/")
			if p == "." || f.Position.Path == p || strings.HasPrefix(f.Position.Path, p+"/") {
				inside = append(inside, f)
				break
			}
		}
	}
	return inside
}
