package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/redact"
	"kept/internal/schema"
)

// ImportPreview is what an import would do, in finished words of one language, for
// the terminal and for a page alike. It is redacted and not yet escaped: of columns
// that are left out it has the headings alone, and what looks like personal data in
// any other text is masked.
type ImportPreview struct {
	Tables []PreviewTable
	// New, Changed, Unchanged and Refused count rows; Tally says the same, "" where no
	// row was read.
	New, Changed, Unchanged, Refused int
	Tally                            string
	Left                             []string // a sentence for each row that is no record
	Notes                            []string // what was understood and is not quite what stands there
	Rows                             []PreviewRow
	More                             string       // how many rows Rows leaves out, "" for none
	Found                            finding.List // worded; those of rows stand at their cells
	Blocked                          bool         // nothing may be written
}

// PreviewTable is one sheet as it was understood.
type PreviewTable struct {
	Title    string // sheet, row of its header, year of dates without one
	Columns  []PreviewColumn
	Dropped  []string // columns that hold personal data
	Unmapped []string // columns that no field is for
}

// PreviewColumn is a column with what it fills; a plain one is called as its field.
type PreviewColumn struct {
	Column, Target string
	Plain          bool
}

// PreviewRow is a row that would be written.
type PreviewRow struct{ ID, Place, Key, What, Label string }

// mostPreview is how many rows a preview lists.
const mostPreview = 20

// Preview words an import for a terminal.
func (i *Import) Preview(k *schema.Kind, p *locale.Printer) ImportPreview {
	return i.PreviewOf(k, p, mostPreview)
}

// PreviewOf words an import with so many of the rows that would be written at most.
func (i *Import) PreviewOf(k *schema.Kind, p *locale.Printer, most int) ImportPreview {
	w := previewer{plan: i, kind: k, p: p}
	v := ImportPreview{
		New: i.Count(intake.NewRow), Changed: i.Count(intake.ChangedRow), Unchanged: i.Count(intake.UnchangedRow), Refused: i.Count(intake.RefusedRow),
		Blocked: i.Refused(),
	}
	for _, t := range i.Ledger.Tables {
		v.Tables = append(v.Tables, w.table(t))
	}
	if len(i.Rows) > 0 {
		v.Tally = p.Say("import.counts", locale.N("new", v.New), locale.N("changed", v.Changed), locale.N("unchanged", v.Unchanged), locale.N("refused", v.Refused))
		v.Notes = w.notes()
		v.Rows, v.More = w.rows(most)
	}
	v.Left = w.left()
	v.Found = w.found()
	return v
}

// mostLeft is how many rows that are no records a preview names for each reason.
const mostLeft = 10

// left tells the rows that are no records, the first of each reason one by one.
func (w *previewer) left() (list []string) {
	told := map[string]int{}
	more := 0
	for _, l := range w.plan.Ledger.Left {
		if told[l.Reason]++; told[l.Reason] > mostLeft {
			more++
			continue
		}
		list = append(list, w.p.Say(l.Reason, locale.A("place", placeOf(l.Sheet, l.Row)), locale.A("text", shorten(leading(l.Text)))))
	}
	if more > 0 {
		list = append(list, w.p.Say("import.left-more", locale.N("n", more)))
	}
	return list
}

// previewer words one import.
type previewer struct {
	plan *Import
	kind *schema.Kind
	p    *locale.Printer
}

// covered masks what looks like personal data in a text out of a ledger.
func covered(s string) string { return redact.Policy{Edition: redact.Internal}.Text(s) }

func (w *previewer) join(list []string) string { return strings.Join(list, w.p.Say("import.comma")) }

// table says what each column was taken for.
func (w *previewer) table(t ledger.Table) PreviewTable {
	sheet := locale.A("sheet", covered(cmp.Or(t.Sheet, w.p.Say("import.text-file"))))
	v := PreviewTable{Title: w.p.Say("import.table", sheet, locale.N("row", t.Row))}
	if t.Year > 0 {
		v.Title = w.p.Say("import.table-year", sheet, locale.N("row", t.Row), locale.N("year", t.Year))
	}
	for _, c := range t.Columns {
		name := ledger.Column(c.Column) + " " + covered(c.Heading)
		if c.Heading == "" {
			name = w.p.Say("ledger.column-unheaded", locale.A("column", ledger.Column(c.Column)))
		}
		switch {
		case c.To == ledger.DropTarget:
			v.Dropped = append(v.Dropped, name)
		case c.To == ledger.IgnoreTarget:
		case c.To == "" || c.Beaten:
			v.Unmapped = append(v.Unmapped, name)
		default:
			target := w.target(c.To)
			v.Columns = append(v.Columns, PreviewColumn{name, target, target == strings.TrimRight(c.Heading, " *")})
		}
	}
	return v
}

// target is what a column fills.
func (w *previewer) target(to string) string {
	switch to {
	case ledger.KeyTarget:
		return w.p.Say("import.key")
	case ledger.StatusTarget:
		return w.p.Say("import.status")
	}
	title := w.p.Text(ImportTitle(w.kind, to))
	if strings.HasPrefix(to, ledger.StepTarget) {
		return w.p.Say("import.step", locale.A("state", title))
	}
	return title
}

func placeOf(sheet string, row int) string { return strings.TrimPrefix(sheet+"!"+fmt.Sprint(row), "!") }

// leading is a text up to its colon: behind one stands who filled a form in.
func leading(s string) string {
	if at := strings.IndexAny(s, "：:"); at > 0 {
		return s[:at] + "…"
	}
	return s
}

// shorten bounds a text of a ledger in a preview.
func shorten(s string) string {
	return locale.Shorten(covered(strings.Join(strings.Fields(s), " ")), 30)
}

// notes count what was understood and is not quite what stands there.
func (w *previewer) notes() []string {
	var list []string
	days := map[string]int{}
	hidden, undated := 0, 0
	for _, r := range w.plan.Rows {
		for _, f := range r.Entry.Days {
			days[w.target(f)]++
		}
		if r.Entry.Hidden {
			hidden++
		}
		if r.Undated && r.Verdict != intake.RefusedRow {
			undated++
		}
	}
	if len(days) > 0 {
		list = append(list, w.p.Say("import.days", locale.A("fields", w.counted(days))))
	}
	list = append(list, w.fell()...)
	if undated > 0 {
		list = append(list, w.p.Say("import.undated", locale.N("n", undated)))
	}
	if hidden > 0 {
		list = append(list, w.p.Say("import.hidden", locale.N("n", hidden)))
	}
	for _, n := range w.plan.Ledger.Notes {
		list = append(list, covered(w.p.Say(n.Key, n.Args...)))
	}
	return append(list, w.marked()...)
}

// marked counts the rows that do not count, by their reason.
func (w *previewer) marked() []string {
	reasons := map[string]int{}
	for _, r := range w.plan.Rows {
		if !r.Marked.IsZero() {
			reasons[w.p.Text(r.Marked)]++
		}
	}
	if len(reasons) == 0 {
		return nil
	}
	return []string{w.p.Say("import.marked", locale.A("reasons", w.counted(reasons)))}
}

// counted lists names with their numbers, in the order of names.
func (w *previewer) counted(n map[string]int) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(n)) {
		list = append(list, covered(name)+" "+fmt.Sprint(n[name]))
	}
	return w.join(list)
}

// rows are the first rows that would be written, and how many more there are.
func (w *previewer) rows(most int) (list []PreviewRow, more string) {
	n := 0
	for _, r := range w.plan.Rows {
		if r.Verdict != intake.NewRow && r.Verdict != intake.ChangedRow {
			continue
		}
		if n++; n <= most {
			list = append(list, w.row(r))
		}
	}
	if n > most {
		more = w.p.Say("import.more", locale.N("n", n-most))
	}
	return list, more
}

func (w *previewer) row(r intake.Imported) PreviewRow {
	what := w.p.Say("import.new")
	if r.Verdict == intake.ChangedRow {
		what = w.p.Say("import.changed")
	}
	if len(r.Fields) > 0 {
		titles := make([]string, len(r.Fields))
		for i, f := range r.Fields {
			titles[i] = w.p.Text(ledger.TargetTitle(w.kind, f))
		}
		what = w.p.Say("import.fields", locale.A("what", what), locale.A("fields", w.join(titles)))
	}
	if len(r.Cleared) > 0 {
		titles := make([]string, len(r.Cleared))
		for i, f := range r.Cleared {
			titles[i] = w.p.Text(ledger.TargetTitle(w.kind, f))
		}
		what = w.p.Say("import.cleared", locale.A("what", what), locale.A("fields", w.join(titles)))
	}
	label, _ := r.Entry.Fields[cmp.Or(w.kind.Label, "title")].(string)
	key := r.Entry.Key
	if len(r.Entry.Keyed) > 0 {
		key = "" // made of fields
	}
	return PreviewRow{ID: r.ID, Place: placeOf(r.Entry.Sheet, r.Entry.Row), Key: covered(key), What: what, Label: shorten(label)}
}
