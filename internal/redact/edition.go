package redact

import "fmt"

// Edition is for whom an output is made (domain.md §10). The zero value is
// [Internal].
type Edition string

// The editions.
const (
	Internal Edition = "internal" // for the staff
	Audit    Edition = "audit"    // for auditors: it leaves the company
)

// ParseEdition reads the name of an edition; "" is [Internal].
func ParseEdition(s string) (Edition, error) {
	switch e := Edition(s); e {
	case "", Internal:
		return Internal, nil
	case Audit:
		return Audit, nil
	}
	return "", fmt.Errorf("read edition %q: want %q or %q", s, Internal, Audit)
}

// Name is the edition's name in files for machines.
func (e Edition) Name() string {
	if e == "" {
		return string(Internal)
	}
	return string(e)
}

// Leaves tells whether an output of the edition goes out of the company. A build
// of it fails on personal data in free text that no exception allows.
func (e Edition) Leaves() bool { return e == Audit }

// Key is the message that names the edition to a reader.
func (e Edition) Key() string {
	if e == Audit {
		return "redact.edition.audit"
	}
	return "redact.edition.internal"
}

// Policy is what one output shows: its edition, whether it is paper, and whether
// amounts of money were asked for, which only the audit edition gives.
type Policy struct {
	Edition Edition
	Paper   bool
	Money   bool
}

// The redaction classes of fields, x-class in a schema; any other word counts as
// [Restricted], so that a slip hides too much and not too little.
const (
	Open         = ""
	ClassStaff   = "staff"
	Personal     = "personal"
	Restricted   = "restricted"
	ClassText    = "free_text"
	ClassComment = "verbatim"
	ClassMoney   = "money"
)

// Item is a row of the matrix: what a value is.
type Item int

// The items.
const (
	Plain    Item = iota // what concerns no person; looked through like a text
	Staff                // who handled something
	Contact              // the name of a customer's person, or the code that stands for it
	Number               // of a phone, an identity card, a bank card
	Mail                 // a mail address
	Device               // address of a device, WeChat id, plate: not collected at all
	Accused              // of whom was complained
	Text                 // free text about a case
	Verbatim             // words of a respondent
	Money                // amounts
	Author               // git address of an author
	items
)

// Treatment is what happens to an item.
type Treatment int

// The treatments.
const (
	Shown   Treatment = iota
	Scanned           // shown, with what looks personal inside it masked
	Masked            // a mask that keeps a little
	Coded             // a code in place of the value, the same throughout one record
	Omitted           // nothing of it
)

// column is the place in the matrix of what a policy makes.
func (p Policy) column() int {
	switch {
	case p.Edition == Audit:
		return 2
	case p.Paper:
		return 1
	}
	return 0
}

// matrix is domain.md §10, by item: a page for the staff, a paper for the staff,
// what auditors get.
func matrix() [items][3]Treatment {
	return [items][3]Treatment{
		Plain:    {Scanned, Scanned, Scanned},
		Staff:    {Shown, Shown, Shown},
		Contact:  {Masked, Masked, Masked},
		Number:   {Masked, Omitted, Omitted},
		Mail:     {Masked, Omitted, Omitted},
		Device:   {Omitted, Omitted, Omitted},
		Accused:  {Omitted, Omitted, Coded},
		Text:     {Scanned, Scanned, Masked},
		Verbatim: {Scanned, Omitted, Masked},
		Money:    {Omitted, Omitted, Omitted},
		Author:   {Omitted, Omitted, Omitted},
	}
}

// Treat is what the policy does with an item.
func (p Policy) Treat(i Item) Treatment {
	if i == Money && p.Edition == Audit && p.Money {
		return Shown
	}
	return matrix()[i][p.column()]
}

// ItemOf is the row that a class of fields belongs to. What a personal field holds
// decides further, see [Policy.Value].
func ItemOf(class string) Item {
	switch class {
	case Open:
		return Plain
	case ClassStaff:
		return Staff
	case Personal:
		return Contact
	case ClassText:
		return Text
	case ClassComment:
		return Verbatim
	case ClassMoney:
		return Money
	}
	return Accused
}

// TreatClass is what the policy does with fields of a class.
func (p Policy) TreatClass(class string) Treatment { return p.Treat(ItemOf(class)) }

// Hides tells whether a field of a class may not stand as it was typed.
func (p Policy) Hides(class string) bool { return p.TreatClass(class) >= Masked }

// Omits tells whether nothing of a field of a class is shown.
func (p Policy) Omits(class string) bool { return p.TreatClass(class) == Omitted }
