package portal

import (
	"regexp"
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// formWriter makes one form. kind is the kind of the record that the form starts
// from.
type formWriter struct {
	v     *View
	kind  *schema.Kind
	form  Form
	model formModel
}

// keptFields are the keys that kept fills in, which no form shows.
func keptFields() []string {
	return []string{
		record.SchemaField, record.IDField, record.StatusField, record.TransitionsField, record.ImportedField, record.RenumberedField, "form_no", "registered_by",
	}
}

// holdsFiles tells a field that holds files of the store.
func holdsFiles(f schema.Field) bool {
	return f.Type == schema.ObjectField && slices.ContainsFunc(f.Fields, func(m schema.Field) bool { return m.Name == digestField })
}

// fresh is the form of a new record of a kind, which may be another than the one
// that the form starts from.
func (w *formWriter) fresh(kind *schema.Kind) {
	v, f := w.v, &w.form
	f.Heading = v.p.Say("form.new", locale.T("kind", kind.Title))
	f.Lead = v.p.Say("form.lead-new")
	f.FormNo, f.Command = kind.FormNo, "kept new "+kind.ID
	f.Served = kind.ID == record.PublicationKind
	f.Number = w.number(kind)
	if kind.Envelope == schema.Governed {
		f.People, f.Moment = w.anybody(), true
	} else {
		f.Either = len(kind.Steps) == 0
		f.State = w.state(kind)
	}
	w.blocks(kind)
	w.model = v.newModel(kind)
	w.uploads(kind)
}

// number is the field of the record's own number: required where people choose
// it, else proposed.
func (w *formWriter) number(kind *schema.Kind) *FormField {
	f, _ := kind.Field(record.IDField)
	out := w.v.formField(f, "f."+record.IDField)
	out.Required = kind.IDs.Template == ""
	out.Bounds.Pattern = kind.IDs.Pattern.String()
	if !out.Required {
		out.Help = w.v.p.Say("form.number")
	}
	return &out
}

// state lets a record without steps change its state.
func (w *formWriter) state(kind *schema.Kind) *FormField {
	f, ok := kind.Field(record.StatusField)
	if !ok {
		return nil
	}
	out := w.v.formField(f, "f."+record.StatusField)
	out.Default, out.Required = kind.Initial, true
	return &out
}

// blocks groups the fields of a new record: what must be given in sight, what may
// be given behind it, groups without anything that must be given at the end.
func (w *formWriter) blocks(kind *schema.Kind) {
	shown := map[string]bool{}
	for _, name := range keptFields() {
		shown[name] = true
	}
	label := kind.Label
	if label == "" {
		label = record.TitleField
	}
	inBlock := func(name string) bool {
		return slices.ContainsFunc(kind.Blocks, func(b schema.Block) bool { return slices.Contains(b.Fields, name) })
	}
	for i, b := range kind.Blocks {
		names := b.Fields
		if i == 0 && !inBlock(label) {
			names = append([]string{label, label + "_en"}, names...)
		}
		w.block(kind, w.v.p.Text(b.Title), names, shown, i == 0)
	}
	var rest []string
	for _, f := range kind.Fields {
		rest = append(rest, f.Name)
	}
	w.block(kind, w.v.p.Say("portal.other-fields"), rest, shown, len(kind.Blocks) == 0)
}

// block adds a group of those named fields that are not shown yet.
func (w *formWriter) block(kind *schema.Kind, title string, names []string, shown map[string]bool, first bool) {
	b := FormBlock{Title: title}
	for _, name := range names {
		head, _, _ := strings.Cut(name, ".")
		f, ok := kind.Field(head)
		if !ok || shown[head] || holdsFiles(f) {
			continue
		}
		shown[head] = true
		one := w.v.formField(f, "f."+head)
		if head == "owner" && f.Required {
			one.Required, one.Help = false, w.v.p.Say("form.owner")
		}
		if w.form.Served && head != "report" && head != record.PeriodField {
			one.Required = false
		}
		if one.Required = one.Required || kind.Dated && head == kind.Date; one.Required {
			b.Fields = append(b.Fields, one)
		} else {
			b.More = append(b.More, one)
		}
	}
	isOther := len(kind.Blocks) > 0 && title == w.v.p.Say("portal.other-fields")
	switch {
	case len(b.Fields)+len(b.More) == 0:
	case len(b.Fields) == 0 && !first, isOther:
		b.Fields, b.More = append(b.Fields, b.More...), nil
		w.form.Rest = append(w.form.Rest, b)
	case len(b.Fields) == 0:
		b.Fields, b.More = b.More, nil
		w.form.Blocks = append(w.form.Blocks, b)
	default:
		b.Count = w.v.p.Say("form.more", locale.N("n", len(b.More)))
		w.form.Blocks = append(w.form.Blocks, b)
	}
}

// step is the form of a step: what it requires, and what stands with that in the
// paper form or is asked for by its condition.
func (w *formWriter) step(step schema.Step) {
	v, f := w.v, &w.form
	f.Heading = v.p.Say("form.step", locale.T("kind", w.kind.Title), locale.T("step", step.Title))
	state, _ := w.kind.State(step.To)
	f.Lead = v.p.Say("form.lead-step", locale.A("from", w.states(step.From)), locale.T("to", state.Title))
	f.FormNo, f.Command = w.kind.FormNo, "kept advance ID "+step.To
	f.Old, f.Moment, f.Note = true, true, true
	if !step.GuardText.IsZero() {
		f.Notes = append(f.Notes, v.p.Text(step.GuardText))
	}
	f.People = w.holders(step.Roles)
	b := FormBlock{Title: v.p.Say("form.this-step")}
	shown := map[string]bool{step.Closes: true}
	for _, name := range keptFields() {
		shown[name] = true
	}
	add := func(name string, must bool) {
		field, ok := w.kind.Field(name)
		if !ok || shown[name] || holdsFiles(field) {
			return
		}
		shown[name] = true
		one := v.formField(field, "f."+name)
		if name == step.Opens {
			one = w.opened(field)
		}
		one.Default = ""
		if one.Required = must; must {
			b.Fields = append(b.Fields, one)
		} else {
			b.More = append(b.More, one)
		}
	}
	if step.Link != "" {
		shown[record.LinksField] = true
		b.Fields = append(b.Fields, w.link(step))
	}
	if step.Opens != "" {
		add(step.Opens, true)
	}
	for _, name := range step.Requires {
		add(name, true)
	}
	for _, name := range w.beside(step) {
		add(name, false)
	}
	b.Count = v.p.Say("form.more", locale.N("n", len(b.More)))
	if len(b.Fields)+len(b.More) > 0 {
		f.Blocks = append(f.Blocks, b)
	}
	w.model = v.stepModel(w.kind, step)
	w.uploads(w.kind)
}

var (
	asksFor   = regexp.MustCompile(`\bhas\(([a-z][a-z0-9_]*)\)`)
	looksInto = regexp.MustCompile(`\b(?:all|any|none|count)\(([a-z][a-z0-9_]*), `)
)

// beside names what else a step may bring: the fields that its condition asks
// for, then those of the blocks in which it requires one.
func (w *formWriter) beside(step schema.Step) []string {
	var names []string
	for _, re := range []*regexp.Regexp{asksFor, looksInto} {
		for _, m := range re.FindAllStringSubmatch(step.Guard, -1) {
			names = append(names, m[1])
		}
	}
	for _, b := range w.kind.Blocks {
		if slices.ContainsFunc(step.Requires, func(name string) bool { return slices.Contains(b.Fields, name) }) {
			names = append(names, b.Fields...)
		}
	}
	return names
}

// opened is the new entry of the list that a step opens, which begins with the
// step itself.
func (w *formWriter) opened(list schema.Field) FormField {
	one := w.v.formField(list, "f."+list.Name)
	item := *one.Item
	item.Key, item.ID, item.Label, item.Help = list.Name, one.ID, one.Label, one.Help
	item.Fields = slices.DeleteFunc(item.Fields, func(m FormField) bool { return m.Key == "from" || m.Key == "to" })
	return item
}

// link is the other record that a step names.
func (w *formWriter) link(step schema.Step) FormField {
	f := FormField{Key: "@" + step.Link, ID: "f." + step.Link, Label: step.Link, Required: true, Control: LineControl, Refs: "of:" + w.kind.ID}
	rel, _ := w.kind.Field(record.LinksField + ".rel")
	for _, o := range rel.Options {
		if o.Value == step.Link {
			f.Label = w.v.p.Text(o.Title)
		}
	}
	return f
}

// operation is the form of what is done without a step.
func (w *formWriter) operation(op schema.Operation) {
	v := w.v
	if other := v.src.Register.Kinds().Kind(op.Opens); other != nil {
		w.fresh(other)
		w.form.Lead = v.p.Say("form.lead-open", locale.T("kind", w.kind.Title), locale.T("other", other.Title))
		w.model.Sort, w.model.Back = openSort, backField(other, w.kind.ID)
		w.form.Either = false
	} else {
		w.item(op)
	}
	w.form.Heading = v.p.Say("form.step", locale.T("kind", w.kind.Title), locale.T("step", op.Title))
	w.form.Command, w.form.Old = "kept advance ID "+op.ID, true
	w.form.People = w.holders(op.Roles)
	w.model.To, w.model.Of = op.ID, w.kind.ID
	w.model.From = w.openStates(op)
	w.settings(op)
}

// item is the form of an item of a list.
func (w *formWriter) item(op schema.Operation) {
	v, f := w.v, &w.form
	list, _ := w.kind.Field(op.Add)
	f.FormNo, f.Moment = w.kind.FormNo, true
	f.Lead = v.p.Say("form.lead-add", locale.A("list", v.label(list)))
	b := FormBlock{Title: v.label(list)}
	for _, m := range list.Fields {
		if m.Name == record.IDField || op.Moves != "" && m.Name == "from" {
			continue
		}
		one := v.formField(m, "f."+m.Name)
		if one.Required {
			b.Fields = append(b.Fields, one)
		} else {
			b.More = append(b.More, one)
		}
	}
	b.Count = v.p.Say("form.more", locale.N("n", len(b.More)))
	f.Blocks = []FormBlock{b}
	w.model = v.addModel(w.kind, op)
}

// settings puts what the kind file fills into the form: a constant is the default
// of its field; a moment or a person of the act is left to kept.
func (w *formWriter) settings(op schema.Operation) {
	for _, s := range op.Set {
		name, isName := strings.CutPrefix(s.Value, "$")
		value := s.Value
		if f, ok := w.settled(op).Field(s.Field); ok && f.Type == schema.DateField && name == "now" && isName {
			value = "$today"
		}
		w.model.Set = append(w.model.Set, [2]string{s.Field, value})
		for _, blocks := range [][]FormBlock{w.form.Blocks, w.form.Rest} {
			for i := range blocks {
				b := &blocks[i]
				if isName && slices.Contains([]string{"now", "today", "actor"}, name) {
					hide := func(f FormField) bool { return f.Key == s.Field }
					b.Fields, b.More = slices.DeleteFunc(b.Fields, hide), slices.DeleteFunc(b.More, hide)
					continue
				}
				for _, fields := range [][]FormField{b.Fields, b.More} {
					for j := range fields {
						if fields[j].Key == s.Field && !isName {
							fields[j].Default = s.Value
						}
					}
				}
			}
		}
	}
}

// settled is the kind whose fields an operation fills: of the record that it
// opens, else of the item.
func (w *formWriter) settled(op schema.Operation) *schema.Kind {
	if other := w.v.src.Register.Kinds().Kind(op.Opens); other != nil {
		return other
	}
	list, _ := w.kind.Field(op.Add)
	return &schema.Kind{Fields: list.Fields}
}

// uploads are the lists of evidence, which only kept serve takes files for.
func (w *formWriter) uploads(kind *schema.Kind) {
	for _, f := range kind.Fields {
		if holdsFiles(f) && f.Name != record.ImportedField { // an import alone writes where a record comes from
			w.form.Upload = append(w.form.Upload, FormField{Key: f.Name, ID: "f." + f.Name, Label: w.v.label(f), Help: w.v.p.Text(f.Help)})
		}
	}
}

func (w *formWriter) states(ids []string) string {
	var list []string
	for _, id := range ids {
		list = append(list, w.v.stateTitle(w.kind, id))
	}
	return strings.Join(list, w.v.p.Say("portal.comma"))
}

// openStates are the states in which an operation may be done.
func (w *formWriter) openStates(op schema.Operation) []string {
	if len(op.States) > 0 {
		return op.States
	}
	var list []string
	for _, s := range w.kind.States {
		if s.Phase == schema.Open {
			list = append(list, s.ID)
		}
	}
	return list
}
