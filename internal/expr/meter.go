package expr

import (
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/types"
)

// maxSteps bounds the work of one evaluation, and of all that one [Meter]
// watches: nodes of conditions in braces, once for each item that they look at. It
// is some seconds of work.
const maxSteps = 50_000_000

// Meter watches the evaluations of one rule: it remembers the first that had no
// result, and ends them all when together they cost too much. It is not safe for
// concurrent use. The zero Meter is ready.
type Meter struct {
	err   error
	about string
	steps int
}

// Holds evaluates a condition about a record; it is false where it has no result.
func (m *Meter) Holds(p *Program, vars Vars, record string) bool {
	if m.steps > maxSteps {
		return false
	}
	yes, err := p.run(vars, &m.steps)
	if err != nil && m.err == nil {
		m.err, m.about = err, record
	}
	return err == nil && yes
}

// Spent tells whether the evaluations cost too much: from then on none holds.
func (m *Meter) Spent() bool { return m.steps > maxSteps }

// Failed gives the first error, an *[Error], and the record that it came with; nil
// where there was none.
func (m *Meter) Failed() (record string, err error) { return m.about, m.err }

// stepsName is what the counting function is called in a tree; no source can name
// it.
const stepsName = " steps"

// counter is the function that a tree calls for each item.
type counter = func(int) bool

func counterType() types.Type { return types.TypeOf(counter(nil)) }

// count gives the function that adds to steps. The machine turns its panic into the
// error of the evaluation.
func count(steps *int) counter {
	return func(n int) bool {
		if *steps += n; *steps > maxSteps {
			panic(tooMuch())
		}
		return true
	}
}

func tooMuch() *Error {
	return &Error{Reason: "too much work: it compares too many records with each other"}
}

// metering makes every condition in braces count what it costs before it is
// evaluated.
type metering struct{ any bool }

// Visit is called once for each node, children before parents.
func (m *metering) Visit(node *ast.Node) {
	p, ok := (*node).(*ast.PredicateNode)
	if !ok {
		return
	}
	if _, done := p.Node.(*ast.SequenceNode); done {
		return
	}
	cost := &pricing{}
	ast.Walk(&p.Node, cost)
	call := &ast.CallNode{
		Callee:    &ast.IdentifierNode{Value: stepsName},
		Arguments: []ast.Node{&ast.IntegerNode{Value: cost.nodes}},
	}
	p.Node = &ast.SequenceNode{Nodes: []ast.Node{call, p.Node}}
	m.any = true
}

// pricing adds up what a tree costs: a node costs one, one that reads texts more.
type pricing struct{ nodes int }

// Visit is called once for each node.
func (c *pricing) Visit(node *ast.Node) {
	c.nodes++
	switch n := (*node).(type) {
	case *ast.BinaryNode:
		switch n.Operator {
		case "matches":
			c.nodes += 100
		case "contains", "in", "startsWith", "endsWith":
			c.nodes += 5
		}
	case *ast.BuiltinNode, *ast.CallNode:
		c.nodes += 5
	}
}
