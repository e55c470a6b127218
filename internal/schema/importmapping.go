package schema

import (
	"sync"

	"kept/internal/finding"
	"kept/internal/yamldoc"
)

// importMeta is the meta-schema of import mappings, compiled once.
var importMeta = sync.OnceValues(func() (validator, error) { return meta("meta/import.schema.json") })

// CheckImport checks an import mapping, templates/import/<kind>.yaml, against its
// meta-schema, which belongs to this program. What it names of a kind is not looked
// at: that is [kept/internal/ledger.ReadMapping].
func CheckImport(doc *yamldoc.Document) finding.List {
	shape, err := importMeta()
	if err != nil {
		return finding.List{{
			Position: doc.Position(""), Rule: "schema-file", Severity: finding.Error, Key: "schema.meta",
		}}
	}
	return checkMeta(shape, doc.Plain(), func() (*yamldoc.Document, finding.List) { return doc, nil })
}
