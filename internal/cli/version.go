package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   a.say("cli.version"),
		Long:    a.say("complete.version"),
		Example: "  kept version",
		Args:    a.exactly(),
		RunE: work(func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.Out, "kept", a.Version)
			return err
		}),
	}
}
