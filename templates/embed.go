// Package templates carries what shapes the outputs: pages, print layouts, the
// demo's scenario and a new repository.
package templates

import "embed"

// FS holds the folders html, print, pack, import, demo, doctor and init.
//
//go:embed all:html all:print all:pack all:import all:demo all:doctor all:init
var FS embed.FS
