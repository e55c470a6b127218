// Package schemas carries the kinds that kept ships, for `kept init` and for
// repositories that have no schemas folder of their own.
package schemas

import "embed"

// FS holds <kind>.schema.json and <kind>.kind.yaml.
//
//go:embed *.json *.yaml
var FS embed.FS
