package ledger

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/redact"
	"kept/internal/schema"
)

// TemplateColumn is one column of the workbook that people fill in for a kind. The
// reader knows the columns by the same list.
type TemplateColumn struct {
	To    string      // a target, as of a mapping; of a list of objects with the place: actions.0.text
	Title locale.Text // its heading, unlike that of every other column
	Band  locale.Text // the block of the paper form it stands in; zero for none
	// Field is what a cell holds; of the state its states, of a step a time, of the
	// row's own number the record's.
	Field    schema.Field
	Required bool
	// Needed tells that the value is required once its group is filled in.
	Needed bool
	// Folded columns stand in a band without anything that has to be filled in.
	Folded bool
	// Given columns are filled in already; a row that holds nothing else is no record.
	Given bool
}

// TemplateCut is how the items of a list stand in one cell of a template: signs at
// which no title of an option and no sentence is cut by chance.
const TemplateCut = "；;\n┋"

// How many items of a list of objects a template has room for.
const (
	requiredGroups = 3
	optionalGroups = 2
)

// Fields of the envelopes (domain.md §3) that have columns of their own.
const (
	idField     = "id"
	statusField = "status"
	titleField  = "title"
	ownerField  = "owner"
	schemaField = "schema"
	originField = "origin"
)

// TemplateColumns are the columns of a kind's template, in the order of its paper
// form: the row's own number, the fields of each block with the times of the steps
// that stand there, the rest, the state. What kept writes, what identifies people
// outside and files of evidence is not among them.
func TemplateColumns(k *schema.Kind) []TemplateColumn {
	t := &templater{kind: k, shown: map[string]bool{}}
	t.key()
	label := k.Label
	if label == "" {
		label = titleField
	}
	for i, b := range k.Blocks {
		names := b.Fields
		if i == 0 && !slices.ContainsFunc(k.Blocks, func(b schema.Block) bool { return slices.Contains(b.Fields, label) }) {
			names = append([]string{label, label + "_en"}, names...)
		}
		t.band(b.Title, i > 0, names)
	}
	rest := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		rest[i] = f.Name
	}
	t.band(locale.Text{}, len(k.Blocks) > 0, rest)
	t.states()
	t.distinguish()
	return t.columns
}

// templater gathers the columns of a kind.
type templater struct {
	kind    *schema.Kind
	columns []TemplateColumn
	shown   map[string]bool // fields, and states by their target
}

// unfilled are the fields that kept fills in, or that have a column of their own.
func unfilled(name string) bool {
	return slices.Contains([]string{
		schemaField, idField, statusField, originField, "transitions", "imported_from", "renumbered_from", "links", "form_no", "registered_by",
	}, name)
}

// key is the column of the row's own number. It is the record's where people
// choose that, else a number by which a row is known when its file comes again.
func (t *templater) key() {
	f, _ := t.kind.Field(idField)
	c := TemplateColumn{To: KeyTarget, Title: ledgerNumber, Field: f}
	if t.kind.IDs.Template == "" {
		c.Title, c.Required = f.Title, true
	} else {
		c.Field = schema.Field{Name: idField, Type: schema.TextField, Bounds: schema.Bounds{MinLength: shortestKey, MaxLength: longestKey}}
	}
	t.columns = append(t.columns, c)
}

// The length of a row's own number in a template: 1, 2, 3 would be given again in
// the next file, and mean other rows there.
const (
	shortestKey = 4
	longestKey  = 60
)

// band adds the columns of a block, folded where nothing in it is required.
func (t *templater) band(title locale.Text, foldable bool, names []string) {
	from := len(t.columns)
	for _, name := range names {
		if state := t.timed(name); state != "" {
			t.step(state, t.kind.NameTitle(name))
			continue
		}
		if f, ok := t.kind.Field(name); ok && !t.shown[name] && !unfilled(name) {
			t.shown[name] = true
			required := f.Required && f.Default == nil && name != ownerField || t.kind.Dated && name == t.kind.Date
			t.add(f, name, f.Title, required, false)
		}
	}
	folded := foldable && !slices.ContainsFunc(t.columns[from:], func(c TemplateColumn) bool { return c.Required })
	for i := range t.columns[from:] {
		t.columns[from+i].Band, t.columns[from+i].Folded = title, folded
	}
}

// timed is the state of whose time a derived name tells; "" for none that a ledger
// may give.
func (t *templater) timed(name string) string {
	d, ok := t.kind.DerivedName(name)
	if !ok || d.Actor || t.kind.Envelope != schema.Governed {
		return ""
	}
	return d.State
}

// step adds the time of a state, once; of the first one where the record is dated by it.
func (t *templater) step(state string, title locale.Text) {
	begins := state == t.kind.Initial
	if begins && !t.kind.DatedByStart() || t.shown[StepTarget+state] {
		return
	}
	t.shown[StepTarget+state] = true
	t.columns = append(t.columns, TemplateColumn{To: StepTarget + state, Title: title, Required: begins, Field: schema.Field{Title: title, Type: schema.InstantField}})
}

// states adds the state, and the times of those states that no block names.
func (t *templater) states() {
	f, _ := t.kind.Field(statusField)
	from := len(t.columns)
	if len(t.kind.States) > 1 {
		t.columns = append(t.columns, TemplateColumn{To: StatusTarget, Title: f.Title, Field: schema.Field{Title: f.Title, Type: schema.EnumField, Options: optionsOf(t.kind)}})
	}
	if t.kind.Envelope == schema.Governed {
		for _, s := range t.kind.States {
			t.step(s.ID, locale.Text{ZH: strings.ReplaceAll(stepTime.ZH, "{}", s.Title.ZH), EN: strings.ReplaceAll(stepTime.EN, "{}", s.Title.EN)})
		}
	}
	for i := range t.columns[from:] {
		t.columns[from+i].Folded = i > 0
	}
}

// add adds the columns of a field at a path: one, those of an object's members, or
// numbered groups of them.
func (t *templater) add(f schema.Field, path string, title locale.Text, required, needed bool) {
	switch {
	case !mayFill(f):
	case f.Type != schema.ObjectField:
		t.columns = append(t.columns, TemplateColumn{To: path, Title: title, Field: f, Required: required, Needed: needed})
	case !f.List:
		t.members(f, path, title, required)
	case !strings.Contains(path, ".") && t.worth(f):
		n := optionalGroups
		if f.Required {
			n = requiredGroups
		}
		if f.Bounds.MaxItems > 0 {
			n = min(n, f.Bounds.MaxItems)
		}
		for i := range n {
			number := strconv.Itoa(i + 1)
			t.members(f, path+"."+strconv.Itoa(i), locale.Text{ZH: title.ZH + number, EN: title.EN + " " + number}, required && i == 0)
		}
	}
}

// members adds the members of an object or of one item.
func (t *templater) members(f schema.Field, path string, title locale.Text, required bool) {
	for _, m := range f.Fields {
		if f.List && numbersItems(m) {
			continue
		}
		t.add(m, path+"."+m.Name, locale.Text{ZH: title.ZH + "·" + m.Title.ZH, EN: title.EN + ": " + m.Title.EN}, required && m.Required, m.Required)
	}
}

// numbersItems tells the id of a list's items, which is counted.
func numbersItems(m schema.Field) bool {
	if m.Name != idField || m.Type != schema.TextField || m.Bounds.Pattern == "" {
		return false
	}
	counted, err := regexp.MatchString(m.Bounds.Pattern, m.ItemPrefix()+"1")
	return err == nil && counted
}

// worth tells a list of objects that has room in a row: one that a record must
// have, or that a step asks for and does not write itself.
func (t *templater) worth(f schema.Field) bool {
	if f.Name == t.kind.Answers.List {
		return false // its questions are columns of their own
	}
	return f.Required || slices.ContainsFunc(t.kind.Steps, func(s schema.Step) bool {
		return slices.Contains(s.Requires, f.Name) && s.Opens != f.Name && s.Closes != f.Name
	})
}

// mayFill tells that a template may ask for a field: not for files, and not for
// what identifies a person outside the company or must not be seen by all.
func mayFill(f schema.Field) bool {
	if !slices.Contains([]string{redact.Open, redact.ClassStaff, redact.ClassText, redact.ClassComment, redact.ClassMoney}, f.Class) {
		return false
	}
	return !slices.ContainsFunc(f.Fields, func(m schema.Field) bool {
		return m.Name == "sha256" || m.Required && !mayFill(m)
	})
}

// distinguish makes headings differ: by their band, then by their name.
func (t *templater) distinguish() {
	seen := map[string]bool{}
	for _, name := range []string{idField, statusField, schemaField, originField} {
		title := t.kind.NameTitle(name)
		seen["zh"+heading(title.ZH)], seen["en"+heading(title.EN)] = true, true
	}
	free := func(title locale.Text) bool { return !seen["zh"+heading(title.ZH)] && !seen["en"+heading(title.EN)] }
	for i := range t.columns {
		c := &t.columns[i]
		if c.To == KeyTarget || c.To == StatusTarget {
			continue // under a title that no other column takes
		}
		if !free(c.Title) && !c.Band.IsZero() {
			c.Title = locale.Text{ZH: c.Band.ZH + "·" + c.Title.ZH, EN: c.Band.EN + ": " + c.Title.EN}
		}
		if !free(c.Title) {
			c.Title = locale.Text{ZH: c.Title.ZH + "·" + c.To, EN: c.Title.EN + ": " + c.To}
		}
		seen["zh"+heading(c.Title.ZH)], seen["en"+heading(c.Title.EN)] = true, true
	}
}
