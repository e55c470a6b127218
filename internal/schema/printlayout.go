package schema

import (
	"sync"

	"kept/internal/finding"
	"kept/internal/yamldoc"
)

// printMeta is the meta-schema of print layouts, compiled once.
var printMeta = sync.OnceValues(func() (validator, error) { return meta("meta/print.schema.json") })

// CheckPrint checks a print layout, templates/print/<id>.yaml, against its
// meta-schema, which belongs to this program. What it names of a kind is not looked
// at: that is [kept/internal/portal.ReadLayouts].
func CheckPrint(doc *yamldoc.Document) finding.List {
	return checkAgainst(printMeta, doc.Position("").Path, doc.Plain(), func() (*yamldoc.Document, finding.List) { return doc, nil })
}
