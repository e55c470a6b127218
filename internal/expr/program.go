// Package expr is the only door to the expression language: conditions that
// kinds and KPI definitions write about one record, as
//
//	status == "closed" && severity in ["critical", "major"]
//	has(sip) || no_sip_reason != ""
//	any(actions, {.done_at > .due})
//	handled_at - received_at <= duration("24h")
//
// There are comparisons, and/or/not, arithmetic, "in", "contains",
// "startsWith", "endsWith", "matches", conditionals, list functions with a
// condition in braces (any, all, none, one, count, filter, map, find, sum), text
// functions (len, lower, upper, trim, split, join, replace, indexOf), min, max,
// abs, round, duration, and the methods of a time (Year, Month, Day, Hour,
// Before, After). has(x) tells whether x is present: not the zero value of its
// shape, so a number 0 and a flag false are not.
//
// What could read a clock, a zone of the machine or the order of a map, and what
// could cost much (ranges, repeat, conditions nested more than two deep), is
// switched off: an expression is a function of its record alone. What conditions in
// braces cost is counted, and ends with an error where it is too much.
package expr

import (
	"errors"
	"fmt"
	"strings"

	lang "github.com/expr-lang/expr"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

// The bounds of one expression.
const (
	maxLength = 2000 // bytes of source
	maxNodes  = 400  // nodes of the syntax tree
)

// Program is a compiled condition. It is immutable and safe for concurrent use.
type Program struct {
	source string
	code   *vm.Program
	names  []string
	counts bool // it has conditions in braces, which count their steps
}

// Error says what is wrong with an expression, and where. Line and column count
// from one; both are zero where the place is unknown.
type Error struct {
	Line, Column int
	Reason       string // plain text on one line, in English
}

// Error writes line:column: reason.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Reason
	}
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Reason)
}

// Compile reads a condition over the names in types. Its errors are *[Error]s.
func Compile(source string, types Types) (*Program, error) {
	if len(source) > maxLength {
		return nil, &Error{Reason: fmt.Sprintf("expression is longer than %d bytes", maxLength)}
	}
	if strings.TrimSpace(source) == "" {
		return nil, &Error{Reason: "expression is empty"}
	}
	bounds, meter := &bounds{names: []string{}}, &metering{}
	options := append(
		[]lang.Option{lang.Env(types.environment()), lang.AsBool(), lang.MaxNodes(maxNodes), lang.Patch(bounds), lang.Patch(meter)},
		builtins()...,
	)
	code, err := lang.Compile(source, options...)
	if err == nil {
		err = bounds.err()
	}
	if err == nil && strings.Contains(source, "has(") {
		_, err = lang.Compile(source, append(options, lang.Patch(strict{}))...)
	}
	if err != nil {
		return nil, plain(err)
	}
	return &Program{source: source, code: code, names: bounds.names, counts: meter.any}, nil
}

// Names are the names that the condition reads, each once; it needs no other
// values. They must not be changed.
func (p *Program) Names() []string { return p.names }

// String is the source that was compiled.
func (p *Program) String() string { return p.source }

// Bool evaluates the condition. An error means that a value did not have the
// shape its name was given, or that an operation has no result, such as an index
// outside a list, or that it would cost too much; it is an *[Error].
func (p *Program) Bool(vars Vars) (bool, error) {
	steps := 0
	return p.run(vars, &steps)
}

// run evaluates the condition and adds to steps what it costs.
func (p *Program) run(vars Vars, steps *int) (bool, error) {
	if p.counts {
		if vars == nil {
			vars = Vars{}
		}
		vars[stepsName] = count(steps)
		defer delete(vars, stepsName)
	}
	out, err := lang.Run(p.code, map[string]any(vars))
	if err != nil {
		return false, plain(err)
	}
	yes, ok := out.(bool)
	if !ok {
		return false, &Error{Reason: fmt.Sprintf("condition gives %T, not true or false", out)}
	}
	return yes, nil
}

// plain turns the library's error, with its picture of the source, into one line.
func plain(err error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var at *file.Error
	if errors.As(err, &at) {
		return &Error{Line: at.Line, Column: at.Column + 1, Reason: oneLine(at.Message)}
	}
	return &Error{Reason: oneLine(err.Error())}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
