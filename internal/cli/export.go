package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/export"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// exportFlags are the flags of "kept export".
type exportFlags struct {
	editionFlags
	format, period, out string
	events, template    bool
	sets                []string
}

func (a *app) exportCommand() *cobra.Command {
	var flags exportFlags
	cmd := &cobra.Command{
		Use:     "export KIND|events|all",
		Short:   a.say("export.command"),
		Long:    a.say("export.command.long"),
		Example: "  kept export complaint -o complaints.xlsx\n  kept export complaint --period 2026-Q3 --format csv\n  kept export complaint --events --format jsonl -o -\n  kept export events --format parquet\n  kept export all --format parquet --edition audit -o export\n  kept export complaint --template -o complaint-template.xlsx",
		Args:    a.exactly("KIND"),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			switch {
			case flags.template:
				return a.template(cmd, args[0], flags)
			case len(flags.sets) > 0:
				return a.misuse("export.set-alone")
			}
			return a.export(args[0], flags)
		}),
	}
	cmd.Flags().StringVar(&flags.format, "format", "", a.say("export.flag.format"))
	cmd.Flags().StringVar(&flags.period, "period", "", a.say("export.flag.period"))
	cmd.Flags().StringVarP(&flags.out, "output", "o", "", a.say("export.flag.output"))
	cmd.Flags().BoolVar(&flags.events, "events", false, a.say("export.flag.events"))
	cmd.Flags().BoolVar(&flags.template, "template", false, a.say("export.flag.template"))
	cmd.Flags().StringArrayVar(&flags.sets, "set", nil, a.say("export.flag.set"))
	a.editionFlags(cmd, &flags.editionFlags)
	a.momentFlags(cmd)
	a.evidenceFlags(cmd)
	return cmd
}

func (a *app) export(what string, flags exportFlags) error {
	policy, err := a.policy(flags.editionFlags)
	if err != nil {
		return err
	}
	snapshot, project, err := a.snapshot()
	if err != nil {
		return err
	}
	request := pipeline.ExportRequest{What: what, Events: flags.events, Lang: a.printer.Lang(), Policy: policy}
	if request.Format, err = a.exportFormat(flags); err != nil {
		return err
	}
	if flags.period != "" {
		if request.Period, err = calendar.ParsePeriod(flags.period); err != nil {
			return a.misuse("cli.bad-period", locale.A("value", flags.period))
		}
	}
	if flags.out != "-" && project.Governs(flags.out) && flags.out != "" {
		return a.misuse("cli.bad-out", locale.A("path", flags.out))
	}
	if what == pipeline.ExportAll && snapshot.Kinds.Kind(what) == nil {
		return a.exportAll(snapshot, project, request, flags.out)
	}
	if flags.out != "-" && flags.out != "" {
		request.Name = filepath.Base(flags.out)
	}
	file, err := project.Export(snapshot, request)
	if err != nil {
		return a.refused(a.unexported(err))
	}
	return a.writeExport(project, file, request.Format, flags.out)
}

// exportFormat is the format asked for, or that of the file's name.
func (a *app) exportFormat(flags exportFlags) (export.Format, error) {
	if flags.format == "" {
		if f, err := export.ParseFormat(strings.TrimPrefix(filepath.Ext(flags.out), ".")); err == nil {
			return f, nil
		}
		return export.XLSX, nil
	}
	f, err := export.ParseFormat(flags.format)
	if err != nil {
		var known []string
		for _, f := range export.Formats() {
			known = append(known, string(f))
		}
		return "", a.misuse("export.bad-format", locale.A("value", flags.format), locale.A("known", strings.Join(known, ", ")))
	}
	return f, nil
}

func (a *app) exportAll(s *pipeline.Snapshot, project *pipeline.Project, request pipeline.ExportRequest, out string) error {
	if out == "" || out == "-" {
		return a.misuse("export.no-folder")
	}
	n, err := project.ExportAll(s, request, out)
	if err != nil {
		return a.refused(a.unexported(err))
	}
	a.note("export.files", locale.N("n", n), locale.A("commit", s.Commit.Hash.Short()))
	_, err = fmt.Fprintln(a.Out, annotate.Safe(out))
	return err
}

func (a *app) writeExport(project *pipeline.Project, file *pipeline.Exported, f export.Format, out string) error {
	if out == "-" {
		if _, err := a.Out.Write(file.Bytes); err != nil {
			return fmt.Errorf("write export: %w", err)
		}
		return nil
	}
	if out == "" {
		out = file.FileName
	}
	if project.Governs(out) {
		return a.misuse("cli.bad-out", locale.A("path", out))
	}
	if err := pipeline.WriteExport(out, f, file); err != nil {
		if errors.Is(err, pipeline.ErrNotExport) {
			return a.misuse("export.foreign", locale.A("path", out))
		}
		return err
	}
	a.note("export.done", locale.N("rows", file.Rows), locale.A("commit", file.ShortCommit()), locale.A("digest", file.SHA256))
	_, err := fmt.Fprintln(a.Out, annotate.Safe(out))
	return err
}

// note says something on standard error.
func (a *app) note(key string, args ...locale.Arg) {
	fmt.Fprintln(a.Err, annotate.Safe(a.say(key, args...)))
}

// unexported turns a kind that does not exist, or more rows than a workbook holds,
// into a mistake in the call.
func (a *app) unexported(err error) error {
	var unknown *pipeline.UnknownKindError
	var long *export.TooLongError
	switch {
	case errors.As(err, &unknown):
		return a.misuseNear(nearestID(unknown.ID, unknown.Known), "export.unknown", locale.A("id", unknown.ID), locale.A("known", strings.Join(unknown.Known, ", ")))
	case errors.As(err, &long):
		return a.misuse("export.too-long", locale.N("n", long.Rows), locale.N("most", export.MostRows))
	}
	return err
}
