package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

type importFlags struct {
	actFlags
	mapping string
	sheets  []string
	sets    []string
	scale   []string
	scans   string
	ended   string
	dryRun  bool
	showMap bool
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:     "import KIND FILE",
		Short:   a.say("cli.import"),
		Long:    a.say("cli.import.long"),
		Example: "  kept import complaint ledger.xlsx --dry-run\n  kept import complaint ledger.xlsx\n  kept import survey-response wjx.xlsx --set survey=MY-2026-H1\n  kept import complaint --show-map > templates/import/complaint.yaml",
		Args:    a.between("KIND", "FILE"),
		RunE: work(func(_ *cobra.Command, args []string) error {
			if f.showMap {
				return a.showMapping(args[0])
			}
			if len(args) == 1 {
				return a.misuse("cli.import.file")
			}
			return a.importLedger(args[0], args[1], f)
		}),
	}
	cmd.Flags().StringVar(&f.mapping, "map", "", a.say("cli.flag.map"))
	cmd.Flags().StringArrayVar(&f.sheets, "sheet", nil, a.say("cli.flag.sheet"))
	cmd.Flags().StringArrayVar(&f.sets, "set", nil, a.say("cli.flag.import-set"))
	cmd.Flags().StringArrayVar(&f.scale, "scale", nil, a.say("cli.flag.import-scale"))
	cmd.Flags().StringVar(&f.scans, "scans", "", a.say("cli.flag.import-scans"))
	cmd.Flags().StringVar(&f.ended, "ended-by", "", a.say("cli.flag.import-ended"))
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, a.say("cli.flag.import-dry"))
	cmd.Flags().BoolVar(&f.showMap, "show-map", false, a.say("cli.flag.show-map"))
	cmd.Flags().StringVar(&f.by, "by", "", a.say("cli.flag.by"))
	cmd.Flags().StringVar(&f.when, "when", "", a.say("cli.flag.when"))
	return cmd
}

// showMapping prints the mapping of a kind, for a file that the company edits.
func (a *app) showMapping(kind string) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	k, err := a.kindOf(snapshot, kind)
	if err != nil {
		return err
	}
	text, err := pipeline.MappingText(k)
	if err != nil {
		return err
	}
	_, err = a.Out.Write(text)
	return err
}

func (a *app) importLedger(kind, file string, f importFlags) error {
	s, err := a.desk(f.actFlags)
	if err != nil {
		return err
	}
	k, err := a.kindOf(s.snapshot, kind)
	if err != nil {
		return err
	}
	req := pipeline.ImportRequest{Kind: k, File: filepath.Base(file), Sheets: f.sheets, Scale: f.scale, EndedBy: f.ended, Scans: cmp.Or(f.scans, filepath.Dir(file)), By: s.by, Now: s.when}
	if req.Sets, err = a.constants(f.sets); err != nil {
		return err
	}
	if req.Data, err = readBounded(file); err != nil {
		return a.misuse("cli.import.read", locale.A("file", file))
	}
	if f.mapping != "" {
		req.MapName = filepath.ToSlash(f.mapping)
		if req.Map, err = readBounded(f.mapping); err != nil {
			return a.misuse("cli.import.read", locale.A("file", f.mapping))
		}
	}
	if req.Used, err = a.used(s.project); err != nil {
		return err
	}
	plan, err := s.project.PlanImport(s.snapshot, req)
	if err != nil {
		return err
	}
	if err := a.preview(plan.Preview(k, a.printer)); err != nil {
		return err
	}
	switch {
	case plan.Refused():
		a.tellErr("cli.import.refused")
		return errFindings
	case f.dryRun:
		a.tellErr("cli.import.dry")
		return nil
	}
	written := plan.Count(intake.NewRow) + plan.Count(intake.ChangedRow)
	if written == 0 {
		a.tellErr("cli.import.nothing")
		return nil
	}
	switch err := s.project.WriteImport(plan); {
	case errors.Is(err, intake.ErrChanged):
		a.tellErr("cli.import.meanwhile")
		return errFindings
	case errors.Is(err, fs.ErrPermission):
		a.tellErr("cli.import.denied")
		return errFindings
	case err != nil:
		return err
	}
	a.tellErr("cli.import.written", locale.N("n", written))
	return nil
}

// constants reads FIELD=VALUE.
func (a *app) constants(sets []string) (map[string]string, error) {
	m := map[string]string{}
	for _, set := range sets {
		parsed, err := intake.ParseSet(set)
		if err != nil || parsed.JSON || parsed.Append || strings.TrimSpace(parsed.Value) == "" {
			return nil, a.misuse("cli.import.set", locale.A("set", set))
		}
		m[parsed.Path] = parsed.Value
	}
	return m, nil
}

// readBounded reads a regular file of bearable size.
func readBounded(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, pipeline.MostImport+1))
	if err == nil && len(data) > pipeline.MostImport {
		err = intake.ErrTooBig
	}
	return data, err
}

// preview says how a ledger was understood and what would become of each row.
func (a *app) preview(v pipeline.ImportPreview) error {
	var lines []string
	line := func(text string) { lines = append(lines, annotate.Safe(text)) }
	for _, t := range v.Tables {
		line(t.Title)
		comma := a.say("import.comma")
		var alike []string
		for _, c := range t.Columns {
			if c.Plain {
				alike = append(alike, c.Column)
				continue
			}
			line("  " + c.Column + " → " + c.Target)
		}
		if len(alike) > 0 {
			line("  " + a.say("import.alike-named", locale.A("columns", strings.Join(alike, comma))))
		}
		if len(t.Dropped) > 0 {
			line("  " + a.say("import.dropped", locale.A("columns", strings.Join(t.Dropped, comma))))
		}
		if len(t.Unmapped) > 0 {
			line("  " + a.say("import.unmapped", locale.A("columns", strings.Join(t.Unmapped, comma))))
		}
	}
	if v.Tally != "" {
		line(v.Tally)
	}
	for _, text := range slices.Concat(v.Left, v.Notes) {
		line(text)
	}
	if len(v.Rows) > 0 {
		line("  " + strings.Join([]string{a.say("import.number"), a.say("import.row"), a.say("import.key"), a.say("import.what"), a.say("import.label")}, "  "))
	}
	for _, r := range v.Rows {
		line("  " + strings.Join([]string{r.ID, r.Place, r.Key, r.What, r.Label}, "  "))
	}
	if v.More != "" {
		line("  " + v.More)
	}
	for _, text := range lines {
		if _, err := fmt.Fprintln(a.Out, text); err != nil {
			return err
		}
	}
	return annotate.Write(a.Err, annotate.Text, shown(v.Found, false), a.printer)
}
