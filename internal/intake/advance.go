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

// AdvanceRequest asks for the next step of a record.
type AdvanceRequest struct {
	Record   *record.Record
	Register *record.Register
	To       string
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
}

// Advance plans a step: the fields that were set, the new entry of the
// transition log and the status, in a file whose other lines keep every byte.
// The step must be one of the kind's, by a role that the person holds on that
// day, with what it requires, and no earlier than the last one.
func Advance(r AdvanceRequest) (Plan, finding.List) {
	rec := r.Record
	if rec.Broken || rec.Kind == nil || rec.Doc == nil {
		return Plan{}, finding.List{refusal(rec.Path, "intake-advance", "intake.broken")}
	}
	step, found := r.step()
	if len(found) > 0 {
		return Plan{}, found
	}
	d := newDraft(rec.Kind, r.Zone, rec.Fields())
	d.apply(r.Sets, record.SchemaField, record.IDField, record.StatusField, record.TransitionsField)
	d.found = append(d.found, r.actor(&step)...)
	d.found = append(d.found, r.order()...)
	if len(d.found) > 0 {
		return Plan{}, d.found
	}
	r.fillDue(d, step)
	plan, err := r.edit(d)
	if err != nil {
		return Plan{}, finding.List{refusal(rec.Path, "intake-advance", "intake.layout")}
	}
	if found := judge(plan, r.Register.Kinds()); len(found) > 0 {
		return Plan{}, found
	}
	return r.verdict(plan, step)
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
			d.fields[l.Typed] = due.In(r.Zone).Format(time.RFC3339)
			d.set = append(d.set, l.Typed)
		}
	}
}

// step finds the step, or tells which steps there are from here.
func (r AdvanceRequest) step() (schema.Step, finding.List) {
	kind, from := r.Record.Kind, r.Record.Status()
	if len(kind.Steps) == 0 {
		if _, ok := kind.State(r.To); ok {
			return schema.Step{To: r.To}, nil
		}
		return schema.Step{}, finding.List{refusal(r.Record.Path, "intake-advance", "intake.no_state", locale.T("states", listOf(kind.States, stateText)))}
	}
	if step, ok := kind.Step(from, r.To); ok {
		return step, nil
	}
	state, _ := kind.State(from)
	steps := kind.StepsFrom(from)
	if len(steps) == 0 {
		return schema.Step{}, finding.List{refusal(r.Record.Path, "intake-advance", "intake.final", locale.T("state", stateText(state)))}
	}
	next := listOf(steps, func(s schema.Step) locale.Text { return stepText(kind, s) })
	return schema.Step{}, finding.List{refusal(r.Record.Path, "intake-advance", "intake.no_step", locale.T("state", stateText(state)), locale.T("next", next))}
}

// actor settles the role.
func (r *AdvanceRequest) actor(step *schema.Step) finding.List {
	if !isPerson(r.Register, r.By) {
		return finding.List{refusal("--by", "intake-actor", "intake.person")}
	}
	if len(step.Roles) == 0 {
		return nil
	}
	held := r.Register.Roles(r.By, r.At, r.Zone)
	wanted := step.Roles
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
	return finding.List{refusal("--role", "intake-actor", "intake.role", locale.A("roles", strings.Join(step.Roles, ", ")), locale.A("day", r.At.In(r.Zone).Format(time.DateOnly)))}
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

// edit changes the file's text.
func (r AdvanceRequest) edit(d *draft) (Plan, error) {
	rec := r.Record
	e, err := yamldoc.NewEdit(rec.Path, rec.Source)
	if err != nil {
		return Plan{}, err
	}
	order := keyOrder(rec.Kind.Fields)
	for _, key := range d.set {
		if err := e.Set(key, d.fields[key], following(rec, order, key), order); err != nil {
			return Plan{}, err
		}
	}
	if len(rec.Kind.Steps) > 0 {
		entry := step(r.To, r.At, r.Zone, r.By, r.Role, r.Note)
		if err := e.Append(record.TransitionsField, entry, []string{"to", "at", "by", "role", "note"}); err != nil {
			return Plan{}, err
		}
	}
	if err := e.Set(record.StatusField, r.To, "", order); err != nil {
		return Plan{}, err
	}
	return Plan{Path: rec.Path, Before: rec.Source, After: e.Bytes()}, nil
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

// verdict looks at the record as it would be.
func (r AdvanceRequest) verdict(plan Plan, step schema.Step) (Plan, finding.List) {
	after, _ := record.Parse(plan.Path, plan.After, r.Register.Kinds())
	var found finding.List
	for _, name := range step.Requires {
		if !after.Present(name) {
			found = append(found, refusal("--set "+name, "intake-requires", "intake.requires", locale.T("field", r.Record.Kind.NameTitle(name)), locale.A("example", setExample(r.Record.Kind, name)), locale.T("step", step.Title)))
		}
	}
	if len(found) > 0 {
		return Plan{}, found
	}
	if r.Guard != nil && step.Guard != "" {
		if ok, err := r.Guard(after, step); err != nil || !ok {
			f := refusal(plan.Path, "intake-guard", "intake.guard")
			f.Said = step.GuardText
			return Plan{}, finding.List{f}
		}
	}
	return plan, nil
}
