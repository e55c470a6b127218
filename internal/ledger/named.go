package ledger

import (
	"cmp"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Lookup finds the record that a ledger names by number or by name, among the kinds
// given.
type Lookup func(name string, kinds []string) Named

// Named is what a [Lookup] knows of a name.
type Named struct {
	ID       string      // the record that is meant, "" where none or more than one has the name
	Several  []string    // the ids of all that have the name, in order
	Near     locale.Text // number and title of one that may be meant, zero for none
	Unknown  locale.Text // number and title of the record for what nobody knows, zero for none
	Register string      // the command that registers one, "" for the plain one
}

// reference is the id of the record that a cell names.
func (r *reader) reference(f schema.Field, text string) (any, notes, *fault) {
	n := r.lookup(text, f.Refs)
	if n.ID != "" {
		return n.ID, notes{}, nil
	}
	args := []locale.Arg{locale.T("field", f.Title), locale.A("text", text)}
	if len(n.Several) > 0 {
		return nil, notes{}, faulty("ledger.reference-several", append(args, locale.A("ids", strings.Join(n.Several, ", ")))...)
	}
	command := "kept new"
	if len(f.Refs) > 0 {
		command += " " + f.Refs[0]
	}
	args = append(args, locale.A("command", cmp.Or(n.Register, command)))
	switch {
	case !n.Near.IsZero():
		return nil, notes{}, faulty("ledger.reference-near", append(args, locale.T("near", n.Near))...)
	case !n.Unknown.IsZero():
		return nil, notes{}, faulty("ledger.reference-unknown", append(args, locale.T("unknown", n.Unknown))...)
	}
	return nil, notes{}, faulty("ledger.reference", args...)
}

// Fell is a word that is not known and that the mapping's else stands for.
type Fell struct {
	Heading, Word string
	To            locale.Text // what was taken
	Column        int         // from 1
}

// titled is what a value is called, the value itself where it is no option.
func titled(options []schema.Option, value string) locale.Text {
	for _, o := range options {
		if o.Value == value {
			return o.Title
		}
	}
	return locale.Plain(value)
}

// wrong notes a fault of a cell, and the target that it leaves empty.
func (e *Entry) wrong(target string, f finding.Finding) {
	e.Found = append(e.Found, f)
	if target != "" {
		e.Faulty = append(e.Faulty, target)
	}
}
