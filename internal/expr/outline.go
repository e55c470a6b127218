package expr

import (
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// Outline is a condition as far as it can be told in a few operations, for a reader
// that has no expression language, such as a form in a browser. It is a value of
// JSON: nil for what is not told, else a list that begins with an operation:
//
//	["and", x, y], ["or", x, y], ["not", x]
//	["has", name]           present, as has(name) has it
//	["in", name, [a, b]]    the text is one of these
//	["<", a, b], ["<=", a, b]  of two times, or of two numbers; a text is a name,
//	                        a number stands for itself
//	["all", name, x]        x holds for each item of the list; names of the item
//	                        begin with a dot
//
// Whoever reads it must take nil for "not known": neither true nor false.
type Outline []any

// OutlineOf tells the condition source over the names in types. A name for which
// known is false is not told. A source that does not parse gives nil.
func OutlineOf(source string, types Types, known func(name string) bool) Outline {
	if len(source) > maxLength || strings.TrimSpace(source) == "" {
		return nil
	}
	tree, err := parser.Parse(source)
	if err != nil {
		return nil
	}
	return sketch{types: types, known: known}.node(tree.Node)
}

// sketch outlines the conditions of a record or, with item set, of an item.
type sketch struct {
	types, item Types
	known       func(string) bool
}

func (s sketch) node(n ast.Node) Outline {
	switch n := n.(type) {
	case *ast.BinaryNode:
		return s.binary(n)
	case *ast.UnaryNode:
		if x := s.node(n.Node); x != nil && (n.Operator == "!" || n.Operator == "not") {
			return Outline{"not", x}
		}
	case *ast.ConditionalNode:
		cond, then, other := s.node(n.Cond), s.node(n.Exp1), s.node(n.Exp2)
		return either(both(cond, then), both(negated(cond), other))
	case *ast.BuiltinNode:
		return s.items(n)
	case *ast.CallNode:
		if f, ok := n.Callee.(*ast.IdentifierNode); ok && f.Value == "has" && len(n.Arguments) == 1 {
			if name, t := s.name(n.Arguments[0]); name != "" && t.Shape != Object {
				return Outline{"has", name}
			}
		}
	case *ast.IdentifierNode, *ast.MemberNode:
		if name, t := s.name(n); name != "" && t.Shape == Flag {
			return Outline{"has", name}
		}
	}
	return nil
}

func (s sketch) binary(n *ast.BinaryNode) Outline {
	switch n.Operator {
	case "&&", "and":
		return both(s.node(n.Left), s.node(n.Right))
	case "||", "or":
		return either(s.node(n.Left), s.node(n.Right))
	case "==", "in":
		return s.among(n.Left, n.Right)
	case "!=":
		return negated(s.among(n.Left, n.Right))
	case "<", "<=":
		return s.compared(n.Operator, n.Left, n.Right)
	case ">", ">=":
		return s.compared(map[string]string{">": "<", ">=": "<="}[n.Operator], n.Right, n.Left)
	}
	return nil
}

// among is the comparison of a text with constants.
func (s sketch) among(left, right ast.Node) Outline {
	name, t := s.name(left)
	if name == "" || t.Shape != Text {
		return nil
	}
	list := []ast.Node{right}
	if array, ok := right.(*ast.ArrayNode); ok {
		list = array.Nodes
	}
	values := []string{}
	for _, n := range list {
		text, ok := n.(*ast.StringNode)
		if !ok {
			return nil
		}
		values = append(values, text.Value)
	}
	return Outline{"in", name, values}
}

// compared is the comparison of two times or two numbers.
func (s sketch) compared(op string, left, right ast.Node) Outline {
	a, one := s.operand(left)
	b, other := s.operand(right)
	if a == nil || b == nil || one != other {
		return nil
	}
	return Outline{op, a, b}
}

func (s sketch) operand(n ast.Node) (any, Shape) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return n.Value, Number
	case *ast.FloatNode:
		return n.Value, Number
	}
	if name, t := s.name(n); name != "" && (t.Shape == Time || t.Shape == Number) {
		return name, t.Shape
	}
	return nil, Text
}

// items is a condition on each item of a list.
func (s sketch) items(n *ast.BuiltinNode) Outline {
	if len(n.Arguments) != 2 || s.item != nil {
		return nil
	}
	name, t := s.name(n.Arguments[0])
	predicate, ok := n.Arguments[1].(*ast.PredicateNode)
	if !ok || name == "" || t.Shape != List {
		return nil
	}
	x := sketch{types: s.types, item: t.Fields, known: s.known}.node(predicate.Node)
	if x == nil {
		return nil
	}
	switch n.Name {
	case "all":
		return Outline{"all", name, x}
	case "none":
		return Outline{"all", name, Outline{"not", x}}
	case "any":
		return Outline{"not", Outline{"all", name, Outline{"not", x}}}
	}
	return nil
}

// name is the dotted name that a node reads, "" for another node or one that is
// not known.
func (s sketch) name(n ast.Node) (string, Type) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		if t, ok := s.types[n.Value]; ok && s.known(n.Value) {
			return n.Value, t
		}
	case *ast.MemberNode:
		key, ok := n.Property.(*ast.StringNode)
		if !ok || n.Method {
			return "", Type{}
		}
		if _, ok := n.Node.(*ast.PointerNode); ok {
			if t, ok := s.item[key.Value]; ok {
				return "." + key.Value, t
			}
			return "", Type{}
		}
		if name, t := s.name(n.Node); name != "" && t.Shape == Object && !strings.HasPrefix(name, ".") {
			if inner, ok := t.Fields[key.Value]; ok {
				return name + "." + key.Value, inner
			}
		}
	}
	return "", Type{}
}

func both(x, y Outline) Outline {
	if x == nil && y == nil {
		return nil
	}
	return Outline{"and", x, y}
}

func either(x, y Outline) Outline {
	if x == nil && y == nil {
		return nil
	}
	return Outline{"or", x, y}
}

func negated(x Outline) Outline {
	if x == nil {
		return nil
	}
	return Outline{"not", x}
}
