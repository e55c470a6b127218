package portal

import (
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Form is the page on which people without git fill in a new record of a kind, the
// next step of a record or an operation. It is made of the same schema and kind
// file as the check. With JavaScript off it is the list of what to give.
type Form struct {
	Page
	Kind    string // title of the kind that the page belongs to
	Heading string // 登记投诉, 投诉：响应
	FormNo  string
	Lead    string   // what the page does, in one sentence
	Notes   []string // what the step asks for beyond single fields
	Command string   // the same on the command line
	Blocks  []FormBlock
	Rest    []FormBlock // what few need, folded away
	People  []FormGroup // who may do it, by role
	Number  *FormField  // the record's own number; nil where the record has one
	State   *FormField  // of records without steps
	Note    bool        // a remark goes into the log
	Moment  bool        // the time of the step is asked for
	Old     bool        // it needs the record as it stands
	Either  bool        // it takes a record as it stands, and does without
	Served  bool        // only kept serve can fill it in: the figures are computed
	Upload  []FormField // lists that hold evidence, for kept serve
	Model   string      // JSON for form.js, see [formModel]
	W       FormWords
}

// FormBlock is a headed group of fields, as on the paper form.
type FormBlock struct {
	Title  string
	Fields []FormField // to be looked at
	More   []FormField // that may stay empty
	Count  string      // how many those are, in words
}

// FormField is one field, or one member of an item.
type FormField struct {
	Key      string // in the YAML file
	ID       string // of its control on the page
	Label    string
	Help     string
	Control  Control
	Required bool
	Options  []FormOption
	Default  string
	Refs     string      // list of ids offered while typing, which names its kinds after colons
	Fields   []FormField // of an object
	Item     *FormField  // of a list
	Bounds   FormBounds  // of what is typed
	Holder   string      // an example of what is typed
	Mode     InputMode   // of the keyboard on a phone
}

// FormBounds are the bounds of [schema.Bounds] as attributes.
type FormBounds struct{ Pattern, MinLength, MaxLength, Minimum, Maximum, MinItems, MaxItems string }

// FormOption is one choice.
type FormOption struct{ Value, Text string }

// FormGroup is the people who hold one role. The value of each option is the role
// and the person's id, with a blank between.
type FormGroup struct {
	Title   string
	Options []FormOption
}

// Control is how a field is filled in; the value is the mark that form.js reads.
type Control string

// The controls.
const (
	LineControl    Control = "s" // one line of text
	AreaControl    Control = "a" // several lines
	ChoiceControl  Control = "e" // one of the options
	ManyControl    Control = "c" // any of the options
	FlagControl    Control = "b" // yes or no
	NumberControl  Control = "n"
	DateControl    Control = "d"
	InstantControl Control = "i" // a time in the organisation's zone
	MomentControl  Control = "m" // a date, or a time in the organisation's zone
	ObjectControl  Control = "o"
	ListControl    Control = "l"
)

// InputMode is the keyboard that a phone shows.
type InputMode string

// The input modes.
const (
	TextMode    InputMode = ""
	DecimalMode InputMode = "decimal"
)

// formFolder is the folder of the forms' pages, formSection their entry of the
// navigation.
const (
	formFolder  = "form"
	formSection = "forms"
)

// FormKey names one form: of a new record of a kind or, with Step or Operation
// not negative, of one of its steps or operations by their place in the kind.
type FormKey struct {
	Kind            string
	Step, Operation int
}

// FormKeys lists every form in a fixed order; none in an edition that leaves the
// company, whose readers register nothing.
func (v *View) FormKeys() []FormKey {
	if v.src.Policy.Edition.Leaves() {
		return nil
	}
	var keys []FormKey
	for _, kind := range v.formKinds() {
		keys = append(keys, FormKey{kind.ID, -1, -1})
		for i := range kind.Steps {
			keys = append(keys, FormKey{kind.ID, i, -1})
		}
		for i := range kind.Operations {
			if key := (FormKey{kind.ID, -1, i}); v.formPath(key) != "" {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// formKinds are the kinds whose records people register, in the order of the
// navigation. A seal is written by kept alone.
func (v *View) formKinds() []*schema.Kind {
	var kinds []*schema.Kind
	for _, s := range v.sections {
		if s.Kind != nil && s.Kind.ID != record.SealKind {
			kinds = append(kinds, s.Kind)
		}
	}
	return kinds
}

// formPath is the page of a form, "" where it has none: a step hides an operation
// of its name, as it does on the command line.
func (v *View) formPath(key FormKey) string {
	kind := v.src.Register.Kinds().Kind(key.Kind)
	name := pageName(kind.ID)
	switch {
	case key.Step >= 0:
		step := kind.Steps[key.Step]
		name += "." + pageName(step.To)
		if slices.IndexFunc(kind.Steps, func(s schema.Step) bool { return s.To == step.To }) < key.Step {
			name += "." + pageName(step.From[0])
		}
	case key.Operation >= 0:
		op := kind.Operations[key.Operation]
		if slices.ContainsFunc(kind.Steps, func(s schema.Step) bool { return s.To == op.ID }) {
			return ""
		}
		name += "." + pageName(op.ID)
	}
	return formFolder + "/" + name + ".html"
}

// Form makes the page of one form.
func (v *View) Form(key FormKey) Form {
	kind := v.src.Register.Kinds().Kind(key.Kind)
	w := formWriter{v: v, kind: kind}
	switch {
	case key.Step >= 0:
		w.step(kind.Steps[key.Step])
	case key.Operation >= 0:
		w.operation(kind.Operations[key.Operation])
	default:
		w.fresh(kind)
	}
	f := w.form
	f.Page = v.page(v.formPath(key), f.Heading, formSection, Crumb{v.p.Say("form.title"), Link{Page: formFolder + "/index.html"}})
	f.Kind, f.W, f.Model = v.p.Text(kind.Title), v.FormWords(), w.model.text()
	return f
}

// Forms is the page that lists what can be registered.
type Forms struct {
	Page
	Heading string
	Lead    string
	Groups  []FormList
	Steps   []string // how a record is submitted without git
	How     string   // heading of those
}

// FormList is a headed list of forms.
type FormList struct {
	Title string
	Forms []FormEntry
}

// FormEntry leads to the form of a new record, and to the register of its kind.
type FormEntry struct {
	Form, Register Cell
	FormNo         string
}

// Forms makes the page that lists what can be registered.
func (v *View) Forms() Forms {
	f := Forms{
		Page:    v.page(formFolder+"/index.html", v.p.Say("form.title"), formSection),
		Heading: v.p.Say("form.title"), Lead: v.p.Say("form.index-lead"), How: v.p.Say("form.how"),
		Steps: []string{v.p.Say("form.how-fill"), v.p.Say("form.how-next"), v.p.Say("form.how-put"), v.p.Say("form.how-merge")},
		Groups: []FormList{
			{Title: v.p.Say("portal.registers")}, {Title: v.p.Say("portal.basics")},
		},
	}
	for _, kind := range v.formKinds() {
		at := 0
		if !governs(kind) {
			at = 1
		}
		f.Groups[at].Forms = append(f.Groups[at].Forms, FormEntry{
			Form:     Cell{Text: v.p.Say("form.new", locale.T("kind", kind.Title)), Link: v.newForm(kind)},
			Register: Cell{Text: v.registerTitle(kind), Link: sectionLink(kind.ID)}, FormNo: kind.FormNo,
		})
	}
	f.Groups = slices.DeleteFunc(f.Groups, func(l FormList) bool { return len(l.Forms) == 0 })
	return f
}

// newForm leads to the form of a new record, zero where there is none.
func (v *View) newForm(kind *schema.Kind) Link {
	if kind == nil || v.src.Policy.Edition.Leaves() || kind.ID == record.SealKind {
		return Link{}
	}
	return Link{Page: v.formPath(FormKey{kind.ID, -1, -1})}
}

// whole tells whether a record's YAML as it is shown is what its file holds.
func (v *View) whole(rec *record.Record) bool {
	return v.source(rec) == strings.ReplaceAll(string(rec.Source), "\r\n", "\n")
}
