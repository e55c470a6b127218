// Package finding is how kept says that something in a record, a change or a
// history is not as it should be. A finding is a value with a place in a file,
// a rule and a message in both languages; it is never an error, which is kept's
// own inability.
package finding

import (
	"cmp"
	"slices"
	"strconv"

	"kept/internal/locale"
)

// Position is a place in a file of the repository. Line and column count from
// one, the column in characters; zero means unknown.
type Position struct {
	Path   string // slash-separated, from the repository's root
	Line   int
	Column int
}

// String writes path:line:column, leaving out what is unknown.
func (p Position) String() string {
	s := p.Path
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Column > 0 {
			s += ":" + strconv.Itoa(p.Column)
		}
	}
	return s
}

// Severity orders findings. Only errors make a check end with exit code 1.
type Severity int

// The severities, gravest last.
const (
	Info Severity = iota
	Warning
	Error
)

// String is the severity's stable name in JSON.
func (s Severity) String() string {
	return [...]string{"info", "warning", "error"}[s]
}

// Finding says what is wrong, where, and what to write instead. The text stands
// in the catalogue under Key; arguments never quote a value that may be
// personal data.
type Finding struct {
	Position Position
	Rule     string // stable id of the rule, for example "time-order"
	Severity Severity
	Record   string // record id, empty where none is known
	Commit   string // commit id, for findings about a change or a history
	Part     string // period or item of the record that it is about; "" for the whole or a field
	Key      string // message key
	Args     []locale.Arg
	// Accepted is the id of the exception that accepts the finding, "" for none;
	// an accepted one is information.
	Accepted string
	// Said replaces Key and Args where the message stands in a kind file.
	Said locale.Text
}

// Message is the finding's text in the printer's language.
func (f Finding) Message(p *locale.Printer) string {
	if !f.Said.IsZero() {
		return p.Text(f.Said)
	}
	return p.Say(f.Key, f.Args...)
}

// List is a set of findings.
type List []Finding

// Sort orders by path, line, column, rule, record, commit and message, so that a
// list reads the same however it was gathered, and drops repetitions.
func (l List) Sort() List {
	slices.SortStableFunc(l, Compare)
	return slices.CompactFunc(l, func(a, b Finding) bool { return Compare(a, b) == 0 })
}

// Compare is the order of [List.Sort].
func Compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Position.Path, b.Position.Path),
		cmp.Compare(a.Position.Line, b.Position.Line),
		cmp.Compare(a.Position.Column, b.Position.Column),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Record, b.Record),
		cmp.Compare(a.Commit, b.Commit),
		cmp.Compare(a.Key, b.Key),
		slices.CompareFunc(a.Args, b.Args, compareArgs),
		cmp.Compare(a.Said.ZH, b.Said.ZH),
		cmp.Compare(a.Said.EN, b.Said.EN),
	)
}

func compareArgs(a, b locale.Arg) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value.ZH, b.Value.ZH), cmp.Compare(a.Value.EN, b.Value.EN))
}

// Count returns how many findings have severity s.
func (l List) Count(s Severity) int {
	n := 0
	for _, f := range l {
		if f.Severity == s {
			n++
		}
	}
	return n
}
