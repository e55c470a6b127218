package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kept/internal/locale"
)

// usage writes how a command is called, in the reader's language: the library's own
// words are English.
func (a *app) usage(cmd *cobra.Command) error {
	w := cmd.OutOrStderr()
	head := func(key string) { fmt.Fprintf(w, "\n%s\n", a.say(key)) }
	fmt.Fprintln(w, a.say("cli.word.usage"))
	if !cmd.HasAvailableSubCommands() {
		fmt.Fprintln(w, "  "+a.useLine(cmd))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "  %s <%s>\n", cmd.CommandPath(), a.say("cli.word.command"))
	}
	if cmd.HasExample() {
		head("cli.word.examples")
		fmt.Fprintln(w, cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		head("cli.word.commands")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(w, "  %-*s %s\n", c.NamePadding(), c.Name(), c.Short)
			}
		}
	}
	if cmd.HasAvailableLocalFlags() && cmd.HasParent() {
		head("cli.word.flags")
		a.flags(w, cmd.LocalFlags())
	}
	head("cli.word.global")
	if cmd.HasParent() {
		a.flags(w, cmd.InheritedFlags())
	} else {
		a.flags(w, cmd.PersistentFlags())
	}
	return nil
}

// useLine is a command with its arguments and a word for its flags.
func (a *app) useLine(cmd *cobra.Command) string {
	line := cmd.Parent().CommandPath() + " " + cmd.Use
	if cmd.HasAvailableLocalFlags() {
		line += " [" + a.say("complete.flags") + "]"
	}
	return line
}

// flags lists flags with what they take, what they mean and what holds without them.
func (a *app) flags(w io.Writer, set *pflag.FlagSet) {
	type line struct{ name, text string }
	var lines []line
	width := 0
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		if value := a.valueWord(f.Value.Type()); value != "" {
			name += " " + value
		}
		text := f.Usage
		if !slices.Contains([]string{"", "0", "false", "[]"}, f.DefValue) {
			text += a.say("complete.default", locale.A("value", strings.Trim(f.DefValue, "[]")))
		}
		lines = append(lines, line{name, text})
		width = max(width, locale.Columns(name))
	})
	for _, l := range lines {
		fmt.Fprintln(w, l.name+strings.Repeat(" ", width-locale.Columns(l.name))+"   "+l.text)
	}
}

// valueWord is what a flag of a type takes, "" for nothing.
func (a *app) valueWord(kind string) string {
	switch kind {
	case "bool":
		return ""
	case "int", "uint64":
		return a.say("complete.number")
	case "stringArray", "stringSlice":
		return a.say("complete.values")
	}
	return a.say("complete.value")
}

// helpCommand explains a command by its name.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   a.say("cli.help"),
		Long:    a.say("cli.help"),
		Example: "  kept help\n  kept help advance",
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) (list []cobra.Completion, how cobra.ShellCompDirective) {
			of, _, err := root.Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			for _, c := range of.Commands() {
				if c.IsAvailableCommand() && strings.HasPrefix(c.Name(), typed) {
					list = append(list, c.Name()+"\t"+c.Short)
				}
			}
			return list, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return a.known(root, args)
			}
			return cmd.Help()
		},
	}
}
