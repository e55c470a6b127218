package metric

import (
	"strconv"

	"kept/internal/expr"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

func recordItem(f schema.Field, item yamldoc.Object, in *Inputs) expr.Vars {
	return record.ItemVars(f, item, in.Calendar.Zone())
}

// itemName is the value of an item's first field, its key by convention, or its
// place in the list.
func itemName(f schema.Field, item yamldoc.Object, i int) string {
	if len(f.Fields) > 0 {
		if name := item.Text(f.Fields[0].Name); name != "" {
			return name
		}
	}
	return strconv.Itoa(i + 1)
}
