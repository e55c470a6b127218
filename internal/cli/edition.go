package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/redact"
)

// editionFlags say for whom an output is made.
type editionFlags struct {
	edition string
	money   bool
}

// editionFlags adds --edition and --money to a command.
func (a *app) editionFlags(cmd *cobra.Command, flags *editionFlags) {
	cmd.Flags().StringVar(&flags.edition, "edition", redact.Internal.Name(), a.say("redact.flag.edition"))
	cmd.Flags().BoolVar(&flags.money, "money", false, a.say("redact.flag.money"))
}

// policy reads what the flags ask for.
func (a *app) policy(flags editionFlags) (redact.Policy, error) {
	edition, err := redact.ParseEdition(flags.edition)
	switch {
	case err != nil:
		return redact.Policy{}, a.misuse("redact.bad-edition", locale.A("value", flags.edition))
	case flags.money && edition != redact.Audit:
		return redact.Policy{}, a.misuse("redact.money-alone")
	}
	return redact.Policy{Edition: edition, Money: flags.money}, nil
}

// refused lists the personal data that stop an output for people outside.
func (a *app) refused(err error) error {
	var personal *pipeline.PersonalDataError
	if !errors.As(err, &personal) {
		return err
	}
	if err := annotate.Write(a.Err, annotate.Text, personal.Findings, a.printer); err != nil {
		return err
	}
	fmt.Fprintln(a.Err, annotate.Safe(a.say("redact.accepted-only", locale.A("edition", a.say(personal.Edition.Key())), locale.N("n", len(personal.Findings)))))
	return errFindings
}
