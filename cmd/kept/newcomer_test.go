package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// commandOf is a command of kept with what stands behind it on its line.
var commandOf = regexp.MustCompile("(?:^|[`\\s])kept ([a-z]+)([^`\n|#]*)")

var flagOf = regexp.MustCompile(`(?:^|[\s\[])(--?[a-z][a-z-]*)`)

// flagsIn are the flags that texts give to each command of kept.
func flagsIn(text string) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, found := range commandOf.FindAllStringSubmatch(line, -1) {
			if all[found[1]] == nil {
				all[found[1]] = map[string]bool{}
			}
			for _, flag := range flagOf.FindAllStringSubmatch(found[2], -1) {
				all[found[1]][flag[1]] = true
			}
		}
	}
	return all
}

// Who follows the newcomer's script needs nothing that the README, or the README and
// the quick start of the new repository do not say.
func TestTheNewcomersPathIsDocumented(t *testing.T) {
	var told strings.Builder
	for _, name := range []string{"README.zh-CN.md", "templates/init/files/README.md", "templates/init/files/docs/quick-start.zh-CN.md"} {
		told.WriteString(string(read(t, name)) + "\n")
	}
	documented, steps := flagsIn(told.String()), flagsIn(string(read(t, "cmd/kept/testdata/script/newcomer_path.txt")))
	if len(steps) < 12 {
		t.Errorf("the script has %d commands", len(steps))
	}
	for command, flags := range steps {
		if documented[command] == nil {
			t.Errorf("no text tells of kept %s", command)
		}
		for flag := range flags {
			if !documented[command][flag] {
				t.Errorf("no text tells of kept %s %s", command, flag)
			}
		}
	}
}

// read reads a file of the tree.
func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
