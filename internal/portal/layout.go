package portal

import (
	"slices"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Layout is one paper as data, from templates/print/<id>.yaml: what it is of and
// how it looks. It holds no content. The language is described for companies in
// templates/print/README.md.
type Layout struct {
	ID             string // stable, ASCII: complaint-register
	Title          locale.Text
	Of             string // the kind whose register or form it prints; "" for what Content says
	Shape          Shape
	Content        Content
	FormNo         string // "" takes the kind's form number or the governing document
	Version        string
	Size           string // a4 (also ""), a3, a5, letter
	Landscape      bool
	Languages      []locale.Lang // in which a build makes it; none for all
	Classification string        // public, internal, confidential, secret (domain.md §0.7)
	Head, Foot     locale.Text   // in place of the organisation, before the classification; zero for neither
	Introduction   locale.Text   // before the table
	Note           locale.Text   // below the table
	Signatures     []LayoutSignature
	Unsigned       bool // no signature bar; else no Signatures is the usual three
	// Grain is the period that a paper covers and that its file is named after;
	// "" for a paper of all records.
	Grain calendar.Grain
	// Dated is the name that says to which period a record of a register belongs, as
	// 2026-09 or by a day; "" for the kind's date.
	Dated string
	// Filter picks the records of a register; nil for all.
	Filter *expr.Program
	// Each is the list field whose items make a row each; "" makes a row of a record.
	Each    string
	Columns []LayoutColumn // none takes the kind's
	// Sort is the key of the column that orders the rows, - before it turns the order;
	// "" for the ids' order.
	Sort   string
	Group  string // the name whose value parts the rows into groups; "" for none
	Totals []LayoutTotal
	Grid   int           // labels with values in a row of a form; 0 is 2
	Blocks []LayoutBlock // of a form; none takes the kind's
	Bare   bool          // a form without the steps that the record took
	// Untitled leaves out the head of a filled form with number, state and title.
	Untitled bool
}

// Shape is how a kind is printed.
type Shape string

// The shapes.
const (
	RegisterShape Shape = "register" // its records, a row each
	FormShape     Shape = "form"     // one record, or none: the form to fill in
)

// Content is what a paper shows that is no register of one kind.
type Content string

// The contents.
const (
	ContentFigures     Content = ""            // the KPIs of a period
	ContentClauses     Content = "clauses"     // the matrix of the clauses
	ContentObligations Content = "obligations" // what is owed and what was done
	ContentForms       Content = "forms"       // the list of records: the forms of the documents
)

// contents lists what a layout's content may be.
func contents() []string {
	return []string{string(ContentClauses), string(ContentObligations), string(ContentForms)}
}

// LayoutSignature is one place of the signature bar. By and At name where a form
// finds who signed and when; "" leaves room to write.
type LayoutSignature struct {
	Title  locale.Text
	By, At string
}

// LayoutColumn is one column of a register.
type LayoutColumn struct {
	schema.Column
	Items []string // members of a list's items that are printed, not their number
	Day   bool     // a time is printed as its day
}

// LayoutTotal is what the rows of totals say in one column.
type LayoutTotal struct {
	Name string
	Take TotalKind
}

// TotalKind is how a column is added up.
type TotalKind string

// The kinds of totals.
const (
	SumTotal   TotalKind = "sum"   // of numbers
	CountTotal TotalKind = "count" // of cells that say something
	MetTotal   TotalKind = "met"   // 12/14: kept of those judged
)

// LayoutBlock is one titled part of a form: cells, a list of those present to sign,
// or questions to answer.
type LayoutBlock struct {
	Title  locale.Text
	When   *expr.Program // the record for which it is printed; nil for every one and the blank form
	Cells  []LayoutCell
	Roster *LayoutRoster
	Ask    *LayoutAsk
}

// LayoutCell is one label with its value, or boxes of which those are ticked whose
// condition holds.
type LayoutCell struct {
	Name        string
	Title       locale.Text // zero takes the name's
	Span, Lines int
	Plain       bool // no label, over the whole width
	Ticks       Choice
	Items       []string // members of a list's items; none is all
	Rows        int      // of a list in a blank form
	Marks       []LayoutMark
}

// Choice is a flag that may be left to the program.
type Choice int

// The choices.
const (
	Unsaid Choice = iota
	Yes
	No
)

// LayoutMark is a box with the condition that ticks it.
type LayoutMark struct {
	Title locale.Text
	When  *expr.Program
}

// LayoutRoster is a list of people to sign: those that fields name, and spare rows.
type LayoutRoster struct {
	Of    []string
	Spare int
}

// LayoutAsk is a list of questions to answer on paper. Its names are members of the
// items of Of, but for Words, a list of the record that says what a number means.
type LayoutAsk struct {
	Of, Number, Text, Options, Scale, None, Words string
	Lines                                         int
}

// BrokenLayout is a layout that cannot be used, and why.
type BrokenLayout struct {
	ID, Of string
	Shape  Shape
	Found  finding.List // each with its place in the file
}

// LayoutSet is every layout of a snapshot, in the order of ids.
type LayoutSet struct {
	List   []Layout
	Broken []BrokenLayout
}

// Found is what is wrong with layouts, in order.
func (s *LayoutSet) Found() finding.List {
	var all finding.List
	for _, b := range s.Broken {
		all = append(all, b.Found...)
	}
	return all.Sort()
}

// Make tells whether a build makes the paper in a language.
func (l *Layout) Make(lang locale.Lang) bool {
	return len(l.Languages) == 0 || slices.Contains(l.Languages, lang)
}

// Asks tells a form whose questions stand in the record, as those of a
// questionnaire do: there is nothing to fill in without one.
func (l *Layout) Asks() bool {
	return slices.ContainsFunc(l.Blocks, func(b LayoutBlock) bool { return b.Ask != nil })
}

// LayoutOf finds the layout of a kind's register, or makes one from the kind, so
// that a new kind prints without further files.
func LayoutOf(list []Layout, kind *schema.Kind) Layout {
	for _, l := range list {
		if l.Of == kind.ID && l.Shape == RegisterShape {
			return l
		}
	}
	l := Layout{ID: kind.PrintID, Title: kind.Register, Of: kind.ID, Shape: RegisterShape, Landscape: true, Classification: "internal"}
	if l.ID == "" {
		l.ID = kind.ID + "-register"
	}
	if l.Title.IsZero() {
		l.Title = kind.Title
	}
	return l
}

// FormOf finds the layout of a kind's form, or makes one from the kind's blocks.
func FormOf(list []Layout, kind *schema.Kind) Layout {
	for _, l := range list {
		if l.Of == kind.ID && l.Shape == FormShape {
			return l
		}
	}
	return Layout{ID: kind.ID + "-form", Title: kind.Title, Of: kind.ID, Shape: FormShape, FormNo: kind.FormNo, Classification: "internal"}
}
