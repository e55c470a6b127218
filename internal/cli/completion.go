package cli

import (
	_ "embed"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/export"
	"kept/internal/metric"
	"kept/internal/pipeline"
	"kept/internal/record"
	"kept/internal/redact"
)

//go:embed completion.bash
var bashCompletion string

// shellScripts write the scripts of shells where the library's own will not do, with
// titles of what is completed or plain.
func (a *app) shellScripts() map[string]func(root *cobra.Command, plain bool) error {
	return map[string]func(*cobra.Command, bool) error{
		// The library's needs the package bash-completion, and runs what stands on the
		// command line while it completes it.
		"bash": func(_ *cobra.Command, plain bool) error {
			script := bashCompletion
			if plain {
				script = strings.Replace(script, " __complete ", " "+cobra.ShellCompNoDescRequestCmd+" ", 1)
			}
			_, err := io.WriteString(a.Out, script)
			return err
		},
		"zsh": func(root *cobra.Command, plain bool) error {
			if plain {
				return a.inlineFlags(root.GenZshCompletionNoDesc)
			}
			return a.inlineFlags(root.GenZshCompletion)
		},
		"fish": func(root *cobra.Command, plain bool) error {
			return a.inlineFlags(func(w io.Writer) error { return root.GenFishCompletion(w, !plain) })
		},
	}
}

// inlineFlags writes a script of the library with one pattern mended: of --set=a=b it
// takes --set=a= for the flag.
func (a *app) inlineFlags(generate func(io.Writer) error) error {
	var script strings.Builder
	if err := generate(&script); err != nil {
		return err
	}
	_, err := io.WriteString(a.Out, strings.ReplaceAll(script.String(), "'-.*='", "'^-[^=]*='"))
	return err
}

// words gives the words that may stand at a place of a command line. What goes wrong
// gives none: a shell that completes has nobody to tell.
type words func(s *pipeline.Suggestions, args []string, typed string) []pipeline.Suggestion

// places are the words of one command: of its arguments, by their number, and of its
// flags. files are the endings of files that the last argument may have.
type places struct {
	args  []words
	rest  bool // the last of args stands for all that follow
	files []string
	dirs  bool
}

// completions tells for each command what its arguments may be.
func (a *app) completions() map[string]places {
	kinds := func(s *pipeline.Suggestions, _ []string, _ string) []pipeline.Suggestion { return s.Kinds() }
	open := func(s *pipeline.Suggestions, _ []string, typed string) []pipeline.Suggestion {
		return s.Records(typed, true)
	}
	all := func(s *pipeline.Suggestions, _ []string, typed string) []pipeline.Suggestion {
		return s.Records(typed, false)
	}
	next := func(s *pipeline.Suggestions, args []string, _ string) []pipeline.Suggestion { return s.Next(args[0]) }
	ended := func(*pipeline.Suggestions, []string, string) []pipeline.Suggestion { return plain(periods(a.Now())) }
	papers := func(s *pipeline.Suggestions, _ []string, typed string) []pipeline.Suggestion {
		return append(s.Papers(), s.Records(typed, false)...)
	}
	tables := func(s *pipeline.Suggestions, _ []string, _ string) []pipeline.Suggestion {
		return append(s.Kinds(), plain([]string{pipeline.ExportAll, pipeline.ExportEvents})...)
	}
	return map[string]places{
		"init": {dirs: true}, "demo": {dirs: true},
		"new":      {args: []words{kinds}},
		"advance":  {args: []words{open, next}},
		"attach":   {args: []words{open}, files: []string{}},
		"import":   {args: []words{kinds}, files: []string{"xlsx", "xlsm", "csv", "txt"}},
		"renumber": {args: []words{all}, files: []string{"yaml"}},
		"submit":   {args: []words{all}, rest: true},
		"trail":    {args: []words{all}},
		"print":    {args: []words{papers}},
		"export":   {args: []words{tables}},
		"seal":     {args: []words{ended}},
		"pack":     {args: []words{ended}},
		"verify":   {files: []string{"pdf", "xlsx", "csv", "zip"}},
		"fmt":      {files: []string{"yaml"}},
	}
}

// suggest gives the commands and flags of root their words.
func (a *app) suggest(root *cobra.Command) {
	arguments := a.completions()
	for _, cmd := range root.Commands() {
		place, ok := arguments[cmd.Name()]
		if ok {
			cmd.ValidArgsFunction = a.argument(place)
		} else if cmd.ValidArgsFunction == nil && cmd.Name() != "check" && cmd.Name() != "audit" && cmd.Name() != "help" {
			cmd.ValidArgsFunction = cobra.NoFileCompletions
		}
		for name, give := range a.flagWords(cmd.Name()) {
			if cmd.Flags().Lookup(name) != nil {
				_ = cmd.RegisterFlagCompletionFunc(name, a.completed(give))
			}
		}
	}
	_ = root.RegisterFlagCompletionFunc("lang", a.completed(fixed("zh-CN", "en")))
	_ = root.MarkPersistentFlagDirname("directory")
}

// argument completes the arguments of a command in their order.
func (a *app) argument(p places) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		n := len(args)
		if p.rest && n >= len(p.args) {
			n = len(p.args) - 1
		}
		switch {
		case n < len(p.args):
			list, how := a.completed(p.args[n])(cmd, args, typed)
			if len(list) == 0 && len(p.args) == 1 && len(p.files) > 0 {
				return p.files, cobra.ShellCompDirectiveFilterFileExt
			}
			return list, how
		case p.dirs && n == 0:
			return nil, cobra.ShellCompDirectiveFilterDirs
		case p.files != nil && n == len(p.args) && len(p.files) > 0:
			return p.files, cobra.ShellCompDirectiveFilterFileExt
		case p.files != nil && n == len(p.args):
			return nil, cobra.ShellCompDirectiveDefault
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

// completed is the answer to a shell: words that begin as typed, each with its title.
func (a *app) completed(give words) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) (list []cobra.Completion, how cobra.ShellCompDirective) {
		how = cobra.ShellCompDirectiveNoFileComp
		defer func() {
			if recover() != nil {
				list = nil // of files that break the reader nothing is completed
			}
		}()
		for _, s := range give(pipeline.NewSuggestions(a.dir), args, typed) {
			if !strings.HasPrefix(s.Word, typed) {
				continue
			}
			if strings.HasSuffix(s.Word, "=") {
				how |= cobra.ShellCompDirectiveNoSpace
			}
			word := s.Word
			if title := annotate.Safe(a.printer.Text(s.Title)); title != "" {
				word += "\t" + title
			}
			list = append(list, word)
		}
		return list, how
	}
}

// flagWords are the words of a command's flags. A flag that is not listed takes what
// no list can tell.
func (a *app) flagWords(command string) map[string]words {
	persons := func(s *pipeline.Suggestions, _ []string, typed string) []pipeline.Suggestion {
		return s.Records(typed, false, record.PersonKind)
	}
	period := func(*pipeline.Suggestions, []string, string) []pipeline.Suggestion { return plain(periods(a.Now())) }
	records := func(s *pipeline.Suggestions, _ []string, typed string) []pipeline.Suggestion {
		return inList(typed, func(last string) []pipeline.Suggestion { return s.Records(last, false) })
	}
	list := map[string]words{
		"by": persons, "owner": persons, "period": period, "from": period,
		"role": func(s *pipeline.Suggestions, _ []string, _ string) []pipeline.Suggestion {
			return s.Values(record.PersonKind, "roles.role")
		},
		"explain": func(s *pipeline.Suggestions, _ []string, typed string) []pipeline.Suggestion {
			return s.Records(typed, false, record.KPIKind)
		},
		"field": func(s *pipeline.Suggestions, args []string, _ string) []pipeline.Suggestion {
			if len(args) == 0 {
				return nil
			}
			return s.Fields(args[0])
		},
		"basis":   fixed(string(metric.Declared), string(metric.Submitted), string(metric.Merged)),
		"edition": fixed(redact.Internal.Name(), redact.Audit.Name()),
		"class": func(s *pipeline.Suggestions, args []string, _ string) []pipeline.Suggestion {
			if len(args) == 0 {
				return nil
			}
			return s.Classes(args[0])
		},
		"records": records,
		"forge":   func(s *pipeline.Suggestions, _ []string, _ string) []pipeline.Suggestion { return s.Forges() },
		"within":  fixed("7d", "30d", "60d", "90d"),
	}
	switch command {
	case "check", "audit":
		var formats []string
		for _, f := range annotate.Formats() {
			formats = append(formats, string(f))
		}
		list["format"] = fixed(formats...)
	case "export":
		var formats []string
		for _, f := range export.Formats() {
			formats = append(formats, string(f))
		}
		list["format"] = fixed(formats...)
	case "new", "import":
		list["set"] = func(s *pipeline.Suggestions, args []string, typed string) []pipeline.Suggestion {
			if len(args) == 0 {
				return nil
			}
			return s.NewSets(args[0], typed)
		}
	case "advance":
		list["set"] = func(s *pipeline.Suggestions, args []string, typed string) []pipeline.Suggestion {
			if len(args) == 0 {
				return nil
			}
			return s.NextSets(args[0], strings.Join(args[1:], ""), typed)
		}
	case "demo":
		delete(list, "records") // a number there
	}
	return list
}

func fixed(list ...string) words {
	return func(*pipeline.Suggestions, []string, string) []pipeline.Suggestion { return plain(list) }
}

func plain(list []string) []pipeline.Suggestion {
	out := make([]pipeline.Suggestion, len(list))
	for i, s := range list {
		out[i].Word = s
	}
	return out
}

// inList completes the last of several words with commas between them.
func inList(typed string, give func(last string) []pipeline.Suggestion) []pipeline.Suggestion {
	before := typed[:strings.LastIndex(typed, ",")+1]
	list := give(typed[len(before):])
	for i := range list {
		list[i].Word = before + list[i].Word
	}
	return list
}

// periods are the latest periods that are over, the month that runs first.
func periods(now time.Time) []string {
	var list []string
	for _, g := range []struct {
		grain calendar.Grain
		n     int
	}{{calendar.Month, 12}, {calendar.Quarter, 4}, {calendar.Half, 2}, {calendar.FullYear, 2}} {
		p := calendar.PeriodAt(g.grain, now)
		for i := range g.n {
			list = append(list, p.Shift(-i-1).String())
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
