package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/locale"
)

// usageError is a mistake in the call, said in the reader's language.
type usageError struct{ error }

// misuse makes a usage error of a message.
func (a *app) misuse(key string, args ...locale.Arg) error {
	return usageError{errors.New(a.say(key, args...))}
}

// exactly demands the arguments that use names, as "ID STATE".
func (a *app) exactly(names ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		if len(names) == 0 {
			return a.misuse("cli.bad-extra", locale.A("value", args[0]))
		}
		return a.misuse("cli.bad-arguments", locale.A("names", strings.Join(names, " ")), locale.N("got", len(args)))
	}
}

// between demands the first of the arguments that use names, and allows the
// others.
func (a *app) between(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 && len(args) <= len(names) {
			return nil
		}
		return a.exactly(names...)(cmd, args)
	}
}

// known refuses the name of a command that does not exist, with the nearest
// ones.
func (a *app) known(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return a.misuseNear(strings.Join(cmd.SuggestionsFor(args[0]), ", "), "cli.bad-command", locale.A("name", args[0]))
}

// flag says what is wrong with a flag. The library's own sentences are the
// detail: they name the flag.
func (a *app) flag(cmd *cobra.Command, err error) error {
	detail := err.Error()
	for _, phrase := range []string{"unknown flag: ", "unknown shorthand flag: "} {
		if name, ok := strings.CutPrefix(detail, phrase); ok {
			return a.misuseNear(nearestFlag(cmd, name), "cli.bad-flag", locale.A("name", name))
		}
	}
	if name, ok := strings.CutPrefix(detail, "flag needs an argument: "); ok {
		return a.misuse("cli.bad-flag-empty", locale.A("name", name))
	}
	return a.misuse("cli.bad-flag-value", locale.A("detail", detail))
}
