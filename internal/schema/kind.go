// Package schema knows the kinds of records: for each, the closed JSON Schema
// that says which fields there are, and the kind file that says how a record
// lives. Both come from the schemas/ folder of the commit that is judged, so
// that a new version of kept changes no old figure. It is the only door to the
// JSON Schema library.
package schema

import (
	"regexp"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
)

// Kind is everything kept knows about one kind of record, from
// <kind>.schema.json and <kind>.kind.yaml. It is immutable.
type Kind struct {
	ID       string // singular kebab-case, the folder under records/
	Version  int    // the n of "schema: <kind>/v<n>"
	Title    locale.Text
	Envelope Envelope
	FormNo   string // the form's number, SD-02004-F01; empty for reference kinds
	IDs      IDPattern
	Dated    bool   // records/<kind>/<YYYY>/<MM>/ instead of flat
	Date     string // field or derived name that says when the record belongs
	Label    string // field shown beside the id, usually title

	Fields []Field // in the schema's order

	States     []State
	Initial    string
	Steps      []Step
	Derived    []Derived
	Limits     []TimeLimit
	Order      []string // fields and derived names whose times may not go backwards
	Rules      []Rule
	Lookups    []Lookup    // other records that expressions may ask about
	Operations []Operation // what may be done without leaving the state
	Retention  Retention
	Answers    Answering // how a list of answers belongs to questions
	Columns    []Column  // the register, on screen and in print
	Blocks     []Block
	Texts      []Letter   // texts to send, made of a record's fields
	Gathers    []Gathered // what the page of a record gathers of other kinds
	// Register titles the register: 投诉台账.
	Register locale.Text
	// Facets are what the rows of the register can be chosen by, as fields, derived
	// names or limits; a time stands for its year. See [Kind.RegisterFacets].
	Facets []string
	// PrintID is the stable id of the printed register: complaint-register.
	PrintID string

	shape func() (validator, error)
}

// Envelope names the common fields of a kind (domain.md §0.8).
type Envelope string

// The two envelopes.
const (
	Governed  Envelope = "governed"
	Reference Envelope = "reference"
)

// IDPattern is how a kind's ids look and how the next one is made.
type IDPattern struct {
	Pattern *regexp.Regexp
	// Template holds {year} and {seq:4}, as TS-{year}-{seq:4}; empty where ids
	// are chosen by people.
	Template string
}

// FieldType is what a field holds.
type FieldType string

// The types of fields.
const (
	TextField    FieldType = "text"
	EnumField    FieldType = "enum"
	FlagField    FieldType = "flag"
	IntegerField FieldType = "integer"
	DecimalField FieldType = "decimal" // a decimal in a string
	NumberField  FieldType = "number"
	DateField    FieldType = "date"
	InstantField FieldType = "instant"
	MomentField  FieldType = "moment"    // a date or an instant
	RefField     FieldType = "reference" // the id of another record
	ObjectField  FieldType = "object"
)

// Field is one field of a record, of an item in a list, or of an object.
type Field struct {
	Name     string
	Title    locale.Text
	Help     locale.Text
	Type     FieldType
	List     bool // a list of Type
	Required bool
	Options  []Option // enumerations
	Refs     []string // kinds a reference may name; empty with Type RefField = any kind
	Class    string   // redaction class, domain.md §10; "" is open
	Fields   []Field  // of an object
	Long     bool     // text of several lines
	Default  any      // the schema's default as a plain value, nil for none
	Bounds   Bounds
}

// Bounds is what the schema says of the form of a value and of the number of a
// list's items, for those who ask for one; "" and zero are no bound. Validation
// itself is the schema's.
type Bounds struct {
	Pattern              string // an expression of Go and of JavaScript alike
	MinLength, MaxLength int    // in characters
	Minimum, Maximum     string // as the schema writes the number
	MinItems, MaxItems   int
}

// Option is one value of an enumeration.
type Option struct {
	Value string
	Title locale.Text
}

// State is one state of a kind's life.
type State struct {
	ID    string
	Title locale.Text
	Phase Phase
}

// Phase groups states for every kind alike, so that Go need not know their
// names.
type Phase string

// The phases.
const (
	Draft Phase = "draft" // not in force yet
	Open  Phase = "open"  // somebody has to act
	Done  Phase = "done"  // finished as intended
	Void  Phase = "void"  // withdrawn, merged, refused, cancelled
)

// Ended tells that nobody has to act any more.
func (p Phase) Ended() bool { return p == Done || p == Void }

// Step is an allowed transition.
type Step struct {
	From     []string
	To       string
	Title    locale.Text
	Roles    []string // who may do it; empty is anyone
	Requires []string // fields that must be present once the step is done
	// Guard must be true (see package expr) once the step is done.
	Guard     string
	GuardText locale.Text
	// Opens and Closes name a list of {from, to}: the step begins an entry, or
	// ends the one that is open, at its own time.
	Opens, Closes string
	// Link is the rel under which the step names another record in links[].
	Link string
}

// Operation is what may be done to a record without a transition: an extension,
// an escalation, a note of progress.
type Operation struct {
	ID     string
	Title  locale.Text
	States []string // in which it may be done; empty is every state of phase open
	Roles  []string // who may do it; empty is anyone
	// Add is the list field to which one item is appended; Opens the kind of
	// which a new record is opened. Exactly one of the two is given.
	Add, Opens string
	// Set fills fields of the item or of the new record: "$name" is a field, a
	// derived name or a limit of this record, "$actor" the person, "$now" the
	// time of the operation, "$today" its day; anything else stands as it is.
	Set []Setting
	// Moves is a field of this record that takes the item's "to", as a due time
	// follows its extension.
	Moves string
}

// Setting is one field and what fills it.
type Setting struct{ Field, Value string }

// Retention says how long records of a kind are kept after an event: the field
// or derived name that ends their use. Zero years is no rule.
type Retention struct {
	Years int
	From  string
}

// Lookup is a name under which expressions about a record see others, as a list
// of the fields in Take. Exactly one of From, Back, Match and All is given.
type Lookup struct {
	Name string
	Kind string // of the records found; others are left out
	From string // field of this kind, a dotted path, that names them
	Back string // field of theirs, a dotted path, that names this record
	Rel  string // with From or Back on links.id: the link's rel
	// Match is a text field of both kinds: they hold the same value as this
	// record, which is itself left out.
	Match string
	All   bool     // every record of the kind, this record left out
	Take  []string // top-level fields, derived names and limits of their kind
}

// Derived is a name for the time, or the actor, of a step (domain.md §0.2).
type Derived struct {
	Name  string
	Title locale.Text
	State string
	First bool // the first entry into the state; else the last, empty once left backwards
	Actor bool // the person, not the time
}

// TimeLimit is a due time computed from a field. One that starts with a field of a
// list of objects, as pauses.from, gives each item its own due time, which
// expressions read as a name of the item.
type TimeLimit struct {
	Name   string // response_due
	Title  locale.Text
	Start  string                    // field or derived name
	Done   string                    // derived name that meets the limit
	By     []string                  // fields that choose the amount; the first that is present counts
	Frozen bool                      // By's first value on the mainline counts (domain.md §0.19)
	Limits map[string]calendar.Limit // by value; "" is the default
	Pauses string                    // list field of {from, to}
	Extend string                    // list field of {from, to}; its last "to" is the extended due
	Typed  string                    // field in which people write the due time, compared with it
}

// Rule is a cross-field rule about one kind, as expressions.
type Rule struct {
	ID       string
	Ref      string // of domain.md §12, as E18; empty for others
	Severity finding.Severity
	When     string      // expression; empty is always
	Require  string      // expression that must hold
	At       string      // field at which the finding stands
	Message  locale.Text // what is wrong and what to write
	Purpose  locale.Text
}

// Column is one column of a register.
type Column struct {
	Name   string      // field, derived name or limit; or "<limit>.met" for 是否及时
	Title  locale.Text // empty: the field's own
	Width  float64     // share of the width in print; 0 is not printed
	Screen bool        // shown in the portal
	Align  string      // left, right, center
}

// Block is a group of fields, as on the paper form.
type Block struct {
	Title  locale.Text
	Fields []string
}

// Letter is a text that people send about a record, as the answer to who reported
// something. {name} in it stands for a field, a derived name or a limit of the
// record, {$organisation} for the company; a line with a name that has no value is
// left out.
type Letter struct {
	ID    string
	Title locale.Text
	When  string // expression about the record; empty is always
	Body  locale.Text
}

// Gathered is one kind of records that the page of a record of this kind gathers:
// those whose field By names it, or names a record that Through of this kind does.
type Gathered struct {
	Kind string
	By   string // field of theirs, a dotted path
	// Through is a kind between the two: By names a record of it, whose field Via
	// names the record of this kind.
	Through, Via string
}

// Registry holds the kinds of one commit, by id.
type Registry struct {
	kinds map[string]*Kind
	order []string
	// refused are the kinds whose files cannot be used, in order.
	refused []string
}

// Kind returns the kind with an id, nil where there is none.
func (r *Registry) Kind(id string) *Kind { return r.kinds[id] }
