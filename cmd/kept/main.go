// Command kept keeps records in git and proves them from their history.
package main

import (
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/term"

	"kept/internal/cli"
)

// version is set by a release build.
var version = "0.1.0-dev"

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // a build's data lives to its end: collect less often
	}
	asks := term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd()))
	os.Exit(cli.Main(os.Args[1:], cli.World{In: os.Stdin, Asks: asks, Out: os.Stdout, Err: os.Stderr, Columns: columns(), Now: time.Now, Version: version, Locale: language()}))
}

// language is what the environment asks for, as POSIX reads it.
func language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	return ""
}

// columns asks how wide the terminal is that talk goes to; nil where it goes into a
// file or a log, as in CI.
func columns() func() int {
	if !term.IsTerminal(int(os.Stderr.Fd())) || os.Getenv("CI") != "" || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return func() int {
		width, _, err := term.GetSize(int(os.Stderr.Fd()))
		if err != nil || width <= 0 {
			return 80
		}
		return width
	}
}
