package ledger

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"kept/internal/locale"
	"kept/internal/schema"
)

// entry reads one row.
func (t *table) entry(r Row) Entry {
	e := Entry{Sheet: t.page.Name, Row: r.Number, Hidden: r.Hidden, Fields: map[string]any{}, At: map[string]time.Time{}}
	for i, h := range t.holds {
		if h < 0 {
			continue
		}
		c := t.mapping.Columns[h]
		if column, unsaved := t.unsaved(r, i); unsaved && c.To != DropTarget && c.To != IgnoreTarget {
			e.wrong(c.To, t.cellFault(r.Number, column, faulty("ledger.formula-unsaved")))
			continue
		}
		cell := t.whole(r, i)
		if c.ask != nil {
			if wrong := t.answer(&e, *c.ask, cell); wrong != nil {
				e.wrong(t.request.Kind.Answers.List, t.cellFault(r.Number, i, wrong))
			}
			t.coverAnswer(&e, i, c.ask.question)
			continue
		}
		if c.To == DropTarget || c.To == IgnoreTarget || empty(cell.Text) && !isWord(c, cell.Text) {
			continue
		}
		if wrong := t.take(&e, c, cell, i+1); wrong != nil {
			e.wrong(c.To, t.cellFault(r.Number, i, wrong))
		}
	}
	e.Found = append(e.Found, t.overflow(r)...)
	if t.asks != nil {
		t.written(&e)
	}
	t.constants(&e)
	t.preset(&e)
	t.numbered(&e)
	gather(t.request.Kind.Fields, e.Fields)
	return e
}

// isWord tells that the mapping gives a meaning to a cell that looks empty.
func isWord(c MappedColumn, text string) bool {
	_, ok := c.meant(text, nil)
	return ok && Tidy(text) != ""
}

// take puts what a cell says into the entry.
func (t *table) take(e *Entry, c MappedColumn, cell Cell, column int) *fault {
	text, heading := Tidy(cell.Text), t.head.texts[column-1]
	switch state, isStep := strings.CutPrefix(c.To, StepTarget); {
	case isStep:
		return t.step(e, state, cell)
	case strings.HasPrefix(c.To, FileTarget):
		e.Files = append(e.Files, filesIn(strings.TrimPrefix(c.To, FileTarget), heading, cell.Text, Place(t.request.File, e.Sheet, e.Row, column))...)
		return nil
	case c.To == KeyTarget:
		if digitsLost(schema.Field{}, c.To, cell, t.reader.plain) {
			return faulty("ledger.digits-lost", locale.A("text", text))
		}
		if isPersonal(text) {
			return faulty("ledger.key-personal")
		}
		e.Key = locale.Narrow(text)
		return nil
	case c.To == StatusTarget:
		value, ok := c.meant(text, optionsOf(t.request.Kind))
		if !ok && c.Else != "" {
			value, ok = c.Else, true
			e.Fell = append(e.Fell, Fell{heading, text, titled(optionsOf(t.request.Kind), value), column})
		}
		if !ok {
			return faulty("ledger.status", locale.A("text", text), locale.T("options", titles(optionsOf(t.request.Kind))))
		}
		e.Status = value
		return nil
	}
	f, ok := field(t.request.Kind, c.To)
	if !ok {
		return nil
	}
	if digitsLost(f, c.To, cell, t.reader.plain) {
		return faulty("ledger.digits-lost", locale.A("text", text))
	}
	if c.Unit == secondsUnit && inMinutes.MatchString(Fold(heading)) && bareCode.MatchString(Fold(text)) {
		cell = Cell{Text: text + minuteSign}
	}
	v, n, wrong := t.reader.read(f, c, cell)
	if wrong == nil {
		v, wrong = t.inUnit(e, column-1, f, cell, v)
	}
	if wrong != nil {
		return wrong
	}
	if n.dayOnly {
		e.Days = append(e.Days, c.To)
	}
	for _, word := range n.fell {
		e.Fell = append(e.Fell, Fell{heading, word, titled(f.Options, c.Else), column})
	}
	put(e.Fields, c.To, t.covered(e, column-1, f, v), heading, c.Joins)
	return nil
}

// step is the time at which a state was entered; what is no date is left to the
// field that the same column may be.
func (t *table) step(e *Entry, state string, cell Cell) *fault {
	v, n, wrong := t.reader.moment(schema.Field{Type: schema.InstantField, Title: TargetTitle(t.request.Kind, StepTarget+state)}, cell, Tidy(cell.Text))
	if wrong != nil {
		return wrong
	}
	at, err := time.Parse(time.RFC3339, v.(string))
	if err != nil {
		return faulty("ledger.date", locale.A("text", Tidy(cell.Text)))
	}
	if n.dayOnly {
		e.Days = append(e.Days, StepTarget+state)
	}
	e.At[state] = at
	return nil
}

// put sets a value at a dotted path. Texts of several columns that join stand one
// below the other, each after its heading.
func put(fields map[string]any, path string, value any, heading string, joins bool) {
	parts := strings.Split(path, ".")
	for _, part := range parts[:len(parts)-1] {
		inner, ok := fields[part].(map[string]any)
		if !ok {
			inner = map[string]any{}
			fields[part] = inner
		}
		fields = inner
	}
	last := parts[len(parts)-1]
	before, was := fields[last].(string)
	text, is := value.(string)
	if joins && was && is && before != text {
		value = before + "\n" + heading + "：" + text
	}
	fields[last] = value
}

// preset fills what the ledger does not say. A word that begins with $ names a
// field whose first sentence is taken; since one may rest on another, the presets
// are gone through twice.
func (t *table) preset(e *Entry) {
	for _, path := range t.presets {
		f, ok := field(t.request.Kind, path)
		if !ok || held(e.Fields, path) {
			continue
		}
		value := t.reader.worded(f, t.mapping.Preset[path])
		if from, copied := strings.CutPrefix(t.mapping.Preset[path], "$"); copied {
			text, _ := e.Fields[from].(string)
			if text = sentence(text, f.Bounds.MaxLength); text == "" {
				continue
			}
			value = text
		}
		put(e.Fields, path, value, "", false)
	}
}

// sentence is the first sentence of a text, of at most so many characters.
func sentence(s string, most int) string {
	if at := strings.IndexAny(s, "。；！？\n"); at > 0 {
		s = s[:at]
	}
	if s = strings.TrimSpace(s); most > 0 {
		return locale.Within(s, most)
	}
	return s
}

func held(fields map[string]any, path string) bool {
	head, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		return fields[head] != nil
	}
	inner, ok := fields[head].(map[string]any)
	return ok && held(inner, rest)
}

// continues tells that a row goes on with the record of the row before it: a
// merged cell holds the number of both.
func (t *table) continues(before, now Entry) bool {
	if now.Key == "" || before.Key != now.Key {
		return false
	}
	return slices.ContainsFunc(t.page.Merged, func(a Area) bool {
		return a.Top <= before.Row && now.Row <= a.Bottom && a.Left <= len(t.holds) && t.holds[a.Left-1] >= 0 &&
			t.mapping.Columns[t.holds[a.Left-1]].To == KeyTarget
	})
}

// join adds a row that goes on with a record: long texts that differ stand one
// below the other; any other difference is a fault of the second row.
func (t *table) join(e *Entry, more Entry) {
	for _, name := range slices.Sorted(maps.Keys(more.Fields)) {
		value := more.Fields[name]
		before, was := e.Fields[name]
		f, _ := t.request.Kind.Field(name)
		switch {
		case !was:
			e.Fields[name] = value
		case reflect.DeepEqual(before, value):
		case f.Type == schema.TextField && f.Long && isText(before) && isText(value):
			if !slices.Contains(strings.Split(before.(string), "\n"), value.(string)) {
				e.Fields[name] = before.(string) + "\n" + value.(string)
			}
		case t.isPreset(name):
		default:
			e.Found = append(e.Found, refusal(Place(t.request.File, more.Sheet, more.Row, t.columnOf(name)), "ledger.join", locale.T("field", f.Title), locale.A("key", e.Key), locale.N("row", e.Row)))
		}
	}
	for state, at := range more.At {
		if at.After(e.At[state]) {
			e.At[state] = at
		}
	}
	if more.Status != "" {
		e.Status = more.Status
	}
	e.Found, e.Faulty, e.Fell = append(e.Found, more.Found...), append(e.Faulty, more.Faulty...), append(e.Fell, more.Fell...)
}

// isPreset tells a field that may hold the mapping's own word.
func (t *table) isPreset(name string) bool { _, ok := t.mapping.Preset[name]; return ok }

func isText(v any) bool { _, ok := v.(string); return ok }
