package cli

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kept/internal/locale"
	"kept/internal/pipeline"
)

// tree is the command tree in one language.
func tree(t *testing.T, l locale.Lang) *cobra.Command {
	t.Helper()
	messages, err := pipeline.Messages()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	a := &app{World: World{Out: &out, Err: &out, Now: time.Now, Version: "test"}, messages: messages, printer: messages.Printer(l)}
	return a.root()
}

// every calls do for each command that people see.
func every(c *cobra.Command, do func(*cobra.Command)) {
	for _, sub := range c.Commands() {
		if sub.Hidden || strings.HasPrefix(sub.Name(), "__") {
			continue
		}
		do(sub)
		every(sub, do)
	}
}

// split reads a line as a shell does: blanks, single and double quotes.
func split(line string) []string {
	var list []string
	var word strings.Builder
	var quote rune
	begun := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && r == ' ':
			if begun {
				list = append(list, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		list = append(list, word.String())
	}
	return list
}

// Each command explains itself with examples that could be typed as they stand: its
// own flags, the number of arguments that it takes.
func TestExamplesAreReal(t *testing.T) {
	every(tree(t, locale.English), func(c *cobra.Command) {
		if c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
		own := false
		for line := range strings.Lines(c.Example) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), " > ")
			words := split(line)
			if len(words) == 0 || words[0] != "kept" {
				t.Errorf("%s: example %q does not begin with kept", c.CommandPath(), line)
				continue
			}
			root := tree(t, locale.English) // parsed flags stay
			called, rest, err := root.Find(words[1:])
			if err != nil {
				t.Errorf("%s: example %q: %v", c.CommandPath(), line, err)
				continue
			}
			own = own || strings.HasPrefix(called.CommandPath(), c.CommandPath())
			if err := called.ParseFlags(rest); err != nil {
				t.Errorf("%s: example %q: %v", c.CommandPath(), line, err)
				continue
			}
			args := called.Flags().Args()
			if err := called.ValidateArgs(args); err != nil {
				t.Errorf("%s: example %q: %v", c.CommandPath(), line, err)
			}
			for _, arg := range args {
				if strings.Trim(arg, "….") == "" {
					t.Errorf("%s: example %q cannot be typed", c.CommandPath(), line)
				}
			}
		}
		if !own && c.Example != "" {
			t.Errorf("%s: no example calls it", c.CommandPath())
		}
	})
}

// Whatever help says, it says in both languages.
func TestHelpSpeaksBothLanguages(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	texts := func(l locale.Lang) map[string]string {
		all := map[string]string{}
		every(tree(t, l), func(c *cobra.Command) {
			all[c.CommandPath()+" short"], all[c.CommandPath()+" long"] = c.Short, c.Long
			c.LocalFlags().VisitAll(func(f *pflag.Flag) {
				if !f.Hidden {
					all[c.CommandPath()+" --"+f.Name] = f.Usage
				}
			})
		})
		return all
	}
	zh, en := texts(locale.Chinese), texts(locale.English)
	for place, text := range zh {
		if !han.MatchString(text) {
			t.Errorf("%s in Chinese: %q", place, text)
		}
		if other := en[place]; strings.TrimSpace(other) == "" || han.MatchString(strings.ReplaceAll(other, "示例", "")) {
			t.Errorf("%s in English: %q", place, other)
		}
	}
}

// The page of a command holds none of the library's own words.
func TestHelpPage(t *testing.T) {
	_, page, _ := call(t, "new", "--help", "--lang", "zh-CN")
	for _, want := range []string{"用法：\n  kept new KIND [选项]\n", "示例：\n", "      --set 值…   ", "  -C, --directory 值   ", "（默认 .）"} {
		if !strings.Contains(page, want) {
			t.Errorf("help lacks %q:\n%s", want, page)
		}
	}
	for _, word := range []string{"[flags]", "string", "default"} {
		if strings.Contains(page, word) {
			t.Errorf("help says %q:\n%s", word, page)
		}
	}
}

func TestNearest(t *testing.T) {
	ids := []string{"KH-0001", "TS-2026-0001", "TS-2026-0007", "TS-2026-0012", "u-wangl", "WJ-2026-01"}
	for typed, want := range map[string]string{
		"ts-2026-7": "TS-2026-0007", "TS20260007": "TS-2026-0007", "TS-2026-00012": "TS-2026-0012", "TS—2026-0012": "TS-2026-0012", "ＴＳ-2026-0007": "TS-2026-0007",
		"KH0001": "KH-0001", "u-wangll": "u-wangl", "WJ-2026-1": "WJ-2026-01", "XX": "", "": "",
	} {
		if got := nearestID(typed, ids); got != want {
			t.Errorf("%q is taken for %q, want %q", typed, got, want)
		}
	}
}

// What was mistyped is answered with what was probably meant.
func TestMistyped(t *testing.T) {
	dir := sample(t)
	for _, tc := range []struct {
		args []string
		zh   string
	}{
		{[]string{"advanc", "X"}, "没有命令 advanc；您是否想用 advance？"},
		{[]string{"help", "advanc"}, "没有命令 advanc；您是否想用 advance？"},
		{[]string{"completion", "bsh"}, "没有命令 bsh；您是否想用 bash"},
		{[]string{"check", "--fromat", "json"}, "没有选项 --fromat；您是否想用 --format？"},
		{[]string{"new", "投诉", "--by", "u-wangl", "-C", dir}, "您是否想用 complaint？"},
		{[]string{"new", "complant", "--by", "u-wangl", "-C", dir}, "您是否想用 complaint？"},
		{[]string{"advance", "ts-2026-1", "-C", dir}, "没有编号为 ts-2026-1 的记录；请核对编号；您是否想用 TS-2026-0001 电话有杂音？"},
		{[]string{"attach", "ts-2026-1", "x.pdf", "-C", dir}, "您是否想用 TS-2026-0001 电话有杂音？"},
	} {
		code, _, talk := call(t, append(tc.args, "--lang", "zh-CN")...)
		if code != exitUsage || !strings.Contains(talk, tc.zh) {
			t.Errorf("kept %q ended with %d and said %q; want %q", tc.args, code, talk, tc.zh)
		}
	}
	if _, _, talk := call(t, "advance", "ts-2026-1", "-C", dir, "--lang", "en"); !strings.Contains(talk, "did you mean TS-2026-0001") {
		t.Errorf("in English: %q", talk)
	}
}
