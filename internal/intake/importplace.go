package intake

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// told is a fault of a cell.
type told struct {
	at   finding.Position
	rule string
}

// Tell takes in what is wrong with a row's record, each at the cell of the row that
// said it. What several values of the record show that come from one cell is told once,
// and so is a warning of one rule.
// An error refuses the row.
func (r *Imported) Tell(l ledger.Ledger, file string, found finding.List) {
	for _, f := range found {
		targets := r.targets(f.Position.Line)
		about := ""
		if len(targets) > 0 {
			about = targets[len(targets)-1]
		}
		f.Position, f.Record = l.Place(file, r.Entry, targets...), r.ID
		if f.Position != ledger.Place(file, r.Entry.Sheet, r.Entry.Row, 0) {
			key := told{f.Position, f.Rule}
			if by, said := r.told[key]; said && (by != about || f.Severity == finding.Warning) {
				continue
			}
			if r.told == nil {
				r.told = map[told]string{}
			}
			r.told[key] = about
		}
		r.Found = append(r.Found, r.worded(f, targets))
		if f.Severity == finding.Error {
			r.Verdict = RefusedRow
		}
	}
}

// ruleRequired finds what a record lacks.
const ruleRequired = "schema-required"

// TellApart takes in what is wrong with the record of a row that is refused already:
// errors at cells that could be read, and no others, for these may follow from what is
// lacking.
func (r *Imported) TellApart(l ledger.Ledger, file string, found finding.List) {
	r.Tell(l, file, slices.DeleteFunc(found, func(f finding.Finding) bool {
		targets := r.targets(f.Position.Line)
		at := l.Place(file, r.Entry, targets...)
		return f.Severity != finding.Error || at == ledger.Place(file, r.Entry.Sheet, r.Entry.Row, 0) || slices.ContainsFunc(targets, func(t string) bool {
			head, _, _ := strings.Cut(t, ".")
			return r.faulty(t) || f.Rule == ruleRequired && r.faulty(head)
		})
	}))
}

// worded names the step that a finding about the log is about.
func (r *Imported) worded(f finding.Finding, targets []string) finding.Finding {
	if len(targets) == 0 || targets[len(targets)-1] != record.TransitionsField || r.Record == nil || r.Record.Kind == nil {
		return f
	}
	state, _ := strings.CutPrefix(targets[0], ledger.StepTarget)
	if s, ok := r.Record.Kind.State(state); ok {
		f.Args = slices.Clone(f.Args)
		for n, arg := range f.Args {
			if arg.Name == "field" {
				f.Args[n] = locale.T("field", s.Title)
			}
		}
	}
	return f
}

// targets are the targets of a column that may have said what stands in a line of the
// row's record, the nearest first, the field last.
func (r *Imported) targets(line int) []string {
	if r.Record == nil {
		return nil
	}
	top := fieldAt(r.Record.Source, line)
	f, _ := r.Record.Kind.Field(top)
	switch {
	case top == record.StatusField:
		return []string{ledger.StatusTarget}
	case top == record.IDField:
		return []string{ledger.KeyTarget}
	case r.Record.Doc == nil || !f.List && f.Type != schema.ObjectField:
		return []string{top}
	}
	parts := strings.Split(r.Record.Doc.PointerAt(line), "/")[1:]
	if top == record.TransitionsField && len(parts) > 1 {
		n, _ := strconv.Atoi(parts[1])
		return append(r.stepTargets(n), top)
	}
	var list []string
	for n := len(parts); n > 0; n-- {
		list = append(list, strings.Join(parts[:n], "."))
	}
	return list
}

// stepTargets are the targets that give the nth step of a log its time: the column of
// its state, of the step before where it has no time of its own, the state's word.
func (r *Imported) stepTargets(n int) []string {
	steps := r.Record.Transitions()
	if n >= len(steps) {
		return nil
	}
	if n == 0 {
		return []string{r.Record.Kind.Date}
	}
	list := []string{ledger.StepTarget + steps[n].To}
	if _, own := r.Entry.At[steps[n].To]; !own && steps[n].At.Equal(steps[n-1].At) {
		list = append(list, r.stepTargets(n-1)...)
	}
	for _, state := range slices.Sorted(maps.Keys(r.Entry.At)) { // the one column of all ends
		if r.Entry.At[state].Equal(steps[n].At) {
			list = append(list, ledger.StepTarget+state)
		}
	}
	return append(list, ledger.StatusTarget)
}

// fieldAt is the top-level field that a line of a record's file belongs to, "" for
// none.
func fieldAt(text []byte, line int) string {
	name, n := "", 0
	for row := range bytes.Lines(text) {
		if n++; n > line {
			break
		}
		if key, _, ok := bytes.Cut(row, []byte(":")); ok && len(key) > 0 && !strings.ContainsAny(string(key[:1]), " -#") {
			name = string(key)
		}
	}
	return name
}

// refuseAt refuses a row for what its columns of some targets say.
func (i *importer) refuseAt(out Imported, targets []string, key string, args ...locale.Arg) Imported {
	out.Verdict = RefusedRow
	out.Found = append(out.Found, finding.Finding{
		Position: i.Ledger.Place(i.File, out.Entry, targets...), Rule: ledger.RuleImport, Severity: finding.Error, Key: key, Args: args,
	})
	return out
}

// fieldTitles are the titles of fields, for a message.
func fieldTitles(fields []schema.Field) locale.Text {
	titles := make([]locale.Text, len(fields))
	for i, f := range fields {
		titles[i] = f.Title
	}
	return locale.Listed(slices.Clip(titles)...)
}

// twice refuses a row whose number another one has.
func (i *importer) twice(out Imported, other ledger.Entry) Imported {
	key, args := "intake.import-twice", []locale.Arg{locale.A("key", out.Entry.Key), locale.N("row", other.Row)}
	if other.Sheet != "" {
		key, args = "intake.import-twice-sheet", append(args, locale.A("sheet", other.Sheet))
	}
	return i.refuseAt(out, []string{ledger.KeyTarget}, key, args...)
}
