package ledger

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Request asks for a ledger to be read.
type Request struct {
	File    string // its name, for findings and for the year of dates
	Pages   []Page
	Sheets  []string // to be read alone; empty is every sheet that is not hidden
	Mapping Mapping
	Kind    *schema.Kind
	Zone    *time.Location
	Lookup  Lookup
	// Questions are what columns may answer, of a kind with answers.
	Questions []Question
	// Set is what every row gets, by a field's dotted path, as a cell would say it.
	Set map[string]string
}

// Ledger is what was read of a file.
type Ledger struct {
	Tables  []Table
	Entries []Entry
	Left    []Left
	// Copied are the fields that the mapping takes from another where a row leaves
	// them empty, with that other.
	Copied map[string]string
	// Notes are what a preview should tell of the file; Codes how its bare numbers were
	// read.
	Notes []Note
	Codes []string
	// Found is what is wrong with the file as a whole; what is wrong with a row
	// stands in its entry.
	Found finding.List
}

// Table is one sheet's header as it was understood.
type Table struct {
	Sheet   string
	Row     int // of the header's last row
	Columns []Read
	Year    int // taken for dates without one, 0 for none
}

// Read is one column.
type Read struct {
	Column  int    // from 1
	Heading string // "" of a column that says something without one
	To      string // "" where no target fits
	// Beaten tells that the heading fits a target which another column has.
	Beaten bool
}

// Entry is one row, or several rows joined by a merged number, read as a record's
// fields.
type Entry struct {
	Sheet  string
	Row    int
	Hidden bool
	Key    string               // the ledger's own number, "" for none
	Keyed  []string             // the fields that Key was made of, none for a number
	Status string               // a state of the kind, "" where the ledger says none
	Fields map[string]any       // as in YAML, nested
	At     map[string]time.Time // times of states, where the ledger has them
	// Days are the fields and states of which only the day is written, in order.
	Days []string
	// Fell are the words that took the mapping's else, in order.
	Fell []Fell
	// Faulty are the targets that a cell of the row wants to fill and cannot.
	Faulty []string
	// Files are the evidence files that the row names.
	Files   []File
	Found   finding.List
	replies replies
}

// Left is a row that was left out, and why: a key of the catalogue.
type Left struct {
	Sheet  string
	Row    int
	Reason string
	Text   string // the first that it says
}

// RuleImport is the rule of what cannot be imported.
const RuleImport = "import"

// Place names a cell as spreadsheets do, 投诉台账.xlsx 3月!C12; a row as a whole without
// its column, 投诉台账.xlsx 3月!12.
func Place(file, sheet string, row, column int) finding.Position {
	cell := ""
	if row > 0 {
		cell = strconv.Itoa(row)
		if column > 0 {
			cell = Column(column) + cell
		}
	}
	switch {
	case sheet != "" && cell != "":
		return finding.Position{Path: file + " " + sheet + "!" + cell}
	case sheet != "":
		return finding.Position{Path: file + " " + sheet}
	case row > 0:
		return finding.Position{Path: file, Line: row, Column: column}
	}
	return finding.Position{Path: file}
}

// CellName is a cell of a file as people call it, C12 or 3月!C12, a row as a whole
// without its column; "" for a place that is not one of its cells.
func CellName(at finding.Position, file string) string {
	if at.Path != file {
		name, inside := strings.CutPrefix(at.Path, file+" ")
		if !inside {
			return ""
		}
		return name
	}
	switch {
	case at.Line == 0:
		return ""
	case at.Column == 0:
		return strconv.Itoa(at.Line)
	}
	return Column(at.Column) + strconv.Itoa(at.Line)
}

// Place is the cell of a row in the first column that fills one of some targets,
// itself or a part of it, or what the mapping takes it from; the row as a whole where
// none does.
func (l *Ledger) Place(file string, e Entry, targets ...string) finding.Position {
	for _, target := range targets {
		if column := l.column(e.Sheet, target); column > 0 {
			return Place(file, e.Sheet, e.Row, column)
		}
	}
	return Place(file, e.Sheet, e.Row, 0)
}

// column is the column that fills a target, 0 for none.
func (l *Ledger) column(sheet, target string) int {
	for range 3 { // a target may be taken from one that is taken from a third
		for _, t := range l.Tables {
			if t.Sheet != sheet || target == "" {
				continue
			}
			for _, c := range t.Columns {
				if !c.Beaten && (c.To == target || strings.HasPrefix(c.To, target+".")) {
					return c.Column
				}
			}
		}
		target = l.Copied[target]
	}
	return 0
}

// ReadAll reads every sheet that has a header.
func ReadAll(r Request) Ledger {
	m := r.Mapping.withKind(r.Kind)
	words := m.index()
	l := Ledger{Copied: map[string]string{}}
	for path, word := range m.Preset {
		if from, copied := strings.CutPrefix(word, "$"); copied {
			l.Copied[path] = from
		}
	}
	var asks *asker
	if len(r.Questions) > 0 {
		asks = newAsker(r.Questions, m.Asking)
	}
	scales := &uses{by: map[string]*use{}}
	var tables []*table
	counted := map[string]int{}
	l.Found = r.unknown()
	for _, p := range r.Pages {
		if len(r.Sheets) > 0 && !slices.Contains(r.Sheets, p.Name) || len(p.Rows) == 0 {
			continue
		}
		rows := p.spread(headWithin + 1)
		words := words.asking(asks, rows)
		h, ok := words.findHead(p, rows)
		if len(r.Sheets) == 0 && p.Hidden {
			if ok && asks == nil && h.score >= otherHeadings && h.last+1 < len(rows) {
				l.Left = append(l.Left, Left{Sheet: p.Name, Row: rows[h.last].Number, Reason: "ledger.left-hidden", Text: first(rows[h.last])})
			}
			continue
		}
		if !ok {
			l.Left = append(l.Left, Left{Sheet: p.Name, Row: p.Rows[0].Number, Reason: "ledger.left-headless", Text: first(rows[0])})
			continue
		}
		t := &table{request: &r, mapping: words.mapping, page: p, rows: p.spread(0), head: h, words: words, asks: asks, uses: scales, counted: counted}
		t.holds, t.beside = words.assigned(h.texts, r.Kind)
		if asks != nil {
			t.survey(&l)
		}
		tables = append(tables, t)
	}
	if asks == nil && len(r.Sheets) == 0 {
		tables = lists(tables, &l)
	}
	scales.settle(&l, m.Asking)
	for _, t := range tables {
		l.Found = append(l.Found, t.another()...)
		t.read(&l)
		t.sayDittos(&l)
		for _, n := range t.told {
			l.Notes = append(l.Notes, n.Note)
		}
	}
	switch {
	case len(l.Tables) > 0 && len(l.Entries) == 0:
		at := Place(r.File, l.Tables[0].Sheet, l.Tables[0].Row, 1)
		l.Found = append(l.Found, refusal(at, "ledger.no-rows", locale.N("row", l.Tables[0].Row)))
	case len(l.Tables) == 0 && len(l.Found) == 0:
		l.Found = append(l.Found, refusal(finding.Position{Path: r.File}, "ledger.no-table", locale.T("headings", wanted(r.Kind))))
	}
	return l
}

// unknown are the sheets that were asked for and are not there.
func (r *Request) unknown() finding.List {
	var found finding.List
	var names []string
	for _, p := range r.Pages {
		if p.Name != "" {
			names = append(names, p.Name)
		}
	}
	for _, s := range r.Sheets {
		if !slices.Contains(names, s) {
			found = append(found, refusal(finding.Position{Path: r.File}, "ledger.no-sheet", locale.A("sheet", s), locale.A("sheets", strings.Join(names, "、"))))
		}
	}
	return found
}

// lists leaves out the tables that are no lists of records beside one that is: what
// counts them by customer or month has a heading or two of theirs and lacks most of
// what a record must have.
func lists(tables []*table, l *Ledger) []*table {
	var best []string
	for _, t := range tables {
		if must := t.must(); len(must) > len(best) {
			best = must
		}
	}
	return slices.DeleteFunc(tables, func(t *table) bool {
		must, lacking := t.must(), 0
		for _, name := range best {
			if !slices.Contains(must, name) {
				lacking++
			}
		}
		if lacking*2 <= len(best) {
			return false
		}
		l.Left = append(l.Left, Left{Sheet: t.page.Name, Row: t.rows[t.head.last].Number, Reason: "ledger.left-partial", Text: first(t.rows[t.head.last])})
		return true
	})
}

// must are the required fields that a table's columns fill.
func (t *table) must() []string {
	var names []string
	for _, h := range t.holds {
		if h < 0 {
			continue
		}
		name, _, _ := strings.Cut(t.mapping.Columns[h].To, ".")
		if f, ok := t.request.Kind.Field(name); ok && f.Required && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func refusal(at finding.Position, key string, args ...locale.Arg) finding.Finding {
	return finding.Finding{Position: at, Rule: RuleImport, Severity: finding.Error, Key: key, Args: args}
}

// table reads one page.
type table struct {
	request *Request
	mapping *Mapping
	page    Page
	rows    []Row
	head    head
	words   *synonyms
	holds   []int // of each column: an index of the mapping's columns, or -1
	beside  beside
	reader  reader
	asks    *asker // nil where nothing is asked
	uses    *uses
	presets []string // the fields that the mapping presets, twice
	counts  []Note
	counted map[string]int // of the numbers that rows were given
	units   map[int]unit   // of columns, from 0
	told    []columnNote
	dittos  []string // the cells that say: as above
}

func (t *table) read(l *Ledger) {
	var above []string
	for _, r := range t.rows[:t.head.first] {
		above = append(above, texts(r)...)
	}
	t.reader = reader{zone: t.request.Zone, from1904: t.page.From1904, plain: t.page.Name == "", year: yearOf(t.page.Name, t.request.File, above), order: t.mapping.Dates, lookup: t.request.Lookup}
	t.settle()
	names := slices.Sorted(maps.Keys(t.mapping.Preset))
	t.presets = slices.Concat(names, names)
	l.Tables = append(l.Tables, t.described())
	before := len(l.Entries)
	var last Row
	for _, r := range t.rows[t.head.last+1:] {
		if reason := t.idle(r); reason != "" {
			if reason != blankRow {
				l.Left = append(l.Left, Left{t.page.Name, r.Number, reason, first(r)})
			}
			continue
		}
		r = t.resolved(last, r)
		last = r
		e := t.entry(r)
		if n := len(l.Entries); n > before && t.continues(l.Entries[n-1], e) {
			t.join(&l.Entries[n-1], e)
			continue
		}
		l.Entries = append(l.Entries, e)
	}
}

// described is the header as a preview shows it.
func (t *table) described() Table {
	d := Table{Sheet: t.page.Name, Row: t.rows[t.head.last].Number, Year: t.reader.year}
	for i, text := range t.head.texts {
		if text == "" {
			continue
		}
		c := Read{Column: i + 1, Heading: text}
		if t.holds[i] >= 0 {
			c.To = t.mapping.Columns[t.holds[i]].To
		} else if to, completes := t.completes(i); completes {
			c.To = to
		} else if _, fits := t.words.find(text); fits {
			c.Beaten = true
		}
		d.Columns = append(d.Columns, c)
	}
	for _, i := range t.unheaded() {
		d.Columns = append(d.Columns, Read{Column: i + 1})
	}
	slices.SortFunc(d.Columns, func(a, b Read) int { return cmp.Compare(a.Column, b.Column) })
	return d
}
