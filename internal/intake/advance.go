package intake

import (
	"slices"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// AdvanceRequest asks for the next step of a record, or for one of the
// operations that may be done without a step.
type AdvanceRequest struct {
	Record   *record.Record
	Register *record.Register
	Used     []string // ids that history knows, for a record that is opened
	To       string   // a state, or the id of an operation
	Sets     []Set
	At       time.Time
	By       string // person id
	Role     string // "" takes the first role of the step that the person holds
	Note     string
	Zone     *time.Location
	// Guard tells whether the step's guard holds for the record as it would be.
	// Nil leaves guards to the check.
	Guard func(rec *record.Record, step schema.Step) (bool, error)
	// Due computes a limit for the record as it would be, for a step that
	// requires the due time in writing; nil, or false, leaves it to be set.
	Due func(rec *record.Record, limit schema.TimeLimit) (time.Time, bool)
	// Judge tells what the rules say of the record as it would be and did not say
	// of it before. Nil leaves the rules to the check.
	Judge func(Plan) finding.List
}

// rule names of what hinders a step.
const (
	advanceRule = "intake-advance"
	actorRule   = "intake-actor"
)

// Advance plans a step: the fields that were set, the new entry of the
// transition log and the status, in a file whose other lines keep every byte.
// The step must be one of the kind's, by a role that the person holds on that
// day, with what it requires, and no earlier than the last one. An operation
// adds its item, or opens its record. Whatever hinders it is told at once; what
// only warns comes with the plans.
func Advance(r AdvanceRequest) ([]Plan, finding.List) {
	rec := r.Record
	if rec.Broken || rec.Kind == nil || rec.Doc == nil {
		return nil, finding.List{refusal(rec.Path, advanceRule, "intake.broken")}
	}
	if op, ok := r.operation(); ok {
		return r.operate(op)
	}
	step, found := r.step()
	if len(found) > 0 {
		return nil, found
	}
	d := newDraft(rec.Kind, r.Zone, rec.Fields())
	sets := r.linked(d, step, r.span(d, step))
	d.apply(sets, record.SchemaField, record.IDField, record.StatusField, record.TransitionsField)
	d.found = append(d.found, r.actor(step.Roles)...)
	d.found = append(d.found, r.order()...)
	r.fillDue(d, step)
	plan, err := r.edit(d, true)
	if err != nil {
		return nil, append(d.found, refusal(rec.Path, advanceRule, "intake.layout"))
	}
	verdict := r.verdict(plan, step, refused(d.found))
	if slices.ContainsFunc(d.found, func(f finding.Finding) bool { return f.Rule == "intake-requires" }) {
		verdict = slices.DeleteFunc(verdict, func(f finding.Finding) bool { return f.Rule == "schema-required" })
	}
	return unlessHindered(append(d.found, verdict...), r.Judge, plan)
}

// refused are the options that were refused: what they would have set is not
// asked for again.
func refused(found finding.List) []string {
	var paths []string
	for _, f := range found {
		if p, ok := strings.CutPrefix(f.Position.Path, "--set "); ok {
			paths = append(paths, p)
		}
	}
	return paths
}

// fillDue writes the computed due time into a field that the step requires and
// nobody set: people need not count working days.
func (r AdvanceRequest) fillDue(d *draft, step schema.Step) {
	if r.Due == nil {
		return
	}
	now := *r.Record
	now.Object = yamldoc.NewObject(d.fields)
	for _, l := range r.Record.Kind.Limits {
		if l.Typed == "" || !slices.Contains(step.Requires, l.Typed) || now.Has(l.Typed) {
			continue
		}
		if due, ok := r.Due(&now, l); ok {
			d.fields[l.Typed] = r.written(l.Typed, due)
			d.touch(l.Typed)
		}
	}
}

// written is a moment as a field of this record's kind holds it.
func (r AdvanceRequest) written(field string, t time.Time) string {
	if f, ok := r.Record.Kind.Field(field); ok && f.Type == schema.DateField {
		return t.In(r.Zone).Format(time.DateOnly)
	}
	return t.In(r.Zone).Truncate(time.Second).Format(time.RFC3339)
}

// step finds the step, or tells which steps there are from here.
func (r AdvanceRequest) step() (schema.Step, finding.List) {
	kind, from := r.Record.Kind, r.Record.Status()
	if len(kind.Steps) == 0 {
		state, ok := kind.State(r.To)
		if ok && r.To == from && len(r.Sets) == 0 {
			return schema.Step{}, finding.List{refusal(r.Record.Path, advanceRule, "intake.same_state", locale.T("state", stateText(state)))}
		}
		if ok {
			return schema.Step{To: r.To}, nil
		}
		return schema.Step{}, finding.List{refusal(r.Record.Path, advanceRule, "intake.no_state", locale.T("states", listOf(kind.States, stateText)))}
	}
	if step, ok := kind.Step(from, r.To); ok {
		return step, nil
	}
	state, _ := kind.State(from)
	next := listOf(kind.StepsFrom(from), func(s schema.Step) locale.Text { return stepText(r.Register.Kinds(), kind, s) })
	more := listOf(OperationsIn(kind, state), operationText)
	switch {
	case next.IsZero() && more.IsZero():
		return schema.Step{}, finding.List{refusal(r.Record.Path, advanceRule, "intake.final", locale.T("state", stateText(state)))}
	case more.IsZero():
		return schema.Step{}, finding.List{refusal(r.Record.Path, advanceRule, "intake.no_step", locale.T("state", stateText(state)), locale.T("next", next))}
	}
	return schema.Step{}, finding.List{refusal(r.Record.Path, advanceRule, "intake.no_step_more", locale.T("state", stateText(state)), locale.T("next", next), locale.T("more", more))}
}

// actor settles the role; where the person does not hold one, it says who does.
func (r *AdvanceRequest) actor(roles []string) finding.List {
	if !isPerson(r.Register, r.By) {
		return finding.List{refusal("--by", actorRule, "intake.person")}
	}
	if len(roles) == 0 {
		return nil
	}
	held := r.Register.RolesFor(r.Record, r.By, r.At, r.Zone)
	wanted := roles
	if r.Role != "" && slices.Contains(wanted, r.Role) {
		wanted = []string{r.Role}
	} else if r.Role != "" {
		wanted = nil
	}
	for _, role := range wanted {
		if slices.Contains(held, role) {
			r.Role = role
			return nil
		}
	}
	holders := Holders(r.Register, r.Record, roles, r.At, r.Zone)
	key := "intake.role"
	if !slices.ContainsFunc(holders, func(h Holding) bool { return len(h.Persons) > 0 }) {
		key = "intake.role-vacant"
	}
	return finding.List{refusal("--role", actorRule, key,
		locale.T("roles", roleTexts(r.Register.Kinds(), roles)), locale.A("day", r.At.In(r.Zone).Format(time.DateOnly)),
		locale.T("holders", holderText(holders)))}
}

// order refuses a step before the last one.
func (r AdvanceRequest) order() finding.List {
	for _, t := range r.Record.Transitions() {
		if r.At.Truncate(time.Second).Before(t.At) {
			return finding.List{refusal("--when", "intake-order", "intake.order", locale.A("last", t.At.In(r.Zone).Format(time.RFC3339)))}
		}
	}
	return nil
}

// edit changes the file's text: the keys that the draft touched and, for a step,
// the log and the status.
func (r AdvanceRequest) edit(d *draft, step bool) (Plan, error) {
	rec := r.Record
	e, err := yamldoc.NewEdit(rec.Path, rec.Source)
	if err != nil {
		return Plan{}, err
	}
	order := KeyOrder(rec.Kind.Fields)
	for _, key := range d.set {
		if err := setKey(e, rec, d, key, order); err != nil {
			return Plan{}, err
		}
	}
	if step && len(rec.Kind.Steps) > 0 {
		entry := entryOf(r.To, r.At, r.Zone, r.By, r.Role, r.Note)
		if err := e.Append(record.TransitionsField, entry, []string{"to", "at", "by", "role", "note"}); err != nil {
			return Plan{}, err
		}
	}
	if step {
		if err := e.Set(record.StatusField, r.To, "", order); err != nil {
			return Plan{}, err
		}
	}
	return Plan{Path: rec.Path, Before: rec.Source, After: e.Bytes()}, nil
}

// setKey writes one key of a draft. A list that only grew keeps the lines of the
// items that it had.
func setKey(e *yamldoc.Edit, rec *record.Record, d *draft, key string, order []string) error {
	before, _ := rec.Plain(key).([]any)
	after, _ := d.fields[key].([]any)
	if len(before) > 0 && len(after) > len(before) && same(before, after[:len(before)]) {
		for _, item := range after[len(before):] {
			if err := e.Append(key, item, below(order, key)); err != nil {
				return err
			}
		}
		return nil
	}
	return e.Set(key, d.fields[key], following(rec, order, key), order)
}

// following is the first key behind key, in the kind's order, that the file has.
func following(rec *record.Record, order []string, key string) string {
	for _, name := range order[slices.Index(order, key)+1:] {
		if _, ok := rec.Fields()[name]; ok {
			return name
		}
	}
	return ""
}

// verdict looks at the record as it would be: what the step requires, the
// schema, the guard. What an option that was refused would have set is left out.
func (r AdvanceRequest) verdict(plan Plan, step schema.Step, without []string) finding.List {
	after, found := record.Parse(plan.Path, plan.After, r.Register.Kinds())
	found = placeless(found)
	kind := r.Record.Kind
	for _, name := range step.Requires {
		if name == record.LinksField && step.Link != "" {
			continue // asked for by its rel
		}
		if !after.Present(name) && !slices.Contains(without, name) {
			found = append(found, refusal("--set "+name, "intake-requires", "intake.requires", locale.T("field", kind.NameTitle(name)), locale.A("example", setExample(kind, name)), locale.T("step", step.Title)))
		}
	}
	if step.Link != "" && !links(after.Object, step.Link) && !slices.Contains(without, step.Link) {
		found = append(found, refusal("--set "+step.Link, "intake-requires", "intake.link", locale.T("step", step.Title), locale.A("rel", step.Link)))
	}
	if r.Guard != nil && step.Guard != "" && after.Doc != nil {
		if ok, err := r.Guard(after, step); err == nil && !ok || err != nil && len(found) == 0 {
			f := refusal(plan.Path, "intake-guard", "intake.guard")
			f.Said = step.GuardText
			found = append(found, f)
		}
	}
	return found
}
