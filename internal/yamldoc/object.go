package yamldoc

import (
	"math/big"
	"time"
)

// Object is one mapping, read by typed accessors. A missing key, or a value of
// another type, reads as the zero value: the schema has already reported it.
type Object struct {
	fields map[string]any
}

// NewObject wraps a plain mapping.
func NewObject(fields map[string]any) Object { return Object{fields: fields} }

// Has tells whether key is there and neither null, nor an empty text, list or
// mapping.
func (o Object) Has(key string) bool { panic("yamldoc") }

// Text is a string value.
func (o Object) Text(key string) string { panic("yamldoc") }

// Texts is a list of strings; a single string is a list of one.
func (o Object) Texts(key string) []string { panic("yamldoc") }

// Flag is a boolean value.
func (o Object) Flag(key string) bool { panic("yamldoc") }

// Number is a number, or a decimal in a string (money), exactly.
func (o Object) Number(key string) (*big.Rat, bool) { panic("yamldoc") }

// Instant is an RFC 3339 time with offset.
func (o Object) Instant(key string) (time.Time, bool) { panic("yamldoc") }

// Object is a mapping inside this one.
func (o Object) Object(key string) Object { panic("yamldoc") }

// Items is a list of mappings.
func (o Object) Items(key string) []Object { panic("yamldoc") }

// Keys lists the keys in order.
func (o Object) Keys() []string { panic("yamldoc") }

// Plain is the value of key as it was read, nil where there is none.
func (o Object) Plain(key string) any { return o.fields[key] }

// Fields is the whole mapping; it must not be changed.
func (o Object) Fields() map[string]any { return o.fields }
