package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// MarkSheet is the hidden sheet by which a template is known again, whatever its
// file and sheets are called and whichever program saved it.
const MarkSheet = "kept"

// markWord begins the sheet; its number is the form of what follows.
const markWord = "kept-template/1"

// givenWord marks a column that was filled in already.
const givenWord = "given"

// TemplateMark is what a template says of itself.
type TemplateMark struct {
	Kind    string
	Guide   string // the sheet that explains it
	Columns []MarkedColumn
	Sets    [][2]string // fields that every row gets, with their values as typed
}

// MarkedColumn is one column as it was when the template was made.
type MarkedColumn struct {
	To, Heading, Form string
	Given             bool // it was filled in already
}

// MarkOf is the mark of columns as they are headed in a language.
func MarkOf(k *schema.Kind, columns []TemplateColumn, guide string, l locale.Lang, sets [][2]string) TemplateMark {
	m := TemplateMark{Kind: k.ID, Guide: guide, Sets: sets}
	for _, c := range columns {
		m.Columns = append(m.Columns, MarkedColumn{c.To, c.Title.In(l), formOf(c), c.Given})
	}
	return m
}

// formOf says what a column takes, so that a change is seen.
func formOf(c TemplateColumn) string {
	form := string(c.Field.Type)
	if c.Field.List {
		form += " list"
	}
	if c.Required {
		form += " required"
	}
	if len(c.Field.Options) > 0 {
		form += " " + hex.EncodeToString(sum(codesOf(c.Field.Options)))
	}
	return form
}

func codesOf(options []schema.Option) string {
	list := make([]string, len(options))
	for i, o := range options {
		list[i] = o.Value
	}
	return strings.Join(list, "\n")
}

func sum(s string) []byte {
	digest := sha256.Sum256([]byte(s))
	return digest[:4]
}

// Rows are the mark as the cells of its sheet.
func (m TemplateMark) Rows() [][]string {
	rows := [][]string{{markWord, m.Kind, m.Guide}}
	for _, s := range m.Sets {
		rows = append(rows, []string{"=" + s[0], s[1]})
	}
	for _, c := range m.Columns {
		row := []string{c.To, c.Heading, c.Form}
		if c.Given {
			row = append(row, givenWord)
		}
		rows = append(rows, row)
	}
	return rows
}

// ReadMark finds the mark among the pages of a workbook.
func ReadMark(pages []Page) (TemplateMark, bool) {
	at := slices.IndexFunc(pages, func(p Page) bool {
		return p.Name == MarkSheet && len(p.Rows) > 0 && p.Rows[0].At(1).Text == markWord
	})
	if at < 0 {
		return TemplateMark{}, false
	}
	rows := pages[at].Rows
	m := TemplateMark{Kind: rows[0].At(2).Text, Guide: rows[0].At(3).Text}
	for _, r := range rows[1:] {
		to := r.At(1).Text
		if name, isSet := strings.CutPrefix(to, "="); isSet {
			m.Sets = append(m.Sets, [2]string{name, r.At(2).Text})
		} else if to != "" {
			m.Columns = append(m.Columns, MarkedColumn{to, r.At(2).Text, r.At(3).Text, r.At(4).Text == givenWord})
		}
	}
	return m, true
}

// Pages are the sheets that people filled in, without the rows that hold no more
// than the template gave.
func (m TemplateMark) Pages(pages []Page) []Page {
	var own []Page
	for _, p := range pages {
		if p.Name != MarkSheet && p.Name != m.Guide {
			p.Rows = m.answered(p.Rows)
			own = append(own, p)
		}
	}
	return own
}

// answered leaves out rows below the headings in which given columns alone say
// something.
func (m TemplateMark) answered(rows []Row) []Row {
	head := slices.IndexFunc(rows, m.heads)
	given := map[int]bool{}
	for _, c := range m.Columns {
		if at := -1; c.Given && head >= 0 {
			at = slices.IndexFunc(rows[head].Cells, func(cell Cell) bool { return heading(cell.Text) == heading(c.Heading) })
			given[at] = true
		}
	}
	if len(given) == 0 {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool {
		if r.Number <= rows[head].Number {
			return false
		}
		for i, c := range r.Cells {
			if !given[i] && Tidy(c.Text) != "" {
				return false
			}
		}
		return true
	})
}

// Empty tells that nobody has filled in a row: below the headings stand examples
// alone.
func (m TemplateMark) Empty(pages []Page) bool {
	for _, p := range m.Pages(pages) {
		below := false
		for _, r := range p.Rows {
			if below && !r.blank() && !examples.MatchString(Fold(first(r))) {
				return false
			}
			below = below || m.heads(r)
		}
		if !below {
			return false
		}
	}
	return true
}

// heads tells the row of the template's headings.
func (m TemplateMark) heads(r Row) bool {
	return len(m.Columns) > 0 && slices.ContainsFunc(r.Cells, func(c Cell) bool { return heading(c.Text) == heading(m.Columns[len(m.Columns)-1].Heading) })
}

// Mapping reads the template's columns under the headings that it was given, those
// alone that a template of today may have. Of the mapping that the repository has
// it takes words, and what it copies from field to field.
func (m TemplateMark) Mapping(columns []TemplateColumn, own Mapping) Mapping {
	out := own
	out.Columns, out.Preset, out.Skip = nil, map[string]string{}, nil
	for _, marked := range m.Columns {
		at := slices.IndexFunc(columns, func(c TemplateColumn) bool { return c.To == marked.To })
		if at < 0 || strings.HasPrefix(marked.To, AnswerTarget) {
			continue // questions are known by their own headings
		}
		c := MappedColumn{To: marked.To, Headings: []string{marked.Heading}}
		if columns[at].Field.List {
			c.Cut = TemplateCut
		}
		if known := slices.IndexFunc(own.Columns, func(c MappedColumn) bool { return c.To == marked.To }); known >= 0 {
			c.Values = own.Columns[known].Values
		}
		out.Columns = append(out.Columns, c)
	}
	for path, word := range own.Preset {
		if strings.HasPrefix(word, "$") || own.fills(path, columns) {
			out.Preset[path] = word
		}
	}
	return out
}

// fills tells that a field is the mapping's own to fill: a template has no column for
// it.
func (m Mapping) fills(path string, columns []TemplateColumn) bool {
	return m.Preset[path] != "" && !slices.ContainsFunc(columns, func(c TemplateColumn) bool { return c.To == path })
}

// With are the fields that every row of the template has, behind those given.
func (m TemplateMark) With(columns []TemplateColumn, given map[string]string) map[string]string {
	all := maps.Clone(given)
	for _, set := range m.Sets {
		known := slices.ContainsFunc(columns, func(c TemplateColumn) bool { return c.To == set[0] && !strings.HasPrefix(c.To, "$") })
		if _, said := all[set[0]]; known && !said {
			if all == nil {
				all = map[string]string{}
			}
			all[set[0]] = set[1]
		}
	}
	return all
}

// Outdated warns of what has changed since the template was made.
func (m TemplateMark) Outdated(file string, columns []TemplateColumn) finding.List {
	var gone, added, changed []locale.Text
	for _, marked := range m.Columns {
		at := slices.IndexFunc(columns, func(c TemplateColumn) bool { return c.To == marked.To })
		switch {
		case at < 0:
			gone = append(gone, locale.Plain(marked.Heading))
		case formOf(columns[at]) != marked.Form:
			changed = append(changed, columns[at].Title)
		}
	}
	for _, c := range columns {
		fixed := slices.ContainsFunc(m.Sets, func(s [2]string) bool { return s[0] == c.To })
		if !fixed && !slices.ContainsFunc(m.Columns, func(m MarkedColumn) bool { return m.To == c.To }) {
			added = append(added, c.Title)
		}
	}
	var found finding.List
	for _, f := range []struct {
		key    string
		fields []locale.Text
	}{{"ledger.template-gone", gone}, {"ledger.template-added", added}, {"ledger.template-changed", changed}} {
		if len(f.fields) > 0 {
			found = append(found, finding.Finding{
				Position: finding.Position{Path: file}, Rule: RuleImport, Severity: finding.Warning, Key: f.key, Args: []locale.Arg{locale.T("fields", locale.Listed(f.fields...))},
			})
		}
	}
	return found
}

// Used leaves those columns of the tables alone in which somebody wrote: a template
// has many.
func (l *Ledger) Used(pages []Page) {
	for i := range l.Tables {
		t := &l.Tables[i]
		at := slices.IndexFunc(pages, func(p Page) bool { return p.Name == t.Sheet })
		t.Columns = slices.DeleteFunc(t.Columns, func(c Read) bool {
			return at >= 0 && !slices.ContainsFunc(pages[at].Rows, func(r Row) bool {
				return r.Number > t.Row && Tidy(r.At(c.Column).Text) != "" && !examples.MatchString(Fold(first(r)))
			})
		})
	}
}

// Short refuses rows whose own number is one that the next file will give again:
// its row would be taken for this one's record. Numbers of people's choosing are
// for the schema to judge.
func Short(file string, k *schema.Kind, entries []Entry) {
	if k.IDs.Template == "" {
		return
	}
	for i := range entries {
		e := &entries[i]
		if e.Key != "" && len([]rune(e.Key)) < shortestKey {
			e.Found = append(e.Found, refusal(Place(file, e.Sheet, e.Row, 1), "ledger.template-key", locale.A("key", e.Key)))
		}
	}
}

// mostChoice is how many characters of a title stand behind a record's number.
const mostChoice = 60

// Choice is a record as a template offers it: its number and its title on one line.
// The reader takes it for the record.
func Choice(id, title string) string {
	words := []rune(strings.Join(strings.Fields(Tidy(title)), " "))
	if len(words) > mostChoice {
		words = append(words[:mostChoice:mostChoice], '…')
	}
	if len(words) == 0 || string(words) == id {
		return id
	}
	return fmt.Sprintf("%s %s", id, string(words))
}
