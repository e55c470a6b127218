package pipeline

import (
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"time"

	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/schema"
)

// sampleDay is the day of the examples: a working day's morning, one hour later
// for each step.
var sampleDay = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// samples are two rows that show how to fill in: what is required alone, and
// everything, to a record's end.
func (m *templateMaker) samples() [][]any {
	least, all := make([]any, len(m.columns)), make([]any, len(m.columns))
	step := 0
	for i, c := range m.columns {
		switch {
		case i == 0:
			least[i], all[i] = m.say.Say("template.example"), m.say.Say("template.example")
			continue
		case c.To == ledger.StatusTarget:
			all[i] = m.say.Text(m.ended())
			continue
		case strings.HasPrefix(c.To, ledger.FileTarget):
			all[i] = m.say.Say("template.example") + ".pdf"
			continue
		case strings.HasPrefix(c.To, ledger.StepTarget):
			step++
			all[i] = sampleDay.Add(time.Duration(step) * time.Hour)
			continue
		}
		all[i] = m.sample(c)
		if c.Required {
			least[i] = all[i]
		}
	}
	return [][]any{least, all}
}

// ended is the first state in which a record is finished, or the first of all.
func (m *templateMaker) ended() locale.Text {
	for _, s := range m.kind.States {
		if s.Phase == schema.Done {
			return s.Title
		}
	}
	return m.kind.States[0].Title
}

// sample is a value that a column takes: made of the schema, and seen to be one.
func (m *templateMaker) sample(c ledger.TemplateColumn) any {
	f := c.Field
	switch f.Type {
	case schema.EnumField, schema.FlagField:
		return m.sampleChoice(f, m.lists[m.choices(f)-1].Items)
	case schema.RefField:
		if at := m.records(f.Refs); at > 0 {
			return m.sampleChoice(f, m.lists[at-1].Items)
		}
		return nil
	case schema.DateField:
		return sampleDay.Truncate(24 * time.Hour)
	case schema.InstantField, schema.MomentField:
		return sampleDay
	case schema.IntegerField, schema.NumberField, schema.DecimalField:
		return sampleNumber(f)
	}
	text := m.sampleText(f, m.say.Text(c.Title))
	if f.List {
		return text + "；" + m.sampleText(f, m.say.Text(c.Title)+" 2")
	}
	return text
}

// sampleChoice is one of what a list offers, or two in one cell.
func (m *templateMaker) sampleChoice(f schema.Field, items []string) any {
	if f.List && len(items) > 1 {
		return items[0] + "；" + items[1]
	}
	return items[0]
}

// sampleNumber is a number within a field's bounds.
func sampleNumber(f schema.Field) any {
	l := numbers(f)
	for _, n := range []float64{12.5, 12, 1, 0.5, 0, l.Low} {
		whole := n == float64(int64(n))
		if n < l.Low || n > l.Top || !whole && f.Type == schema.IntegerField {
			continue
		}
		if ok, err := regexp.MatchString(f.Bounds.Pattern, strconv.FormatFloat(n, 'f', -1, 64)); err == nil && ok {
			return n
		}
	}
	return nil
}

// sampleText says that it is an example, within the bounds of a field.
func (m *templateMaker) sampleText(f schema.Field, title string) string {
	if f.Bounds.Pattern != "" {
		if text := matching(f.Bounds.Pattern); text != "" {
			return text
		}
	}
	text := []rune(m.say.Say("template.example") + " " + strings.NewReplacer("；", " ", ";", " ").Replace(title))
	if most := f.Bounds.MaxLength; most > 0 && len(text) > most {
		text = text[:most]
	}
	return strings.TrimSpace(string(text))
}

// patternLengths are the fewest and the most characters that a pattern takes as a
// whole; the most is 0 for any number. It is false for what is no such pattern.
func patternLengths(pattern string) (least, most int, ok bool) {
	if !strings.HasPrefix(pattern, "^") || !strings.HasSuffix(pattern, "$") {
		return 0, 0, false
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0, 0, false
	}
	least, most = span(tree)
	return least, max(most, 0), true
}

// span is how few and how many characters a part of a pattern takes; -1 is any
// number.
func span(t *syntax.Regexp) (least, most int) {
	switch t.Op {
	case syntax.OpLiteral:
		return len(t.Rune), len(t.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1, 1
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		return repeated(t)
	case syntax.OpAlternate:
		least, most = span(t.Sub[0])
		for _, sub := range t.Sub[1:] {
			l, n := span(sub)
			least = min(least, l)
			if most = max(most, n); n < 0 || most < 0 {
				most = -1
			}
		}
		return least, most
	}
	for _, sub := range t.Sub {
		l, n := span(sub)
		least += l
		if most >= 0 && n >= 0 {
			most += n
		} else {
			most = -1
		}
	}
	return least, most
}

func repeated(t *syntax.Regexp) (least, most int) {
	low, top := repeats(t)
	l, n := span(t.Sub[0])
	if top < 0 || n < 0 {
		return low * l, -1
	}
	return low * l, top * n
}

// repeats is how often a part may stand; -1 is any number of times.
func repeats(t *syntax.Regexp) (low, top int) {
	switch t.Op {
	case syntax.OpStar:
		return 0, -1
	case syntax.OpPlus:
		return 1, -1
	case syntax.OpQuest:
		return 0, 1
	}
	return t.Min, t.Max
}

// matching is a short text that a pattern takes, "" where none is found.
func matching(pattern string) string {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	text := shortest(tree)
	if ok, err := regexp.MatchString(pattern, text); err != nil || !ok {
		return ""
	}
	return text
}

// year is what four digits are taken for.
const year = "2026"

func shortest(t *syntax.Regexp) string {
	switch t.Op {
	case syntax.OpLiteral:
		return string(t.Rune)
	case syntax.OpCharClass:
		return string(common(t.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "A"
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		low, _ := repeats(t)
		one := shortest(t.Sub[0])
		if one == "1" && low == len(year) {
			return year
		}
		return strings.Repeat(one, low)
	case syntax.OpAlternate:
		return shortest(t.Sub[0])
	}
	var b strings.Builder
	for _, sub := range t.Sub {
		b.WriteString(shortest(sub))
	}
	return b.String()
}

// common is a plain character of a class, given as ranges.
func common(ranges []rune) rune {
	for _, r := range "1Aa0" {
		for i := 0; i+1 < len(ranges); i += 2 {
			if ranges[i] <= r && r <= ranges[i+1] {
				return r
			}
		}
	}
	return ranges[0]
}
