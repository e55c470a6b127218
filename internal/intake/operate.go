package intake

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// OperationsIn lists what may be done in a state without leaving it.
func OperationsIn(kind *schema.Kind, state schema.State) []schema.Operation {
	var list []schema.Operation
	for _, op := range kind.Operations {
		if len(op.States) == 0 && state.Phase == schema.Open || slices.Contains(op.States, state.ID) {
			list = append(list, op)
		}
	}
	return list
}

// operation finds the operation asked for; a step of the same name goes before.
func (r AdvanceRequest) operation() (schema.Operation, bool) {
	if _, ok := r.Record.Kind.Step(r.Record.Status(), r.To); ok {
		return schema.Operation{}, false
	}
	i := slices.IndexFunc(r.Record.Kind.Operations, func(op schema.Operation) bool { return op.ID == r.To })
	if i < 0 {
		return schema.Operation{}, false
	}
	return r.Record.Kind.Operations[i], true
}

// operate plans an operation: an item more in this record, or a new record that
// names this one.
func (r AdvanceRequest) operate(op schema.Operation) ([]Plan, finding.List) {
	found := r.permitted(op)
	if op.Opens != "" {
		plans, more := r.open(op)
		if found = append(found, more...); found.Count(finding.Error) > 0 {
			return nil, found
		}
		return plans, found
	}
	d := newDraft(r.Record.Kind, r.Zone, r.Record.Fields())
	r.addItem(d, op)
	found = append(found, d.found...)
	plan, err := r.edit(d, false)
	if err != nil {
		return nil, append(found, refusal(r.Record.Path, advanceRule, "intake.layout"))
	}
	return unlessHindered(append(found, r.judged(plan, op)...), r.Judge, plan)
}

// permitted looks at the state and at who acts.
func (r *AdvanceRequest) permitted(op schema.Operation) finding.List {
	var found finding.List
	kind := r.Record.Kind
	state, _ := kind.State(r.Record.Status())
	if !slices.ContainsFunc(OperationsIn(kind, state), func(o schema.Operation) bool { return o.ID == op.ID }) {
		var where []schema.State
		for _, s := range kind.States {
			if len(op.States) == 0 && s.Phase == schema.Open || slices.Contains(op.States, s.ID) {
				where = append(where, s)
			}
		}
		found = append(found, refusal(r.Record.Path, advanceRule, "intake.not_now", locale.T("operation", operationText(op)), locale.T("state", stateText(state)), locale.T("states", listOf(where, stateText))))
	}
	return append(found, r.actor(op.Roles)...)
}

// addItem appends the operation's item: options are its parts, first with the
// list's name before them or without, then what the kind file sets, the next id,
// and the present due time as what is moved.
func (r AdvanceRequest) addItem(d *draft, op schema.Operation) {
	field, _ := d.kind.Field(op.Add)
	item := newDraft(itemKind(d.kind, field), r.Zone, map[string]any{})
	item.apply(stripped(r.Sets, op.Add))
	r.settings(item, op)
	items, _ := d.fields[op.Add].([]any)
	if inner, ok := d.kind.Field(op.Add + "." + record.IDField); ok && inner.Type == schema.TextField {
		item.fill(record.IDField, nextItem(items, inner.ItemPrefix()))
	}
	if op.Moves != "" {
		if now, ok := r.value(op.Moves); ok {
			item.fill("from", now)
		}
		if to := item.fields["to"]; to != nil {
			d.fields[op.Moves] = r.fitting(op.Moves, to)
			d.touch(op.Moves)
		}
	}
	d.adopt(item, op.Add)
	d.add(op.Add, item.fields)
}

// fitting writes a due time as the field that it moves holds it: an instant for
// a date is the end of that day.
func (r AdvanceRequest) fitting(field string, to any) any {
	f, _ := r.Record.Kind.Field(field)
	text, _ := to.(string)
	if f.Type != schema.InstantField && f.Type != schema.DateField {
		return to
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return r.written(field, t)
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, r.Zone); err == nil && f.Type == schema.InstantField {
		return r.written(field, day.AddDate(0, 0, 1).Add(-time.Second))
	}
	return to
}

// stripped takes a list's name off the paths that begin with it.
func stripped(sets []Set, list string) []Set {
	parts := make([]Set, len(sets))
	for i, s := range sets {
		s.Path = strings.TrimPrefix(s.Path, list+".")
		parts[i] = s
	}
	return parts
}

// nextItem is the id behind those that the items have: A1, A2 …, or with another
// letter where the items use one; the first has the letter that the kind asks for.
func nextItem(items []any, letter string) string {
	last := 0
	for _, item := range items {
		fields, _ := item.(map[string]any)
		id, _ := fields[record.IDField].(string)
		digits := strings.TrimLeft(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-")
		if n, err := strconv.Atoi(digits); err == nil && n >= last && len(digits) <= 6 {
			letter, last = strings.TrimSuffix(id, digits), n
		}
	}
	return letter + strconv.Itoa(last+1)
}

// settings fills what the kind file says, where no option did.
func (r AdvanceRequest) settings(d *draft, op schema.Operation) {
	for _, s := range op.Set {
		f, ok := d.kind.Field(s.Field)
		if !ok || d.fields[s.Field] != nil {
			continue
		}
		value, ok := r.setting(s.Value, f)
		if !ok {
			continue
		}
		if _, isList := value.([]any); f.List && !isList {
			value = []any{value}
		}
		d.fill(s.Field, value)
	}
}

// setting works one value of the kind file out.
func (r AdvanceRequest) setting(text string, f schema.Field) (any, bool) {
	name, isName := strings.CutPrefix(text, "$")
	switch {
	case !isName:
		return typed(f, text, r.Zone), true
	case name == "actor":
		return r.By, r.By != ""
	case name == "now" && f.Type == schema.DateField, name == "today":
		return r.At.In(r.Zone).Format(time.DateOnly), true
	case name == "now":
		return r.At.In(r.Zone).Truncate(time.Second).Format(time.RFC3339), true
	}
	return r.value(name)
}

// value is what this record holds under a field's, a derived or a limit's name.
func (r AdvanceRequest) value(name string) (any, bool) {
	rec := r.Record
	if value := rec.Plain(name); value != nil {
		return value, true
	}
	if d, ok := rec.Kind.DerivedName(name); ok {
		t, ok := rec.Derived(name)
		if d.Actor {
			return t.By, ok && t.By != ""
		}
		return t.At.In(r.Zone).Format(time.RFC3339), ok
	}
	for _, l := range rec.Kind.Limits {
		if r.Due == nil || l.Name != name && l.Typed != name {
			continue
		}
		if due, ok := r.Due(rec, l); ok {
			return r.written(name, due), true
		}
	}
	return nil, false
}

// open plans the record that an operation opens.
func (r AdvanceRequest) open(op schema.Operation) ([]Plan, finding.List) {
	kind := r.Register.Kinds().Kind(op.Opens)
	if kind == nil {
		return nil, finding.List{refusal(r.Record.Path, advanceRule, "intake.no_kind", locale.A("kind", op.Opens))}
	}
	d := newDraft(kind, r.Zone, map[string]any{})
	r.settings(d, op)
	r.count(d)
	r.backlink(d)
	found := r.openAlready(d)
	for _, s := range r.Sets {
		head, _, _ := strings.Cut(s.Path, ".")
		delete(d.fields, head)
	}
	var sets []Set
	for _, f := range kind.Fields {
		if value := d.fields[f.Name]; value != nil {
			text, err := json.Marshal(value)
			if err != nil {
				continue
			}
			sets = append(sets, Set{Path: f.Name, Value: string(text), JSON: true})
		}
	}
	plan, more := New(NewRequest{
		Kind: kind, Register: r.Register, Used: r.Used, Sets: append(sets, r.Sets...), By: r.By, Role: r.Role, Now: r.At, Zone: r.Zone, Judge: r.Judge,
	})
	return []Plan{plan}, append(found, more...)
}

// backlink names this record in the first field that may, where the kind file
// set none.
func (r AdvanceRequest) backlink(d *draft) {
	for _, value := range d.fields {
		if value == r.Record.ID || same(value, []any{r.Record.ID}) {
			return
		}
	}
	for _, f := range d.kind.Fields {
		if f.Type != schema.RefField || d.fields[f.Name] != nil || !slices.Contains(f.Refs, r.Record.Kind.ID) {
			continue
		}
		if f.List {
			d.fill(f.Name, []any{r.Record.ID})
		} else {
			d.fill(f.Name, r.Record.ID)
		}
		return
	}
}

// openAlready asks before a second record of one level is opened while the first
// is open: whoever means it says the level.
func (r AdvanceRequest) openAlready(d *draft) finding.List {
	for _, f := range d.kind.Fields {
		level := d.fields[f.Name]
		if level == nil || f.Type != schema.EnumField || f.List || !counts(f.Options) || slices.ContainsFunc(r.Sets, func(s Set) bool { return s.Path == f.Name }) {
			continue
		}
		for _, ref := range r.Register.To(r.Record.ID) {
			other := r.Register.Get(ref.From)
			if other == nil || other.Kind != d.kind || other.Text(f.Name) != level {
				continue
			}
			if state, _ := other.State(); state.Phase == schema.Open || state.Phase == schema.Draft {
				return finding.List{refusal("--set "+f.Name, advanceRule, "intake.open_already",
					locale.A("id", other.ID), locale.T("field", f.Title), locale.A("level", other.Text(f.Name)), locale.A("example", setField(f, f.Name)))}
			}
		}
	}
	return nil
}

// count fills an enumeration of whole numbers that the new record must have: one
// more than the highest among the records of its kind that name this one and
// were not withdrawn, at most the last number (domain.md §4.3, levels 1 and 2).
func (r AdvanceRequest) count(d *draft) {
	for _, f := range d.kind.Fields {
		if f.Type != schema.EnumField || f.List || !counts(f.Options) {
			continue
		}
		at := 0
		for _, ref := range r.Register.To(r.Record.ID) {
			other := r.Register.Get(ref.From)
			if other == nil || other.Kind != d.kind {
				continue
			}
			if state, _ := other.State(); state.Phase == schema.Void {
				continue
			}
			at = max(at, 1+slices.IndexFunc(f.Options, func(o schema.Option) bool { return o.Value == other.Text(f.Name) }))
		}
		d.fill(f.Name, f.Options[min(at, len(f.Options)-1)].Value)
	}
}

// counts tells whether an enumeration's values are 1, 2, 3 …
func counts(options []schema.Option) bool {
	for i, o := range options {
		if o.Value != strconv.Itoa(i+1) {
			return false
		}
	}
	return len(options) > 0
}

// judged looks at the record as it would be after an operation, and names what
// its item still lacks by the option that gives it.
func (r AdvanceRequest) judged(plan Plan, op schema.Operation) finding.List {
	after, found := record.Parse(plan.Path, plan.After, r.Register.Kinds())
	field, _ := r.Record.Kind.Field(op.Add)
	items := after.Items(op.Add)
	if len(items) == 0 {
		return placeless(found)
	}
	item := items[len(items)-1]
	var missing finding.List
	for _, f := range field.Fields {
		if f.Required && !item.Has(f.Name) {
			missing = append(missing, refusal("--set "+f.Name, "intake-requires", "intake.requires", locale.T("field", f.Title), locale.A("example", setField(f, f.Name)), locale.T("step", op.Title)))
		}
	}
	if len(missing) > 0 {
		found = slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Rule == "schema-required" })
	}
	return append(missing, placeless(found)...)
}
