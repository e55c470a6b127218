// Package templates carries what shapes the outputs: pages, print layouts, the
// demo's scenario and a new repository.
package templates

import "embed"

// FS holds the folders html, print, demo and init.
//
//go:embed all:html all:print all:demo all:init
var FS embed.FS
