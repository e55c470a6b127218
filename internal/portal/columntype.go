package portal

import (
	"strings"

	"kept/internal/schema"
)

// columnType is what the values under a name are. A list of objects is said by
// how many there are.
func columnType(kind *schema.Kind, name string) ColumnType {
	if strings.HasSuffix(name, schema.MetSuffix) {
		return TextColumn
	}
	if strings.HasPrefix(name, schema.KPIPrefix) {
		return NumberColumn
	}
	if f, ok := kind.Field(name); ok {
		switch f.Type {
		case schema.IntegerField, schema.DecimalField, schema.NumberField:
			return NumberColumn
		case schema.DateField:
			return DateColumn
		case schema.InstantField, schema.MomentField:
			return TimeColumn
		case schema.ObjectField:
			if f.List {
				return NumberColumn
			}
		}
		return TextColumn
	}
	if d, ok := kind.DerivedName(name); ok && !d.Actor {
		return TimeColumn
	}
	if _, ok := kind.Limit(name); ok {
		return TimeColumn
	}
	return TextColumn
}
