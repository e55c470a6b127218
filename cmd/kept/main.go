// Command kept keeps records in git and proves them from their history.
package main

import (
	"os"
	"time"

	"kept/internal/cli"
)

// version is set by a release build.
var version = "0.1.0-dev"

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.World{Out: os.Stdout, Err: os.Stderr, Now: time.Now, Version: version}))
}
