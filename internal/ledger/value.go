package ledger

import (
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"kept/internal/locale"
	"kept/internal/schema"
)

// reader reads the cells of one page.
type reader struct {
	zone     *time.Location
	from1904 bool
	plain    bool // the page is a text file: nothing tells a number from a text
	year     int  // for dates without one, 0 for unknown
	order    string
	lookup   Lookup
}

// fault says what is wrong with a cell.
type fault struct {
	key  string
	args []locale.Arg
}

func faulty(key string, args ...locale.Arg) *fault { return &fault{key, args} }

// notes are things that a reader of the preview should know of a value that was
// read.
type notes struct {
	dayOnly bool     // a time was wanted and only a day is written
	fell    []string // the words that took the mapping's else
}

// empty tells a cell in which people say that there is nothing.
func empty(text string) bool {
	said := 0
	for _, r := range text {
		if r > ' ' && r < 0x7f || isEast(r) {
			said++ // stays, however the text is folded
		}
		if said > longestNothing {
			return false
		}
	}
	return nothing[Fold(text)]
}

// longestNothing is how many characters the longest word for nothing has.
var longestNothing = func() int {
	most := 0
	for word := range nothing {
		most = max(most, utf8.RuneCountInString(word))
	}
	return most
}()

// failed tells a cell that a formula left in error.
func failed(text string) bool {
	if strings.IndexByte(text, '#') < 0 {
		return false
	}
	switch strings.ToUpper(Tidy(text)) {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}

// read is a cell's value as a field wants it, as it stands in YAML.
func (r *reader) read(f schema.Field, c MappedColumn, cell Cell) (any, notes, *fault) {
	if failed(cell.Text) {
		return nil, notes{}, faulty("ledger.formula-error", locale.A("text", Tidy(cell.Text)))
	}
	if !f.List {
		return r.one(f, c, cell)
	}
	var list []any
	var all notes
	for _, part := range r.parts(f, c, cell.Text) {
		v, n, wrong := r.one(f, c, Cell{Text: part})
		if wrong != nil {
			return nil, n, wrong
		}
		all.fell = append(all.fell, n.fell...)
		list = append(list, v)
	}
	return list, all, nil
}

// parts are the items of a list in one cell. A part that is an option or a record
// as it stands is not cut further at a comma in its own title.
func (r *reader) parts(f schema.Field, c MappedColumn, text string) []string {
	if c.Cut != "" || f.Type != schema.EnumField && f.Type != schema.RefField {
		return cut(text, c.Cut)
	}
	var parts []string
	for _, part := range cut(text, TemplateCut) {
		if r.knows(f, c, part) {
			parts = append(parts, part)
			continue
		}
		parts = append(parts, cut(part, "")...)
	}
	return parts
}

// knows tells that a text is an option, a word of the mapping or a record.
func (r *reader) knows(f schema.Field, c MappedColumn, text string) bool {
	if _, ok := c.meant(text, f.Options); ok {
		return true
	}
	if f.Type != schema.RefField {
		return false
	}
	return r.lookup(text, f.Refs).ID != ""
}

// cut cuts a cell into the items of a list.
func cut(text, signs string) []string {
	if signs == "" {
		signs = "┋,，、;；\n"
	}
	var parts []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
		if p = Tidy(p); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// one reads a single value.
func (r *reader) one(f schema.Field, c MappedColumn, cell Cell) (any, notes, *fault) {
	text := Tidy(cell.Text)
	if value, ok := c.meant(text, f.Options); ok {
		return r.worded(f, value), notes{}, nil
	}
	if c.Unit == secondsUnit {
		if n, ok := seconds(text); ok {
			return json.Number(n), notes{}, nil
		}
	}
	v, n, wrong := r.typed(f, cell, text)
	if wrong != nil && c.Else != "" {
		return r.worded(f, c.Else), notes{fell: []string{text}}, nil
	}
	return v, n, wrong
}

// worded is a value that the mapping writes, as the field's type has it.
func (r *reader) worded(f schema.Field, value string) any {
	switch f.Type {
	case schema.FlagField:
		if flag, ok := locale.ParseFlag(value); ok {
			return flag
		}
	case schema.IntegerField, schema.NumberField:
		return json.Number(value)
	}
	return value
}

func (r *reader) typed(f schema.Field, cell Cell, text string) (any, notes, *fault) {
	switch f.Type {
	case schema.EnumField:
		return nil, notes{}, faulty("ledger.option", locale.T("field", f.Title), locale.A("text", text), locale.T("options", titles(f.Options)))
	case schema.FlagField:
		if flag, ok := locale.ParseFlag(Fold(text)); ok {
			return flag, notes{}, nil
		}
		if flag, ok := flags[Fold(text)]; ok {
			return flag, notes{}, nil
		}
		return nil, notes{}, faulty("ledger.flag", locale.T("field", f.Title), locale.A("text", text))
	case schema.IntegerField, schema.NumberField, schema.DecimalField:
		return number(f, cell, text)
	case schema.DateField, schema.InstantField, schema.MomentField:
		return r.moment(f, cell, text)
	case schema.RefField:
		return r.reference(f, text)
	}
	return text, notes{}, nil
}

// titles lists options for a message.
func titles(options []schema.Option) locale.Text {
	list := make([]locale.Text, len(options))
	for i, o := range options {
		list[i] = o.Title
	}
	return locale.Listed(list...)
}

// moment reads a date or a time. A day where a time is wanted is its beginning.
func (r *reader) moment(f schema.Field, cell Cell, text string) (any, notes, *fault) {
	if failed(cell.Text) {
		return nil, notes{}, faulty("ledger.formula-error", locale.A("text", text))
	}
	m, err := r.when(cell, text)
	if err != nil {
		return nil, notes{}, faulty(dateFault(err), locale.T("field", f.Title), locale.A("text", text))
	}
	switch {
	case f.Type == schema.DateField, f.Type == schema.MomentField && !m.timed:
		return m.time.Format(time.DateOnly), notes{}, nil
	}
	return m.time.In(r.zone).Format(time.RFC3339), notes{dayOnly: !m.timed}, nil
}

func dateFault(err error) string {
	switch {
	case errors.Is(err, errNoYear):
		return "ledger.date-year"
	case errors.Is(err, errAmbiguous):
		return "ledger.date-order"
	case errors.Is(err, errShortYear):
		return "ledger.date-short"
	case errors.Is(err, errNoDay):
		return "ledger.date-hour"
	case errors.Is(err, errTenth):
		return "ledger.date-zero"
	case errors.Is(err, errMonth):
		return "ledger.date-month"
	case errors.Is(err, errEpoch):
		return "ledger.date-epoch"
	}
	return "ledger.date"
}
