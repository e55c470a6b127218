package intake

import (
	"bytes"
	"path"
	"strings"

	"kept/internal/finding"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Format plans a record's file in canonical form: its kind's order of keys, the
// line that names the schema for editors. A file that has it already, or that
// cannot be formatted with certainty, is no plan.
func Format(name string, data []byte, kinds *schema.Registry) (Plan, bool, finding.List) {
	o := yamldoc.FormatOptions{}
	if kind := kinds.Kind(record.KindOf(name)); kind != nil {
		o.Order, o.Heading = KeyOrder(kind.Fields), heading(name, kind)
	}
	after, found := yamldoc.Format(name, data, o)
	if len(found) > 0 || bytes.Equal(after, data) {
		return Plan{}, false, found
	}
	return Plan{Path: name, Before: data, After: after}, true, nil
}

// heading is what the first line of a record's file tells editors.
func heading(name string, kind *schema.Kind) string {
	up := strings.Repeat("../", strings.Count(name, "/"))
	return "yaml-language-server: $schema=" + up + path.Join(schema.Folder, kind.ID+".schema.json")
}
