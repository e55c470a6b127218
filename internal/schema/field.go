package schema

import (
	"encoding/json"
	"slices"

	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// fieldsOf reads the properties of an object schema in their order.
func fieldsOf(schema *tree) []Field {
	properties := schema.kid("properties")
	if properties == nil {
		return nil
	}
	required := schema.object().Texts("required")
	fields := make([]Field, 0, len(properties.keys))
	for _, name := range properties.keys {
		f := fieldOf(properties.kids[name])
		f.Name, f.Required = name, slices.Contains(required, name)
		fields = append(fields, f)
	}
	return fields
}

// fieldOf reads one property. A list takes type, options and references from
// its items, and title and class from itself first.
func fieldOf(schema *tree) Field {
	o := schema.object()
	if o.Text("type") != "array" {
		f := valueOf(schema, o)
		describe(&f, o)
		return f
	}
	items := schema.kid("items")
	f := valueOf(items, items.object())
	describe(&f, items.object())
	describe(&f, o)
	f.List = true
	f.Bounds.MinItems, f.Bounds.MaxItems = integer(o, "minItems"), integer(o, "maxItems")
	return f
}

func boundsOf(o yamldoc.Object) Bounds {
	return Bounds{
		Pattern: o.Text("pattern"), MinLength: integer(o, "minLength"), MaxLength: integer(o, "maxLength"),
		Minimum: numeral(o, "minimum"), Maximum: numeral(o, "maximum"),
	}
}

// numeral is a number as it is written.
func numeral(o yamldoc.Object, key string) string {
	if n, ok := o.Plain(key).(json.Number); ok {
		return n.String()
	}
	return ""
}

// describe fills in what o says about a field, over what it knows already.
func describe(f *Field, o yamldoc.Object) {
	if o.Has("title") {
		f.Title = locale.Text{ZH: o.Text("title"), EN: o.Text("x-en")}
	}
	if o.Has("description") {
		f.Help = locale.Text{ZH: o.Text("description"), EN: o.Text("x-en-description")}
	}
	if o.Has("x-class") {
		f.Class = o.Text("x-class")
	}
	f.Long = f.Long || o.Flag("x-long")
	if d := o.Plain("default"); d != nil {
		f.Default = d
	}
}

func valueOf(schema *tree, o yamldoc.Object) Field {
	f := Field{Type: typeOf(o), Refs: o.Texts("x-ref"), Bounds: boundsOf(o)}
	switch f.Type {
	case EnumField:
		f.Options = optionsOf(o)
	case ObjectField:
		f.Fields = fieldsOf(schema)
	}
	return f
}

func typeOf(o yamldoc.Object) FieldType {
	switch o.Text("type") {
	case "boolean":
		return FlagField
	case "integer":
		return IntegerField
	case "number":
		return NumberField
	case "object":
		return ObjectField
	}
	switch {
	case o.Has("enum"):
		return EnumField
	case o.Plain("x-ref") != nil:
		return RefField
	case o.Flag("x-decimal"):
		return DecimalField
	case o.Flag("x-moment"):
		return MomentField
	case o.Text("format") == "date":
		return DateField
	case o.Text("format") == "date-time":
		return InstantField
	}
	return TextField
}

func optionsOf(o yamldoc.Object) []Option {
	zh, en := o.Texts("enumDescriptions"), o.Texts("x-en-enum")
	values := o.Texts("enum")
	options := make([]Option, len(values))
	for i, value := range values {
		options[i] = Option{Value: value, Title: locale.Plain(value)}
		if i < len(zh) && i < len(en) {
			options[i].Title = locale.Text{ZH: zh[i], EN: en[i]}
		}
	}
	return options
}
