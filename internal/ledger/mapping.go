package ledger

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/schema"
)

// What a column may hold beside a field of the kind.
const (
	// KeyTarget is the row's own number in the ledger, by which it is known again.
	KeyTarget = "$key"
	// StatusTarget is the state that the ledger says.
	StatusTarget = "$status"
	// IgnoreTarget is a column that says nothing of the record, as a serial number.
	IgnoreTarget = "$ignore"
	// DropTarget is what must not come into the repository, as telephone numbers.
	DropTarget = "$drop"
	// StepTarget, followed by a state, is the time at which the record entered it.
	StepTarget = "$at."
)

// Mapping says how the columns of a ledger become a kind's fields. It is data: a
// company edits it.
type Mapping struct {
	Columns []MappedColumn
	// Preset is what a field gets where the ledger says nothing, by dotted path.
	Preset map[string]string
	Asking Asking // of answers to questions
	// Key are fields that together are the row's own number where the table has none:
	// the first set of which the row holds every one.
	Key [][]string
	// Known are tools that are known by a heading, with what their rows then get.
	Known []KnownTool
	Fills []Fill
	Marks Marks
	// Skip are words that begin a row which is no record, beside the usual ones
	// (合计, 小计 …).
	Skip []string
	// Dates is the order of day and month where numbers do not tell: day-first or
	// month-first; "" refuses such a date.
	Dates string
	// Personal "mask" takes what looks like personal data out of free text; "" leaves it
	// to the rules, which refuse the row.
	Personal string
}

// MappedColumn is one target and the headings under which it is found, the first
// one before the others.
type MappedColumn struct {
	To       string // a field's dotted path, or one of the targets above
	Headings []string
	// Values are words of the ledger by what they mean: an option, a state, the id
	// of a record. Words are compared without case, width and blanks.
	Values map[string][]string
	// Else is what a value that is not understood becomes; "" refuses the row.
	Else string
	// Unit "seconds" reads durations: 1分20秒 is 80.
	Unit string
	// Cut are the signs at which a cell is cut into a list.
	Cut string
	// Joins tells that every column that fits is taken, one below the other, and
	// not the first alone.
	Joins bool
	ask   *match // of a column that answers a question
	// means are the folded words of a ledger being read; nil where none is.
	means *meanings
}

// meanings are what folded words mean in a column, by the mapping's words and by the
// options of its field, which are the same for all its cells.
type meanings struct {
	words, options map[string]string
	// open are words that keep their meaning whatever stands in brackets behind them.
	open map[string]string
}

// synonyms finds columns by heading.
type synonyms struct {
	mapping *Mapping
	by      map[string]found
	exact   map[string]found // by the heading as it stands, before all others
}

// found is one target and how well a heading says it: lower is better.
type found struct {
	target int // index of mapping.Columns
	rank   int
}

// withKind is the mapping with the headings of the kind's template and each field's
// own title, in both languages.
func (m Mapping) withKind(k *schema.Kind) Mapping {
	m.Columns = slices.Clone(m.Columns)
	for _, c := range TemplateColumns(k) {
		m.know(c.To, c.Title.ZH, c.Title.EN)
	}
	for _, f := range k.Fields {
		if f.Type != schema.ObjectField {
			m.know(targetOf(f.Name), f.Title.ZH, f.Title.EN)
		}
	}
	if k.IDs.Template == "" {
		m.know(KeyTarget, handNumber, k.Title.ZH+handNumber)
	}
	said := m.index()
	for _, f := range k.Fields {
		if _, taken := said.by[heading(f.Name)]; !taken && f.Type != schema.ObjectField {
			m.know(targetOf(f.Name), f.Name)
		}
	}
	for i := range m.Columns {
		m.Columns[i].means = &meanings{}
	}
	return m
}

// targetOf is what a column under a field's title holds. What kept writes itself
// is not taken from a ledger.
func targetOf(name string) string {
	switch name {
	case idField:
		return KeyTarget
	case statusField:
		return StatusTarget
	case schemaField, originField:
		return IgnoreTarget
	}
	return name
}

// know adds headings to a target, behind those that it has.
func (m *Mapping) know(to string, headings ...string) {
	at := slices.IndexFunc(m.Columns, func(c MappedColumn) bool { return c.To == to })
	if at < 0 {
		m.Columns = append(m.Columns, MappedColumn{To: to, Headings: headings})
		return
	}
	m.Columns[at].Headings = append(slices.Clone(m.Columns[at].Headings), headings...)
}

// index prepares the search for headings. Where two columns of the mapping claim
// a heading, the first keeps it.
func (m *Mapping) index() *synonyms {
	s := &synonyms{mapping: m, by: map[string]found{}}
	for i, c := range m.Columns {
		for rank, h := range c.Headings {
			if key := heading(h); key != "" {
				if _, taken := s.by[key]; !taken {
					s.by[key] = found{i, rank}
				}
			}
		}
	}
	return s
}

// find is the target that a heading names: as it stands, or without what it has
// in brackets.
func (s *synonyms) find(text string) (found, bool) {
	if f, ok := s.exact[Tidy(text)]; ok {
		return f, true
	}
	h := heading(text)
	if f, ok := s.by[h]; ok {
		return f, true
	}
	if b := bare(h); b != "" && b != h {
		if f, ok := s.by[b]; ok {
			return f, true
		}
	}
	return s.agreed(parted(text))
}

// agreed is the target that the parts of a heading name, of which one alone is
// named.
func (s *synonyms) agreed(parts []string) (found, bool) {
	var best found
	any := false
	for _, p := range parts {
		f, ok := s.by[heading(p)]
		switch {
		case !ok:
		case any && f.target != best.target:
			return found{}, false
		case !any || f.rank < best.rank:
			best, any = f, true
		}
	}
	return best, any
}

// meant is what a word of the ledger means in a column: by the mapping's words,
// then by an option's code or title. What stands behind it in brackets may say more,
// but not less.
func (c MappedColumn) meant(word string, options []schema.Option) (string, bool) {
	if len(c.Values) == 0 && len(options) == 0 {
		return "", false
	}
	w := Fold(word)
	if value, ok := c.exactly(w, options); ok {
		return value, true
	}
	short := behind.ReplaceAllString(bare(w), "")
	if value, ok := c.means.opened(short); ok && short != w {
		return value, true
	}
	if short != w && short != "" && !hedge.MatchString(strings.Join(aside.FindAllString(w, -1), "")) {
		return c.exactly(short, options)
	}
	return c.inTongues(word, options)
}

// inTongues is the meaning of a word that is written in two languages, 已关闭/Closed:
// what all of its parts mean.
func (c MappedColumn) inTongues(word string, options []schema.Option) (string, bool) {
	meaning := ""
	for _, part := range parted(word) {
		value, ok := c.exactly(Fold(part), options)
		if !ok || meaning != "" && value != meaning {
			return "", false
		}
		meaning = value
	}
	return meaning, meaning != ""
}

// exactly is the meaning of a folded word.
func (c MappedColumn) exactly(w string, options []schema.Option) (string, bool) {
	m := c.means
	if m == nil {
		m = &meanings{}
	}
	if m.words == nil {
		m.words, m.open = map[string]string{}, map[string]string{}
		for _, value := range slices.Sorted(maps.Keys(c.Values)) {
			for _, word := range c.Values[value] {
				if open, ok := strings.CutSuffix(Fold(word), anyAside); ok {
					note(m.open, open, value)
				}
				note(m.words, word, value)
			}
		}
	}
	if m.options == nil && len(options) > 0 {
		m.options = map[string]string{}
		for _, o := range options {
			for _, word := range []string{o.Value, o.Title.ZH, o.Title.EN} {
				note(m.options, word, o.Value)
			}
		}
	}
	if value, ok := m.words[w]; ok {
		return value, true
	}
	if len(options) == 0 {
		return "", false
	}
	value, ok := m.options[w]
	return value, ok
}

// anyAside stands in a mapping behind a word that keeps its meaning whatever is said
// in brackets: 处理中（…）.
const anyAside = "(…)"

func (m *meanings) opened(short string) (string, bool) {
	if m == nil {
		return "", false
	}
	value, ok := m.open[short]
	return value, ok
}

// note says what a word means unless it has a meaning already.
func note(meanings map[string]string, word, value string) {
	if w := Fold(word); meanings[w] == "" {
		meanings[w] = value
	}
}

// optionsOf are a kind's states as options.
func optionsOf(k *schema.Kind) []schema.Option {
	options := make([]schema.Option, len(k.States))
	for i, s := range k.States {
		options[i] = schema.Option{Value: s.ID, Title: s.Title}
	}
	return options
}

// mostItems bounds the place in a list that a path may name.
const mostItems = 100

// isPlace tells a part of a path that counts items, from 0.
func isPlace(part string) bool {
	n, err := strconv.Atoi(part)
	return err == nil && n >= 0 && n < mostItems && strconv.Itoa(n) == part
}

// field is the field that a dotted path names; behind a list may stand the place in
// it, as in actions.0.text.
func field(k *schema.Kind, path string) (schema.Field, bool) {
	fields := k.Fields
	var f schema.Field
	for part := range strings.SplitSeq(path, ".") {
		if f.List && isPlace(part) {
			f.List = false
			continue
		}
		at := 0
		for at < len(fields) && fields[at].Name != part {
			at++ // without a copy of each
		}
		if at == len(fields) || f.List {
			return schema.Field{}, false
		}
		f, fields = fields[at], fields[at].Fields
	}
	return f, true
}

// TargetTitle is what a column holds, in words.
func TargetTitle(k *schema.Kind, target string) locale.Text {
	if question, ok := strings.CutPrefix(target, AnswerTarget+"."); ok {
		return locale.Plain(question)
	}
	target = strings.TrimPrefix(target, FileTarget)
	if state, ok := strings.CutPrefix(target, StepTarget); ok {
		if s, ok := k.State(state); ok {
			return s.Title
		}
	}
	if strings.Contains(target, ".") {
		for _, c := range TemplateColumns(k) {
			if c.To == target {
				return c.Title
			}
		}
	}
	if f, ok := field(k, target); ok {
		return f.Title
	}
	return locale.Plain(target)
}
