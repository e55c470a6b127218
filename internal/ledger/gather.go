package ledger

import (
	"slices"
	"strconv"

	"kept/internal/schema"
)

// gather makes lists of what columns with places in a list said, without gaps, and
// gives their items the ids that are counted. values is a record's fields, or those
// of an object in it.
func gather(fields []schema.Field, values map[string]any) {
	for _, f := range fields {
		inner, ok := values[f.Name].(map[string]any)
		switch {
		case !ok:
		case f.List:
			values[f.Name] = items(f, inner)
		default:
			gather(f.Fields, inner)
		}
	}
}

// items are the items of a list in the order of their places.
func items(f schema.Field, by map[string]any) []any {
	places := make([]int, 0, len(by))
	for place := range by {
		if n, err := strconv.Atoi(place); err == nil {
			places = append(places, n)
		}
	}
	slices.Sort(places)
	list := make([]any, 0, len(places))
	for _, n := range places {
		item := by[strconv.Itoa(n)]
		if object, ok := item.(map[string]any); ok {
			gather(f.Fields, object)
			numberItem(f, object, len(list)+1)
		}
		list = append(list, item)
	}
	return list
}

// numberItem gives an item its id, where ids are counted and it has none.
func numberItem(f schema.Field, item map[string]any, n int) {
	for _, m := range f.Fields {
		if numbersItems(m) && item[m.Name] == nil {
			item[m.Name] = m.ItemPrefix() + strconv.Itoa(n)
		}
	}
}
