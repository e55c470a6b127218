package expr

import (
	"reflect"
	"slices"
	"time"

	lang "github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
)

// allowed are the library's functions that depend on their arguments alone and
// whose cost is linear in them.
func allowed() []string {
	return []string{
		"all", "none", "any", "one", "filter", "map", "find", "count", "sum",
		"len", "abs", "ceil", "floor", "round", "int", "float", "string",
		"trim", "trimPrefix", "trimSuffix", "upper", "lower", "split", "replace",
		"join", "indexOf", "lastIndexOf", "hasPrefix", "hasSuffix",
		"max", "min", "mean", "median", "duration", "first", "last",
	}
}

func builtins() []lang.Option {
	options := []lang.Option{lang.DisableAllBuiltins()}
	for _, name := range allowed() {
		options = append(options, lang.EnableBuiltin(name))
	}
	has := func(params ...any) (any, error) { return present(params[0]), nil }
	return append(options, lang.Function("has", has, new(func(any) bool)))
}

// present is has(x).
func present(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case time.Time:
		return !v.IsZero()
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Slice, reflect.Map:
		return r.Len() > 0
	}
	return !r.IsZero()
}

// bounds walks the syntax tree and refuses what an expression may not do though
// the library can.
type bounds struct {
	reasons []*Error
	names   []string // that the tree reads, each once
}

const maxNesting = 2

// Visit is called once for each node, children before parents.
// It stops at the first refusal, so that depth only ever sees shallow trees.
func (b *bounds) Visit(node *ast.Node) {
	if len(b.reasons) > 0 {
		return
	}
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		if n.Value == "$env" {
			b.refuse("$env is not allowed")
		}
		if !slices.Contains(b.names, n.Value) {
			b.names = append(b.names, n.Value)
		}
	case *ast.BinaryNode:
		if n.Operator == ".." {
			b.refuse("ranges are not allowed")
		}
	case *ast.MemberNode:
		// Local and In change the zone that a time is read in.
		if name, ok := n.Property.(*ast.StringNode); ok && n.Method && (name.Value == "Local" || name.Value == "In") {
			b.refuse("method " + name.Value + " is not allowed")
		}
	case *ast.PredicateNode:
		if depth(n.Node)+1 > maxNesting {
			b.refuse("conditions in braces are nested too deep")
		}
	}
}

func (b *bounds) refuse(reason string) { b.reasons = append(b.reasons, &Error{Reason: reason}) }

func (b *bounds) err() error {
	if len(b.reasons) == 0 {
		return nil
	}
	return b.reasons[0]
}

// strict puts x == x in the place of has(x): the library lets a function of any
// value take names that it does not know, a comparison does not.
type strict struct{}

// Visit is called once for each node, children before parents.
func (strict) Visit(node *ast.Node) {
	call, ok := (*node).(*ast.CallNode)
	if !ok || len(call.Arguments) != 1 {
		return
	}
	if callee, ok := call.Callee.(*ast.IdentifierNode); ok && callee.Value == "has" {
		x := call.Arguments[0]
		same := &ast.BinaryNode{Operator: "==", Left: x, Right: x}
		same.SetLocation(x.Location())
		ast.Patch(node, same)
	}
}

// depth counts how deep conditions in braces are nested in a tree.
func depth(node ast.Node) int {
	d := &nesting{}
	ast.Walk(&node, d)
	return d.deepest
}

// nesting counts predicates; every predicate inside another adds one, and
// siblings are told apart by walking each on its own.
type nesting struct{ deepest int }

func (d *nesting) Visit(node *ast.Node) {
	if p, ok := (*node).(*ast.PredicateNode); ok {
		d.deepest = max(d.deepest, depth(p.Node)+1)
	}
}
