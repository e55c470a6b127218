// Package schemas carries the kinds that kept ships, for `kept init` and for
// repositories that have no schemas folder of their own, and the meta-schemas
// that every kind is checked against.
package schemas

import "embed"

// FS holds <kind>.schema.json and <kind>.kind.yaml, and below meta/ the schemas
// of these two.
//
//go:embed *.json *.yaml meta/*.json
var FS embed.FS
