// Package cli is the command line: it turns flags into a request, makes one call
// of the pipeline and prints what comes back. It alone reads arguments, the
// environment, the standard streams and the clock.
//
// Data goes to standard output, talk to standard error. Exit codes: 0 clean, 1
// findings, 2 usage, 3 the tool could not work.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/config"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// The exit codes, a public interface.
const (
	exitClean    = 0
	exitFindings = 1
	exitUsage    = 2
	exitTrouble  = 3
)

// World is what the program may touch beside files.
type World struct {
	In       io.Reader // may be nil where nothing is asked
	Asks     bool      // somebody sits there: In and Err are a terminal
	Out, Err io.Writer
	// Columns is how wide the terminal is that Err goes to; nil where it goes elsewhere,
	// or nobody looks at it.
	Columns func() int
	Now     func() time.Time
	Version string
	// Locale is the language that the environment asks for, as en_GB.UTF-8; "" for none.
	Locale string
}

// Main runs one command and returns its exit code.
func Main(args []string, w World) int {
	a := &app{World: w}
	messages, err := pipeline.Messages()
	if err != nil {
		fmt.Fprintln(w.Err, "kept:", err)
		return exitTrouble
	}
	a.messages = messages
	a.printer = messages.Printer(guessLang(args, w.Locale))
	a.showProgress()
	defer a.progress.end()
	root := a.root()
	root.SetArgs(args)
	return a.exit(root.Execute())
}

// app holds what the commands share.
type app struct {
	World
	messages *locale.Catalogue
	printer  *locale.Printer
	progress *progress // nil where none is shown

	dir, at, asOf, lang string
	ledger              string
	anchors             []string
	json                bool
}

// errFindings ends a command whose findings have been printed.
var errFindings = errors.New("findings")

// workError is an error from inside a command, so that cobra's own errors, which
// are about the call, can be told apart.
type workError struct{ error }

// Unwrap is the error that the command returned.
func (e workError) Unwrap() error { return e.error }

// work marks what a command returns.
func work(run func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := run(cmd, args)
		var usage usageError
		if err == nil || errors.Is(err, errFindings) || errors.Is(err, errUnproven) || errors.As(err, &usage) {
			return err
		}
		return workError{err}
	}
}

func (a *app) exit(err error) int {
	var trouble workError
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, errUnproven):
		return exitTrouble
	case errors.As(err, &trouble):
		fmt.Fprintln(a.Err, annotate.Safe(a.printer.Say("cli.trouble", locale.A("reason", a.explain(trouble.error)))))
		return exitTrouble
	}
	fmt.Fprintln(a.Err, annotate.Safe(a.printer.Say("cli.usage", locale.A("reason", err.Error()))))
	return exitUsage
}

// guessLang finds the language before the flags are parsed, so that help and
// mistakes in the call are said in it too: --lang, else kept.yaml where the
// command runs or above, else what the environment asks for, else Chinese.
func guessLang(args []string, environment string) locale.Lang {
	dir := "."
	for i, arg := range args {
		value, inline := strings.CutPrefix(arg, "--lang=")
		if !inline && arg == "--lang" && i+1 < len(args) {
			value, inline = args[i+1], true
		}
		if l, err := locale.ParseLang(value); inline && err == nil {
			return l
		}
		dir = named(dir, args[i:])
	}
	at, settled := pipeline.SettingsFolder(dir)
	if !settled && strings.HasPrefix(environment, "en") {
		return locale.English
	}
	if c, _, err := config.Load(os.DirFS(at)); settled && err == nil {
		return c.Languages[0]
	}
	return locale.Chinese
}

// named is the folder that the first of args names as a flag does, else dir.
func named(dir string, args []string) string {
	for _, flag := range []string{"-C", "--directory"} {
		if args[0] == flag && len(args) > 1 {
			return args[1]
		}
		if value, ok := strings.CutPrefix(args[0], flag+"="); ok {
			return value
		}
	}
	if value, ok := strings.CutPrefix(args[0], "-C"); ok && value != "" {
		return value
	}
	return dir
}
