package cli

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/schema"
)

type importFlags struct {
	actFlags
	mapping string
	sheets  []string
	dryRun  bool
	showMap bool
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:     "import KIND FILE",
		Short:   a.say("cli.import"),
		Long:    a.say("cli.import.long"),
		Example: "  kept import complaint ledger.xlsx --dry-run\n  kept import complaint ledger.xlsx\n  kept import complaint --show-map > templates/import/complaint.yaml",
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

// mostImport bounds the size of a ledger, in bytes.
const mostImport = 200 << 20

func (a *app) importLedger(kind, file string, f importFlags) error {
	s, err := a.desk(f.actFlags)
	if err != nil {
		return err
	}
	k, err := a.kindOf(s.snapshot, kind)
	if err != nil {
		return err
	}
	req := pipeline.ImportRequest{Kind: k, File: filepath.Base(file), Sheets: f.sheets, By: s.by, Now: s.when}
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
	if err := a.preview(plan, k); err != nil {
		return err
	}
	switch {
	case plan.Refused():
		a.tellErr("cli.nothing-written")
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
	if err := s.project.WriteImport(plan); err != nil {
		return err
	}
	a.tellErr("cli.import.written", locale.N("n", written))
	return nil
}

// readBounded reads a regular file of bearable size.
func readBounded(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostImport+1))
	if err == nil && len(data) > mostImport {
		err = intake.ErrTooBig
	}
	return data, err
}

// preview says how a ledger was understood and what would become of each row.
func (a *app) preview(plan *pipeline.Import, k *schema.Kind) error {
	p := previewer{app: a, plan: plan, kind: k}
	for _, t := range plan.Ledger.Tables {
		p.table(t)
	}
	if len(plan.Rows) > 0 {
		p.counts()
		p.left()
		p.notes()
		p.rows()
	}
	found := slices.Clone(plan.Found)
	for _, r := range plan.Rows {
		found = append(found, r.Found...)
	}
	if p.err != nil {
		return p.err
	}
	return annotate.Write(a.Err, annotate.Text, shown(found, false), a.printer)
}

// previewer writes a preview to standard output.
type previewer struct {
	*app
	plan *pipeline.Import
	kind *schema.Kind
	err  error
}

func (p *previewer) line(text string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.Out, annotate.Safe(text))
	}
}

func (p *previewer) tell(key string, args ...locale.Arg) { p.line(p.say(key, args...)) }

// table says what each column was taken for.
func (p *previewer) table(t ledger.Table) {
	sheet := cmp.Or(t.Sheet, p.say("cli.import.text-file"))
	if t.Year > 0 {
		p.tell("cli.import.table-year", locale.A("sheet", sheet), locale.N("row", t.Row), locale.N("year", t.Year))
	} else {
		p.tell("cli.import.table", locale.A("sheet", sheet), locale.N("row", t.Row))
	}
	var dropped, unmapped []string
	for _, c := range t.Columns {
		name := ledger.Column(c.Column) + " " + c.Heading
		switch {
		case c.To == ledger.DropTarget:
			dropped = append(dropped, name)
		case c.To == ledger.IgnoreTarget:
		case c.To == "" || c.Beaten:
			unmapped = append(unmapped, name)
		default:
			p.line("  " + name + " → " + p.target(c.To))
		}
	}
	if len(dropped) > 0 {
		p.tell("cli.import.dropped", locale.A("columns", strings.Join(dropped, p.say("cli.import.comma"))))
	}
	if len(unmapped) > 0 {
		p.tell("cli.import.unmapped", locale.A("columns", strings.Join(unmapped, p.say("cli.import.comma"))))
	}
}

// target is what a column fills.
func (p *previewer) target(to string) string {
	switch to {
	case ledger.KeyTarget:
		return p.say("cli.import.key")
	case ledger.StatusTarget:
		return p.say("cli.import.status")
	}
	title := p.printer.Text(pipeline.ImportTitle(p.kind, to))
	if strings.HasPrefix(to, ledger.StepTarget) {
		return p.say("cli.import.step", locale.A("state", title))
	}
	return title
}

func (p *previewer) counts() {
	p.tell("cli.import.counts",
		locale.N("new", p.plan.Count(intake.NewRow)), locale.N("changed", p.plan.Count(intake.ChangedRow)),
		locale.N("unchanged", p.plan.Count(intake.UnchangedRow)), locale.N("refused", p.plan.Count(intake.RefusedRow)))
}

// left names each row that is no record.
func (p *previewer) left() {
	for _, l := range p.plan.Ledger.Left {
		p.tell(l.Reason, locale.A("place", placeOf(l.Sheet, l.Row)), locale.A("text", shorten(l.Text)))
	}
}

func placeOf(sheet string, row int) string { return strings.TrimPrefix(sheet+"!"+fmt.Sprint(row), "!") }

// shorten bounds a text of a ledger in a preview.
func shorten(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// notes count what was understood and is not quite what stands there.
func (p *previewer) notes() {
	days, fell := map[string]int{}, map[string]int{}
	hidden := 0
	for _, r := range p.plan.Rows {
		for _, f := range r.Entry.Days {
			days[p.target(f)]++
		}
		for _, f := range r.Entry.Fell {
			fell[f]++
		}
		if r.Entry.Hidden {
			hidden++
		}
	}
	if len(days) > 0 {
		p.tell("cli.import.days", locale.A("fields", p.counted(days)))
	}
	if len(fell) > 0 {
		p.tell("cli.import.fell", locale.A("fields", p.counted(fell)))
	}
	if hidden > 0 {
		p.tell("cli.import.hidden", locale.N("n", hidden))
	}
}

// counted lists names with their numbers, in the order of names.
func (p *previewer) counted(n map[string]int) string {
	var list []string
	for name, count := range n {
		list = append(list, name+" "+fmt.Sprint(count))
	}
	slices.Sort(list)
	return strings.Join(list, p.say("cli.import.comma"))
}

// mostPreview is how many rows a preview lists.
const mostPreview = 20

// rows lists the first rows that would be written.
func (p *previewer) rows() {
	n := 0
	for _, r := range p.plan.Rows {
		if r.Verdict != intake.NewRow && r.Verdict != intake.ChangedRow {
			continue
		}
		if n++; n > mostPreview {
			continue
		}
		what := p.verdict(r.Verdict)
		if len(r.Fields) > 0 {
			titles := make([]string, len(r.Fields))
			for i, f := range r.Fields {
				titles[i] = p.printer.Text(ledger.TargetTitle(p.kind, f))
			}
			what = p.say("cli.import.fields", locale.A("what", what), locale.A("fields", strings.Join(titles, p.say("cli.import.comma"))))
		}
		label, _ := r.Entry.Fields[cmp.Or(p.kind.Label, "title")].(string)
		p.line("  " + strings.Join([]string{r.ID, placeOf(r.Entry.Sheet, r.Entry.Row), r.Entry.Key, what, shorten(label)}, "  "))
	}
	if n > mostPreview {
		p.tell("cli.import.more", locale.N("n", n-mostPreview))
	}
}

func (p *previewer) verdict(v intake.Verdict) string {
	if v == intake.ChangedRow {
		return p.say("cli.import.changed")
	}
	return p.say("cli.import.new")
}
