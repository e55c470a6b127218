package portal

import (
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"

	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/record"
	"kept/internal/schema"
)

// pathMark stands in an address for the file, textMark for what it holds.
const (
	pathMark = "-path-"
	textMark = "{text}"
)

// The sorts of forms, as form.js tells them apart.
const (
	newSort  = "new"  // a new record
	stepSort = "step" // a step: the log and the state
	addSort  = "add"  // an item in a list of the record
	openSort = "open" // a new record of another kind that names the record
)

// formModel is what form.js must know beside the controls to write what kept
// itself would write. Of is the kind of the record as it stands, Kind that of the
// record that is written.
type formModel struct {
	Of   string   `json:"of"`
	Kind string   `json:"kind"`
	Sort string   `json:"sort"`
	To   string   `json:"to,omitempty"`   // state or operation
	From []string `json:"from,omitempty"` // states in which it may be done

	Schema   string         `json:"schema"`            // complaint/v1
	Order    string         `json:"order"`             // of keys, dotted, by blanks
	Dir      string         `json:"dir"`               // records/complaint
	Date     string         `json:"date,omitempty"`    // name that says the month of the folder, "" for one folder
	File     string         `json:"file"`              // schemas/complaint.schema.json
	Template string         `json:"template"`          // of the number, "" where people choose it
	Last     map[string]int `json:"last,omitempty"`    // number last used, by year, "" without years
	Initial  string         `json:"initial"`           // state
	FormNo   string         `json:"form_no,omitempty"` //
	Governed bool           `json:"governed"`          // it has a log
	Zone     string         `json:"zone"`

	Opens   string      `json:"opens,omitempty"`
	Closes  string      `json:"closes,omitempty"`
	Link    string      `json:"link,omitempty"`
	Reason  bool        `json:"reason,omitempty"` // the note is the reason of what is opened
	Add     string      `json:"add,omitempty"`
	Item    string      `json:"item,omitempty"`  // what their ids begin with where items are numbered, "" where not
	Moves   string      `json:"moves,omitempty"` // due time that the item moves
	Day     bool        `json:"day,omitempty"`   // which is a date
	Set     [][2]string `json:"set,omitempty"`
	Back    []string    `json:"back,omitempty"` // fields that may name the record, the first that is free does
	Derived [][]any     `json:"derived,omitempty"`

	Guard expr.Outline `json:"guard,omitempty"`
	Rules []formRule   `json:"rules,omitempty"`

	New  string            `json:"new,omitempty"`  // page of the forge for a new file
	Edit string            `json:"edit,omitempty"` // and for a change
	W    map[string]string `json:"w"`
}

// formRule is a rule of the kind as far as a form can judge it.
type formRule struct {
	When    expr.Outline `json:"when,omitempty"`
	Require expr.Outline `json:"require"`
	At      string       `json:"at"`
	Text    string       `json:"text"`
	Warn    bool         `json:"warn,omitempty"`
}

// text is the model as JSON that may stand in a page.
func (m formModel) text() string {
	data, err := json.Marshal(m)
	if err != nil {
		return "{}"
	}
	return string(data)
}

// newModel is the model of a new record.
func (v *View) newModel(kind *schema.Kind) formModel {
	m := formModel{
		Of: kind.ID, Kind: kind.ID, Sort: newSort,
		Schema: kind.ID + "/v" + strconv.Itoa(kind.Version), Order: strings.Join(keyOrder(kind.Fields), " "),
		Dir: path.Join(record.Folder, kind.ID), File: path.Join(schema.Folder, kind.ID+".schema.json"),
		Template: kind.IDs.Template, Initial: kind.Initial, Governed: governs(kind), Zone: v.zone.String(), W: v.scriptWords(),
	}
	if _, ok := kind.Field("form_no"); ok {
		m.FormNo = kind.FormNo
	}
	if kind.Dated {
		m.Date = kind.Date
	}
	if kind.IDs.Template != "" {
		m.Last = v.lastNumbers(kind)
	}
	m.New, m.Edit = v.src.Config.NewFileURL(pathMark, textMark), v.src.Config.EditURL(pathMark)
	m.Rules = v.rulesOf(kind, func(d schema.Derived) bool { return true })
	m.derive(kind)
	return m
}

// stepModel is the model of a step.
func (v *View) stepModel(kind *schema.Kind, step schema.Step) formModel {
	m := v.newModel(kind)
	m.Sort, m.To, m.From = stepSort, step.To, step.From
	m.Opens, m.Closes, m.Link, m.Last = step.Opens, step.Closes, step.Link, nil
	if f, ok := kind.Field(step.Opens + ".reason"); ok {
		m.Reason = f.Type == schema.TextField
	}
	told := func(d schema.Derived) bool { return d.First || d.State == step.To }
	m.Guard = v.outline(kind, step.Guard, told)
	m.Rules = v.rulesOf(kind, told)
	m.derive(kind)
	return m
}

// addModel is the model of an item more.
func (v *View) addModel(kind *schema.Kind, op schema.Operation) formModel {
	m := v.newModel(kind)
	m.Sort, m.Add, m.Moves, m.Last, m.Rules = addSort, op.Add, op.Moves, nil, nil
	if f, ok := kind.Field(op.Add + "." + record.IDField); ok && f.Type == schema.TextField {
		m.Item = f.ItemPrefix()
	}
	if f, ok := kind.Field(op.Moves); ok {
		m.Day = f.Type == schema.DateField
	}
	m.derive(kind)
	return m
}

// derive lists the names that stand for a step: name, state, whether the first
// counts, whether the person.
func (m *formModel) derive(kind *schema.Kind) {
	m.Derived = nil
	for _, d := range kind.Derived {
		m.Derived = append(m.Derived, []any{d.Name, d.State, d.First, d.Actor})
	}
}

// backField names the fields of a kind that may name a record of another, in the
// order in which kept looks at them.
func backField(kind *schema.Kind, other string) []string {
	var names []string
	for _, f := range kind.Fields {
		if f.Type == schema.RefField && slices.Contains(f.Refs, other) {
			name := f.Name
			if f.List {
				name += "[]"
			}
			names = append(names, name)
		}
	}
	return names
}

// lastNumbers are the highest numbers that were ever given out, by year.
func (v *View) lastNumbers(kind *schema.Kind) map[string]int {
	last := map[string]int{}
	consider := func(id string) {
		if year, n, ok := kind.IDs.Numbered(id); ok {
			key := strconv.Itoa(year)
			if !strings.Contains(kind.IDs.Template, "{year}") {
				key = ""
			}
			last[key] = max(last[key], n)
		}
	}
	for rec := range v.src.Register.All() {
		consider(rec.ID)
	}
	if v.src.History != nil {
		for t := range v.src.History.All() {
			consider(t.ID)
		}
	}
	return last
}

// rulesOf are the rules of a kind that a form can judge in part.
func (v *View) rulesOf(kind *schema.Kind, told func(schema.Derived) bool) []formRule {
	var rules []formRule
	for _, r := range kind.Rules {
		if _, ok := kind.Field(r.At); !ok || slices.Contains(keptFields(), r.At) {
			continue
		}
		out := formRule{Require: v.outline(kind, r.Require, told), At: r.At, Text: v.p.Text(r.Message), Warn: r.Severity != finding.Error}
		if r.When != "" {
			if out.When = v.outline(kind, r.When, told); out.When == nil {
				continue
			}
		}
		if out.Require != nil {
			rules = append(rules, out)
		}
	}
	return rules
}

// outline tells a condition over what a form knows: the record's own fields, its
// state, and the names that stand for steps told.
func (v *View) outline(kind *schema.Kind, source string, told func(schema.Derived) bool) expr.Outline {
	if source == "" {
		return nil
	}
	return expr.OutlineOf(source, v.types[kind.ID](), func(name string) bool {
		if _, ok := kind.Field(name); ok || name == record.AsOfName {
			return true
		}
		d, ok := kind.DerivedName(name)
		return ok && told(d)
	})
}

// keyOrder is the order in which a kind's keys are written, as dotted paths.
func keyOrder(fields []schema.Field) []string {
	var order []string
	for _, f := range fields {
		order = append(order, f.Name)
		for _, inner := range keyOrder(f.Fields) {
			order = append(order, f.Name+"."+inner)
		}
	}
	return order
}
