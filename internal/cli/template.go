package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// template writes the workbook in which staff fill in records of a kind. It is made
// of the work tree, so that what was registered a moment ago can be chosen.
func (a *app) template(cmd *cobra.Command, kind string, flags exportFlags) error {
	for _, name := range []string{"events", "period", "edition", "at", "as-of"} {
		if cmd.Flags().Changed(name) {
			return a.misuse("export.template-alone", locale.A("flag", "--"+name))
		}
	}
	extension := strings.TrimPrefix(filepath.Ext(flags.out), ".")
	if flags.format != "" && flags.format != "xlsx" || flags.format == "" && flags.out != "-" && extension != "" && !strings.EqualFold(extension, "xlsx") {
		return a.misuse("export.template-xlsx")
	}
	request := pipeline.TemplateRequest{Lang: a.printer.Lang()}
	for _, text := range flags.sets {
		set, err := intake.ParseSet(text)
		if err != nil {
			return a.misuse("cli.bad-set", locale.A("value", text))
		}
		request.Sets = append(request.Sets, set)
	}
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	if request.Kind, err = a.kindOf(snapshot, kind); err != nil {
		return err
	}
	file, err := project.Template(snapshot, request)
	var none *pipeline.TemplateError
	if errors.As(err, &none) {
		return a.misuse(none.Key, none.Args...)
	}
	if err != nil {
		return err
	}
	return a.writeTemplate(project, file, kind, flags.out)
}

func (a *app) writeTemplate(project *pipeline.Project, file *pipeline.TemplateFile, kind, out string) error {
	if out == "-" {
		if _, err := a.Out.Write(file.Bytes); err != nil {
			return fmt.Errorf("write template: %w", err)
		}
		return nil
	}
	if out == "" {
		out = file.FileName
	}
	if project.Governs(out) {
		return a.misuse("cli.bad-out", locale.A("path", out))
	}
	if err := pipeline.WriteTemplate(out, file); err != nil {
		if errors.Is(err, pipeline.ErrNotExport) {
			return a.misuse("export.template-filled", locale.A("path", out))
		}
		return err
	}
	a.note("export.template-done", locale.N("n", file.Columns), locale.A("command", "kept import "+kind+" "+filepath.ToSlash(out)+" --dry-run"))
	_, err := fmt.Fprintln(a.Out, annotate.Safe(out))
	return err
}
