package intake

import (
	"bytes"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Cell is the cell of a row that a finding about its planned file is about: the
// column of the field whose line it names, else the row's first.
func (r *Imported) Cell(l ledger.Ledger, file string, line int) finding.Position {
	return l.Place(file, r.Entry, fieldAt(r.Plan.After, line))
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

// blamed are the targets that a log cannot be made of, by the message that says so.
func (i *importer) blamed(e ledger.Entry, key string) []string {
	switch key {
	case "intake.import-end":
		return []string{ledger.StatusTarget}
	case "intake.import-order":
		first := ""
		for state, at := range e.At {
			if first == "" || at.Before(e.At[first]) || at.Equal(e.At[first]) && state < first {
				first = state
			}
		}
		return []string{ledger.StepTarget + first}
	}
	return nil
}

// fieldNames are the names of fields.
func fieldNames(fields []schema.Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
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
