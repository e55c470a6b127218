// Command kept keeps records in git and proves them from their history.
package main

import (
	"os"
	"runtime/debug"
	"time"

	"kept/internal/cli"
)

// version is set by a release build.
var version = "0.1.0-dev"

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // a build's data lives to its end: collect less often
	}
	os.Exit(cli.Main(os.Args[1:], cli.World{Out: os.Stdout, Err: os.Stderr, Now: time.Now, Version: version}))
}
