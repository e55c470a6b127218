package portal

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Change is what one mainline commit did to one record.
type Change struct {
	Record    Cell // the record, for lists over many of them
	Kind      string
	What      string // in a few words
	Tone      Tone
	Author    Cell
	Submitted string
	Merged    string
	MergedBy  Cell // zero where author and merger are one commit
	Commit    Commit
	Merge     Commit // zero where it is the same
	Fields    []FieldChange
}

// FieldChange is one value before and after.
type FieldChange struct {
	Label  string
	Before string
	After  string
	Step   bool // a step of the lifecycle: After says it in words
}

func (v *View) change(t *history.Timeline, c *history.Change) Change {
	v = v.of(t.ID)
	kind := v.src.Register.Kinds().Kind(record.KindOf(c.Path))
	out := Change{
		Record: v.changedRecord(t), Kind: v.changeKind(c.Kind), Tone: changeTone(c.Kind),
		Submitted: v.moment(c.Submitted), Merged: v.moment(c.Merged),
	}
	if c.SetBy != nil {
		out.Author, out.Commit = v.author(c.SetBy.Author), v.commit(c.SetBy.Hash)
	}
	if c.MergedBy != nil && c.SetBy != nil && c.MergedBy.Hash != c.SetBy.Hash {
		out.MergedBy, out.Merge = v.author(c.MergedBy.Committer), v.commit(c.MergedBy.Hash)
	}
	if c.Kind != history.Created {
		out.Fields = v.fieldChanges(kind, c.Events)
	}
	out.What = v.summary(kind, c, out.Fields)
	return out
}

func (v *View) changedRecord(t *history.Timeline) Cell {
	if v.src.Register.Get(t.ID) != nil {
		return v.refCell(t.ID, withID)
	}
	return v.anyRecord(t.ID)
}

func (v *View) changeKind(k history.ChangeKind) string {
	switch k {
	case history.Created:
		return v.p.Say("portal.created")
	case history.Deleted:
		return v.p.Say("portal.deleted")
	case history.Restored:
		return v.p.Say("portal.restored")
	case history.Unread:
		return v.p.Say("portal.unread")
	}
	return v.p.Say("portal.modified")
}

func changeTone(k history.ChangeKind) Tone {
	switch k {
	case history.Deleted, history.Unread:
		return Bad
	case history.Restored:
		return Warn
	}
	return Neutral
}

// summary says a change in one line: the step it took, or the fields it set.
func (v *View) summary(kind *schema.Kind, c *history.Change, fields []FieldChange) string {
	var labels []string
	said := map[string]bool{} // a record may have as many keys as fit a file
	state := v.stateTitle(kind, reached(c.Events))
	for _, f := range fields {
		if !f.Step && !said[f.Label] {
			said[f.Label] = true
			labels = append(labels, f.Label)
		}
	}
	switch {
	case c.Kind == history.Modified && state != "":
		return v.p.Say("portal.moved-to", locale.A("state", state))
	case c.Kind == history.Modified && len(labels) > 3:
		return v.p.Say("portal.changed-many", locale.A("fields", joinWith(labels[:3], v.p.Say("portal.comma"))), locale.N("n", len(labels)))
	case c.Kind == history.Modified && len(labels) > 0:
		return v.p.Say("portal.changed-fields", locale.A("fields", joinWith(labels, v.p.Say("portal.comma"))))
	}
	return v.changeKind(c.Kind)
}

// reached is the state that a change leads to: the one its status says, else
// the latest of its steps.
func reached(events []history.Event) string {
	state, latest := "", ""
	for _, e := range events {
		if s, ok := e.After.(string); ok && e.Pointer == "/"+record.StatusField {
			return s
		}
		if to := stepOf(e); to != "" && stepTime(e) >= latest {
			state, latest = to, stepTime(e)
		}
	}
	return state
}

// stepTime orders the steps of one change; offsets are alike in one company.
func stepTime(e history.Event) string {
	o, _ := object(e.After)
	return o.Text("at")
}

// inOrder puts steps first, by time, then fields in the order of the kind. The
// state that steps speak of needs no line of its own.
func inOrder(kind *schema.Kind, events []history.Event) []history.Event {
	sorted := slices.Clone(events)
	if slices.ContainsFunc(sorted, func(e history.Event) bool { return stepOf(e) != "" }) {
		sorted = slices.DeleteFunc(sorted, func(e history.Event) bool { return e.Pointer == "/"+record.StatusField })
	}
	rank := func(e history.Event) int {
		if stepOf(e) != "" || kind == nil {
			return -1
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(e.Pointer, "/"), "/")
		return slices.IndexFunc(kind.Fields, func(f schema.Field) bool { return f.Name == name })
	}
	slices.SortStableFunc(sorted, func(a, b history.Event) int {
		if stepOf(a) != "" && stepOf(b) != "" {
			return cmp.Compare(stepTime(a), stepTime(b))
		}
		return cmp.Compare(rank(a), rank(b))
	})
	return sorted
}

// stepOf is the state that an event enters, "" where it is no new step.
func stepOf(e history.Event) string {
	if !strings.HasPrefix(e.Pointer, "/"+record.TransitionsField+"/") || e.Before != nil {
		return ""
	}
	if o, ok := object(e.After); ok {
		return o.Text("to")
	}
	return ""
}

func (v *View) fieldChanges(kind *schema.Kind, events []history.Event) []FieldChange {
	var out []FieldChange
	for _, e := range inOrder(kind, events) {
		if to := stepOf(e); to != "" {
			o, _ := object(e.After)
			out = append(out, FieldChange{
				Label: v.p.Say("portal.step"), Step: true,
				After: v.stepWords(v.stateTitle(kind, to), o.Text("by"), v.flatField(kind, record.TransitionsField+".at", o.Plain("at"))),
			})
			continue
		}
		label, f, known := v.locate(kind, e.Pointer)
		if e.Pointer == "/"+record.StatusField {
			out = append(out, FieldChange{Label: label, Before: v.stateWord(kind, e.Before), After: v.stateWord(kind, e.After)})
			continue
		}
		if !known {
			out = append(out, FieldChange{Label: label, After: v.p.Say("portal.unknown-field")})
			continue
		}
		out = append(out, FieldChange{Label: label, Before: v.flat(v.value(f, e.Before)), After: v.flat(v.value(f, e.After))})
	}
	return out
}

func (v *View) stepWords(state, by, at string) string {
	who := ""
	if by != "" {
		who = v.refCell(by, shortName).Text
	}
	return v.p.Say("portal.step-words", locale.A("state", state), locale.A("who", who), locale.A("at", at))
}

func (v *View) flatField(kind *schema.Kind, name string, plain any) string {
	if kind == nil {
		return ""
	}
	f, _ := kind.Field(name)
	return v.flat(v.value(f, plain))
}

func (v *View) stateWord(kind *schema.Kind, plain any) string {
	s, _ := plain.(string)
	return v.stateTitle(kind, s)
}

func (v *View) stateTitle(kind *schema.Kind, id string) string {
	if kind == nil {
		return id
	}
	s, ok := kind.State(id)
	if !ok {
		return id
	}
	return v.p.Text(s.Title)
}

// locate follows a JSON pointer through a kind's fields and names the place.
// Segments that name no field are keys of list items. Classes of enclosing
// fields hold for what is inside.
func (v *View) locate(kind *schema.Kind, pointer string) (string, schema.Field, bool) {
	segments := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if kind == nil {
		return segments[0], schema.Field{}, false
	}
	fields, current, label, class, known := kind.Fields, schema.Field{}, "", "", false
	for depth, s := range segments {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
		i := slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == s })
		switch {
		case i >= 0:
			current, known = fields[i], true
			fields = current.Fields
			class = stricter(v.src.Policy, class, current.Class)
			label = joinLabel(label, v.label(current))
		case depth == 0:
			return v.mask(s), schema.Field{}, false
		case current.List:
			if !v.hides(class) { // what is hidden may be its own key
				label = joinLabel(label, v.hidden.secrets.Cover(v.mask(v.itemName(&current, s))))
			}
			current.List = false
		default:
			return label, schema.Field{}, false
		}
	}
	current.Class = class
	return label, current, known
}

// itemName is what a reader calls an item of a list: its id, else its place, from one.
func (v *View) itemName(list *schema.Field, name string) string {
	at, err := strconv.Atoi(name)
	hasID := slices.ContainsFunc(list.Fields, func(f schema.Field) bool { return f.Name == "id" || strings.HasSuffix(f.Name, "_id") })
	if err != nil || hasID {
		return name
	}
	return v.p.Say("portal.nth-item", locale.N("n", at+1))
}

func joinLabel(a, b string) string {
	if a == "" {
		return b
	}
	return a + " › " + b
}

func joinWith(parts []string, sep string) string { return strings.Join(parts, sep) }
