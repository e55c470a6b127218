// Package portal turns registers, histories and results into what a reader sees:
// one struct for each page and one Table that every renderer draws alike, in
// HTML and in print. Everything here is finished text in one language; nothing
// is markup, and nothing is escaped: that is the renderer's work.
package portal

import "slices"

// Table is a register or any other list of rows.
type Table struct {
	ID      string // stable, ASCII
	Title   string
	Columns []Column
	Rows    []Row
	Empty   string // said instead of rows
}

// Column is one column of a table.
type Column struct {
	Key    string
	Title  string
	Align  Align
	Weight float64 // share of the width in print; 0 is left out there
	Screen bool    // shown in the portal
	Type   ColumnType
	Help   string // what it means, for a file that explains its columns; "" for nothing
}

// ColumnType is what the texts of a column say, where they can be read as it.
type ColumnType string

// The types of columns. Numbers are decimals, perhaps with a percent sign; dates
// are 2026-09-24 and times 2026-09-24 10:00 in the organisation's zone. A cell
// whose text is none of the kind (masked, say) is a text.
const (
	TextColumn   ColumnType = ""
	NumberColumn ColumnType = "number"
	DateColumn   ColumnType = "date"
	TimeColumn   ColumnType = "time"
)

// Align is how cells stand in their column.
type Align string

// The alignments.
const (
	Left   Align = "left"
	Right  Align = "right"
	Center Align = "center"
)

// Row is one line of a table.
type Row struct {
	Cells []Cell  // as many as columns
	Kind  RowKind // what it is beside a record's row; only papers have other kinds
	ID    string  // record id, "" where the row is none
	Note  string  // what a reader must know of it, said below; "" for nothing
	Date  string  // day to which it belongs, 2026-09-24; "" for every period
	Picks [][]int // for each facet of its register the options it has, by index
	Head  string  // of a group, a subtotal or a total: what it says in front; "" for a record's
}

// RowKind tells the rows of records from those that a paper adds.
type RowKind string

// The kinds of rows. The words of a group's head and of totals stand in Head.
const (
	PlainRow    RowKind = ""
	GroupRow    RowKind = "group"    // the head of a group, over the whole width
	SubtotalRow RowKind = "subtotal" // below a group
	TotalRow    RowKind = "total"    // below everything
)

// plain is the table without the rows that a paper adds.
func (t *Table) plain() *Table {
	if !slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Kind != PlainRow }) {
		return t
	}
	bare := *t
	bare.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r Row) bool { return r.Kind != PlainRow })
	return &bare
}

// Cell is one value as text, with what it links to and how it should strike the
// eye. A tone is never the only carrier of a meaning.
type Cell struct {
	Text string
	Mark string // said behind the text: that a record is not committed; "" for nothing
	Sort string // orders the column where Text does not; "" uses Text
	Link Link
	Tone Tone
	Mono bool // a commit id or the like, set in a face of equal widths
}

// Link leads to another page of the portal. The renderer makes it relative to
// the page it stands on.
type Link struct {
	Page string // path from the language's folder: complaint/TS-2026-0007.html
	Hash string
}

// Tone is the weight of a cell or a figure.
type Tone string

// The tones.
const (
	Neutral Tone = ""
	Good    Tone = "good"
	Bad     Tone = "bad"
	Warn    Tone = "warn"
	Muted   Tone = "muted"
)
