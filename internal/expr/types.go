package expr

import (
	"time"

	"github.com/expr-lang/expr/types"
)

// Shape is what a name stands for in an expression.
type Shape int

// The shapes, each with the Go value that [Vars] must hold for it. An absent
// value is the zero value of its shape, never nil.
const (
	Text    Shape = iota + 1 // string: text, enumerations, references, decimals
	Flag                     // bool
	Number                   // float64
	Time                     // time.Time; a date is its local midnight
	Texts                    // []string
	Numbers                  // []float64
	Times                    // []time.Time
	Object                   // map[string]any with the fields of Type.Fields
	List                     // []map[string]any, each with the fields of Type.Fields
)

// Type is the shape of a name, and the fields of an Object or of a List's items.
type Type struct {
	Shape  Shape
	Fields Types
}

// Types says which names an expression may use. Any other name is an error of
// [Compile].
type Types map[string]Type

// Vars are the values of one evaluation, one for each name of [Types].
type Vars map[string]any

func (t Types) environment() types.Map {
	m := make(types.Map, len(t))
	for name, of := range t {
		m[name] = of.native()
	}
	m[stepsName] = counterType()
	return m
}

func (t Type) native() types.Type {
	switch t.Shape {
	case Flag:
		return types.Bool
	case Number:
		return types.Float64
	case Time:
		return types.TypeOf(time.Time{})
	case Texts:
		return types.TypeOf([]string{})
	case Numbers:
		return types.TypeOf([]float64{})
	case Times:
		return types.TypeOf([]time.Time{})
	case Object:
		return t.Fields.environment()
	case List:
		return types.Array(t.Fields.environment())
	default:
		return types.String
	}
}
